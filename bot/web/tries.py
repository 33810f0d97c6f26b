"""Wrong passwords and keys are slowed down, for the one who guesses and as little as can be for everybody else.

Of one sender so many credentials that have not proved right are looked at in a while; the next ones wait in line, and
those that would wait too long are told to come back. Who has come in before never waits, whatever others behind the
same address do, and the same wrong one sent again (a browser's old password) is no further guess.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LONGEST_WAIT = 4.0
"""Seconds that a try waits in line; one that would wait longer is not looked at."""
_SENDERS = 10_000
_CREDENTIALS = 2_000
"""What is remembered at most; the ones unheard of for longest are forgotten."""


@dataclass(frozen=True, slots=True)
class Pace:
    """``burst`` tries at once, then one in ``seconds``."""

    burst: int
    seconds: float


PERSON = Pace(burst=10, seconds=1.0)
"""For one who tries, as far as can be told: an address, or one that a proxy on this machine names."""
PROXY = Pace(burst=100, seconds=0.05)
"""For all together that come by one proxy, should it pass on whatever address they claim."""


class Tries:
    """Who has tried what. For one event loop; ``clock`` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._used_up: OrderedDict[str, float] = OrderedDict()
        """Until when each sender's tries are used up, were there no burst."""
        self._right: OrderedDict[bytes, None] = OrderedDict()
        self._wrong: OrderedDict[bytes, None] = OrderedDict()

    def wait(self, credential: str, senders: Sequence[tuple[str, Pace]]) -> float:
        """Return the seconds after which a credential may be looked at; over ``LONGEST_WAIT``: not this time."""
        digest = self._digest(credential)
        if digest in self._right or digest in self._wrong:
            return 0.0
        now = self._clock()
        wait = max(self._until(sender, now) - (pace.burst - 1) * pace.seconds - now for sender, pace in senders)
        if wait <= LONGEST_WAIT:
            for sender, pace in senders:
                self._used_up[sender] = self._until(sender, now) + pace.seconds
                self._used_up.move_to_end(sender)
            _cut(self._used_up, _SENDERS)
        return max(wait, 0.0)

    def note(self, credential: str, senders: Sequence[tuple[str, Pace]], *, right: bool) -> None:
        """Remember what a credential proved to be; one that is right has cost its senders nothing."""
        digest = self._digest(credential)
        kept, other = (self._right, self._wrong) if right else (self._wrong, self._right)
        known = digest in kept
        kept[digest] = None
        kept.move_to_end(digest)
        _cut(kept, _CREDENTIALS)
        other.pop(digest, None)
        if right and not known:
            for sender, pace in senders:
                self._used_up[sender] = self._used_up.get(sender, self._clock()) - pace.seconds

    def _until(self, sender: str, now: float) -> float:
        return max(self._used_up.get(sender, now), now)

    def _digest(self, credential: str) -> bytes:
        return hashlib.blake2b(credential.encode("utf-8", "replace"), key=self._salt, digest_size=16).digest()


def _cut(kept: OrderedDict[str, float] | OrderedDict[bytes, None], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
