"""A thread that hears when others have changed something in the database, and catches up before anybody asks."""

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from bot.storage.database import Database
from bot.types import StoreError

logger = logging.getLogger(__name__)
_AGAIN = 1.0
"""Seconds after which a database that cannot be reached is tried again."""


class Hearing:
    """Calls ``act`` whenever something is told on ``channel``, and first: what was told before was not heard.

    With ``seconds`` it is called after so many, too, though nothing was told.

    Nobody depends on it: what is not heard is found by comparing, when the next question comes. What is told while
    ``act`` is at work leads to one call more.
    """

    def __init__(self, database: Database, channel: str, act: Callable[[], None], seconds: float | None = None) -> None:
        self._database, self._channel, self._act, self._seconds = database, channel, act, seconds
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._end, self._ending = socket.socketpair()

    def start(self) -> None:
        """Begin to listen, in a thread of its own, where anybody can be heard."""
        with self._lock:
            if self._thread is None and self._database.can_hear and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._listen, name="youju-hearing", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Listen no more; an ``act`` that is going on ends first."""
        with self._lock:
            self._stopping.set()
            self._ending.close()
        if self._thread is not None:
            self._thread.join()
        self._end.close()

    def _listen(self) -> None:
        while not self._stopping.is_set():
            with suppress(StoreError):
                for _ in self._database.heard(self._channel, self._end, self._seconds):
                    self._acted()
            self._stopping.wait(_AGAIN)

    def _acted(self) -> None:
        try:
            self._act()
        except StoreError:  # the next question says what is wrong
            pass
        except Exception:  # a thread of its own: nobody else would hear of it
            logger.exception("what was told on %s could not be followed", self._channel)
