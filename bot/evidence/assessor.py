"""From a question to judged evidence: both searches, the evidence model, and cosines where words cannot tell."""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from bot.evidence.crossing import Crossing, DenseModel
from bot.evidence.dated import in_its_words, meant_years, of_the_year
from bot.evidence.exactness import hold_to
from bot.evidence.features import Featuriser
from bot.evidence.judge import WEIGHTS, Evidence, EvidenceModel, Judge, Verdict
from bot.evidence.ranges import asked_in_range
from bot.evidence.rereading import NOTHING_FOREIGN, Ask, Foreign, Rereader, RereadingModel
from bot.evidence.respelling import respellings
from bot.evidence.sanctions import consequences
from bot.evidence.strictness import RELIABILITY, HomeSettings, Scale, Strictnesses, strictnesses
from bot.language.designators import YEAR
from bot.parts import made_once
from bot.question.query import Query
from bot.question.reading import Reading
from bot.retrieval.calibration import Calibrator
from bot.retrieval.names import documents_named
from bot.retrieval.retriever import Candidate, Retriever
from bot.settings import Settings
from bot.stopping import go_on
from bot.storage.bilingual import BilingualIndex
from bot.storage.preferences import PreferenceTable
from bot.storage.searching import NearestIndex, WordIndex
from bot.storage.sentences import SentenceIndex
from bot.storage.store import Store, StoredPassage
from bot.structure.labels import says_nothing
from bot.structure.stems import stems
from bot.types import Document, EncoderError, Timings
from embeddings.contextual import ContextReader
from embeddings.contract import Encoder, EncoderLoadError
from embeddings.loading import BUILTIN, READER_FOLDER
from embeddings.static import StaticEncoder

OTHERWISE = 12
"""Passages that other wordings of a question find, which are read too."""
FUSION = 60
"""The constant of reciprocal rank fusion, as its authors have it."""
FOREIGN = 24
"""Passages in another language that are read: of those that answer, 95 per cent are among so many."""


