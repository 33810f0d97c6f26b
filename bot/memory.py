"""Memory that questions and files have left free goes back to the system when the server rests.

The C library keeps what is freed, in a pool for every few threads, for as long as the process lives: after many
questions at once, or many files, that is 50 to 150 MB that nothing uses.
"""

import ctypes
import sys
import time
from threading import Event, Thread

_POOLS_OPTION, _POOLS = -8, 2
"""``M_ARENA_MAX`` of glibc's malloc.h, and one pool a core of a small machine."""
_SECONDS = 2.0
_BUSY = 0.1
"""Share of a core from which a server is not at rest."""


def hold_few_pools() -> None:
    """Let the threads that begin from now on share few pools of free memory; with glibc alone."""
    _call("mallopt", _POOLS_OPTION, _POOLS)


def give_back() -> None:
    """Give free memory back to the system; with glibc alone."""
    _call("malloc_trim", 0)


def _call(name: str, *numbers: int) -> None:
    if sys.platform == "linux" and (function := getattr(ctypes.CDLL(None), name, None)) is not None:
        function(*numbers)


class Rest:
    """Gives memory back each time when work has ended; ``with`` holds a thread that looks for that."""

    def __init__(self) -> None:
        self._ending = Event()
        self._thread = Thread(target=self._watch, name="memory", daemon=True)
        self._taken, self._owes = time.process_time(), True

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def look(self, taken: float, seconds: float) -> bool:
        """Tell whether to give memory back now, where the process has ``taken`` so much of the processor so far.

        ``seconds`` have gone by since the last look.
        """
        busy, self._taken = taken - self._taken > seconds * _BUSY, taken
        due, self._owes = self._owes and not busy, busy
        return due

    def _watch(self) -> None:
        while not self._ending.wait(_SECONDS):
            if self.look(time.process_time(), _SECONDS):
                give_back()
