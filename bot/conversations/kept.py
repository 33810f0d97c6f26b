"""Conversations: what each visitor asked, with the very answers that were given.

An answer is kept as JSON with a checksum, never asked again: documents change, and a citation must still show what it
proved on the day. Everything is by visitor; to one, another's conversation does not exist.
"""

import json
import secrets
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from bot.language.folding import fold
from bot.storage.database import Database
from bot.types import (
    Answer,
    Conversation,
    ConversationInfo,
    NotFoundError,
    QuestionError,
    Rating,
    StoreError,
    Turn,
    as_json,
    digest,
)

TITLE_CHARACTERS = 60
"""A longer title is cut."""

_EMPTY: dict[Any, Any] = {str: "", int: 0, float: 0.0, bool: False}
_INFO = """SELECT conversation_id, coalesce(title, (SELECT question FROM turns first
        WHERE first.conversation_id = c.conversation_id ORDER BY turn_id LIMIT 1)), count(*), asked_at, max(turn_id)
    FROM conversations c JOIN turns USING (conversation_id) WHERE visitor = ?"""
_TURN = "turn_id, answer, asked_at, rating, crc"
_CITED = 'INSERT OR IGNORE INTO cited (document_id, start, "end", digest, quote) VALUES (?, ?, ?, ?, ?)'


class Conversations:
    """The conversations kept in one database. Usable from several threads.

    ``visitor`` is the secret that tells visitors apart. Any method raises StoreError where the file cannot be used, and
    those that take a conversation's id NotFoundError where the visitor has no such conversation.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, visitor: str, query: str = "") -> Sequence[ConversationInfo]:
        """List a visitor's conversations, the one that was last added to first.

        ``query`` keeps those in which each of its words stands, in the title, a question or an answer; width, case and
        traditional characters make no difference.
        """
        with self._database.read() as connection:
            rows = connection.execute(
                f"{_INFO} GROUP BY conversation_id ORDER BY max(turn_id) DESC", (visitor,)
            ).fetchall()
            words = fold(query).split()
            texts = _texts(connection, visitor) if words else {}
        found = [_info(row) for row in rows]
        return [
            info
            for info in found
            if all(word in fold(info.title) + "\n" + texts.get(info.conversation_id, "") for word in words)
        ]

    def turns(self, visitor: str, conversation_id: str) -> tuple[Turn, ...]:
        """Return the turns of a conversation, oldest first."""
        return self.conversation(visitor, conversation_id).turns

    def conversation(self, visitor: str, conversation_id: str) -> Conversation:
        """Return a conversation with its turns; each answer equals the one that was appended.

        Raises:
            StoreError: what is stored of a turn is damaged.
        """
        with self._database.read() as connection:
            info = _found(connection, visitor, conversation_id)
            rows = connection.execute(
                f"SELECT {_TURN} FROM turns WHERE conversation_id = ? ORDER BY turn_id",
                (conversation_id,),
            ).fetchall()
        return Conversation(
            info.conversation_id, info.title, info.updated_at, tuple(_turn(info.title, row) for row in rows)
        )

    def append(
        self, visitor: str, conversation_id: str | None, answer: Answer, at: int | None = None
    ) -> tuple[str, Turn]:
        """Keep a question with its answer; return the conversation's id and the turn. On disk when this returns.

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
        stored, asked_at = _json(answer), datetime.now(UTC).isoformat(timespec="seconds")
        folded = fold(f"{answer.question}\n{answer.text}")
        with self._database.write() as connection:
            if conversation_id is None:
                conversation_id = secrets.token_hex(8)
                connection.execute("INSERT INTO conversations VALUES (?, ?, NULL)", (conversation_id, visitor))
            else:
                _found(connection, visitor, conversation_id)
            if at is not None:
                connection.execute(
                    """DELETE FROM turns WHERE turn_id IN
                    (SELECT turn_id FROM turns WHERE conversation_id = ? ORDER BY turn_id LIMIT -1 OFFSET ?)""",
                    (conversation_id, at),
                )
            turn_id = connection.execute(
                """INSERT INTO turns (conversation_id, asked_at, question, folded, crc, answer)
                VALUES (?, ?, ?, ?, ?, ?)""",
                (conversation_id, asked_at, answer.question, folded, zlib.crc32(stored.encode()), stored),
            ).lastrowid
            connection.executemany(_CITED, _cited(answer))
        assert turn_id is not None
        return conversation_id, Turn(turn_id, answer.question, answer, asked_at)

    def rename(self, visitor: str, conversation_id: str, title: str) -> ConversationInfo:
        """Give a conversation a title (cut at 60 characters); an empty one: by its first question again."""
        # Half a surrogate pair, which JSON can carry, is no text.
        line = _title(title.encode("utf-8", "replace").decode())
        with self._database.write() as connection:
            _found(connection, visitor, conversation_id)
            connection.execute(
                "UPDATE conversations SET title = ? WHERE conversation_id = ?", (line or None, conversation_id)
            )
            return _found(connection, visitor, conversation_id)

    def rate(self, visitor: str, conversation_id: str, turn_id: int, rating: Rating | None) -> Turn:
        """Keep what the visitor thinks of a turn's answer, and return the turn; None takes it back.

        Raises:
            NotFoundError: the conversation has no such turn.
            StoreError: what is stored of the turn is damaged; nothing is kept then.
        """
        with self._database.write() as connection:
            info = _found(connection, visitor, conversation_id)
            place = "WHERE conversation_id = ? AND turn_id = ?"
            connection.execute(f"UPDATE turns SET rating = ? {place}", (rating, conversation_id, turn_id))
            row = connection.execute(f"SELECT {_TURN} FROM turns {place}", (conversation_id, turn_id)).fetchone()
            if row is not None:
                return _turn(info.title, row)
        raise NotFoundError(
            f"The conversation has no turn {turn_id}: open it again to see those there are.",
            f"这个对话里没有第 {turn_id} 号问答：请重新打开对话查看。",
        )

    def remove(self, visitor: str, conversation_id: str) -> None:
        """Forget a conversation with its turns."""
        with self._database.write() as connection:
            _found(connection, visitor, conversation_id)
            connection.execute("DELETE FROM conversations WHERE conversation_id = ?", (conversation_id,))


