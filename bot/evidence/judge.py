"""Which sentences support an answer, and how sure that is.

Two small models over ``bot/evidence/features.py``: a network ranks sentences, and a logistic regression says from the
best of them how probable it is that the documents answer the question at all. ``bot/training``
fits both; numpy runs them.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt

from bot.documents.sentences import Sentences, compared
from bot.evidence.features import NAMES, Featuriser
from bot.evidence.table import Array, Rows, Views
from bot.language.folding import fold
from bot.language.synonyms import Synonym
from bot.question.query import Query
from bot.retrieval.retriever import Candidate
from bot.storage.store import StoredPassage
from bot.types import Timings

WEIGHTS = Path(__file__).parents[1] / "models" / "evidence.npz"
"""All that was trained, one file: the evidence model's networks and those of ``bot/evidence/crossing.py``."""
RIVALS = 3
"""Number of passages behind the best one whose scores the confidence looks at."""

_DOCUMENT_WEIGHT = 0.6
"""How much the rest of a document speaks for a passage of it; fitted to rankings of training questions."""
_LEAST = 1e-9
Key = TypeVar("Key")
SentencesOf = Callable[[Sequence[StoredPassage]], Sentences]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage, by its span in the document's text, with its score."""

    stored: StoredPassage
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """The sentence itself."""
        offset = self.stored.passage.start
        return self.stored.passage.text[self.start - offset : self.end - offset]


