"""The sentences of many passages as arrays: where each stands, and which words of a vocabulary it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.documents.passages import split_sentences
from bot.language.characters import codes_of, fold_codes, text_of
from bot.language.folding import plain

Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]

PARTING = "\0"
"""Ends each of several texts that are in one."""
_SPACE = ord(" ")

Tokenise = Callable[[Sequence[str]], tuple[Numbers, Places]]
"""Tells the token ids of texts in a row, and how many each text has."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of passages in a row.

    ``counts`` (passages,) says how many each passage has; ``starts`` and ``ends`` (sentences,) where each stands in its
    passage's text, ``sizes`` (sentences,) how many tokens it has as it is compared, ``tokens`` which.
    """

    counts: Numbers
    starts: Numbers
    ends: Numbers
    sizes: Numbers
    tokens: Numbers

    @classmethod
    def of(cls, texts: Sequence[str], tokenise: Tokenise) -> Self:
        """Find the sentences of passages' texts, and their tokens."""
        spans = [split_sentences(text, 0, len(text)) for text in texts]
        counts = np.fromiter(map(len, spans), np.int32, len(spans))
        both = np.array(list(chain.from_iterable(spans)), np.int32).reshape(-1, 2)
        starts, ends = both[:, 0], both[:, 1]
        words, sizes = tokenise(parts_of(compared(texts, counts, starts, ends)))
        return cls(counts, starts, ends, sizes.astype(np.int32), words)

    @classmethod
    def joined(cls, several: Sequence["Sentences"]) -> Self:
        """Return those of all passages of ``several`` in a row."""
        fields = ("counts", "starts", "ends", "sizes", "tokens")
        return cls(*(np.concatenate([getattr(one, field) for one in several]) for field in fields))

    def take(self, passages: Places) -> "Sentences":
        """Return those of the ``passages``, which are places in the row, in their order."""
        sentences = places(begins(self.counts)[passages], self.counts[passages])
        words = places(begins(self.sizes)[sentences], self.sizes[sentences])
        return Sentences(
            self.counts[passages], self.starts[sentences], self.ends[sentences], self.sizes[sentences],
            self.tokens[words],
        )  # fmt: skip


def compared(texts: Sequence[str], counts: Numbers, starts: Numbers, ends: Numbers) -> str:
    """Return sentences of ``texts`` as they are compared (``fold_plain``), a ``PARTING`` behind each.

    ``counts`` says how many of the ``starts`` and ``ends`` are of each text.
    """
    codes = codes_of("".join(texts) + PARTING)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    offsets = np.repeat(begins(lengths), counts)
    # One character more of each, in whose place the parting stands.
    sizes = (ends - starts + 1).astype(np.int64)
    said = codes[places(offsets + starts, sizes)]
    said[said == 0] = _SPACE
    said[np.cumsum(sizes) - 1] = 0
    return text_of(fold_codes(codes_of(plain(text_of(said)))))


def parts_of(text: str) -> list[str]:
    """Return the texts that a ``PARTING`` ends each."""
    return text.split(PARTING)[:-1]


def begins(sizes: npt.NDArray[np.integer]) -> Places:
    """Return where runs of these sizes begin, one behind the other."""
    ends = np.cumsum(sizes, dtype=np.int64)
    return ends - sizes


def places(starts: Places, sizes: npt.NDArray[np.integer]) -> Places:
    """Return the places of runs that begin at ``starts``, one run behind the other."""
    found: Places = np.repeat(starts - begins(sizes), sizes) + np.arange(sizes.sum(), dtype=np.int64)
    return found
