"""How many questions a minute one caller may ask: a program that asks and asks leaves room for everybody else."""

import math
import time

from bot.types import TooOftenError


class Quotas:
    """Counts questions by caller; ``a_minute`` 0 sets no limit. Thread-safe; what is an old minute's is forgotten."""

    def __init__(self, a_minute: int) -> None:
        from limits import RateLimitItemPerMinute
        from limits.storage import MemoryStorage
        from limits.strategies import FixedWindowRateLimiter

        self._a_minute = a_minute
        self._item = RateLimitItemPerMinute(a_minute)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def spend(self, caller: str) -> None:
        """Count a question of ``caller``.

        Raises:
            TooOftenError: in the minute that began with their first question they have asked as often as they may.
        """
        if self._a_minute and not self._limiter.hit(self._item, caller):
            until = self._limiter.get_window_stats(self._item, caller).reset_time
            raise TooOftenError(math.ceil(until - time.time()), self._a_minute)
