"""Where each pair of neighbouring characters stands in the documents' texts, so that a term is counted exactly.

The folded texts follow each other, a sign that no text holds behind each. A pair of characters has a list of places:
where all pairs of a term stand one after the other, the term stands. What a reader sees as one word may be parted by a
line's end or by characters that are not seen: the pairs around such a seam are listed too, with their documents, and
whoever counts reads these few.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.language.characters import ByCharacter, codes_of, fold_codes
from bot.language.folding import HIDDEN, mostly_han
from embeddings.files import replace_file

Longs = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]

_BITS = 21
_END = (1 << _BITS) - 1
_PARTS = re.compile(rf"[\n{HIDDEN}]")
_UNCOUNTED = re.compile(rf"^\s|\s$|\s\s|[^\S ]|[{HIDDEN}]")
_BEGINNING = 2000
"""Characters of a text that tell its language."""
_SPACE = ord(" ")
_IS_SEEN, _IS_BLANK, _IS_PARTING = range(3)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a term stands. The three arrays have a row a document in which it does.

    ``starts`` are the places' beginnings in the documents, one document's after the other's; ``unsure`` are the
    revisions of documents that may hold it otherwise too.
    """

    revisions: Longs
    counts: Longs
    starts: Longs
    unsure: frozenset[int]


