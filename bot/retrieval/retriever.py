"""Two searches over the same passages, fused: which passages are worth a closer look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.question.query import Query
from bot.retrieval.calibration import Calibration
from bot.retrieval.rarity import rarities
from bot.storage.lexical import LexicalIndex
from bot.storage.store import Store, StoredPassage
from embeddings.contract import Encoder
from embeddings.index import VectorIndex

_DEPTH = 200
"""Passages that each search contributes before fusion."""
_BEST_DOCUMENTS = 6
"""Documents searched once more by themselves: their best passages may fall outside ``_DEPTH`` in a large home."""
_DOCUMENT_WEIGHT = 0.6
_DENSE_WEIGHT = 0.5
_NEAREST = 8
"""Passages nearest by another encoder that are candidates whatever words they share with the question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with the scores of the searches, 0 where a search did not find it."""

    stored: StoredPassage
    lexical: float
    dense: float
    document: float


class Retriever:
    """Finds candidate passages for a question in a store through its two indexes.

    ``calibration`` is that of an encoder other than the built-in one.
    """

    def __init__(
        self,
        store: Store,
        lexical: LexicalIndex,
        vectors: VectorIndex,
        encoder: Encoder,
        calibration: Calibration | None = None,
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._vectors = vectors
        self._encoder = encoder
        self._calibration = calibration

    def rarities(self, query: Query) -> dict[str, float]:
        """Return the weight (0..1) of each term of the query in this collection."""
        terms = {*query.terms, *query.focus}
        return rarities(terms, self._lexical.document_frequency, self._lexical.passages)

    def candidates(self, query: Query, limit: int, documents: Sequence[str] | None = None) -> list[Candidate]:
        """Return at most ``limit`` candidates, best first by the fused score; ``documents`` narrows the scope."""
        lexical = dict(self._lexical.search(query.terms, _DEPTH, documents))
        whole = dict(self._lexical.search_documents(query.terms, 50, documents))
        scope = None if documents is None else self._store.passage_ids(documents)
        # The built-in encoder learned from questions without their interrogatives, others from whole ones.
        vector = self._encoder.encode_query([query.text if self._calibration else query.content])
        scores, ids = self._vectors.search(vector, limit, scope)
        dense = dict(zip(ids[0].tolist(), scores[0].tolist(), strict=True)) if ids.size else {}
        for document_id in list(whole)[:_BEST_DOCUMENTS]:
            lexical.update(self._lexical.search(query.terms, limit, [document_id]))
        if scope is not None and len(scope) <= limit:
            lexical = {int(i): lexical.get(int(i), 0.0) for i in scope}
        owners = self._store.documents_of(sorted({*lexical, *dense}))
        rest = [i for i in owners if i not in dense]
        if rest:
            scores, ids = self._vectors.search(vector, len(rest), rest)
            dense.update(zip(ids[0].tolist(), scores[0].tolist(), strict=True))
        document = {i: whole.get(document_id, 0.0) for i, document_id in owners.items()}
        nearest: list[int] = []
        if self._calibration is not None:
            nearest = [i for i in list(dense)[: min(_NEAREST, limit // 2)] if i in owners]
            dense = {i: self._calibration(cosine) for i, cosine in dense.items()}
        best = _fuse(owners, lexical, dense, document)[:limit]
        missing = [i for i in nearest if i not in best]
        best[limit - len(missing) :] = missing
        stored = self._store.passages(best)
        return [
            Candidate(p, lexical.get(i, 0.0), dense.get(i, 0.0), document[i]) for p in stored for i in (p.passage_id,)
        ]


def _fuse(
    ids: Iterable[int], lexical: Mapping[int, float], dense: Mapping[int, float], document: Mapping[int, float]
) -> list[int]:
    """Order ids, best first, by the weighted sum of the scores; the two of BM25 relative to the best of their kind."""
    best_lexical = max(lexical.values(), default=0.0) or 1.0
    best_document = max(document.values(), default=0.0) or 1.0

    def fused(passage_id: int) -> tuple[float, int]:
        score = lexical.get(passage_id, 0.0) / best_lexical
        score += _DOCUMENT_WEIGHT * document[passage_id] / best_document
        return (-(score + _DENSE_WEIGHT * dense.get(passage_id, 0.0)), passage_id)

    return sorted(ids, key=fused)
