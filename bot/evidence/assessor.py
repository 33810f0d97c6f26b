"""From a question to judged evidence: both searches, the evidence model, and cosines where words cannot tell."""

import time
from collections.abc import Sequence
from dataclasses import replace

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from bot.evidence.crossing import Crossing, DenseModel
from bot.evidence.features import Featuriser
from bot.evidence.judge import EvidenceModel, Judge, Verdict
from bot.question.query import Query
from bot.retrieval.calibration import Calibrator
from bot.retrieval.retriever import Retriever
from bot.settings import Settings
from bot.storage.lexical import LexicalIndex
from bot.storage.store import Store
from bot.types import Timings
from embeddings.contract import Encoder
from embeddings.index import VectorIndex
from embeddings.static import StaticEncoder


class Assessor:
    """Searches a store through its indexes and judges what is found.

    Args:
        store: the documents, with both of their indexes.
        lexical: the index of words.
        vectors: the index of the encoder's vectors.
        encoder: searches; ``words`` where it is the built-in one.
        words: the built-in encoder, which weighs evidence whichever searches.
        settings: the threshold, and how many candidates are judged.
    """

    def __init__(
        self, store: Store, lexical: LexicalIndex, vectors: VectorIndex, encoder: Encoder, words: StaticEncoder,
        settings: Settings,
    ) -> None:  # fmt: skip
        self._store = store
        self._lexical = lexical
        self._vectors = vectors
        self._encoder = encoder
        self._candidates = settings.candidates
        self._judge = Judge(Featuriser(words), EvidenceModel.load(), settings.threshold)
        self._crossing: Crossing | None = None
        if encoder is not words:
            self._crossing = Crossing(encoder, Calibrator(store, encoder, words), DenseModel.load(), settings.threshold)
        # For matrices as small as a question's, numpy's own threads cost three times what they save.
        self._algebra = ThreadpoolController().select(user_api="blas")

    def prepare(self) -> None:
        """Measure now what depends on the documents of the moment, so that the next question need not wait for it."""
        if self._crossing:
            self._crossing.calibration()

    def assess(self, query: Query, limit: int, documents: Sequence[str] | None) -> Verdict:
        """Judge at least ``limit`` candidates of ``documents`` (ids; None: all)."""
        started = time.perf_counter()
        calibration = self._crossing.calibration() if self._crossing else None
        retriever = Retriever(self._store, self._lexical, self._vectors, self._encoder, calibration)
        candidates = retriever.candidates(query, max(limit, self._candidates), documents)
        search = Timings.since(started)
        started = time.perf_counter()
        with self._algebra.limit(limits=1):
            verdict = self._judge.judge(query, candidates, retriever.rarities(query))
        if self._crossing:
            verdict = self._crossing.judge(query, candidates, verdict)
        return replace(verdict, timings=Timings(search=search, judge=Timings.since(started)))
