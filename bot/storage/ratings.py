"""What people think of answers, a row a turn. It holds all that a test needs and outlives the conversation."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.storage.contract import upsert
from bot.storage.database import Database
from bot.types import Rating

_COLUMNS = 'turn_id, rating, question, refused, quotes, "right", rated_at'


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document."""

    document_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of one turn.

    ``question`` is as searched, ``refused`` whether the answer was a refusal, ``quotes`` what it cited, ``right`` the
    paragraph that was said to be the right one, sentence by sentence (none: not said). ``rated_at`` is in UTC.
    """

    turn_id: int
    rating: Rating
    question: str
    refused: bool
    quotes: tuple[Quote, ...]
    right: tuple[Quote, ...]
    rated_at: str

    @property
    def answers(self) -> tuple[Quote, ...]:
        """The words that answer the question, as far as this feedback says."""
        return self.quotes if self.rating == "good" else self.right

    @property
    def unanswerable(self) -> bool:
        """Whether it says that refusing was right."""
        return self.rating == "good" and self.refused


class RatingTable:
    """Everybody's feedback, the last word of each turn. Any method raises StoreError where the file cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, item: Feedback) -> None:
        """Keep feedback in place of what was said of its turn before."""
        values = (item.turn_id, item.rating, item.question, int(item.refused), _json(item.quotes), _json(item.right))
        with self._database.write() as connection:
            connection.execute(upsert("feedback", _COLUMNS, "turn_id"), (*values, item.rated_at))

    def remove(self, turn_id: int) -> None:
        """Forget what was said of a turn, where anything was."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM feedback WHERE turn_id = ?", (turn_id,))

    def all(self) -> list[Feedback]:
        """Return all feedback, the oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM feedback ORDER BY rated_at, turn_id").fetchall()
        return [
            Feedback(turn_id, rating, question, bool(refused), _quotes(quotes), _quotes(right), rated_at)
            for turn_id, rating, question, refused, quotes, right, rated_at in rows
        ]


def _json(quotes: Sequence[Quote]) -> str:
    return json.dumps([(quote.document_id, quote.text) for quote in quotes], ensure_ascii=False)


def _quotes(stored: str) -> tuple[Quote, ...]:
    return tuple(Quote(document_id, text) for document_id, text in json.loads(stored))
