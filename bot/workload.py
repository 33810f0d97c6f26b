"""How much is worked on at a time: a few questions, some that wait for them, and no more.

Two cores answer one question after the other as fast as all at once; what comes on top of a full queue is told when to
come again, so that page and documents stay at hand meanwhile.
"""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import BusyError, EndingError
from bot.stopping import go_on

_FORGETTING = 0.1
"""Weight of the last question in the mean of how long one takes."""


class Workload:
    """Lets ``at_work`` questions be answered at a time, and ``waiting`` wait for their turn. Thread-safe."""

    def __init__(self, at_work: int, waiting: int) -> None:
        self._at_work = at_work
        self.most = at_work + waiting
        self._turns = threading.Semaphore(at_work)
        self._lock = threading.Lock()
        self._left = threading.Condition(self._lock)
        self._inside = 0
        self._ended = False
        self._usual = 0.5  # seconds a question takes

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn now."""
        return max(0, self._inside - self._at_work)

    @property
    def working(self) -> int:
        """How many questions are answered now."""
        return min(self._inside, self._at_work)

    def refusal(self) -> BusyError:
        """Return what one too many is told: when there may be room, should nobody else come."""
        return BusyError(math.ceil(self._inside / self._at_work * self._usual))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it.

        Raises:
            BusyError: too many wait already.
            EndingError: nothing more is answered.
            Stopped: nobody waits for it any more.
        """
        with self._lock:
            if self._inside >= self.most:
                raise self.refusal()
            self._inside += 1
        try:
            with self._turns:
                if self._ended:
                    raise EndingError
                go_on()
                started = time.perf_counter()
                yield
                self._usual += _FORGETTING * (time.perf_counter() - started - self._usual)
        finally:
            with self._lock:
                self._inside -= 1
                self._left.notify_all()

    def give_way(self, seconds: float) -> None:
        """Wait until no question is answered, at most for a time: for work that nobody waits for."""
        with self._lock:
            self._left.wait_for(lambda: self._ended or not self._inside, seconds)

    def end(self) -> None:
        """Answer what is being answered; whoever waits or comes now is told that nothing more is."""
        self._ended = True
        self._turns.release(self.most)
        with self._lock:
            self._left.notify_all()
