"""The foremost passages read again, in context: a small transformer says of each sentence whether it answers.

The small networks see overlaps; this sees the question. Neither alone is best on every kind of text: what the one says
of a sentence and what the other says are weighed by a network of a few dozen weights, and a logistic regression over
what the reader says of
the whole tells how probable it is that the documents answer. ``bot/training/rereading.py`` fits the two.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.documents.passages import split_sentences
from bot.evidence.exactness import PENALTY, Standing, standing
from bot.evidence.judge import Evidence, Network, RankedPassage, Verdict, logistic
from bot.evidence.table import Array
from bot.language.designators import Designator
from bot.question.query import Query
from bot.storage.store import StoredPassage
from embeddings.contextual import ContextReader, Excerpt
from embeddings.contract import EncoderLoadError

WEIGHTS = "rereading.npz"
"""Stands beside the reader's own weights: it was fitted to that reader."""
DEPTH = 16
"""Passages that are read; those behind them stay behind."""
NAMES = ("logit", "logit_behind", "score", "score_behind", "passage_behind", "rank")
"""Inputs of the ranker, a row a sentence: what the reader says, how far that is behind the best; the same of the small
networks; how far its passage is behind the first one, and the logarithm of its rank."""
SUMMARY = ("best_logit", "logit_gap", "chosen_logit", "chosen_gap")
"""Inputs of the judge: the best logit and how far the next passage's falls behind; the logit of the sentence that is
chosen and how far the next passage falls behind that."""
_LEAST = -20.0


Above = Callable[[StoredPassage], Sequence[str]]
"""Gives the lines that a passage needs above it, besides its headings: see ``bot.structure.stems``."""


def nothing_above(stored: StoredPassage) -> Sequence[str]:
    """Give no line."""
    return ()


@dataclass(frozen=True, slots=True)
class Reread:
    """The sentences of the passages that were read: ``features`` is ``(n, len(NAMES))``, ``owner`` their passages.

    ``missing``: the likeliest one speaks of another than what is named, and none of the very one.
    """

    evidence: tuple[Evidence, ...]
    features: Array
    owner: npt.NDArray[np.int64]
    missing: bool = False


