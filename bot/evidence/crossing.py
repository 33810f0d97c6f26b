"""Questions in one language about passages in another: they share no words, so an encoder's cosines are the evidence.

Only an encoder that has learned both languages can tell. Its cosines are first brought to the built-in encoder's scale
(``bot/retrieval/calibration.py``), on which ``bot/training`` fits how sure a cosine makes, and how sentences rank by
theirs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

from bot.documents.passages import split_sentences
from bot.evidence.judge import WEIGHTS, Evidence, Network, RankedPassage, Verdict, logistic
from bot.language.folding import fold_plain, mostly_han, runs
from bot.question.query import Query
from bot.retrieval.calibration import Calibration
from bot.retrieval.retriever import Candidate
from embeddings.contract import Encoder

_PASSAGES = 8
"""Passages of the other language whose sentences are encoded."""


@dataclass(frozen=True, slots=True)
class DenseModel:
    """What the built-in encoder's cosines with a question tell.

    ``judge`` gives the log-odds that the best passage's cosine means an answer, ``ranker`` a score for the cosines of a
    passage and of a sentence in it; under ``threshold`` (0..1) the question is not answered.
    """

    judge: Network
    ranker: Network
    threshold: float

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Self:
        """Read the weights that stand beside those of the evidence model; raises KeyError where there are none."""
        with np.load(path) as file:
            arrays = {name: file[name] for name in file.files if name.startswith("dense.")}
        return cls(
            Network.read(arrays, "dense.judge"), Network.read(arrays, "dense.ranker"), float(arrays["dense.threshold"])
        )


class Crossing:
    """Judges the candidates in another language than the question's by the cosines of ``encoder``.

    ``calibration`` gives the encoder's calibration for the documents of the moment.
    """

    def __init__(
        self,
        encoder: Encoder,
        calibration: Callable[[], Calibration],
        model: DenseModel,
        threshold: float | None = None,
    ) -> None:
        self._encoder = encoder
        self.calibration = calibration
        self._model = model
        self._threshold = model.threshold if threshold is None else threshold

    def judge(self, query: Query, candidates: Sequence[Candidate], verdict: Verdict) -> Verdict:
        """Return ``verdict``, or where the passages of the other language tell more, one with these in front.

        Args:
            query: in either language.
            candidates: those of the verdict, with calibrated dense scores.
            verdict: what the evidence model makes of them.
        """
        foreign = [c for c in candidates if _is_foreign(query, c.stored.passage.text)]
        if not foreign or not query.terms:
            return verdict
        foreign.sort(key=lambda c: (-c.dense, c.stored.passage_id))
        foreign = foreign[:_PASSAGES]
        log_odds = self._model.judge(np.array([[c.dense] for c in foreign], np.float32))
        confidence = logistic(float(log_odds[0]))
        answered = confidence >= self._threshold
        if _shares_words(query, verdict) and not (answered and confidence > verdict.confidence):
            return verdict
        passages = [RankedPassage(c.stored, float(score)) for c, score in zip(foreign, log_odds, strict=True)]
        first = {stored.passage_id for stored, _ in passages}
        rest = [p for p in verdict.passages if p[0].passage_id not in first]
        fall = min(passages[-1].score - rest[0][1], 0.0) if rest else 0.0
        return replace(
            verdict,
            passages=(*passages, *(RankedPassage(stored, score + fall) for stored, score in rest)),
            sentences=self._sentences(query, foreign) if answered else (),
            confidence=confidence,
            answered=answered,
            threshold=self._threshold,
        )

    def _sentences(self, query: Query, foreign: Sequence[Candidate]) -> tuple[Evidence, ...]:
        """Return the sentences of ``foreign``, best first."""
        evidence: list[Evidence] = []
        for candidate in foreign:
            passage = candidate.stored.passage
            for start, end in split_sentences(passage.text, 0, len(passage.text)):
                evidence.append(Evidence(candidate.stored, passage.start + start, passage.start + end, candidate.dense))
        calibration = self.calibration()
        vector = self._encoder.encode_query([query.text])[0]
        cosines = self._encoder.encode_document([e.text for e in evidence]) @ vector
        rows = [(e.score, calibration(float(cosine))) for e, cosine in zip(evidence, cosines, strict=True)]
        scores = self._model.ranker(np.array(rows, np.float32))
        ranked = [replace(e, score=float(score)) for e, score in zip(evidence, scores, strict=True)]
        return tuple(sorted(ranked, key=lambda e: (-e.score, e.stored.passage_id, e.start)))


def _is_foreign(query: Query, passage: str) -> bool:
    """Tell whether one is in Chinese and the other is not; what is all numbers is in no language."""
    chinese = mostly_han(passage)
    return chinese is False if query.written_in == "zh" else chinese is True and query.written_in is not None


def _shares_words(query: Query, verdict: Verdict) -> bool:
    """Tell whether the verdict's best sentence can be judged by words: of the same language, or with one of them."""
    best = next(iter(verdict.sentences), None)
    if best is None:
        return False
    said = runs(query.as_asked(fold_plain(best.text)))
    return not _is_foreign(query, best.stored.passage.text) or not set(query.words).isdisjoint(said)
