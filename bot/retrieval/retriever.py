"""Two searches over the same passages, fused: which passages are worth a closer look."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.language.folding import fold, terms
from bot.question.query import Query
from bot.retrieval.calibration import Calibration
from bot.retrieval.rarity import rarities
from bot.storage.numbers import Ids
from bot.storage.searching import NearestIndex, WordIndex, highest
from bot.storage.store import Store, StoredPassage, Vectors
from embeddings.contract import Encoder

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
        lexical: WordIndex,
        vectors: NearestIndex,
        encoder: Encoder,
        calibration: Calibration | None = None,
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._vectors = vectors
        self._encoder = encoder
        self._calibration = calibration

    def rarities(self, query: Query) -> dict[str, float]:
        """Return the weight (0..1) of each term of the query in this collection.

        A term is no rarer than what means the same.
        """
        synonyms = query.synonyms + query.everyday + query.finding
        others = {other: terms(fold(other)) for synonym in synonyms for other in synonym.same}
        wanted = {*query.terms, *query.focus, *(term for own in others.values() for term in own)}
        weights = rarities(wanted, self._lexical.document_frequency, self._lexical.passages)
        for synonym in synonyms:
            most = min(max(weights[term] for term in others[other]) for other in synonym.same)
            weights |= {term: min(weights[term], most) for term in terms(fold(synonym.term)) if term in weights}
        return weights

    def candidates(self, query: Query, limit: int, documents: Sequence[str] | None = None) -> list[Candidate]:
        """Return at most ``limit`` candidates, best first by the fused score; ``documents`` narrows the scope.

        The question is searched in each of its wordings; a passage's best score counts.
        """
        index = self._lexical

        def is_known(term: str) -> bool:
            return index.document_frequency(term) > 0

        said = [query, *query.wordings(query.synonyms, is_known), *query.officially(is_known)]
        asked = [wording.terms for wording in (*said, *query.wordings(query.spellings, is_known))]
        scope = None if documents is None else self._store.passage_ids(documents)
        # The built-in encoder learned from questions without their interrogatives, others from whole ones.
        # How a number is written says little to an encoder.
        vectors = self._encoder.encode_query([w.text if self._calibration else w.content for w in said])
        with ThreadPoolExecutor(1) as beside:  # both searches run without the interpreter's lock
            cosines = beside.submit(self._cosines, vectors, limit, scope)
            lexical = index.best(asked, _DEPTH, documents)
            whole = index.best_documents(asked, 50, documents)
            if len(lexical) >= _DEPTH:  # else every passage that any term stands in was found
                lexical.update(index.best_inside(asked, limit, list(whole)[:_BEST_DOCUMENTS]))
        dense = cosines.result()
        if scope is not None and len(scope) <= limit:
            lexical = {int(i): lexical.get(int(i), 0.0) for i in scope}
        owners = self._store.documents_of(sorted({*lexical, *dense}))
        rest = [i for i in owners if i not in dense]
        if rest:
            dense.update(self._cosines(vectors, len(rest), rest))
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

    def _cosines(self, vectors: Vectors, limit: int, ids: Sequence[int] | Ids | None) -> dict[int, float]:
        """Return the cosine of the nearest passages with whichever of ``vectors`` they are nearest to, best first."""
        scores, found = self._vectors.search(vectors, limit, ids)
        return highest(
            dict(zip(row.tolist(), cosines.tolist(), strict=True)) for row, cosines in zip(found, scores, strict=True)
        )


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
