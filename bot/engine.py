"""The façade: everything that the surfaces (web chat, HTTP, command line) call."""

import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot.adding import Adding
from bot.allowance import count
from bot.answers.contract import Material, Tell, untold
from bot.answers.hits import rank_hits
from bot.answers.respondent import attempt, respond
from bot.conversations.chat import Chat
from bot.conversations.feedback import FeedbackStore
from bot.conversations.kept import Conversations
from bot.documents.scratch import clear_killed
from bot.evidence.assessor import Assessor
from bot.evidence.judge import Verdict
from bot.folders.collections import Collections
from bot.parts import made_once
from bot.question.checks import check, check_limit, check_wordings
from bot.question.reading import Reading, read_question
from bot.recent import Asked, RecentAnswers
from bot.settings import Settings
from bot.storage.bilingual import BilingualIndex, Made
from bot.storage.hearing import Hearing
from bot.storage.indexes import open_indexes
from bot.storage.jobs import JobTable
from bot.storage.keys import KeyTable
from bot.storage.records import CHANGED
from bot.storage.sentences import SentenceIndex
from bot.storage.settled import settled
from bot.storage.store import Store
from bot.storage.synonyms import SynonymTable
from bot.types import (
    Answer,
    Check,
    EncoderError,
    History,
    Hit,
    Language,
    Mode,
    NotFoundError,
    Progress,
    StoreError,
    Timings,
    silent,
)
from bot.workload import Workload
from embeddings.bilingual import BilingualEncoder
from embeddings.contract import Encoder, EncoderLoadError
from embeddings.loading import BUILTIN_FOLDER, load_encoder
from embeddings.static import StaticEncoder

if TYPE_CHECKING:
    from bot.suggestions.suggester import Suggester
    from bot.writing.writer import SentenceCheck


