"""The places of all texts' characters in files that stay: a change writes one more, which takes up small ones."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np

from bot.storage.grams import Found, Longs, Segment

_MOST = 2_000_000
"""Characters of one segment, unless one text has more: two are put together in 0.2 s."""


@dataclass(frozen=True)
class Positions:
    """Segments, each with the name of its file; "" where it is in memory alone."""

    segments: tuple[tuple[str, Segment], ...] = ()

    @classmethod
    def open(cls, folder: Path, names: Iterable[str]) -> Self:
        """Map the files of these names.

        Raises:
            ValueError, OSError: one is missing, or is none.
        """
        return cls(tuple((name, Segment.read(folder / name)) for name in names))

    @property
    def names(self) -> tuple[str, ...]:
        """The files' names, in order."""
        return tuple(name for name, _ in self.segments)

    def find(self, term: str) -> Found:
        """Return where a folded term stands that ``is_counted``; documents that were removed may be among them."""
        found = [segment.find(term) for _, segment in self.segments]
        none = np.zeros(0, np.int64)
        return Found(
            np.concatenate([none, *(one.revisions for one in found)]),
            np.concatenate([none, *(one.counts for one in found)]),
            np.concatenate([none, *(one.starts for one in found)]),
            frozenset().union(*(one.unsure for one in found)),
        )

    @cached_property
    def languages(self) -> dict[int, bool | None]:
        """Of each revision, whether its text is mostly Chinese, None where it has no words."""
        meaning = {1: True, 0: False, -1: None}
        return {
            revision: meaning[language]
            for _, segment in self.segments
            for revision, language in zip(segment.revisions.tolist(), segment.languages.tolist(), strict=True)
        }


class Filling:
    """Takes texts up into ``positions``, beside which nothing is changed; without ``folder`` in memory alone."""

    def __init__(self, positions: Positions, folder: Path | None) -> None:
        self._folder = folder
        self._segments = list(positions.segments)
        self._next = 1 + max((int(name) for name in positions.names if name), default=0)
        self._texts: list[tuple[int, str]] = []
        self._size = 0

    def add(self, revision: int, text: str) -> None:
        """Take up a text."""
        if self._texts and self._size + len(text) > _MOST:
            self._segments.append(self._kept(Segment.of(self._texts)))
            self._texts, self._size = [], 0
        self._texts.append((revision, text))
        self._size += len(text)

    def finish(self, revisions: Collection[int]) -> Positions:
        """Return what there is now; what is not of ``revisions`` may be left out."""
        if self._texts:
            last = Segment.of(self._texts)
            while self._segments and self._is_taken_up(self._segments[-1][1], last):
                last = self._segments.pop()[1].only(revisions).with_another(last)
            self._segments.append(self._kept(last))
        alive = np.fromiter(revisions, np.int64, len(revisions))
        self._segments = [self._lightened(*one, alive) for one in self._segments]
        return Positions(tuple(one for one in self._segments if one[1].size))

    @staticmethod
    def _is_taken_up(segment: Segment, last: Segment) -> bool:
        return segment.size < 2 * last.size and segment.size + last.size <= _MOST

    def _lightened(self, name: str, segment: Segment, alive: Longs) -> tuple[str, Segment]:
        held = int(np.diff(segment.begins)[np.isin(segment.revisions, alive)].sum())
        if 2 * held > segment.size:
            return name, segment
        left = segment.only([int(revision) for revision in alive])
        return self._kept(left) if held else ("", left)

    def _kept(self, segment: Segment) -> tuple[str, Segment]:
        if self._folder is None:
            return "", segment
        name = f"{self._next:08}"
        self._next += 1
        segment.write(self._folder / name)
        return name, Segment.read(self._folder / name)
