"""Conversations: what each visitor asked, with the very answers that were given.

An answer is kept as it was given, never asked again: documents change, and a citation must still show what it proved on
the day. Everything is by visitor; to one, another's conversation does not exist.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Lock

from bot.conversations.answer_json import answer_from_json, answer_to_json
from bot.language.folding import fold
from bot.storage.cited import CitedWords
from bot.storage.database import Database, SpareDatabase
from bot.storage.turns import Appended, CitingTurn, NewTurn, StoredTurn, TurnTable, no_turn
from bot.types import Answer, Conversation, ConversationInfo, QuestionError, Rating, StoreError, Turn, digest

_CITING = 50
"""Questions that are listed of one document."""
_VISITS = 10_000
"""Visitors of today that are remembered, so that a visit is written down once."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn, and the conversation that it was kept in."""

    conversation_id: str
    turn: Turn


class Conversations:
    """The conversations kept in one database. Usable from several threads.

    What cannot be written (the disk is full, the home is read-only) is kept in memory, as long as the program runs.

    ``visitor`` is the secret that tells visitors apart. Any method raises StoreError where the file cannot be used, and
    those that take a conversation's id NotFoundError where the visitor has no such conversation.

    ``days`` after a visitor was here last their conversations are forgotten; of one visitor ``most`` are kept.
    """

    def __init__(self, database: Database, days: int = 90, most: int = 500) -> None:
        self._kept = TurnTable(database)
        self._lock = Lock()
        self._spare: TurnTable | None = None
        self._days = days
        self._most = most
        self._visits: tuple[date | None, set[str]] = None, set()

    def list(self, visitor: str, query: str = "") -> Sequence[ConversationInfo]:
        """List a visitor's conversations, the one that was last added to first.

        ``query`` keeps those in which each of its words stands, in the title, a question or an answer; width, case and
        traditional characters make no difference.
        """
        words = fold(query).split()
        tables = self._tables()
        infos = [info for table in tables for info in table.infos(visitor)]
        texts = {key: text for table in tables for key, text in table.texts(visitor).items()} if words else {}
        return [
            info
            for info in infos
            if all(word in fold(info.title) + "\n" + texts.get(info.conversation_id, "") for word in words)
        ]

    def turns(self, visitor: str, conversation_id: str) -> tuple[Turn, ...]:
        """Return the turns of a conversation, oldest first; each answer equals the one that was appended.

        Raises:
            StoreError: what is stored of a turn is damaged.
        """
        return tuple(map(_turn, self._of(visitor, conversation_id).turns(visitor, conversation_id)))

    def conversation(self, visitor: str, conversation_id: str) -> Conversation:
        """Return a conversation with its turns: see ``turns``."""
        info = self._of(visitor, conversation_id).info(visitor, conversation_id)
        return Conversation(info.conversation_id, info.title, info.updated_at, self.turns(visitor, conversation_id))

    def citing(self, visitor: str, document_id: str) -> Sequence[CitingTurn]:
        """Return what a visitor asked that a document was cited for, each question once, the newest first."""
        return [turn for table in self._tables() for turn in table.citing(visitor, document_id, _CITING)]

    def append(self, visitor: str, conversation_id: str | None, answer: Answer, at: int | None = None) -> KeptTurn:
        """Keep a question with its answer. On disk when this returns.

        Args:
            visitor: whose conversation it is.
            conversation_id: the conversation to go on with; None begins one.
            answer: kept as it is.
            at: the turns from this index on are replaced, for a question that is edited or asked again.

        Raises:
            QuestionError: ``at`` is negative.
        """
        if at is not None and at < 0:
            raise QuestionError(
                f"at must be the index of a turn, 0 or more, not {at}.", f"at 应为某一轮的序号（0 起），不能是 {at}。"
            )
        asked_at = datetime.now(UTC).isoformat(timespec="seconds")
        folded = fold(f"{answer.question}\n{answer.text}")
        new = NewTurn(answer.question, folded, answer_to_json(answer), asked_at, tuple(_cited(answer)))
        kept = self._append(visitor, conversation_id, new, at)
        return KeptTurn(kept.conversation_id, Turn(kept.turn_id, answer.question, answer, asked_at))

    def turn(self, visitor: str, conversation_id: str, turn_id: int) -> Turn:
        """Return one turn of a conversation.

        Raises:
            NotFoundError: the conversation has no such turn.
        """
        found = next((turn for turn in self.turns(visitor, conversation_id) if turn.turn_id == turn_id), None)
        if found is None:
            raise no_turn(turn_id)
        return found

    def rewrite(self, visitor: str, conversation_id: str, turn_id: int, answer: Answer) -> Turn:
        """Keep an answer in the place of a turn's, with what was written of it, and return the turn.

        Raises:
            NotFoundError: the conversation has no such turn.
        """
        table = self._of(visitor, conversation_id)
        kept = table.rewrite(visitor, conversation_id, turn_id, answer_to_json(answer), tuple(_cited(answer)))
        return _turn(kept)

    def rename(self, visitor: str, conversation_id: str, title: str) -> ConversationInfo:
        """Give a conversation a title (cut at 60 characters); an empty one: by its first question again."""
        # Half a surrogate pair, which JSON can carry, is no text.
        return self._of(visitor, conversation_id).rename(
            visitor, conversation_id, title.encode("utf-8", "replace").decode()
        )

    def rate(self, visitor: str, conversation_id: str, turn_id: int, rating: Rating | None) -> Turn:
        """Keep what the visitor thinks of a turn's answer, and return the turn; None takes it back.

        Raises:
            NotFoundError: the conversation has no such turn.
            StoreError: what is stored of the turn is damaged; nothing is kept then.
        """
        return _turn(self._of(visitor, conversation_id).rate(visitor, conversation_id, turn_id, rating))

    def remove(self, visitor: str, conversation_id: str) -> None:
        """Forget a conversation with its turns."""
        self._of(visitor, conversation_id).remove(visitor, conversation_id)

    def remove_all(self, visitor: str) -> None:
        """Forget all of a visitor's conversations."""
        for table in self._tables():
            table.remove_all(visitor)

    def visit(self, visitor: str, today: date | None = None) -> None:
        """Note that a visitor is here, and forget what has expired: once a day each."""
        today = today or datetime.now(UTC).date()
        with self._lock:
            day, seen = self._visits
            first = day != today
            if first or len(seen) >= _VISITS:
                self._visits = today, seen = today, set()
            if visitor in seen:
                return
            seen.add(visitor)
        if first:
            self.expire(today)
        self._kept.note_visit(visitor, today.isoformat())

    def expire(self, today: date | None = None) -> int:
        """Forget the conversations of visitors who have not come back; return of how many visitors."""
        today = today or datetime.now(UTC).date()
        return self._kept.expire((today - timedelta(days=self._days)).isoformat())

    def _append(self, visitor: str, conversation_id: str | None, turn: NewTurn, at: int | None) -> Appended:
        table = self._kept if conversation_id is None else self._of(visitor, conversation_id)
        try:
            return table.append(visitor, conversation_id, turn, at, self._most)
        except StoreError:
            with self._lock:
                self._spare = self._spare or TurnTable(SpareDatabase())
            # The conversation itself stays on disk as it is: its next turn begins one in memory.
            return self._spare.append(visitor, None, turn, None, self._most)

    def _of(self, visitor: str, conversation_id: str) -> TurnTable:
        """Return the table that holds a conversation; the one on disk where none does."""
        if self._spare is not None and any(i.conversation_id == conversation_id for i in self._spare.infos(visitor)):
            return self._spare
        return self._kept

    def _tables(self) -> Sequence[TurnTable]:
        return (self._kept,) if self._spare is None else (self._spare, self._kept)


def _turn(stored: StoredTurn) -> Turn:
    answer = answer_from_json(stored.answer)
    return Turn(stored.turn_id, answer.question, answer, stored.asked_at, stored.rating)


def _cited(answer: Answer) -> Iterator[CitedWords]:
    """Yield what the links of an answer lead to."""
    for citation in answer.citations:
        yield CitedWords(citation.document_id, citation.start, citation.end, digest(citation.quote), citation.quote)
    for hit in answer.nearest:
        yield CitedWords(hit.document_id, hit.start, hit.end, digest(hit.text), hit.text)
