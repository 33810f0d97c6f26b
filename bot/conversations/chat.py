"""Asking within a kept conversation: the turns before a question complete it, and its answer is kept as the next."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.conversations.kept import Conversations
from bot.stopping import Stopped, go_on, until
from bot.types import Answer, Conversation, History, Mode, Turn
from bot.writing.desk import unwritten

_HISTORY = 6
"""Turns that complete a question."""
_STOPPED = 64
"""Tickets of stopped questions that are remembered; a stopped question is done within seconds."""


class Ask(Protocol):
    """Answers a question: see ``Bot.ask``."""

    def __call__(
        self, question: str, history: History, documents: Sequence[str] | None, *, mode: Mode, wordings: Sequence[str]
    ) -> Answer:
        """Return the answer."""


class Writing(Protocol):
    """Writes of answers: see ``bot.writing.desk.Desk``."""

    def mode(self, asked: Mode | None) -> Mode:
        """Return how an answer is to be given that is asked for so."""

    def write(self, answer: Answer, mode: Mode, tell: Callable[[Answer], None] = ...) -> Answer:
        """Return an answer with what a model writes of it."""


class Suggest(Protocol):
    """Proposes questions to go on with after an answer: see ``Bot.suggest``."""

    def __call__(self, answer: Answer, documents: Sequence[str] | None, *, asked: Sequence[str]) -> list[str]:
        """Return the questions; none of those ``asked`` before."""


def nobody(answer: Answer) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class ChatQuestion:
    """A question asked in a conversation.

    ``conversation_id`` None begins one. ``at``: the turns from this index on are replaced, and complete nothing.
    ``documents``: ids to look in; None means all. ``as_typed``: nothing completes the question. ``ticket``: a name by
    which it can be stopped. ``mode`` is how it is answered (None: as the home has chosen), ``wordings`` are other
    wordings of it that are searched too.
    """

    text: str
    conversation_id: str | None = None
    at: int | None = None
    documents: tuple[str, ...] | None = None
    as_typed: bool = False
    ticket: str | None = None
    mode: Mode | None = None
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ticket:
    visitor: str
    name: str


class Chat:
    """Questions of visitors in their conversations. Usable from several threads."""

    def __init__(
        self, ask: Ask, suggest: Suggest, conversations: Conversations, writing: Callable[[], Writing]
    ) -> None:
        self._ask = ask
        self._writing = writing
        self._suggest = suggest
        self._conversations = conversations
        self._stopped: deque[_Ticket] = deque(maxlen=_STOPPED)
        self._newest: dict[int, object] = {}  # of each turn that is written of, by its id: who was asked last
        self._keeping = threading.Lock()

    def ask(self, visitor: str, question: ChatQuestion) -> Conversation | None:
        """Answer a question, keep the turn, and return the conversation; None where it was stopped and not kept.

        Raises:
            QuestionError: the question is empty or too long, or ``at`` is negative.
            NotFoundError: the visitor has no such conversation.
            WriterError: it is to be written, and no model is set.
        """
        mode = self._writing().mode(question.mode)
        history: list[tuple[str, str]] = []
        if question.conversation_id is not None:
            turns = self._conversations.turns(visitor, question.conversation_id)[: question.at]
            history = [] if question.as_typed else [(turn.question, turn.answer.text) for turn in turns[-_HISTORY:]]
        ticket = _Ticket(visitor, question.ticket or "")
        try:
            with until(lambda: bool(ticket.name) and ticket in tuple(self._stopped)):
                answer = self._ask(
                    question.text, history, question.documents, mode="quotes", wordings=question.wordings
                )
                go_on()
        except Stopped:
            return None
        # Kept as it is, before a model is asked: whatever becomes of that, nothing is lost.
        kept = self._conversations.append(visitor, question.conversation_id, answer, question.at)
        if mode != "quotes":
            self.write(visitor, kept.conversation_id, kept.turn.turn_id, mode)
        return self._conversations.conversation(visitor, kept.conversation_id)

    def write(
        self, visitor: str, conversation_id: str, turn_id: int, mode: Mode, tell: Callable[[Answer], None] = nobody
    ) -> Turn:  # fmt: skip
        """Write of a kept answer, or with "quotes" take away what was written, and return the turn as it is kept then.

        ``tell`` hears the answer as it grows. Where it is stopped, what was written until then is kept.

        Raises:
            NotFoundError: the visitor has no such conversation or turn.
            WriterError: no model is set.
        """
        mode = self._writing().mode(mode)
        turn = self._conversations.turn(visitor, conversation_id, turn_id)
        mine = self._newest[turn_id] = object()
        plain = unwritten(turn.answer)
        try:
            answer = plain if mode == "quotes" else self._writing().write(plain, mode, tell)
            with self._keeping:
                if self._newest.get(turn_id) is mine:
                    return self._conversations.rewrite(visitor, conversation_id, turn_id, answer)
            # It was asked for anew meanwhile, and what comes of that counts.
            return self._conversations.turn(visitor, conversation_id, turn_id)
        finally:
            if self._newest.get(turn_id) is mine:
                del self._newest[turn_id]

    def stop(self, visitor: str, ticket: str) -> None:
        """Keep nothing of the question that was asked with ``ticket``."""
        self._stopped.append(_Ticket(visitor, ticket))

    def suggest(self, visitor: str, conversation_id: str, documents: Sequence[str] | None = None) -> list[str]:
        """Return questions that the documents answer, to go on with after a conversation's last turn.

        Raises:
            NotFoundError: the visitor has no such conversation.
        """
        turns = self._conversations.turns(visitor, conversation_id)
        if not turns:
            return []
        return self._suggest(turns[-1].answer, documents, asked=[turn.question for turn in turns])