def answer_from_json(value: dict[str, Any]) -> Answer:
    """Turn what ``as_json`` made of an answer back into it.

    A field that a newer version wrote is left out; one that an older version did not write has its default, or the
    empty value of its type.
    """
    answer: Answer = _reader(Answer)(value)
    return answer


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what turns JSON (None where there is nothing) into a value of ``kind``."""
    args, origin = get_args(kind), get_origin(kind)
    if type(None) in args:
        present = _reader(next(arg for arg in args if arg is not type(None)))
        return lambda value: None if value is None else present(value)
    if origin is tuple and args[-1] is not Ellipsis:
        readers = [_reader(arg) for arg in args]
        return lambda value: tuple(read(item) for read, item in zip(readers, value or (), strict=False))
    if origin is tuple:
        each = _reader(args[0])
        return lambda value: tuple(each(item) for item in value or ())
    if origin is dict:
        of = _reader(args[1])
        return lambda value: {key: of(item) for key, item in (value or {}).items()}
    if is_dataclass(kind):
        return _object_reader(kind)
    empty = _EMPTY.get(kind)
    return lambda value: empty if value is None else value


def _object_reader(kind: Any) -> Callable[[Any], Any]:
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    needed = {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}

    def read(value: dict[str, Any] | None) -> Any:
        value = value or {}
        return kind(**{n: reader(value.get(n)) for n, reader in readers.items() if n in value or n in needed})

    return read


def _json(answer: Answer) -> str:
    return json.dumps(as_json(answer), ensure_ascii=False, separators=(",", ":"))


def _title(text: str) -> str:
    return " ".join(text.split())[:TITLE_CHARACTERS].rstrip()


def _info(row: tuple[str, str, int, str, int]) -> ConversationInfo:
    conversation_id, title, turns, updated_at, _ = row
    return ConversationInfo(conversation_id, _title(title), turns, updated_at)


def _found(connection: sqlite3.Connection, visitor: str, conversation_id: str) -> ConversationInfo:
    row = connection.execute(
        f"{_INFO} AND conversation_id = ? GROUP BY conversation_id", (visitor, conversation_id)
    ).fetchone()
    if row is None:
        raise NotFoundError(
            f"You have no conversation {conversation_id!r}: list your conversations to see which there are.",
            f"您没有对话 {conversation_id!r}：请查看您的对话列表。",
        )
    return _info(row)


def _texts(connection: sqlite3.Connection, visitor: str) -> dict[str, str]:
    """Return the folded questions and answers of each conversation."""
    texts: dict[str, str] = {}
    for conversation_id, folded in connection.execute(
        "SELECT conversation_id, folded FROM turns JOIN conversations USING (conversation_id) WHERE visitor = ?",
        (visitor,),
    ):
        texts[conversation_id] = texts.get(conversation_id, "") + "\n" + folded
    return texts


def _turn(title: str, row: tuple[int, str, str, Rating | None, int]) -> Turn:
    turn_id, stored, asked_at, rating, crc = row
    if zlib.crc32(stored.encode()) != crc:
        raise StoreError(
            f"The conversation {title!r} is damaged on disk: delete it and ask again.",
            f"对话“{title}”的存储内容已损坏：请删除它，再重新提问。",
        )
    answer = answer_from_json(json.loads(stored))
    return Turn(turn_id, answer.question, answer, asked_at, rating)


def _cited(answer: Answer) -> list[tuple[str, int, int, str, str]]:
    """What the links of an answer lead to: document, span, digest and words."""
    spans = [(c.document_id, c.start, c.end, c.quote) for c in answer.citations]
    spans += [(hit.document_id, hit.start, hit.end, hit.text) for hit in answer.nearest]
    return [(document_id, start, end, digest(text), text) for document_id, start, end, text in spans]
