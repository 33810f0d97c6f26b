"""What features are computed from: the sentences of the candidate passages, and sums over their terms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.question.query import Query

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class View:
    """A passage to be judged: folded sentences, folded context (title, section path) and the searches' scores.

    ``paragraph`` is the same for passages cut from one paragraph.
    """

    paragraph: tuple[str, int]
    sentences: tuple[str, ...]
    title: str
    section: str
    lexical: float
    dense: float
    document: float


@dataclass(frozen=True, slots=True)
class Table:
    """The sentences of all views in a row, and how they hang together.

    ``owner`` and ``paragraph`` number the view and the paragraph of each sentence; ``starts`` are the rows of the first
    sentences of the views, ``context`` their title and section path.
    """

    query: Query
    rarity: Mapping[str, float]
    views: Sequence[View]
    sentences: Sequence[str]
    context: Sequence[str]
    owner: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    paragraph: npt.NDArray[np.int64]

    @classmethod
    def of(cls, query: Query, views: Sequence[View], rarity: Mapping[str, float]) -> Self:
        """Lay out the sentences of ``views``; ``rarity`` gives a weight >= 0 for every term of the query."""
        counts = np.array([len(view.sentences) for view in views])
        owner = np.repeat(np.arange(len(views)), counts)
        numbers: dict[tuple[str, int], int] = {}
        paragraph = np.array([numbers.setdefault(view.paragraph, len(numbers)) for view in views])
        return cls(
            query=query,
            rarity=rarity,
            views=views,
            sentences=[sentence for view in views for sentence in view.sentences],
            context=[f"{view.title}\n{view.section}" for view in views],
            owner=owner,
            starts=np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64),
            paragraph=paragraph[owner],
        )

    def weights(self, terms: Sequence[str], default: float = 0.0) -> Array:
        """Return the rarity of each of ``terms``."""
        return np.array([self.rarity.get(term, default) for term in terms], np.float32)

    def constant(self, value: float) -> Array:
        """Return ``value`` for every sentence."""
        return np.full(len(self.sentences), value, np.float32)

    def flags(self, test: Callable[[str], object]) -> Array:
        """Return 1 for the sentences that pass ``test``, 0 for the others."""
        return np.array([bool(test(sentence)) for sentence in self.sentences], np.float32)


def presence(needles: Sequence[str], texts: Sequence[str]) -> Array:
    """Return ``(texts, needles)``: 1 where the needle stands in the text, else 0."""
    return np.array([[needle in text for needle in needles] for text in texts], np.float32).reshape(
        len(texts), len(needles)
    )


def share(present: Array, weights: Array) -> Array:
    """Return for each row of ``present`` (n, terms) the sum of its weights over the sum of all."""
    total = float(weights.sum())
    if total == 0:
        return np.zeros(len(present), np.float32)
    # Not ``@``: with few columns some builds of BLAS warn of invalid values that are not there.
    shares: Array = (present * (weights / np.float32(total))).sum(axis=1, dtype=np.float32)
    return shares


def spread(rows: Array, group: npt.NDArray[np.int64]) -> Array:
    """Give each row the maximum over all rows of its group."""
    best = np.zeros((int(group.max()) + 1, rows.shape[1]), np.float32)
    np.maximum.at(best, group, rows)
    return best[group]
