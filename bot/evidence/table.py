"""What features are computed from: the sentences of the candidate passages as arrays, and sums over their terms."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.documents.sentences import PARTING, Numbers, parts_of
from bot.language.characters import codes_of
from bot.question.query import Query

Array = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Tokens = tuple[Numbers, Rows]
"""The token ids of texts in a row, and how many each text has."""


@dataclass(frozen=True, slots=True)
class Views:
    """Passages to be judged, all folded.

    ``sentences`` is one text, a ``PARTING`` behind each sentence; ``counts`` (passages,) says how many each passage
    has, ``paragraph`` (passages,) is the same for those cut from one paragraph, ``context`` (passages,) says which of
    the ``titles`` and ``sections`` (section paths) each has. The others (passages,) are the searches' scores.
    ``tokens`` are those of the sentences, None where they are not known.
    """

    sentences: str
    counts: Rows
    paragraph: Rows
    titles: Sequence[str]
    sections: Sequence[str]
    context: Rows
    lexical: Array
    dense: Array
    document: Array
    tokens: Tokens | None = None


class Letters:
    """Several texts as one array of characters: what stands in which of them is found in all at once."""

    def __init__(self, joined: str) -> None:
        """Take texts in one, a ``PARTING`` behind each."""
        self.text = joined
        self.codes = codes_of(joined)
        self.ends: Rows = np.flatnonzero(self.codes == 0)
        self.lengths: Rows = np.diff(self.ends, prepend=-1) - 1
        self.owner: Rows = np.repeat(np.arange(len(self.ends)), self.lengths + 1)
        self._equal: dict[str, Flags] = {}

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Take texts, none of which holds a ``PARTING``."""
        return cls("".join([f"{text}{PARTING}" for text in texts]))

    def __len__(self) -> int:
        return len(self.ends)

    def presence(self, needles: Sequence[str]) -> Array:
        """Return ``(texts, needles)``: 1 where the needle stands in the text, else 0."""
        found = np.zeros((len(self), len(needles)), np.float32)
        for column, needle in enumerate(needles):
            found[self._rows(self._begins(needle)), column] = 1
        return found

    def longest_end(self, text: str, before: str = "") -> Array:
        """Return the length of the longest end of ``text``, from 2 characters on, that stands in each text.

        ``before``, a character or none, stands before it there, and counts.
        """
        return self._longest(self._ends(text), before)

    def longest_beginning(self, text: str) -> Array:
        """Return the length of the longest beginning of ``text``, from 2 characters on, that stands in each text."""
        return self._longest(self._beginnings(text), "")

    def number_besides(self, chars: Collection[str]) -> Array:
        """Return how many characters of each text are not among ``chars``."""
        other = ~np.isin(self.codes, codes_of("".join(chars)))
        other[self.ends] = False
        return np.bincount(self.owner[other], minlength=len(self)).astype(np.float32)

    def last_is(self, chars: str) -> Array:
        """Return 1 for each text that ends with one of ``chars``."""
        return (np.isin(self.codes[self.ends - 1], codes_of(chars)) & (self.lengths > 0)).astype(np.float32)

    def holding(self, places: Sequence[int]) -> Array:
        """Return 1 for each text in which one of the places of all stands."""
        found = np.zeros(len(self), np.float32)
        found[self.owner[np.array(places, np.int64)]] = 1
        return found

    def _is(self, char: str) -> Flags:
        if char not in self._equal:
            # No character of a text is the parting.
            self._equal[char] = (self.codes == ord(char)) & (char != PARTING)
        return self._equal[char]

    def _begins(self, needle: str) -> Flags:
        begins = self._is(needle[0])
        for place, char in enumerate(needle[1:], 1):
            begins = begins[:-1] & self._is(char)[place:]
        return begins

    def _rows(self, begins: Flags) -> Rows:
        return self.owner[np.flatnonzero(begins)]

    def _ends(self, text: str) -> Iterator[tuple[int, Flags]]:
        """Yield lengths and where the end of ``text`` of that length begins, as long as it does anywhere."""
        begins = self._is(text[-1]) if text else np.zeros(0, np.bool_)
        for length in range(2, len(text) + 1):
            begins = begins[1:] & self._is(text[-length])[: max(0, len(begins) - 1)]
            if not begins.any():
                return
            yield length, begins

    def _beginnings(self, text: str) -> Iterator[tuple[int, Flags]]:
        begins = self._is(text[0]) if text else np.zeros(0, np.bool_)
        for length in range(2, len(text) + 1):
            begins = begins[:-1] & self._is(text[length - 1])[length - 1 :]
            if not begins.any():
                return
            yield length, begins

    def _longest(self, lengths: Iterator[tuple[int, Flags]], before: str) -> Array:
        longest = np.zeros(len(self), np.float32)
        for length, begins in lengths:
            if before:
                begins = begins[1:] & self._is(before)[: len(begins) - 1]
            longest[self._rows(begins)] = length + len(before)
        return longest


