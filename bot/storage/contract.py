"""What the store asks of a connection, whichever database it leads to, and SQL that both know."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from bot.storage.numbers import Halves, Ids


class Rows(Protocol):
    """What a statement gives: its rows as tuples, and how many it changed."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """Return the next row, None behind the last."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows."""


class Connection(Protocol):
    """A connection that takes SQL with ``?`` for each value; numbers, text and bytes come back as they were given."""

    now: str
    """SQL of the seconds since 1970, by the database's clock: those of servers differ."""
    skipping_locked: str
    """SQL behind a SELECT that takes rows for this transaction, and leaves out those that another has taken."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Rows:
        """Run a statement."""

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> object:
        """Run a statement once for each sequence of values."""

    def stream(self, sql: str, parameters: Sequence[Any] = (), /) -> Iterable[Any]:
        """Yield rows as they are read, for more than memory should hold; nothing else runs on it meanwhile."""

    def among(self, values: Iterable[Any]) -> tuple[str, Any]:
        """Return the SQL, to stand behind a column, that it has one of ``values``, and the value for its ``?``."""

    def numbers(self, sql: str, parameters: Sequence[Any] = (), /) -> Ids:
        """Return what a query yields as ``passage_id``, in its order."""

    def put_vectors(self, encoder: str, ids: Sequence[int], halves: Halves) -> None:
        """Keep a row of ``halves`` for each passage of ``ids``, with its checksum, in the place of what there is."""

    def reserve(self, table: str, key: str, count: int) -> int:
        """Return the first of ``count`` numbers in a row that no row of a table has, or ever had."""

    def tell(self, channel: str) -> None:
        """Let those who listen on ``channel`` hear of it when the transaction is on disk."""

    def number_behind(self, table: str, key: str, last: int) -> None:
        """Let ``last`` be the greatest number that a row of a new table ever had."""


def upsert(table: str, columns: str, key: str) -> str:
    """Return the SQL that puts a row in the place of that with the same key (columns, parted by commas)."""
    marks = ", ".join("?" for _ in columns.split(", "))
    return f"INSERT INTO {table} ({columns}) VALUES ({marks}) {instead(columns, key)}"


def instead(columns: str, key: str) -> str:
    """Return the end of an INSERT that takes the place of the row with the same key."""
    kept = [name for name in columns.split(", ") if name not in key.split(", ")]
    return f"ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in kept)}"


def narrowed(connection: Connection, document_ids: Sequence[str] | None) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL that a document is one of these, where any are named, with its values."""
    if document_ids is None:
        return "", ()
    among, values = connection.among(document_ids)
    return f"WHERE document_id {among}", (values,)