class RankedPassage(NamedTuple):
    """A passage with its score; a higher one is better."""

    stored: StoredPassage
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judged candidates, best first: passages with their score, and all sentences.

    ``confidence`` (0..1) is the probability that they answer the question, ``answered`` whether that is enough: whether
    it reaches ``threshold``; ``related`` whether they speak of it at least. ``candidates`` are what was judged,
    ``rarity`` the weights (0..1) of the question's terms. ``timings`` tell how long searching and judging took.
    """

    passages: tuple[RankedPassage, ...]
    sentences: tuple[Evidence, ...]
    confidence: float
    answered: bool
    candidates: tuple[Candidate, ...] = ()
    rarity: Mapping[str, float] = field(default_factory=dict)
    threshold: float = 0.0
    timings: Timings = field(default_factory=Timings)
    related: bool = False
    respelled: tuple[Synonym, ...] = ()

    def prefer(self, paragraphs: Collection[tuple[str, int]]) -> Self:
        """Return it with what stands in these paragraphs (document id, number) in front; the confidence stays."""

        def elsewhere(stored: StoredPassage) -> bool:
            return (stored.document_id, stored.passage.paragraph) not in paragraphs

        return replace(
            self,
            passages=tuple(sorted(self.passages, key=lambda ranked: elsewhere(ranked[0]))),
            sentences=tuple(sorted(self.sentences, key=lambda evidence: elsewhere(evidence.stored))),
        )


@dataclass(frozen=True, slots=True)
class Network:
    """A multi-layer perceptron on standardised inputs: ReLU between layers, one output."""

    mean: Array
    scale: Array
    layers: tuple[tuple[Array, Array], ...]

    def __call__(self, rows: Array) -> Array:
        """Return one number for each row of ``(n, inputs)``."""
        out = (rows - self.mean) / self.scale
        for number, (weight, bias) in enumerate(self.layers):
            out = (np.maximum(out, 0) if number else out) @ weight + bias
        return out[:, 0]

    @classmethod
    def read(cls, arrays: Mapping[str, npt.NDArray[np.float32]], prefix: str) -> Self:
        """Take the arrays named ``prefix.mean``, ``.scale``, ``.weight0``, ``.bias0``, ... from a mapping."""
        layers: list[tuple[Array, Array]] = []
        while f"{prefix}.weight{len(layers)}" in arrays:
            n = len(layers)
            layers.append((arrays[f"{prefix}.weight{n}"], arrays[f"{prefix}.bias{n}"]))
        return cls(arrays[f"{prefix}.mean"], arrays[f"{prefix}.scale"], tuple(layers))


def logistic(log_odds: float) -> float:
    """Return the probability (0..1) of log-odds, however large."""
    return 0.5 * (1 + math.tanh(log_odds / 2))


def summary(features: Array, scores: Array, owner: npt.NDArray[np.int64]) -> Array:
    """What the confidence is judged by: ``(1, len(NAMES) + 1 + RIVALS)``.

    The features of the best sentence, its score, and how far the best sentences of the next passages fall behind it.
    """
    top = np.full(int(owner.max()) + 1, -np.inf, np.float32)
    np.maximum.at(top, owner, scores)
    best, *rivals = np.sort(top)[::-1][: RIVALS + 1]
    gaps = np.zeros(RIVALS, np.float32)
    gaps[: len(rivals)] = best - np.array(rivals, np.float32)
    return np.concatenate([features[np.argmax(scores)], [best], gaps]).astype(np.float32)[None]


def rank_passages(
    passages: Sequence[StoredPassage], scores: Array, owner: npt.NDArray[np.int64]
) -> list[RankedPassage]:
    """Order passages by how probable it is that one of their sentences, and of their document's, is the right one.

    The ranker learns a softmax over all sentences, so a passage's share is the sum over its own; the score is its
    logarithm.
    """
    share = np.exp(scores - scores.max())
    own = np.bincount(owner, share, len(passages))
    documents: dict[str, float] = {}
    for passage, part in zip(passages, own, strict=True):
        documents[passage.document_id] = documents.get(passage.document_id, 0.0) + float(part)
    whole = np.array([documents[passage.document_id] for passage in passages])
    total = np.log(own + _LEAST) + _DOCUMENT_WEIGHT * np.log(whole + _LEAST) + scores.max()
    order = sorted(set(owner.tolist()), key=lambda place: (-total[place], passages[place].passage_id))
    return [RankedPassage(passages[place], float(total[place])) for place in order]


class EvidenceModel:
    """Scores sentences for a question and gives the probability that they answer it."""

    def __init__(self, ranker: Network, judge: Network, threshold: float) -> None:
        self._ranker = ranker
        self._judge = judge
        self.threshold = threshold

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Self:
        """Read the weights; raises ValueError where they were trained for other features."""
        with np.load(path) as file:
            arrays = {name: file[name] for name in file.files}
        trained = tuple(bytes(arrays["names"]).decode().split("\n"))
        if trained != NAMES:
            raise ValueError(f"{path} was trained for other features ({len(trained)}) than these ({len(NAMES)})")
        return cls(Network.read(arrays, "ranker"), Network.read(arrays, "judge"), float(arrays["threshold"]))

    def scores(self, features: Array) -> Array:
        """Return a score for each sentence, ``(n,)``."""
        return self._ranker(features)

    def confidence(self, features: Array, scores: Array, owner: npt.NDArray[np.int64]) -> float:
        """Return the probability (0..1) that the best of the sentences answer the question."""
        return logistic(float(self._judge(summary(features, scores, owner))[0]))


class Judge:
    """Reranks candidate passages by their sentences and decides whether they answer."""

    def __init__(
        self, featuriser: Featuriser, model: EvidenceModel, threshold: float | None = None,
        sentences: SentencesOf | None = None,
    ) -> None:  # fmt: skip
        """``sentences`` tells the sentences of passages where somebody keeps them."""
        self._featuriser = featuriser
        self._sentences = sentences or featuriser.sentences
        self._model = model
        self._threshold = model.threshold if threshold is None else threshold

    def judge(self, query: Query, candidates: Sequence[Candidate], rarity: Mapping[str, float]) -> Verdict:
        """Score every sentence of the candidates; ``rarity`` weighs the question's terms."""
        spans, features, owner = self.measure(query, candidates, rarity)
        if not len(spans):
            return Verdict((), (), 0.0, False, (), rarity, self._threshold)
        scores = self._model.scores(features)
        confidence = self._model.confidence(features, scores, owner) if query.terms else 0.0
        numbers = np.array([candidate.stored.passage_id for candidate in candidates])
        order = np.lexsort((spans[:, 0], numbers[owner], -scores))
        evidence = tuple(
            Evidence(candidates[place].stored, start, end, score)
            for place, (start, end), score in zip(
                owner[order].tolist(), spans[order].tolist(), scores[order].tolist(), strict=True
            )
        )
        ranked = tuple(rank_passages([candidate.stored for candidate in candidates], scores, owner))
        answered = confidence >= self._threshold
        return Verdict(ranked, evidence, confidence, answered, tuple(candidates), rarity, self._threshold)

    def measure(
        self, query: Query, candidates: Sequence[Candidate], rarity: Mapping[str, float]
    ) -> tuple[Rows, Array, Rows]:
        """Return the sentences' spans in their documents (n, 2), their features, and the candidate each belongs to."""
        stored = [candidate.stored for candidate in candidates]
        found = self._sentences(stored)
        owner = np.repeat(np.arange(len(stored)), found.counts)
        if not len(owner):
            return np.zeros((0, 2), np.int64), np.zeros((0, len(NAMES)), np.float32), owner
        offsets = np.array([one.passage.start for one in stored])[owner]
        spans = offsets[:, None] + np.column_stack((found.starts, found.ends))
        features, _ = self._featuriser(query, _views(query, candidates, found), rarity)
        return spans, features, owner


def _views(query: Query, candidates: Sequence[Candidate], found: Sentences) -> Views:
    """Lay candidates out for the featuriser, in the question's words where it has others for the same."""
    stored = [candidate.stored for candidate in candidates]
    said = compared([one.passage.text for one in stored], found.counts, found.starts, found.ends)
    asked = query.as_read(said)
    paragraphs: dict[tuple[str, int], int] = {}
    contexts: dict[tuple[str, tuple[str, ...]], int] = {}
    return Views(
        sentences=asked,
        counts=found.counts.astype(np.int64),
        paragraph=_numbered(paragraphs, [(one.document_id, one.passage.paragraph) for one in stored]),
        context=_numbered(contexts, [(one.name, one.passage.section) for one in stored]),
        titles=[query.as_read(fold(title)) for title, _ in contexts],
        sections=[query.as_read(fold("\n".join(section))) for _, section in contexts],
        lexical=np.array([candidate.lexical for candidate in candidates], np.float32),
        dense=np.array([candidate.dense for candidate in candidates], np.float32),
        document=np.array([candidate.document for candidate in candidates], np.float32),
        tokens=(found.tokens, found.sizes.astype(np.int64)) if asked == said else None,
    )


def _numbered(numbers: dict[Key, int], keys: Iterable[Key]) -> Rows:
    """Number the distinct keys in the order in which they come, in ``numbers``; return the number of each."""
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)