@dataclass(frozen=True)
class Table:
    """The sentences of all views in a row, and how they hang together.

    ``owner`` and ``paragraph`` number the passage and the paragraph of each sentence; ``starts`` are the rows of the
    first sentences of the passages.
    """

    query: Query
    rarity: Mapping[str, float]
    views: Views
    letters: Letters
    owner: Rows
    starts: Rows
    paragraph: Rows

    @classmethod
    def of(cls, query: Query, views: Views, rarity: Mapping[str, float]) -> Self:
        """Lay out the sentences of ``views``; ``rarity`` gives a weight >= 0 for every term of the query."""
        owner = np.repeat(np.arange(len(views.counts)), views.counts)
        letters = Letters(views.sentences)
        return cls(
            query=query, rarity=rarity, views=views, letters=letters, owner=owner,
            starts=np.cumsum(views.counts) - views.counts, paragraph=views.paragraph[owner],
        )  # fmt: skip

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences' texts."""
        return parts_of(self.views.sentences)

    @cached_property
    def contexts(self) -> list[str]:
        """Each title with its section path, as ``Views.context`` numbers them."""
        return [f"{title}\n{section}" for title, section in zip(self.views.titles, self.views.sections, strict=True)]

    @cached_property
    def title_letters(self) -> Letters:
        """The titles, as ``Views.context`` numbers them."""
        return Letters.of(self.views.titles)

    @cached_property
    def section_letters(self) -> Letters:
        """The section paths, as ``Views.context`` numbers them."""
        return Letters.of(self.views.sections)

    def above(self, needles: Sequence[str]) -> Array:
        """Return ``(passages, needles)``: 1 where the needle stands in the title or the section path."""
        either = np.maximum(self.title_letters.presence(needles), self.section_letters.presence(needles))
        return either[self.views.context]

    def weights(self, terms: Sequence[str], default: float = 0.0) -> Array:
        """Return the rarity of each of ``terms``."""
        return np.array([self.rarity.get(term, default) for term in terms], np.float32)

    def constant(self, value: float) -> Array:
        """Return ``value`` for every sentence."""
        return np.full(len(self.owner), value, np.float32)


def share(present: Array, weights: Array) -> Array:
    """Return for each row of ``present`` (n, terms) the sum of its weights over the sum of all."""
    total = float(weights.sum())
    if total == 0:
        return np.zeros(len(present), np.float32)
    # Not ``@``: with few columns some builds of BLAS warn of invalid values that are not there.
    shares: Array = (present * (weights / np.float32(total))).sum(axis=1, dtype=np.float32)
    return shares


def spread(rows: Array, group: Rows) -> Array:
    """Give each row the maximum over all rows of its group."""
    best = np.zeros((int(group.max()) + 1, rows.shape[1]), np.float32)
    np.maximum.at(best, group, rows)
    return best[group]
