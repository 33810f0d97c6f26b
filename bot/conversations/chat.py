"""Asking within a kept conversation: the turns before a question complete it, and its answer is kept as the next."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.conversations.kept import Conversations
from bot.stopping import Stopped, go_on, until
from bot.types import Answer, Conversation, History

Ask = Callable[[str, History, Sequence[str] | None], Answer]
"""Answers a question that follows a history from the documents of these ids (None: all)."""
_HISTORY = 6
"""Turns that complete a question."""
_STOPPED = 64
"""Tickets of stopped questions that are remembered; a stopped question is done within seconds."""


class Suggest(Protocol):
    """Proposes questions to go on with after an answer: see ``Bot.suggest``."""

    def __call__(self, answer: Answer, documents: Sequence[str] | None, *, asked: Sequence[str]) -> list[str]:
        """Return the questions; none of those ``asked`` before."""


@dataclass(frozen=True, slots=True)
class ChatQuestion:
    """A question asked in a conversation.

    ``conversation_id`` None begins one. ``at``: the turns from this index on are replaced, and complete nothing.
    ``documents``: ids to look in; None means all. ``as_typed``: nothing completes the question. ``ticket``: a name by
    which it can be stopped.
    """

    text: str
    conversation_id: str | None = None
    at: int | None = None
    documents: tuple[str, ...] | None = None
    as_typed: bool = False
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class _Ticket:
    visitor: str
    name: str


class Chat:
    """Questions of visitors in their conversations. Usable from several threads."""

    def __init__(self, ask: Ask, suggest: Suggest, conversations: Conversations) -> None:
        self._ask = ask
        self._suggest = suggest
        self._conversations = conversations
        self._stopped: deque[_Ticket] = deque(maxlen=_STOPPED)

    def ask(self, visitor: str, question: ChatQuestion) -> Conversation | None:
        """Answer a question, keep the turn, and return the conversation; None where it was stopped and not kept.

        Raises:
            QuestionError: the question is empty or too long, or ``at`` is negative.
            NotFoundError: the visitor has no such conversation.
        """
        history: list[tuple[str, str]] = []
        if question.conversation_id is not None:
            turns = self._conversations.turns(visitor, question.conversation_id)[: question.at]
            history = [] if question.as_typed else [(turn.question, turn.answer.text) for turn in turns[-_HISTORY:]]
        ticket = _Ticket(visitor, question.ticket or "")
        try:
            with until(lambda: bool(ticket.name) and ticket in tuple(self._stopped)):
                answer = self._ask(question.text, history, question.documents)
                go_on()
        except Stopped:
            return None
        kept = self._conversations.append(visitor, question.conversation_id, answer, question.at)
        return self._conversations.conversation(visitor, kept.conversation_id)

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
