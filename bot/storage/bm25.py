"""BM25 as sparse vectors: weights of a text that are stored, weights of a question by how rare its terms are now.

Their inner product is the score that Lucene and tantivy give: the sum over the question's terms of

    count · ln(1 + (N - n + 0.5) / (n + 0.5)) · 2.2 · tf / (tf + 1.2 · (0.25 + 0.75 · length / average))

where ``n`` of ``N`` texts hold the term, and the length (terms of the text) is kept in one byte, as they keep it.
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

Weights = dict[int, float]
"""A sparse vector: the weight of each dimension that is not 0."""
NOTHING = 2**32 - 2
"""The dimension of a text without terms, for no vector may be empty; no term has it."""
_K, _B = 1.2, 0.75
_EXACT, _STEPS = 24, 3
"""Lengths that a byte holds as they are; of longer ones as many bits as are kept below the first."""
Longs = npt.NDArray[np.int64]


def dimension(term: str) -> int:
    """Return the number of a term's dimension; of millions of terms some hundreds share one with another."""
    return zlib.crc32(term.encode()) % NOTHING


def kept_length(length: int) -> int:
    """Return what is left of a length in one byte."""
    over = length - _EXACT
    bits = over.bit_length() - 1 - _STEPS
    return length if bits <= 0 or over < 0 else _EXACT + (over >> bits << bits)


def dimensions(terms: Iterable[str]) -> Counter[int]:
    """Return how often a text says the term of each dimension."""
    return Counter(map(dimension, terms))


def text_weights(said: Counter[int], average: float) -> Weights:
    """Return the vector of a text of which ``dimensions`` were taken, where texts have ``average`` terms."""
    norm = _K * (1 - _B + _B * kept_length(said.total()) / average) if average else _K
    return {at: (_K + 1) * count / (count + norm) for at, count in said.items()} or {NOTHING: 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """How many of some texts hold the term of each dimension: ``counts`` of ``dimensions``, which are ascending.

    ``texts`` is how many there are, ``length`` how many terms they have together. A difference may be less than 0.
    """

    dimensions: Longs
    counts: Longs
    texts: int
    length: int

    @classmethod
    def of(cls, texts: Sequence[Iterable[int]], length: int) -> "Statistics":
        """Count texts, each given by its dimensions."""
        every = np.fromiter((at for at in chain.from_iterable(texts) if at != NOTHING), np.int64)
        found, counts = np.unique(every, return_counts=True)
        return cls(found, counts.astype(np.int64), len(texts), length)

    @classmethod
    def sum(cls, parts: Sequence["Statistics"]) -> "Statistics":
        """Put counts of several texts together."""
        every = np.concatenate([part.dimensions for part in (*parts, NONE)])
        found, at = np.unique(every, return_inverse=True)
        counted = np.concatenate([part.counts for part in (*parts, NONE)])
        counts = np.bincount(at, counted, len(found)).astype(np.int64)
        left = counts != 0
        texts, length = sum(part.texts for part in parts), sum(part.length for part in parts)
        return cls(found[left], counts[left], texts, length)

    def __neg__(self) -> "Statistics":
        return Statistics(self.dimensions, -self.counts, -self.texts, -self.length)

    @property
    def average(self) -> float:
        """How many terms a text has; 0 where there is none."""
        return self.length / self.texts if self.texts > 0 else 0.0

    def frequency(self, term: str) -> int:
        """Return in how many texts a term stands."""
        return self._count(dimension(term))

    def query(self, terms: Sequence[str] | Mapping[str, float]) -> Weights:
        """Return the vector of a question: terms, each counted as often as it occurs, or each with its weight."""
        weights: Weights = {}
        for term, weight in (terms if isinstance(terms, Mapping) else Counter(terms)).items():
            at = dimension(term)
            count = self._count(at)
            if count > 0 and weight > 0:
                rarity = math.log(1 + (max(self.texts - count, 0) + 0.5) / (count + 0.5))
                weights[at] = weights.get(at, 0.0) + weight * rarity
        return weights

    def dump(self) -> bytes:
        """Return it in bytes, for ``load``."""
        sizes = np.array([len(self.dimensions), self.texts, self.length], np.int64)
        parts = (sizes, self.dimensions.astype(np.uint32), self.counts.astype(np.int32))
        return b"".join(part.tobytes() for part in parts)

    @classmethod
    def load(cls, data: bytes) -> tuple["Statistics", bytes]:
        """Return what was dumped, and the bytes behind it."""
        head, size = 24, 4
        count, texts, length = np.frombuffer(data, np.int64, 3).tolist()
        found = np.frombuffer(data, np.uint32, count, head).astype(np.int64)
        counts = np.frombuffer(data, np.int32, count, head + size * count).astype(np.int64)
        return cls(found, counts, texts, length), data[head + 2 * size * count :]

    def _count(self, at: int) -> int:
        place = int(np.searchsorted(self.dimensions, at))
        found = place < len(self.dimensions) and self.dimensions[place] == at
        return max(0, int(self.counts[place])) if found else 0


NONE = Statistics(np.zeros(0, np.int64), np.zeros(0, np.int64), 0, 0)
"""Of no texts."""
