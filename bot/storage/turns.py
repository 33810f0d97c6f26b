"""The rows of conversations and their turns: by visitor, each answer as JSON with a checksum."""

import json
import secrets
import zlib
from dataclasses import dataclass

from bot.storage.cited import CitedWords, keep_cited
from bot.storage.contract import Connection, upsert
from bot.storage.database import Database
from bot.types import ConversationInfo, NotFoundError, Rating, StoreError

_INFO = """SELECT c.conversation_id, coalesce(title, (SELECT question FROM turns t
        WHERE t.conversation_id = c.conversation_id ORDER BY turn_id LIMIT 1)), count(*), (SELECT asked_at FROM turns t
        WHERE t.conversation_id = c.conversation_id ORDER BY turn_id DESC LIMIT 1), max(turn_id)
    FROM conversations c JOIN turns USING (conversation_id) WHERE visitor = ?"""
_TURN = "turn_id, asked_at, rating, crc, answer"
TITLE_CHARACTERS = 60
"""A longer title is cut."""


@dataclass(frozen=True, slots=True)
class NewTurn:
    """A turn to keep: ``folded`` is what is searched of it, ``answer`` JSON, ``cited`` the words its links lead to."""

    question: str
    folded: str
    answer: str
    asked_at: str
    cited: tuple[CitedWords, ...]


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as kept; ``answer`` is the very JSON that was kept."""

    turn_id: int
    asked_at: str
    rating: Rating | None
    answer: str


@dataclass(frozen=True, slots=True)
class CitingTurn:
    """A turn whose answer cites a document; ``target`` is the link to the first of these citations."""

    conversation_id: str
    turn_id: int
    question: str
    asked_at: str
    target: str


@dataclass(frozen=True, slots=True)
class Appended:
    """Where a turn was kept."""

    conversation_id: str
    turn_id: int


class TurnTable:
    """Conversations and turns. A conversation's title is its own, else its first question: one line, cut.

    Any method raises StoreError where the file cannot be used, or what is stored of a turn is damaged, and those that
    take a conversation's id NotFoundError where the visitor has no such conversation.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def infos(self, visitor: str) -> list[ConversationInfo]:
        """List a visitor's conversations, the one that was last added to first."""
        query = f"{_INFO} GROUP BY c.conversation_id ORDER BY max(turn_id) DESC"
        with self._database.read() as connection:
            return [_info(row) for row in connection.execute(query, (visitor,))]

    def texts(self, visitor: str) -> dict[str, str]:
        """Return what is searched of each of a visitor's conversations, by its id."""
        query = "SELECT conversation_id, folded FROM turns JOIN conversations USING (conversation_id) WHERE visitor = ?"
        texts: dict[str, str] = {}
        with self._database.read() as connection:
            for conversation_id, folded in connection.execute(query, (visitor,)):
                texts[conversation_id] = texts.get(conversation_id, "") + "\n" + folded
        return texts

    def info(self, visitor: str, conversation_id: str) -> ConversationInfo:
        """Return a conversation's line of the list."""
        with self._database.read() as connection:
            return _info_of(connection, visitor, conversation_id)

    def turns(self, visitor: str, conversation_id: str) -> list[StoredTurn]:
        """Return a conversation's turns, oldest first."""
        query = f"SELECT {_TURN} FROM turns WHERE conversation_id = ? ORDER BY turn_id"
        with self._database.read() as connection:
            title = _info_of(connection, visitor, conversation_id).title
            return [_turn(title, row) for row in connection.execute(query, (conversation_id,))]

    def citing(self, visitor: str, document_id: str, limit: int) -> list[CitingTurn]:
        """Return the turns of a visitor that cite a document, of one question the last; the newest first."""
        query = """SELECT conversation_id, turn_id, question, asked_at, answer
            FROM turns JOIN conversations USING (conversation_id)
            WHERE visitor = ? AND answer LIKE ? ORDER BY turn_id DESC"""
        found: dict[str, CitingTurn] = {}
        with self._database.read() as connection:
            for conversation_id, turn_id, question, asked_at, answer in connection.execute(
                query, (visitor, f"%{document_id}%")
            ):
                target = _target(answer, document_id)
                if target is not None and question not in found:
                    found[question] = CitingTurn(conversation_id, turn_id, question, asked_at, target)
                if len(found) >= limit:
                    break
        return list(found.values())

    def append(self, visitor: str, conversation_id: str | None, turn: NewTurn, at: int | None, most: int) -> Appended:
        """Keep a turn, on disk when this returns; ``conversation_id`` None begins a conversation.

        ``at``: the turns from this index on are replaced. Of a visitor's conversations the last ``most`` are kept.
        """
        with self._database.write() as connection:
            if conversation_id is None:
                conversation_id = secrets.token_hex(8)
                _make_room(connection, visitor, most)
                connection.execute("INSERT INTO conversations VALUES (?, ?, NULL)", (conversation_id, visitor))
            else:
                _info_of(connection, visitor, conversation_id)
            if at is not None:
                connection.execute(
                    """DELETE FROM turns WHERE turn_id IN
                    (SELECT turn_id FROM turns WHERE conversation_id = ?
                    ORDER BY turn_id LIMIT 9223372036854775807 OFFSET ?)""",
                    (conversation_id, at),
                )
            crc = zlib.crc32(turn.answer.encode())
            turn_id = connection.execute(
                """INSERT INTO turns (conversation_id, asked_at, question, folded, crc, answer)
                VALUES (?, ?, ?, ?, ?, ?) RETURNING turn_id""",
                (conversation_id, turn.asked_at, turn.question, turn.folded, crc, turn.answer),
            ).fetchone()[0]
            keep_cited(connection, turn.cited)
            connection.execute(upsert("visitors", "visitor, seen_on", "visitor"), (visitor, turn.asked_at[:10]))
        return Appended(conversation_id, turn_id)

    def rename(self, visitor: str, conversation_id: str, title: str) -> ConversationInfo:
        """Give a conversation a title of its own; an empty one: by its first question again."""
        line = _cut(title) or None
        with self._database.write() as connection:
            _info_of(connection, visitor, conversation_id)
            connection.execute("UPDATE conversations SET title = ? WHERE conversation_id = ?", (line, conversation_id))
            return _info_of(connection, visitor, conversation_id)

    def rate(self, visitor: str, conversation_id: str, turn_id: int, rating: Rating | None) -> StoredTurn:
        """Keep what is thought of a turn, and return it; nothing is kept where it is damaged.

        Raises:
            NotFoundError: the conversation has no such turn, too.
        """
        place = "WHERE conversation_id = ? AND turn_id = ?"
        with self._database.write() as connection:
            title = _info_of(connection, visitor, conversation_id).title
            connection.execute(f"UPDATE turns SET rating = ? {place}", (rating, conversation_id, turn_id))
            row = connection.execute(f"SELECT {_TURN} FROM turns {place}", (conversation_id, turn_id)).fetchone()
            if row is not None:
                return _turn(title, row)
        raise no_turn(turn_id)

    def rewrite(
        self, visitor: str, conversation_id: str, turn_id: int, answer: str, cited: tuple[CitedWords, ...]
    ) -> StoredTurn:  # fmt: skip
        """Keep another answer (JSON) in the place of a turn's, with the words its links lead to; return the turn.

        Raises:
            NotFoundError: the conversation has no such turn, too.
        """
        place = "WHERE conversation_id = ? AND turn_id = ?"
        with self._database.write() as connection:
            title = _info_of(connection, visitor, conversation_id).title
            crc = zlib.crc32(answer.encode())
            connection.execute(f"UPDATE turns SET answer = ?, crc = ? {place}", (answer, crc, conversation_id, turn_id))
            keep_cited(connection, cited)
            row = connection.execute(f"SELECT {_TURN} FROM turns {place}", (conversation_id, turn_id)).fetchone()
        if row is None:
            raise no_turn(turn_id)
        return _turn(title, row)

    def remove(self, visitor: str, conversation_id: str) -> None:
        """Forget a conversation with its turns."""
        with self._database.write() as connection:
            _info_of(connection, visitor, conversation_id)
            connection.execute("DELETE FROM conversations WHERE conversation_id = ?", (conversation_id,))

    def remove_all(self, visitor: str) -> None:
        """Forget all of a visitor's conversations with their turns."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM conversations WHERE visitor = ?", (visitor,))

    def note_visit(self, visitor: str, today: str) -> None:
        """Keep that a visitor who has conversations was here today, an ISO date."""
        with self._database.write() as connection:
            connection.execute("UPDATE visitors SET seen_on = ? WHERE visitor = ?", (today, visitor))

    def expire(self, before: str) -> int:
        """Forget the conversations of visitors who were here last before that day; return of how many visitors."""
        old = "SELECT visitor FROM visitors WHERE seen_on < ?"
        with self._database.read() as connection:
            if connection.execute(f"{old} LIMIT 1", (before,)).fetchone() is None:
                return 0
        with self._database.write() as connection:
            connection.execute(f"DELETE FROM conversations WHERE visitor IN ({old})", (before,))
            return connection.execute("DELETE FROM visitors WHERE seen_on < ?", (before,)).rowcount


def no_turn(turn_id: int) -> NotFoundError:
    """Return the error that says that a conversation has no such turn."""
    return NotFoundError(
        f"The conversation has no turn {turn_id}: open it again to see those there are.",
        f"这个对话里没有第 {turn_id} 号问答：请重新打开对话查看。",
    )


def _target(answer: str, document_id: str) -> str | None:
    """Return the link to the first citation of a document in an answer (JSON); None where there is none."""
    try:
        targets = (c["target"] for c in json.loads(answer)["citations"] if c["document_id"] == document_id)
        return next(targets, None)
    except (ValueError, KeyError, TypeError):  # damaged: reading it says so
        return None


def _make_room(connection: Connection, visitor: str, most: int) -> None:
    """Forget the conversations of a visitor that were added to longest ago, so that there is room for one more."""
    connection.execute(
        """DELETE FROM conversations WHERE conversation_id IN (
            SELECT conversation_id FROM conversations LEFT JOIN turns USING (conversation_id) WHERE visitor = ?
            GROUP BY conversation_id ORDER BY max(turn_id) DESC LIMIT 9223372036854775807 OFFSET ?)""",
        (visitor, most - 1),
    )


def _info_of(connection: Connection, visitor: str, conversation_id: str) -> ConversationInfo:
    row = connection.execute(
        f"{_INFO} AND c.conversation_id = ? GROUP BY c.conversation_id", (visitor, conversation_id)
    ).fetchone()
    if row is None:
        raise NotFoundError(
            f"You have no conversation {conversation_id!r}: list your conversations to see which there are.",
            f"您没有对话 {conversation_id!r}：请查看您的对话列表。",
        )
    return _info(row)


def _info(row: tuple[str, str, int, str, int]) -> ConversationInfo:
    conversation_id, title, turns, updated_at, _ = row
    return ConversationInfo(conversation_id, _cut(title), turns, updated_at)


def _cut(title: str) -> str:
    return " ".join(title.split())[:TITLE_CHARACTERS].rstrip()


def _turn(title: str, row: tuple[int, str, Rating | None, int, str]) -> StoredTurn:
    turn_id, asked_at, rating, crc, answer = row
    if zlib.crc32(answer.encode()) != crc:
        raise StoreError(
            f"The conversation {title!r} is damaged on disk: delete it and ask again.",
            f"对话“{title}”的存储内容已损坏：请删除它，再重新提问。",
        )
    return StoredTurn(turn_id, asked_at, rating, answer)
