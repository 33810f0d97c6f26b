"""Searching in a cluster, as in the indexes of a home folder: the same scores, the same scope, no index of its own."""

from collections.abc import Sequence

import numpy as np

from bot.storage.cluster import Cluster
from bot.storage.lexical import LexicalIndex
from bot.storage.milvus import Found, among
from bot.storage.numbers import Ids
from bot.storage.positions import Positions
from bot.storage.searching import Terms, highest
from embeddings.contract import Vectors

_NAMED = 2000
"""Documents, or numbers, that one request names; of more, several are sent at the same time."""
_RANGES = 200
_LONG = 3
"""So many numbers in a row are named by the first and the last."""


class ClusterWords:
    """BM25 in a cluster; how often terms occur is known here, and so is where texts say what (``places``)."""

    def __init__(self, cluster: Cluster, places: LexicalIndex) -> None:
        self._cluster = cluster
        self._places = places

    @property
    def generation(self) -> int:
        """The store's generation that the cluster and the index of places were brought to."""
        return min(self._cluster.state.generation, self._places.generation)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return max(0, self._cluster.said[0].texts)

    @property
    def positions(self) -> Positions:
        """Where texts say what; a text that is not among them is read."""
        return self._places.positions

    def document_frequency(self, term: str) -> int:
        """Return in how many passages a term occurs."""
        return self._cluster.said[0].frequency(term)

    def search(self, weights: Terms, limit: int, documents: Sequence[str] | None = None) -> dict[int, float]:
        """Return the scores of the best passages by passage_id, best first; ``documents`` narrows the search."""
        return self.best([weights], limit, documents)

    def search_documents(self, weights: Terms, limit: int, documents: Sequence[str] | None = None) -> dict[str, float]:
        """Return the scores of the best whole documents by document_id, best first."""
        return self.best_documents([weights], limit, documents)

    def best(self, queries: Sequence[Terms], limit: int, documents: Sequence[str] | None = None) -> dict[int, float]:
        """Search for each of ``queries``; return the highest score of each passage that any finds, best first."""
        found = self._search(self._cluster.passages, 0, queries, limit, _of(documents))
        return highest({hit.key: hit.score for hit in hits} for hits in found)

    def best_documents(
        self, queries: Sequence[Terms], limit: int, documents: Sequence[str] | None = None
    ) -> dict[str, float]:
        """Search whole documents for each of ``queries``, as ``best``."""
        found = self._search(self._cluster.documents, 1, queries, limit, _of(documents))
        # A document that is being replaced may be there twice.
        return highest({hit.row["document"]: hit.score for hit in reversed(hits)} for hits in found)

    def best_inside(self, queries: Sequence[Terms], limit: int, documents: Sequence[str]) -> dict[int, float]:
        """Search each of ``documents`` by itself, as ``best``, in any order."""
        name = self._cluster.passages
        inside = self._cluster.milvus.together(
            lambda condition: self._search(name, 0, queries, limit, [condition]),
            [within for d in documents for within in _of([d])],
        )
        return highest({hit.key: hit.score for hit in hits} for found in inside for hits in found)

    def _search(
        self, name: str, level: int, queries: Sequence[Terms], limit: int, conditions: Sequence[str]
    ) -> list[list[Found]]:
        vectors = [weights for query in queries if (weights := self._cluster.said[level].query(query))]
        if not vectors or not conditions or not self._cluster.is_there:
            return []
        found = self._cluster.milvus.search(name, "words", vectors, limit, conditions, ["document"] if level else ())
        return [[hit for hit in hits if hit.score > 0] for hits in found]


class ClusterVectors:
    """Vectors of passages in a cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    @property
    def generation(self) -> int:
        """The store's generation that the cluster was brought to."""
        return self._cluster.state.generation

    def search(self, vectors: Vectors, limit: int, ids: Sequence[int] | Ids | None = None) -> tuple[Vectors, Ids]:
        """Find the ``limit`` nearest of each of ``vectors`` (n, dimension), among ``ids`` alone where given.

        Returns scores and numbers, each (n, m) with m <= limit as many as there are, best first.
        """
        conditions = [""] if ids is None else _numbered(np.unique(np.asarray(ids, np.int64)))
        if not conditions or not self._cluster.is_there:
            return np.zeros((len(vectors), 0), np.float32), np.zeros((len(vectors), 0), np.int64)
        found = self._cluster.milvus.search(self._cluster.passages, "vector", list(vectors), max(1, limit), conditions)
        count = min(map(len, found))
        scores = np.array([[hit.score for hit in hits[:count]] for hits in found], np.float32)
        numbers = np.array([[hit.key for hit in hits[:count]] for hits in found], np.int64)
        return scores.reshape(len(vectors), count), numbers.reshape(len(vectors), count)


def _of(documents: Sequence[str] | None) -> list[str]:
    """Return the conditions that a row is of one of some documents, no two of which hold of the same row."""
    if documents is None:
        return [""]
    named = sorted(set(documents))
    return [among("document", named[start : start + _NAMED]) for start in range(0, len(named), _NAMED)]


def _numbered(ids: Ids) -> list[str]:
    """Return the conditions that a passage has one of some numbers, ascending: a document's follow each other."""
    runs = np.split(ids, np.flatnonzero(np.diff(ids) > 1) + 1) if len(ids) else []
    long = [f"(passage >= {run[0]} and passage <= {run[-1]})" for run in runs if len(run) >= _LONG]
    alone = [int(number) for run in runs if len(run) < _LONG for number in run]
    conditions = [" or ".join(long[start : start + _RANGES]) for start in range(0, len(long), _RANGES)]
    return conditions + [among("passage", alone[start : start + _NAMED]) for start in range(0, len(alone), _NAMED)]
