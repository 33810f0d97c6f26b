"""What stands on a page, before it is read: runs of characters, strokes, and the frame in which they are upright.

Lengths are points of the page as it is shown, from its upper left corner. In a ``Frame`` they are turned so that text
runs from left to right and lines follow downwards: upright Chinese, and tables laid on their side, are read like all
else.
"""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Self

from bot.pages import Box

_THOUSAND = 1000


class Frame(IntEnum):
    """Which way text runs on the page."""

    RIGHT = 0
    DOWN = 1  # from top to bottom, lines from right to left: upright Chinese too
    LEFT = 2
    UP = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From side to side."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def joined(self, other: "Place") -> "Place":
        """Return the smallest that holds both."""
        return Place(
            min(self.left, other.left), min(self.top, other.top),
            max(self.right, other.right), max(self.bottom, other.bottom),
        )  # fmt: skip

    def holds(self, point: tuple[float, float], by: float = 0.0) -> bool:
        """Tell whether a point is within it, or no more than ``by`` outside."""
        return self.left - by <= point[0] <= self.right + by and self.top - by <= point[1] <= self.bottom + by

    def turned(self, frame: Frame, width: float, height: float) -> "Place":
        """Return it as it is in ``frame`` of a page of that size."""
        if frame is Frame.DOWN:
            return Place(self.top, width - self.right, self.bottom, width - self.left)
        if frame is Frame.LEFT:
            return Place(width - self.right, height - self.bottom, width - self.left, height - self.top)
        if frame is Frame.UP:
            return Place(height - self.bottom, self.left, height - self.top, self.right)
        return self

    def turned_back(self, frame: Frame, width: float, height: float) -> "Place":
        """Return it as it is on the page of that size, given as it is in ``frame``."""
        if frame is Frame.DOWN:
            return Place(width - self.bottom, self.left, width - self.top, self.right)
        if frame is Frame.LEFT:
            return Place(width - self.right, height - self.bottom, width - self.left, height - self.top)
        if frame is Frame.UP:
            return Place(self.top, height - self.right, self.bottom, height - self.left)
        return self


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand side by side, without a gap wider than a space.

    ``lefts`` are where the characters begin. ``size`` is that of the font, ``confidence`` as in ``Block``.
    """

    text: str
    lefts: tuple[float, ...]
    place: Place
    size: float
    bold: bool = False
    confidence: float | None = None

    def cut(self, at: int) -> tuple[Self, Self]:
        """Return it in two, the second from character ``at`` on."""
        x = self.lefts[at]
        before, after = self.text[:at].rstrip(), self.text[at:]
        skipped = len(after) - len(after.lstrip())
        lefts = self.lefts[at + skipped :]
        return (
            replace(self, text=before, lefts=self.lefts[: len(before)], place=replace(self.place, right=x)),
            replace(self, text=after[skipped:], lefts=lefts, place=replace(self.place, left=lefts[0] if lefts else x)),
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its ``number`` from 1, its size in points, what stands on it, and how that is turned.

    ``runs`` and ``strokes`` (thin: lines, sides of boxes) are in ``frame``; ``rough`` tells that they were recognised
    in a picture, so that sizes and sides are true by a tenth only. ``slope`` is how much lines fell there with each
    point to the right; ``runs`` are level.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    strokes: tuple[Place, ...] = ()
    frame: Frame = Frame.RIGHT
    rough: bool = False
    slope: float = 0.0

    @property
    def span(self) -> tuple[float, float]:
        """Width and height in the frame."""
        return (self.height, self.width) if self.frame in (Frame.DOWN, Frame.UP) else (self.width, self.height)

    def box(self, place: Place) -> Box:
        """Return a place of the frame as a box of the page."""
        on_page = self._askew(place.turned_back(self.frame, self.width, self.height))
        across, down = _THOUSAND / max(self.width, 1), _THOUSAND / max(self.height, 1)
        left, top, right, bottom = (
            min(max(round(side * unit), 0), _THOUSAND)
            for side, unit in zip(
                (on_page.left, on_page.top, on_page.right, on_page.bottom), (across, down) * 2, strict=True
            )
        )
        return Box(self.number, left, top, right, bottom)

    def _askew(self, place: Place) -> Place:
        """Return a level place as it lay in the picture."""
        if not self.slope:
            return place
        x, y = place.middle
        falls = abs(self.slope) * place.width / 2
        left, top = -self.slope * y, self.slope * x
        return Place(place.left + left, place.top + top - falls, place.right + left, place.bottom + top + falls)
