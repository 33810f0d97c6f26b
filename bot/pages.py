"""What is told of a file besides its text: its pages, what was recognised in pictures, what was left out."""

from dataclasses import dataclass, replace
from typing import Self

SURE = 0.9
"""The confidence from which on recognition is said to be sure."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a span of the text (``start`` to ``end``) stands on a page.

    ``page`` counts from 1; the sides are thousandths of the page's width and height, from its upper left corner.
    """

    page: int
    left: int
    top: int
    right: int
    bottom: int
    start: int = 0
    end: int = 0

    def at(self, start: int, end: int) -> Self:
        """Return the same place for another span."""
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A span of the text that was read from a picture; ``confidence`` (0..1) is how sure that is."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Notice:
    """A line about how a file was read, in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class FileReading:
    """What is told of how a file was read, besides its text.

    ``pages`` and ``tables`` are counts, ``recognised`` counts the characters that were read from pictures, ``notices``
    say what was left out or read with doubt.
    """

    pages: int = 0
    tables: int = 0
    recognised: int = 0
    notices: tuple[Notice, ...] = ()


PLAIN = FileReading()
