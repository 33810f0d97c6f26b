"""What each part adds: the answers after every step from BM25 alone to the shipped ranking, without training anew.

Each step is the one before with one part more. A part that is not there yet is left out where the parts are put
together, so the code that answers people knows nothing of this.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answers.hits import as_hit
from bot.documents.passages import split_sentences
from bot.evaluation import Case, auroc, ranking_figures
from bot.evidence.features import NAMES, Featuriser
from bot.evidence.judge import WEIGHTS, EvidenceModel, Judge, Network, Verdict
from bot.evidence.soft import SOFT
from bot.evidence.table import Array, Views
from bot.language.folding import fold, terms
from bot.question.query import Query, query_of
from bot.retrieval.retriever import Candidate, Retriever
from bot.storage.lexical import Addition, LexicalIndex
from bot.storage.store import Store, StoredPassage
from bot.storage.synchronise import open_vectors
from embeddings.index import VectorIndex
from embeddings.static import StaticEncoder

BM25 = "BM25 alone"
Figures = dict[str, float | None]
_DEPTH = 10
_CANDIDATES = 48
_OF_VECTORS = frozenset({*SOFT, "dense", "dense_relative"})


@dataclass(frozen=True, slots=True)
class Found:
    """Passages, best first, the sentence that answers (None: refused), and how sure that is, on any scale."""

    passages: Sequence[StoredPassage]
    sentence: str | None
    confidence: float


class Steps:
    """The parts of an engine over a home folder whose indexes are up to date."""

    def __init__(self, home: Path, encoder: StaticEncoder) -> None:
        self._store = Store.open(home)
        self._lexical = LexicalIndex.open(home / "lexical", self._store.home_id)
        self._bare = _without_context(self._store, home / "bare")
        vectors = open_vectors(self._store, home / "vectors.faiss", encoder)
        self._retriever = Retriever(self._store, self._lexical, vectors, encoder)
        self._no_vectors = Retriever(self._store, self._lexical, VectorIndex(encoder.dimension), encoder)
        with np.load(WEIGHTS) as file:
            ranker, judge = (Network.read(file, name) for name in ("ranker", "judge"))
            threshold = float(file["threshold"])
        featuriser = _Remembering(encoder)
        self._judge = Judge(featuriser, EvidenceModel(ranker, judge, threshold))
        self._blind = Judge(featuriser, EvidenceModel(_blind(ranker), _blind(judge), threshold))

    def close(self) -> None:
        """Give back files and connections."""
        self._store.close()

    def count_hits(self, case: Case) -> int:
        """Return how many passages answer a question."""
        return sum(case.is_hit(as_hit(p, 0)) for document in case.relevant for p in self._store.passages_of(document))

    def __call__(self, case: Case) -> Iterator[tuple[str, Found]]:
        """Yield (step, what it finds), from BM25 alone onwards."""
        question, scope = query_of(case.question), case.scope
        every = terms(fold(case.question))
        yield BM25, self._by_bm25(self._bare, every, scope)
        yield "+ interrogatives left out", self._by_bm25(self._bare, question.terms, scope)
        yield "+ title and section path indexed", self._by_bm25(self._lexical, question.terms, scope)
        whole = self._no_vectors.candidates(question, _CANDIDATES, scope)
        yield "+ score of the whole document", self._by_search(question, whole)
        fused = self._retriever.candidates(question, _CANDIDATES, scope)
        yield "+ passage vectors", self._by_search(question, fused)
        rarity = self._retriever.rarities(question)
        yield "+ ranker, blind to vectors", _by_judge(self._blind.judge(question, fused, rarity))
        verdict = self._judge.judge(question, fused, rarity)
        found = _by_judge(verdict)
        yield "+ soft matching in the ranker", found
        yield "+ refusing", found if verdict.answered else replace(found, sentence=None)

    def _by_bm25(self, index: LexicalIndex, asked: Sequence[str], scope: Sequence[str] | None) -> Found:
        ranked = index.search(asked, _DEPTH, scope)
        passages = self._store.passages([*ranked])
        return Found(passages, _most_shared(asked, passages), max(ranked.values(), default=0.0))

    def _by_search(self, question: Query, candidates: Sequence[Candidate]) -> Found:
        passages = [candidate.stored for candidate in candidates[:_DEPTH]]
        # The fused score is relative to the best of each question; that of BM25 can be compared between questions.
        return Found(
            passages, _most_shared(question.terms, passages), max((c.lexical for c in candidates), default=0.0)
        )


def measure(cases: Sequence[Case], steps: Steps) -> dict[str, Figures]:
    """Return the figures of each step, under the names that ``bot.evaluation.Report`` has for them."""
    tallies: dict[str, _Tally] = {}
    for case in cases:
        relevant = steps.count_hits(case)
        for name, found in steps(case):
            tallies.setdefault(name, _Tally()).add(case, found, relevant)
    return {name: tally.figures() for name, tally in tallies.items()}


class _Tally:
    """What one step found, question by question."""

    def __init__(self) -> None:
        self._rankings: list[list[bool]] = []
        self._scores: list[tuple[float, float]] = []
        self._answered: list[bool] = []
        self._confident: dict[bool, list[float]] = {True: [], False: []}

    def add(self, case: Case, found: Found, relevant: int) -> None:
        self._confident[case.answerable].append(found.confidence)
        if not case.answerable:
            return
        hits = [case.is_hit(as_hit(passage, 0)) for passage in found.passages[:_DEPTH]]
        self._rankings.append(hits)
        self._scores.append(ranking_figures(hits, relevant))
        if case.answers:
            self._answered.append(found.sentence is not None and case.holds_answer(found.sentence))

    def figures(self) -> Figures:
        def mean(values: Sequence[float]) -> float | None:
            return float(np.mean(values)) if values else None

        return {
            **{f"hit_at_{k}": mean([any(hits[:k]) for hits in self._rankings]) for k in (1, 5, 10)},
            "mrr_at_10": mean([rank for rank, _ in self._scores]),
            "ndcg_at_10": mean([gain for _, gain in self._scores]),
            "answer_at_1": mean(self._answered),
            "auroc": auroc(self._confident[True], self._confident[False]),
        }


class _Remembering(Featuriser):
    """Keeps the features of the last question, which two judges ask for."""

    _last: tuple[object, tuple[Array, npt.NDArray[np.int64]]] | None = None

    def __call__(
        self, question: Query, views: Views, rarity: Mapping[str, float]
    ) -> tuple[Array, npt.NDArray[np.int64]]:
        asked = (question, views.sentences, rarity)
        if self._last is None or self._last[0] != asked:
            self._last = (asked, super().__call__(question, views, rarity))
        return self._last[1]


def _by_judge(verdict: Verdict) -> Found:
    sentence = verdict.sentences[0].text if verdict.sentences else None
    return Found([stored for stored, _ in verdict.passages[:_DEPTH]], sentence, verdict.confidence)


def _blind(network: Network) -> Network:
    """Let a network see nothing of the features made of vectors: to it, each is always at its mean in training."""
    (weight, bias), *rest = network.layers
    seen = np.ones((len(weight), 1), np.float32)
    seen[[row for row, name in enumerate(NAMES) if name in _OF_VECTORS]] = 0
    return replace(network, layers=((weight * seen, bias), *rest))


def _without_context(store: Store, folder: Path) -> LexicalIndex:
    """Index the same passages by their own text alone."""
    index = LexicalIndex.open(folder)
    added = (
        Addition(document, revision, [replace(p, title="", passage=replace(p.passage, section=())) for p in passages])
        for document, revision in store.revisions().items()
        for passages in (store.passages_of(document),)
    )
    index.update(store.generation, [], added)
    return index


def _most_shared(asked: Sequence[str], passages: Sequence[StoredPassage]) -> str | None:
    """Return the sentence of the first passage that shares most terms (characters, pairs) with the question."""
    if not passages:
        return None
    text = passages[0].passage.text
    sentences = [text[start:end] for start, end in split_sentences(text, 0, len(text))]
    return max(sentences, key=lambda sentence: len(set(asked).intersection(terms(fold(sentence)))), default=None)
