"""Work that nobody waits for any more: who asked has gone, and whoever is at work for them stops.

The work asks ``go_on`` where it has a moment; whose work it is, and whether they are still there, it need not know.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Stopped(Exception):
    """Nobody waits for this work any more."""


def _there() -> bool:
    return False


_gone: ContextVar[Callable[[], bool]] = ContextVar("gone", default=_there)


@contextmanager
def until(gone: Callable[[], bool]) -> Iterator[None]:
    """Work within, in this thread, until ``gone`` says that nobody waits for it."""
    token = _gone.set(gone)
    try:
        yield
    finally:
        _gone.reset(token)


def go_on() -> None:
    """Go on with the work; raises Stopped where nobody waits for it any more."""
    if _gone.get()():
        raise Stopped
