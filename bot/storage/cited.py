"""The words that links to citations lead to: kept for every citation of a kept turn, apart from the turn."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.storage.contract import Connection
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class CitedWords:
    """What stood at a span of a document when it was cited; ``digest`` is that of ``types.digest``."""

    document_id: str
    start: int
    end: int
    digest: str
    quote: str


class CitedTable:
    """The words cited, by document, span and digest. Any method raises StoreError where the file cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def quote(self, document_id: str, start: int, end: int, digest: str) -> str | None:
        """Return the words that were cited there; None where they are not known."""
        query = 'SELECT quote FROM cited WHERE document_id = ? AND start = ? AND "end" = ? AND digest = ?'
        with self._database.read() as connection:
            row = connection.execute(query, (document_id, start, end, digest)).fetchone()
        return None if row is None else str(row[0])


def keep_cited(connection: Connection, cited: Iterable[CitedWords]) -> None:
    """Keep words within the transaction of the turn that cites them; those that are kept already stay."""
    connection.executemany(
        'INSERT INTO cited (document_id, start, "end", digest, quote) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        ((words.document_id, words.start, words.end, words.digest, words.quote) for words in cited),
    )
