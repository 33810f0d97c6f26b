"""How often one caller may ask: the surface knows who asks and how often they may, the engine counts questions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Spend = Callable[[], None]
"""Counts a question of somebody's; raises TooOftenError where they have asked as often as they may."""


def unlimited() -> None:
    """Count nothing."""


_spend: ContextVar[Spend] = ContextVar("spend", default=unlimited)


@contextmanager
def asking(spend: Spend) -> Iterator[None]:
    """Ask within, in this task or thread and those that it starts, on account of who ``spend`` counts for."""
    token = _spend.set(spend)
    try:
        yield
    finally:
        _spend.reset(token)


def count() -> None:
    """Count a question; raises TooOftenError where whoever asks has asked as often as they may."""
    _spend.get()()