@dataclass(frozen=True, slots=True)
class RereadingModel:
    """The fitted parts.

    Under ``threshold`` (0..1) of confidence the question is not answered; from ``related`` on what was read may help.
    """

    ranker: Network
    judge: Network
    threshold: float
    related: float

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the weights; raises EncoderLoadError where they are missing or damaged."""
        path = folder / WEIGHTS
        try:
            with np.load(path) as file:
                arrays = {name: file[name] for name in file.files}
            networks = Network.read(arrays, "ranker"), Network.read(arrays, "judge")
            return cls(*networks, float(arrays["threshold"]), float(arrays["related"]))
        except (OSError, ValueError, KeyError) as error:
            raise EncoderLoadError(
                f"{path} is missing or damaged ({error}): fit it with `python -m bot.training.rereading`.",
                f"{path} 缺失或已损坏（{error}）：请用 `python -m bot.training.rereading` 重新生成。",
            ) from error


def reread(
    reader: ContextReader, query: Query, verdict: Verdict, named: Sequence[Designator] = (),
    foreign: Sequence[StoredPassage] = (), above: Above = nothing_above,
) -> Reread:  # fmt: skip
    """Read the foremost passages of ``verdict`` and those in another language, one of which at least has a sentence.

    What speaks of others of a series than those ``named`` is read as if it said little.
    """
    passages = _to_read(verdict, foreign)
    known = {(e.stored.passage_id, e.start): e.score for e in verdict.sentences}
    # Words say nothing of a passage in another language: to the networks its sentences are as good as the middle one.
    usual = float(np.median([*known.values()] or [0.0]))
    abroad = {stored.passage_id for stored in foreign}
    excerpts = [excerpt(stored, above(stored)) for stored, _, _ in passages]
    evidence: list[Evidence] = []
    rows: list[tuple[float, ...]] = []
    owner: list[int] = []
    stands: list[Standing] = []
    said = [as_asked(read, query) for read in excerpts]
    for number, (logits, read) in enumerate(zip(reader.read(query.text, said), excerpts, strict=True)):
        stored, whole, rank = passages[number]
        offset = stored.passage.start
        for (start, end), logit in zip(read.sentences, logits.tolist(), strict=True):
            own = known.get((stored.passage_id, offset + start), usual if stored.passage_id in abroad else _LEAST)
            evidence.append(Evidence(stored, offset + start, offset + end, own))
            stands.append(standing(named, evidence[-1]))
            unlike = PENALTY * stands[-1].other
            rows.append((logit - unlike, 0.0, own, 0.0, whole - passages[0][1], math.log1p(rank)))
            owner.append(number)
    features = np.array(rows, np.float32)
    features[:, 1] = features[:, 0] - features[:, 0].max()
    features[:, 3] = features[:, 2] - features[:, 2].max()
    raw = features[:, 0] + [PENALTY * stand.other for stand in stands]
    missing = stands[int(np.argmax(raw))].other and not any(stand.same for stand in stands)
    return Reread(tuple(evidence), features, np.array(owner, np.int64), missing)


def _to_read(verdict: Verdict, foreign: Sequence[StoredPassage]) -> list[tuple[StoredPassage, float, int]]:
    """Return each passage to be read with its score and rank; those in another language have the middle ones."""
    near = verdict.passages[:DEPTH]
    middle = len(near) // 2
    ranked = [(stored, score, rank) for rank, (stored, score) in enumerate(near)]
    there = {stored.passage_id for stored, _ in near}
    score = ranked[middle][1] if ranked else 0.0
    return ranked + [(stored, score, middle) for stored in foreign if stored.passage_id not in there]


def summarise(reading: Reread, scores: Array) -> Array:
    """Return the judge's input, ``(1, len(SUMMARY))``; ``scores`` are the ranker's."""
    logits = reading.features[:, 0]
    chosen = logits[int(np.argmax(scores))]
    row = (logits.max(), _gap(logits, reading.owner), chosen, _gap(scores, reading.owner))
    return np.array([row], np.float32)


class Rereader:
    """Puts a verdict's foremost passages in the order of both models, and judges anew whether they answer."""

    def __init__(
        self, reader: ContextReader, model: RereadingModel, threshold: float | None = None,
        above: Above = nothing_above,
    ) -> None:  # fmt: skip
        self._above = above
        self._reader = reader
        self._model = model
        self._threshold = model.threshold if threshold is None else threshold

    def judge(
        self, query: Query, verdict: Verdict, named: Sequence[Designator] = (), foreign: Sequence[StoredPassage] = ()
    ) -> Verdict:
        """Return the verdict anew; what stands behind the passages that are read keeps its order."""
        if not (verdict.passages or foreign) or not query.terms:
            return verdict
        reading = reread(self._reader, query, verdict, named, foreign, self._above)
        scores = self._model.ranker(reading.features)
        confidence = logistic(float(self._model.judge(summarise(reading, scores))[0]))
        if reading.missing:
            confidence = min(confidence, self._threshold / 2, self._model.related / 2)
        ranked = sorted(
            (replace(e, score=float(score)) for e, score in zip(reading.evidence, scores, strict=True)),
            key=lambda e: (-e.score, e.stored.passage_id, e.start),
        )
        passages = _by_best(ranked)
        read = {stored.passage_id for stored, _ in passages}
        behind = [ranked for ranked in verdict.passages if ranked.stored.passage_id not in read]
        fall = min(0.0, passages[-1].score - behind[0].score) if behind else 0.0
        return replace(
            verdict,
            passages=(*passages, *(RankedPassage(stored, score + fall) for stored, score in behind)),
            sentences=(*ranked, *(e for e in verdict.sentences if e.stored.passage_id not in read)),
            confidence=confidence,
            answered=confidence >= self._threshold and not reading.missing,
            threshold=self._threshold,
            related=confidence >= self._model.related,
        )


def _by_best(ranked: Sequence[Evidence]) -> list[RankedPassage]:
    """Return each passage once, with the score of its best sentence, in the order of these."""
    best: dict[int, RankedPassage] = {}
    for evidence in ranked:
        best.setdefault(evidence.stored.passage_id, RankedPassage(evidence.stored, evidence.score))
    return list(best.values())


def _gap(values: Array, owner: npt.NDArray[np.int64]) -> float:
    """Return how far the best value of any other passage falls behind the best one; 0 where there is no other."""
    top = np.full(int(owner.max()) + 1, -np.inf, np.float32)
    np.maximum.at(top, owner, values)
    best, *rest = np.sort(top)[::-1]
    return float(best - rest[0]) if rest else 0.0


def excerpt(stored: StoredPassage, above: Sequence[str] = ()) -> Excerpt:
    """Return what is read of a passage: its text under title, headings and what else stands ``above`` it."""
    passage = stored.passage
    spans = split_sentences(passage.text, 0, len(passage.text))
    return Excerpt("\n".join((stored.title, *passage.section, *above)), passage.text, tuple(spans))


def as_asked(read: Excerpt, query: Query) -> Excerpt:
    """Return an excerpt with what means the same put in the question's own words; as many sentences as before."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in read.sentences:
        between, sentence = query.as_asked(read.text[at:start]), query.as_asked(read.text[start:end])
        begin = sum(map(len, pieces)) + len(between)
        pieces += (between, sentence)
        spans.append((begin, begin + len(sentence)))
        at = end
    return Excerpt(query.as_asked(read.context), "".join((*pieces, query.as_asked(read.text[at:]))), tuple(spans))