class Assessor:
    """Searches a store through its indexes and judges what is found.

    Args:
        store: the documents, with both of their indexes.
        lexical: the index of words.
        vectors: the index of the encoder's vectors.
        encoder: searches; ``words`` where it is the built-in one.
        words: the built-in encoder, which weighs evidence whichever searches.
        settings: the threshold, how many candidates are judged, and the reader.
        sentences: keeps the sentences of many passages.
        bilingual: finds passages in another language, for the reader alone can judge them.
    """

    def __init__(
        self, store: Store, lexical: WordIndex, vectors: NearestIndex, encoder: Encoder, words: StaticEncoder,
        settings: Settings, sentences: SentenceIndex | None = None, bilingual: BilingualIndex | None = None,
    ) -> None:  # fmt: skip
        self._store = store
        self._lexical = lexical
        self._vectors = vectors
        self._encoder = encoder
        self._candidates = settings.candidates
        self.preferences = PreferenceTable(store.database)
        self._words = words
        self._featuriser = Featuriser(words)
        self._model = EvidenceModel.load()
        self._dense: DenseModel | None = None
        if encoder is not words:
            self._dense, self._calibrate = DenseModel.load(), Calibrator(store, encoder, words)
        self._settings = settings
        self._sentences = sentences
        self._bilingual = bilingual
        # For matrices as small as a question's, numpy's own threads cost three times what they save.
        self._algebra = ThreadpoolController().select(user_api="blas")

    @made_once
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(self._words.words)

    @made_once
    def _reader(self) -> ContextReader:
        """Loaded with the first question that is asked: who adds or searches need not wait for it."""
        try:
            return ContextReader.load(self._reader_folder)
        except EncoderLoadError as error:
            raise EncoderError(error.en, error.zh) from error

    @made_once
    def _rereading(self) -> RereadingModel:
        try:
            return RereadingModel.load(self._reader_folder)
        except EncoderLoadError as error:
            raise EncoderError(error.en, error.zh) from error

    @property
    def _reader_folder(self) -> Path:
        chosen = self._settings.reader
        return READER_FOLDER if chosen == BUILTIN else Path(chosen).expanduser()

    @property
    def reads(self) -> bool:
        """Whether the foremost passages are read in context."""
        return self._settings.reader != "off" and self.preferences.now().reader

    @property
    def reader(self) -> ContextReader | None:
        """What reads in context; None where nothing does."""
        return self._reader if self.reads else None

    def home_settings(self) -> HomeSettings:
        """Return what the home's people may choose, and what each choice costs; the settings overrule it."""
        named = {"strictness": self._settings.threshold is not None, "reader": self._settings.reader == "off"}
        fixed = tuple(name for name, is_fixed in named.items() if is_fixed)
        kept = self._settings.conversation_days, self._settings.max_conversations
        return HomeSettings(self.preferences.now().strictness, self.reads, fixed, self._strictnesses(), *kept)

    def _strictnesses(self) -> Strictnesses:
        if self.reads:
            return strictnesses(_scale_of(self._rereading), self._reader_folder / RELIABILITY)
        if self._dense:  # which of both judges decides, the question's language says
            return strictnesses(_scale_of(self._dense), None)
        return strictnesses(_scale_of(self._model), WEIGHTS.with_name(RELIABILITY))

    def _threshold(self, model: EvidenceModel | DenseModel | RereadingModel) -> float:
        """Return the confidence from which on the bot answers by ``model``."""
        if self._settings.threshold is not None:
            return self._settings.threshold
        return _scale_of(model).at(self.preferences.now().strictness)

    @property
    def _judge(self) -> Judge:
        sentences = self._sentences.of if self._sentences is not None else None
        return Judge(self._featuriser, self._model, self._threshold(self._model), sentences)

    def load(self) -> None:
        """Load the model that reads now: the next question need not wait for it."""
        if self.reads:
            _ = self._reader, self._rereading

    def prepare(self) -> None:
        """Measure now what depends on the documents of the moment, so that the next question need not wait for it."""
        if self._dense:
            self._calibrate()

    def assess(self, reading: Reading, documents: Sequence[str] | None, limit: int = 1) -> Verdict:
        """Judge what is found in ``documents`` (ids; None: all), the foremost passages read in context.

        What speaks of others of a series than those that the question names stands behind what does not. What is known
        to be of the year that it names is asked without the year first. A word that stands nowhere is read
        as one that sounds alike where that answers better.
        """
        verdict = self._assess(reading, documents, limit)
        texts = (stored.passage.text for stored, _ in verdict.passages)
        known = self._lexical.document_frequency
        respelled = respellings(reading.query, texts, lambda term: known(term) > 0, self._vocabulary)
        if not respelled:
            return verdict
        query = replace(reading.query, synonyms=reading.query.synonyms + respelled)
        again = self._assess(replace(reading, query=query), documents, limit)
        better = again.answered and again.confidence > verdict.confidence
        return replace(again, respelled=respelled) if better else verdict

    def _assess(self, reading: Reading, documents: Sequence[str] | None, limit: int) -> Verdict:
        ranked = self.rank(reading, documents, limit)
        if reading.undated is not None and (dated := of_the_year(reading.named, ranked)):
            asked = replace(reading, query=reading.undated)
            again = self.rank(asked, dated, limit)
            # A reason stands beside what was done that year, and seldom says the year.
            reason = "reason" in asked.query.kinds
            words = None if reason else in_its_words(reading.undated.text, reading.named, again)
            verdict = self._read(asked, again, dated, (YEAR,), words)
            if verdict.answered:
                return verdict
        return self._read(reading, ranked, documents)

    def _read(
        self, reading: Reading, ranked: Verdict, documents: Sequence[str] | None, sure: Collection[str] = (),
        ask: Ask | None = None,
    ) -> Verdict:  # fmt: skip
        query = reading.query
        named = reading.named or meant_years(query.text, ranked, date.today().year)
        verdict = hold_to(named, ranked, sure)
        if not self.reads:
            return verdict
        go_on()  # what is read in context takes the most time by far
        document = cache(self._store.document)  # of many passages that are read most are of the same few
        above = partial(_above, document)
        silent = partial(_is_silent, document)
        rereader = Rereader(self._reader, self._rereading, self._threshold(self._rereading), above, silent)
        started = time.perf_counter()
        follows = consequences(query.folded, verdict.sentences, document, self._store.passages_of)
        ask = ask or asked_in_range(query.text)
        verdict = rereader.judge(query, verdict, named, self._besides(query, documents), sure, ask, follows)
        return replace(verdict, timings=replace(verdict.timings, read=Timings.since(started)))

    def judge_paragraph(self, reading: Reading, document_id: str, paragraph: int) -> tuple[Evidence, ...]:
        """Return the sentences of a document's paragraph by the small networks alone, best first."""
        query = reading.query
        stored = [each for each in self._store.passages_of(document_id) if each.passage.paragraph == paragraph]
        rarities = Retriever(self._store, self._lexical, self._vectors, self._encoder).rarities(query)
        with self._algebra.limit(limits=1):
            verdict = self._judge.judge(query, [Candidate(each, 0.0, 0.0, 0.0) for each in stored], rarities)
        return hold_to(reading.named, verdict).sentences

    def _besides(self, query: Query, documents: Sequence[str] | None) -> Foreign:
        """Return what is read besides: passages in another language, and what the question's other wordings find."""
        foreign = self._foreign(query, documents)
        return replace(foreign, passages=(*foreign.passages, *self._otherwise(query, documents)))

    def _otherwise(self, query: Query, documents: Sequence[str] | None) -> tuple[StoredPassage, ...]:
        """Return what is found by other wordings of a question, the searches fused by the places in each."""
        found: dict[int, StoredPassage] = {}
        shares: defaultdict[int, float] = defaultdict(float)
        for wording in query.reworded:
            for place, (stored, _) in enumerate(self._ranked(wording, documents, 1).passages[:OTHERWISE], 1):
                found[stored.passage_id] = stored
                shares[stored.passage_id] += 1 / (FUSION + place)
        return tuple(found[passage] for passage in sorted(shares, key=lambda passage: -shares[passage])[:OTHERWISE])

    def _foreign(self, query: Query, documents: Sequence[str] | None) -> Foreign:
        if self._bilingual is None:
            return NOTHING_FOREIGN
        named = documents_named(query.text, self._lexical, self._store)
        if named is None:
            nearest = self._bilingual.nearest(query.text, query.written_in, FOREIGN, documents)
            return Foreign(tuple(self._store.passages(nearest.ids)), nearest.rareness)
        # What is named stands there, in whatever language.
        among = [name for name in sorted(named) if documents is None or name in documents]
        nearest = self._bilingual.nearest(query.text, query.written_in, FOREIGN, among)
        return Foreign(tuple(self._store.passages(nearest.ids)))

    def rank(self, reading: Reading, documents: Sequence[str] | None, limit: int) -> Verdict:
        """Judge at least ``limit`` candidates by the small networks alone, which takes a tenth of the time."""
        return self._ranked(reading.query, documents, limit)

    def _ranked(self, query: Query, documents: Sequence[str] | None, limit: int) -> Verdict:
        started = time.perf_counter()
        calibration = self._calibrate() if self._dense else None
        retriever = Retriever(self._store, self._lexical, self._vectors, self._encoder, calibration)
        candidates = retriever.candidates(query, max(limit, self._candidates), documents)
        search = Timings.since(started)
        started = time.perf_counter()
        with self._algebra.limit(limits=1):
            verdict = self._judge.judge(query, candidates, retriever.rarities(query))
        if self._dense:
            crossing = Crossing(self._encoder, self._calibrate, self._dense, self._threshold(self._dense))
            verdict = crossing.judge(query, candidates, verdict)
        return replace(verdict, timings=Timings(search=search, judge=Timings.since(started)))


def _above(document: Callable[[str], Document], stored: StoredPassage) -> Sequence[str]:
    return [place.text for place in stems(document(stored.document_id), stored.passage.paragraph)]


def _is_silent(document: Callable[[str], Document], one: Evidence) -> bool:
    return says_nothing(document(one.stored.document_id), one.stored.passage.paragraph, one.start, one.end)


def _scale_of(model: EvidenceModel | DenseModel | RereadingModel) -> Scale:
    related = model.related if isinstance(model, RereadingModel) else model.threshold
    return Scale(model.threshold, related)
