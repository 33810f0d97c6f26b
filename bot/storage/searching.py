"""What searching asks of the two indexes, whichever they are: in the home folder, or in a cluster."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from bot.storage.numbers import Ids
from bot.storage.positions import Positions
from embeddings.contract import Vectors

Terms = Sequence[str] | Mapping[str, float]
"""Terms that are searched for, each counted as often as it occurs, or each with its weight."""
Key = TypeVar("Key")


class WordIndex(Protocol):
    """BM25 over passages and over whole documents; scores are the same whatever the scope."""

    @property
    def generation(self) -> int:
        """The store's generation that the index was brought to."""

    @property
    def passages(self) -> int:
        """How many passages there are."""

    @property
    def positions(self) -> Positions:
        """Where texts say what; a text that is not among them is read."""

    def document_frequency(self, term: str) -> int:
        """Return in how many passages a term occurs."""

    def search(self, weights: Terms, limit: int, documents: Sequence[str] | None = None) -> dict[int, float]:
        """Return the scores of the best passages by passage_id, best first; ``documents`` narrows the search."""

    def search_documents(self, weights: Terms, limit: int, documents: Sequence[str] | None = None) -> dict[str, float]:
        """Return the scores of the best whole documents by document_id, best first."""

    def best(self, queries: Sequence[Terms], limit: int, documents: Sequence[str] | None = None) -> dict[int, float]:
        """Search for each of ``queries``; return the highest score of each passage that any finds, best first."""

    def best_documents(
        self, queries: Sequence[Terms], limit: int, documents: Sequence[str] | None = None
    ) -> dict[str, float]:
        """Search whole documents for each of ``queries``, as ``best``."""

    def best_inside(self, queries: Sequence[Terms], limit: int, documents: Sequence[str]) -> dict[int, float]:
        """Search each of ``documents`` by itself, as ``best``, in any order."""


class NearestIndex(Protocol):
    """Unit vectors of passages, searched by inner product."""

    @property
    def generation(self) -> int:
        """The store's generation that the index was brought to."""

    def search(self, vectors: Vectors, limit: int, ids: Sequence[int] | Ids | None = None) -> tuple[Vectors, Ids]:
        """Find the ``limit`` nearest of each of ``vectors`` (n, dimension), among ``ids`` alone where given.

        Returns scores and numbers, each (n, m) with m <= limit as many as there are, best first.
        """


def highest(searches: Iterable[Mapping[Key, float]]) -> dict[Key, float]:
    """Return for each key its highest score in any of ``searches``, best first."""
    scores: dict[Key, float] = {}
    for number, other in enumerate(searches):
        if not number:
            scores = dict(other)
            continue
        scores |= {key: max(score, scores.get(key, score)) for key, score in other.items()}
        scores = dict(sorted(scores.items(), key=lambda item: -item[1]))
    return scores
