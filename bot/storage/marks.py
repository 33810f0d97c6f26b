"""Paragraphs that people have marked as the answer to a question. A mark goes when its document is removed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.storage.database import Database
from bot.types import NotFoundError


@dataclass(frozen=True, slots=True)
class Mark:
    """That the paragraph at ``start``..``end`` of a document, with the words ``quote``, answers ``question``.

    ``question`` is as searched, ``scope`` the ids of the documents that were asked (None: all), ``turn_id`` the turn
    whose answer was wrong. ``marked_at`` is in UTC. ``mark_id`` grows with each mark and is never used twice.
    """

    question: str
    scope: tuple[str, ...] | None
    document_id: str
    start: int
    end: int
    quote: str
    turn_id: int
    marked_at: str
    mark_id: int = 0


class MarkTable:
    """All marks of a home. Any method raises StoreError where the file cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Mark]:
        """Return all marks, the newest first."""
        query = """SELECT question, scope, document_id, start, "end", quote, turn_id, marked_at, mark_id FROM marks
            ORDER BY mark_id DESC"""
        with self._database.read() as connection:
            return [
                Mark(question, _scope(scope), *row) for question, scope, *row in connection.execute(query).fetchall()
            ]

    def keep(self, mark: Mark, instead_of: Iterable[int] = ()) -> None:
        """Keep a mark, in place of those of the ids ``instead_of``."""
        scope = None if mark.scope is None else json.dumps(mark.scope)
        values = (mark.question, scope, mark.document_id, mark.start, mark.end, mark.quote, mark.turn_id)
        with self._database.write() as connection:
            connection.executemany("DELETE FROM marks WHERE mark_id = ?", [(i,) for i in instead_of])
            connection.execute(
                'INSERT INTO marks (question, scope, document_id, start, "end", quote, turn_id, marked_at) '
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*values, mark.marked_at),
            )

    def remove(self, mark_id: int) -> None:
        """Take a mark back, and with it what the feedback on its turn says to be right.

        Raises:
            NotFoundError: there is no such mark.
        """
        with self._database.write() as connection:
            row = connection.execute("SELECT turn_id FROM marks WHERE mark_id = ?", (mark_id,)).fetchone()
            if row is None:
                raise NotFoundError(
                    f"There is no mark {mark_id} (any more): ask the question again to see what answers it now.",
                    f"没有标注 {mark_id}（或已撤销）：请重新提问，看现在的回答。",
                )
            connection.execute("DELETE FROM marks WHERE mark_id = ?", (mark_id,))
            connection.execute("""UPDATE feedback SET "right" = '[]' WHERE turn_id = ?""", row)

    def remove_of_turn(self, turn_id: int) -> None:
        """Take back what was marked at a turn, where anything was."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM marks WHERE turn_id = ?", (turn_id,))


def _scope(stored: str | None) -> tuple[str, ...] | None:
    return None if stored is None else tuple(json.loads(stored))