@dataclass(frozen=True, slots=True)
class Segment:
    """The places in some documents. Those of the ith of the ascending ``pairs`` are ``places[rows[i]:rows[i + 1]]``."""

    revisions: Longs
    begins: Longs
    languages: Longs
    pairs: Longs
    rows: Longs
    seam_pairs: Longs
    seam_documents: Longs
    places: Places

    @classmethod
    def of(cls, texts: Sequence[tuple[int, str]]) -> Self:
        """Index texts, each behind its document's revision."""
        lengths = np.array([len(text) + 1 for _, text in texts])
        begins = np.append(0, np.cumsum(lengths))
        codes = fold_codes(codes_of("".join([f"{text}\0" for _, text in texts]))).astype(np.int64)
        codes[begins[1:] - 1] = _END
        seam_pairs, seam_documents = _seams(codes, begins)
        pairs, rows, places = _sorted_places(codes[:-1] << _BITS | codes[1:], np.arange(len(codes) - 1, dtype=np.int32))
        revisions = np.array([revision for revision, _ in texts], np.int64)
        languages = np.array([_language(text) for _, text in texts], np.int64)
        return cls(revisions, begins, languages, pairs, rows, seam_pairs, seam_documents, places)

    @property
    def size(self) -> int:
        """How many characters there are."""
        return int(self.begins[-1])

    def only(self, revisions: Collection[int]) -> "Segment":
        """Return it without the documents that are not of ``revisions``."""
        keep = np.isin(self.revisions, np.fromiter(revisions, np.int64, len(revisions)))
        if keep.all():
            return self
        lengths = np.diff(self.begins)
        gone = np.cumsum(np.where(keep, 0, lengths)) - np.where(keep, 0, lengths)
        owner = np.searchsorted(self.begins, self.places, "right") - 1
        held = keep[owner]
        counts = np.add.reduceat(held.astype(np.int64), self.rows[:-1]) if len(self.pairs) else self.rows[:0]
        seams = keep[self.seam_documents]
        return Segment(
            self.revisions[keep], np.concatenate([[0], np.cumsum(lengths[keep])]), self.languages[keep],
            self.pairs[counts > 0], np.concatenate([[0], np.cumsum(counts[counts > 0])]),
            self.seam_pairs[seams], (np.cumsum(keep) - 1)[self.seam_documents[seams]],
            (self.places - gone[owner])[held].astype(np.int32),
        )  # fmt: skip

    def with_another(self, other: "Segment") -> "Segment":
        """Return both in one, the documents of ``other`` behind its own."""
        pairs = np.concatenate([np.repeat(s.pairs, np.diff(s.rows)) for s in (self, other)])
        places = np.concatenate([self.places, other.places + np.int32(self.size)])
        merged = _sorted_places(pairs, places)
        both = np.concatenate([self.seam_documents, other.seam_documents + len(self.revisions)])
        seam_pairs = np.concatenate([self.seam_pairs, other.seam_pairs])
        return Segment(
            np.concatenate([self.revisions, other.revisions]),
            np.concatenate([self.begins, other.begins[1:] + self.size]),
            np.concatenate([self.languages, other.languages]),
            merged[0], merged[1], *_in_order(seam_pairs, both), merged[2],
        )  # fmt: skip

    def find(self, term: str) -> Found:
        """Return where a folded term stands that ``is_counted``."""
        codes = _codes(term)
        starts, unsure = self._starts(codes), np.zeros(0, np.int64)
        for pair in (codes[:-1] << _BITS | codes[1:]).tolist():
            low, high = np.searchsorted(self.seam_pairs, [pair, pair + 1])
            unsure = np.concatenate([unsure, self.seam_documents[low:high]])
        starts = _apart(starts, len(codes))
        owner = np.searchsorted(self.begins, starts, "right") - 1
        sure = ~np.isin(owner, unsure)
        documents, counts = np.unique(owner[sure], return_counts=True)
        unsure_revisions = frozenset(self.revisions[np.unique(unsure)].tolist())
        return Found(self.revisions[documents], counts, (starts - self.begins[owner])[sure], unsure_revisions)

    def _starts(self, codes: Longs) -> Longs:
        none = np.zeros(0, np.int64)
        if len(codes) == 1:
            low, high = np.searchsorted(self.pairs, [codes[0] << _BITS, (codes[0] + 1) << _BITS])
            return np.sort(self.places[self.rows[low] : self.rows[high]]).astype(np.int64)
        wanted = codes[:-1] << _BITS | codes[1:]
        at = np.searchsorted(self.pairs, wanted)
        if (at == len(self.pairs)).any() or (self.pairs[at] != wanted).any():
            return none
        counts = self.rows[at + 1] - self.rows[at]
        order = np.argsort(counts, kind="stable").tolist()
        starts: Longs = self._places_of(int(at[order[0]])).astype(np.int64) - order[0]
        for number in order[1:]:
            places = self._places_of(int(at[number]))
            spots = np.minimum(np.searchsorted(places, (starts + number).astype(np.int32)), len(places) - 1)
            starts = starts[places[spots] == starts + number]
        return starts

    def _places_of(self, row: int) -> Places:
        places: Places = self.places[self.rows[row] : self.rows[row + 1]]
        return places

    def write(self, path: Path) -> None:
        """Write it to a file, on disk when this returns."""
        arrays = [np.ascontiguousarray(getattr(self, one.name)) for one in fields(self)]
        replace_file(path, np.array([len(array) for array in arrays], np.int64), *arrays)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Map a file that ``write`` has written.

        Raises:
            ValueError, OSError: it is not one.
        """
        names = [one.name for one in fields(cls)]
        content: npt.NDArray[np.uint8] = np.memmap(path, np.uint8, "r")
        lengths = content[: 8 * len(names)].view(np.int64).tolist()
        arrays, at = [], 8 * len(names)
        for name, length in zip(names, lengths, strict=True):
            kind: type[np.int32 | np.int64] = np.int32 if name == "places" else np.int64
            end = at + length * np.dtype(kind).itemsize
            arrays.append(np.asarray(content[at:end].view(kind)))
            at = end
        return cls(*arrays)


def is_counted(term: str) -> bool:
    """Tell whether ``Segment.find`` finds every place of a folded term: its white space is single spaces within."""
    return bool(term) and _UNCOUNTED.search(term) is None


def _codes(text: str) -> Longs:
    return codes_of(text).astype(np.int64)


def is_chinese(text: str) -> bool | None:
    """Tell by its beginning whether a text is mostly Chinese; None where that has no words."""
    return mostly_han(text[:_BEGINNING])


def _language(text: str) -> int:
    """Return 1 for a text that is mostly Chinese, 0 for another, -1 where it has no words."""
    chinese = is_chinese(text)
    return -1 if chinese is None else int(chinese)


def _seams(codes: Longs, begins: Longs) -> tuple[Longs, Longs]:
    """Return the pairs that may be read across what is not seen, each once with the number of its document.

    A seam is white space and what is hidden between two characters of a document, with a line's end or something
    hidden in it.
    """
    seen = codes != _END
    kinds = np.where(seen, _blanks().of(np.where(seen, codes, 0).astype(np.uint32)), _IS_SEEN)
    blank = np.concatenate([[False], kinds != _IS_SEEN, [False]])
    starts, ends = (np.flatnonzero(blank[1:] & ~blank[:-1]), np.flatnonzero(blank[:-1] & ~blank[1:]))
    partings = np.append(0, np.cumsum(kinds == _IS_PARTING))
    inside = (starts > 0) & (ends < len(codes)) & (partings[ends] > partings[starts])
    starts, ends = starts[inside], ends[inside]
    before, after = codes[starts - 1], codes[ends]
    within = (before != _END) & (after != _END)
    before, after, starts = before[within], after[within], starts[within]
    pairs = np.concatenate([before << _BITS | after, before << _BITS | _SPACE, _SPACE << _BITS | after])
    pairs, documents = _in_order(pairs, np.tile(np.searchsorted(begins, starts, "right") - 1, 3))
    first = (np.diff(pairs, prepend=-1) != 0) | (np.diff(documents, prepend=-1) != 0)
    return pairs[first], documents[first]


@cache
def _blanks() -> ByCharacter:
    return ByCharacter(lambda char: _IS_PARTING if _PARTS.match(char) else _IS_BLANK if char.isspace() else _IS_SEEN)


def _in_order(pairs: Longs, numbers: Longs) -> tuple[Longs, Longs]:
    """Return both in the order of the pairs, those of one pair in the order of their numbers."""
    if not len(numbers) or numbers.max() <= _END:  # both in one number: a tenth of the time
        both = np.sort(pairs << _BITS | numbers)
        return both >> _BITS, both & _END
    order = np.lexsort((numbers, pairs))
    return pairs[order], numbers[order]


def _sorted_places(pairs: Longs, places: Places) -> tuple[Longs, Longs, Places]:
    """Return the distinct pairs, where the places of each begin (and of the last end), and the places, by pair."""
    ordered, numbers = _in_order(pairs, places.astype(np.int64))
    firsts = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[firsts], np.append(firsts, len(ordered)).astype(np.int64), numbers.astype(np.int32)


def _apart(starts: Longs, length: int) -> Longs:
    """Leave out places that overlap the one before, from left to right."""
    if length == 1 or not (np.diff(starts) < length).any():
        return starts
    kept, free = [], 0
    for start in starts.tolist():
        if start >= free:
            kept.append(start)
            free = start + length
    return np.array(kept, np.int64)
