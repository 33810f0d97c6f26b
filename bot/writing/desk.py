"""All that a ``Bot`` has to do with the model that writes: what is chosen, writing, looking, proposing.

What loads much (the client) is loaded when a model is asked; until then this costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.language.languages import language_of
from bot.parts import made_once
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.preferences import WriterChoice, WriterTable
from bot.structure.places import Load
from bot.types import Answer, Mode, WriterError
from bot.writing.chosen import Server, WriterSettings, key_of, server_of, writer_settings

if TYPE_CHECKING:
    from bot.writing.writer import SentenceCheck, Told, Writer


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of a server: whether it ``answers``, the ``models`` that it lists, and why it does not."""

    server: Server
    answers: bool
    models: tuple[str, ...] = ()
    message_en: str = ""
    message_zh: str = ""


class Desk:
    """The model that writes for one home. Usable from several threads; ``check`` makes what checks its sentences."""

    def __init__(
        self, settings: Settings, database: Database, load: Load, check: "Callable[[], SentenceCheck]"
    ) -> None:
        self._settings = settings
        self._chosen = WriterTable(database)
        self._load, self._check = load, check

    def settings(self) -> WriterSettings:
        """Return what is in force now.

        Raises:
            WriterError: the settings of the start name what cannot be asked.
        """
        return writer_settings(self._settings, self._chosen.now())

    def choose(self, choice: WriterChoice) -> WriterSettings:
        """Keep a choice, and return what is in force then.

        Raises:
            WriterError: its address cannot be asked, names no model, or was fixed at the start.
        """
        before = self.settings()
        if before.fixed and (choice.url, choice.model) != (before.choice.url, before.choice.model):
            raise WriterError(
                "The model that writes was named where Youju was started (--llm): start it anew to change it.",
                "写作模型是启动时指定的（--llm）：要更换，请重新启动。",
            )
        if choice.url:
            choice = replace(choice, url=server_of(choice.url).url)
            if not choice.model.strip() or not choice.model.isprintable():
                raise WriterError("Name the model that is to write.", "请写明由哪个模型来写。")
        self._chosen.keep(choice)
        return self.settings()

    def choice(self) -> WriterChoice:
        """Return what is kept of the choice."""
        return self._chosen.now()

    def mode(self, asked: Mode | None) -> Mode:
        """Return how an answer is to be given that is asked for so; None: as the home has chosen.

        Raises:
            WriterError: it is to be written, and there is no model.
        """
        if asked == "quotes":
            return asked
        settings = self.settings()
        if asked is not None and settings.server is None:
            raise WriterError(
                "No model is set that could write: ask with the mode 'quotes', or set one (--llm URL --model NAME, or "
                "in the page's settings).",
                "还没有设置写作模型：请用 quotes 方式提问，或先设置一个（--llm 地址 --model 名称，或在页面的设置里）。",
            )
        return asked or settings.mode

    def write(self, answer: Answer, mode: Mode, tell: "Told" = lambda answer: None) -> Answer:
        """Return an answer with what a model writes of it; a refusal, and what has no quotes, as it is.

        ``tell`` hears the answer as it grows. Whatever happens to the model, the quoted answer is what it was.

        Raises:
            WriterError: there is no model, or its key cannot be read.
        """
        if mode == "quotes" or answer.abstained or not answer.citations:
            return answer
        from bot.writing.writer import Task

        settings = self.settings()
        if settings.server is None:
            self.mode(mode)
        task = Task(unwritten(answer), mode, language_of(answer.question))
        return self._writer.write(task, settings, key_of(self._settings), tell)

    def look(self, url: str) -> Looked:
        """Return what is to be seen of a server; nothing of the documents is sent, and nothing is changed.

        Raises:
            WriterError: it is no address that can be asked.
        """
        from bot.writing.model import Ended, models_of
        from bot.writing.outcomes import line_of

        server = server_of(url)
        known = self.settings().server
        # A key goes where it is chosen to go, not wherever somebody looks.
        key = key_of(self._settings) if known is not None and known.host == server.host else None
        try:
            return Looked(server, True, tuple(models_of(server, key)))
        except Ended as ended:
            if ended.outcome == "key":
                return Looked(server, True)
            told = {"host": server.host, "model": "", "seconds": 0, "tokens": 0}
            en, zh = line_of(ended.outcome, "en", **told), line_of(ended.outcome, "zh", **told)  # type: ignore[arg-type]
            return Looked(server, False, (), en, zh)

    def wordings(self, question: str) -> tuple[str, ...]:
        """Return other wordings of a question that the model proposes; it sees the question alone.

        Raises:
            WriterError: there is no model, it may not propose, or it cannot.
        """
        from bot.writing.proposing import wordings

        return wordings(*self._proposer(), question, language_of(question))

    def questions(self, answer: Answer) -> tuple[str, ...]:
        """Return questions that the model proposes after an answer; whether the documents answer them is not tried.

        Raises:
            WriterError: as for ``wordings``.
        """
        from bot.writing.evidence import cleared, quotes_of
        from bot.writing.proposing import questions

        if answer.abstained or not answer.citations:
            return ()
        quotes = [said for quote in quotes_of(answer, self._load) if (said := cleared(quote)).quote]
        return questions(*self._proposer(), answer.question, quotes, language_of(answer.question))

    def _proposer(self) -> tuple[WriterSettings, str | None]:
        settings = self.settings()
        self.mode("paragraph")
        if not settings.choice.proposing:
            raise WriterError(
                "The model may not propose anything here: the owner switches that on in the settings.",
                "这里没有允许模型提建议：数据的主人可以在设置里打开。",
            )
        return settings, key_of(self._settings)

    @made_once
    def _writer(self) -> "Writer":
        from bot.writing.writer import Writer

        return Writer(self._check, self._load)


def unwritten(answer: Answer) -> Answer:
    """Return an answer as it was before it was written of, without the further quotes of that."""
    if answer.written is None:
        return answer
    own = {place for sentence in answer.sentences for place in sentence.evidence}
    return replace(answer, written=None, citations=answer.citations[: max(own, default=-1) + 1])