class Bot(Adding, AbstractContextManager["Bot"]):
    """Answers questions about documents kept in one home folder. Usable from several threads.

    Use ``Bot.open``; close it, or use it as a context manager. Every method raises StoreError where the home
    folder cannot be used.
    """

    def __init__(self, settings: Settings, store: Store, encoder: Encoder, words: StaticEncoder) -> None:
        self.settings = settings
        self._store = store
        self.encoder = encoder
        self._words = words
        self._indexes = open_indexes(settings.home.expanduser(), store, encoder, settings.index_url)
        self._writing = self._indexes.writing
        self.workload = Workload(settings.questions_at_work, settings.questions_waiting)
        # Another encoder may know both languages itself.
        self._bilingual: BilingualIndex | None = None
        if settings.reader != "off" and encoder is words:
            self._bilingual = BilingualIndex(
                store, BilingualEncoder(), self._writing, self.workload.give_way, settings.home.expanduser()
            )
        self._sentences = SentenceIndex(settings.home.expanduser(), store, words.tokens, words.name, self._writing)
        indexes = self._indexes.lexical, self._indexes.vectors
        self._assessor = Assessor(store, *indexes, encoder, words, settings, self._sentences, self._bilingual)
        self.preferences, self.home_settings = self._assessor.preferences, self._assessor.home_settings
        self._recent = RecentAnswers()
        self._hearing = Hearing(store.database, CHANGED, self._index)
        self.prepared = False  # set once the first question need not wait for a model
        self.answered: list[Callable[[Answer], None]] = []  # called with each answer
        self.conversations = Conversations(store.database, settings.conversation_days, settings.max_conversations)
        self.feedback = FeedbackStore(store, self.conversations)
        self.rate = self.feedback.rate
        self.keys, self.synonyms = KeyTable(store.database), SynonymTable(store.database)
        self.jobs = JobTable(store.database)
        self.chat = Chat(self.ask, self.suggest, self.conversations, lambda: self.writing)
        self.collections = Collections(store, lambda: self.folders.paths(), self.remove_many)

    @classmethod
    def open(
        cls, home: str | Path | None = None, settings: Settings | None = None, progress: Progress = silent
    ) -> Self:
        """Open a home folder, making it and adding the seed documents where there is none yet.

        Args:
            home: overrides the settings' home.
            settings: taken from the environment where not given.
            progress: called while documents of older rules are read again, indexes brought up to date, or passages
                embedded for another encoder.

        Raises:
            StoreError: the folder cannot be used.
            EncoderError: the encoder cannot be loaded.
        """
        settings = settings or Settings()
        if home is not None:
            settings = settings.model_copy(update={"home": Path(home)})
        try:
            encoder = load_encoder(settings.encoder)
            words = encoder if isinstance(encoder, StaticEncoder) else StaticEncoder.load(BUILTIN_FOLDER)
        except EncoderLoadError as error:
            raise EncoderError(error.en, error.zh) from error
        clear_killed()
        bot = cls(settings, Store.open(settings.home.expanduser(), settings.store_url), encoder, words)
        new = bot._store.generation == 0 and not bot._store.read_only
        if new and settings.seeds is not None and settings.seeds.is_dir():
            bot.add(settings.seeds, progress)
        else:
            # Damaged content and a full disk must not shut the home: the next question names what is damaged, and its
            # document can be removed.
            synchronise = partial(bot._synchronise, progress, wait=True)
            for step in (bot.conversations.expire, partial(bot._read_again, progress), synchronise):
                with suppress(StoreError):
                    step()
        return bot

    def close(self) -> None:
        """Give back files and connections."""
        self._hearing.stop()
        self._stop_beside()
        self._indexes.stop()
        self._sentences.stop()
        if self._bilingual:
            self._bilingual.stop()
        self._store.close()

    def __exit__(self, *raised: object) -> None:
        self.close()

    # Questions

    def search(
        self, query: str, limit: int = 10, documents: Sequence[str] | None = None, *, read: bool = False,
        collection: str | None = None, tag: str | None = None,
    ) -> list[Hit]:  # fmt: skip
        """Return the passages that answer ``query`` best, best first; the scope is narrowed as for ``ask``.

        With ``read`` the foremost are read in context first, as they are to answer; it takes some ten times as long.

        Raises:
            QuestionError: the query is empty or too long, or the limit is not between 1 and 200.
            NotFoundError: there is no such collection or tag.
            BusyError: with ``read``, as of ``ask``.
        """
        check_limit(limit)
        check(query, self.settings.max_question_characters)
        reading = self._reading(query)
        documents = self.collections.scope(documents, collection, tag)

        def hits() -> list[Hit]:
            material = self._material(reading, documents)
            self._synchronise(silent, wait=False)
            weigh = self._assessor.assess if read else self._assessor.rank
            return rank_hits(material, weigh(reading, documents, limit), limit)

        if not read:
            return settled(self._store, hits)
        count()
        with self.workload.turn():
            return settled(self._store, hits)

    def ask(
        self, question: str, history: History = (), documents: Sequence[str] | None = None, *,
        collection: str | None = None, tag: str | None = None, tell: Tell = untold,
        mode: Mode | None = None, wordings: Sequence[str] = (),
    ) -> Answer:  # fmt: skip
        """Answer ``question`` from the documents, or refuse.

        Args:
            question: in any language; a follow-up is completed from ``history``.
            history: earlier (question, answer) pairs, oldest first.
            documents: ids of the documents to answer from; all where not given.
            collection: a folder (its path, with slashes) or a tag, whose documents are answered from.
            tag: the same of a tag alone.
            tell: is told the reading, then the answer as far as it is sure; the reading again where it begins (anew).
            mode: "quotes", or how a model is to write of them when they stand; None: as the home has chosen.
            wordings: other wordings of the question, at most three, that are searched too.

        Raises:
            QuestionError: the question is empty or too long.
            WriterError: the answer is to be written, and no model is set.
            NotFoundError: there is no such collection or tag.
            BusyError: too many questions wait already, or (TooOftenError) who asks has asked as often as they may.
        """
        started = time.perf_counter()
        count()
        check(question, self.settings.max_question_characters)
        check_wordings(wordings)
        mode = self.writing.mode(mode)
        documents = self.collections.scope(documents, collection, tag)
        if tell is not untold:  # before its turn comes, and where the answer is known already
            tell(self._reading(question, history))

        def attempt() -> Answer:
            with self.workload.turn():
                reading = self._reading(question, history, wordings)
                return settled(self._store, lambda: respond(reading, self._material(reading, documents, tell)))

        answer = self._recent.answer(
            Asked.of(question, history, documents, wordings), self._state, attempt, self._stands
        )
        answer = replace(answer, timings=replace(answer.timings, total=Timings.since(started)))
        for told in self.answered:
            told(answer)
        # Nobody waits for a turn meanwhile: it is another program that works.
        return self.writing.write(answer, mode, tell)

    def suggest(
        self, answer: Answer, documents: Sequence[str] | None = None, limit: int = 3, asked: Sequence[str] = (), *,
        collection: str | None = None, tag: str | None = None, by_model: bool = False,
    ) -> list[str]:  # fmt: skip
        """Return questions to go on with after an answer: see ``Suggester.suggest``, and ``ask`` for the scope.

        ``by_model``: the model that writes proposes them (WriterError where it cannot); the documents answer each.
        """
        count()
        scope = self.collections.scope(documents, collection, tag)
        proposed = self.writing.questions(answer) if by_model else ()
        with self.workload.turn():
            if by_model:
                tried = (question for question in proposed if question not in asked)
                return [question for question in tried if not self._attempt(question, scope).abstained][:limit]
            return self._suggester.suggest(answer, scope, limit, asked)

    def wordings(self, question: str, history: History = ()) -> list[str]:
        """Return other wordings of a question, completed from ``history``, that the model proposes: see ``Desk``."""
        check(question, self.settings.max_question_characters)
        return list(self.writing.wordings(self._reading(question, history).query.text))

    def starters(
        self, limit: int = 3, documents: Sequence[str] | None = None, language: Language | None = None, *,
        collection: str | None = None, tag: str | None = None,
    ) -> list[str]:  # fmt: skip
        """Return questions to begin with: see ``Suggester.starters``, and ``ask`` for the scope."""
        return self._suggester.starters(limit, self.collections.scope(documents, collection, tag), language)

    def check(self) -> Iterator[Check]:
        """Check versions, the whole home folder (store and both indexes) and the encoder."""
        from bot.doctor import checks

        return checks(self.settings.home.expanduser(), self._store, self._indexes, self.encoder, self._bilingual)

    def get_ready(self) -> None:
        """Load what the first question would wait for, go on with what is done behind the scenes, follow others."""
        self._assessor.load()
        self.prepared = True
        self.work_behind()
        self._hearing.start()

    @property
    def reads(self) -> bool:
        """Whether the foremost passages are read in context."""
        return self._assessor.reads

    @property
    def made_behind(self) -> Made:
        """How far the work is that is done after adding."""
        return self._bilingual.made if self._bilingual is not None and self._assessor.reads else Made(0, 0)

    @property
    def _all_found(self) -> bool:
        """Whether nothing that is made after adding can still change an answer."""
        return self._bilingual is None or not self._assessor.reads or self._bilingual.finished

    def work_behind(self) -> None:
        """Go on with what is done after adding, in threads of its own; closing stops it, and loses nothing."""
        self._indexes.improve()
        self._sentences.start()
        if self._bilingual is not None and self._assessor.reads:
            self._bilingual.start()

    # Within

    @made_once
    def _suggester(self) -> "Suggester":
        from bot.suggestions.examples import read_examples
        from bot.suggestions.suggester import Suggester

        store, examples = self._store, read_examples(self.settings.seeds)
        # When all is made that is made behind the scenes, more can be answered.
        return Suggester(
            self._attempt, store.document, store.documents, examples,
            lambda: (store.generation, self._all_found),
        )  # fmt: skip

    def _attempt(self, question: str, documents: Sequence[str] | None) -> Answer:
        reading = self._reading(question)
        return attempt(reading, self._material(reading, documents))

    def _state(self) -> Hashable:
        """Return what changes whenever the answer to a question may."""
        marks = tuple(self.feedback.marks())
        return (
            self._store.generation, self.synonyms.changes, self.preferences.now(), marks, self._all_found,
        )  # fmt: skip

    def _stands(self, answer: Answer) -> bool:
        """Tell whether every citation is still what its document says: a file may be damaged, whatever its state."""
        with suppress(NotFoundError, StoreError):
            return all(self.document(c.document_id).text[c.start : c.end] == c.quote for c in answer.citations)
        return False

    def _ask_part(self, question: str, history: History, documents: Sequence[str] | None) -> Answer:
        reading = self._reading(question, history)
        return respond(reading, self._material(reading, documents))

    def _material(self, reading: Reading, documents: Sequence[str] | None, tell: Tell = untold) -> Material:
        return Material(
            reading, documents, self._store, self._indexes.lexical,
            weigh=self._verdict, ask=self._ask_part, starters=self.starters,
            judge_paragraph=partial(self._assessor.judge_paragraph, reading), tell=tell,
        )  # fmt: skip

    def _reading(self, question: str, history: History = (), wordings: Sequence[str] = ()) -> Reading:
        reading = read_question(question, history, vocabulary=self._words, thesaurus=self.synonyms.thesaurus())
        return reading.also_as(wordings) if wordings else reading

    def _checker(self) -> "SentenceCheck":
        from bot.writing.checking import Checker

        return Checker(self._words, self._assessor.reader)

    def _verdict(self, reading: Reading, documents: Sequence[str] | None) -> Verdict:
        self._synchronise(silent, wait=False)
        return self._assessor.assess(reading, documents)

    def _read_again(self, progress: Progress) -> None:
        if self._store.outdated() and not self._store.read_only:
            from bot.intake import read_again

            with self._writing():
                read_again(self._store, self.settings, progress)

    def _index(self, progress: Progress = silent) -> None:
        self._synchronise(progress, wait=True)
        self.work_behind()

    def _synchronise(self, progress: Progress, *, wait: bool) -> None:
        if self._indexes.synchronise(progress, wait=wait):
            self._assessor.prepare()
