"""How the database is opened: to write, or as it stands where nothing can be written."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bot.storage.numbers import Halves, Ids

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "journal_size_limit=67108864")
_READING = ("mode=ro", "mode=ro&readonly_shm=1")
_text = partial(str, encoding="utf-8", errors="replace")  # half the time of a function of one's own
_UNCHANGING = "mode=ro&immutable=1"


class SqliteConnection(sqlite3.Connection):
    """A connection to a file, as ``contract.Connection`` wants it."""

    now = "CAST(strftime('%s', 'now') AS INTEGER)"
    skipping_locked = ""  # writers take turns

    def stream(self, sql: str, parameters: Sequence[Any] = (), /) -> Iterable[Any]:
        """Yield rows as they are read."""
        return self.execute(sql, parameters)

    def among(self, values: Iterable[Any]) -> tuple[str, Any]:
        """Return the SQL that a column has one of ``values``, and the value for its ``?``."""
        return "IN (SELECT value FROM json_each(?))", json.dumps(list(values), separators=(",", ":"))

    def numbers(self, sql: str, parameters: Sequence[Any] = (), /) -> Ids:
        """Return what a query yields as ``passage_id``; in one value: each row makes other threads take turns."""
        row = self.execute(f"SELECT json_group_array(passage_id) FROM ({sql})", parameters).fetchone()
        return np.array(json.loads(row[0]), np.int64)

    def put_vectors(self, encoder: str, ids: Sequence[int], halves: Halves) -> None:
        """Keep vectors of passages: all in one statement, which other threads need not wait for."""
        # A number is a passage's, behind it a checksum.
        numbers = [number << 32 | zlib.crc32(row) for number, row in zip(ids, halves, strict=True)]
        self.execute(
            """INSERT OR REPLACE INTO vectors
            SELECT content_hash, ?1, substr(?2, 1 + key * ?3, ?3), value & 0xffffffff
            FROM json_each(?4) CROSS JOIN passages ON passage_id = value >> 32""",
            (encoder, halves.tobytes(), halves[:1].nbytes, json.dumps(numbers, separators=(",", ":"))),
        )

    def reserve(self, table: str, key: str, count: int) -> int:
        """Return the first number that no row of a table ever had; those that follow are free too."""
        last = self.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return 1 + (last[0] if last else 0)

    def tell(self, channel: str) -> None:
        """Nobody listens: who reads the file compares its generation."""

    def number_behind(self, table: str, key: str, last: int) -> None:
        """Let ``last`` be the greatest number that a row of a new table ever had."""
        self.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        self.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def connect(path: Path | str) -> SqliteConnection:
    """Open a file to read and write it; it is made where there is none."""
    connection = _prepared(
        sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False, factory=SqliteConnection)
    )
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_reading(path: Path) -> SqliteConnection:
    """Open a file to read it, so that nothing is written, beside it neither.

    Where its log holds transactions, they are read too; without a log the file is all there is.
    """
    log = path.with_name(f"{path.name}-wal")
    ways = _READING if log.exists() and log.stat().st_size else (_UNCHANGING,)
    for way in ways:
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{way}",
                uri=True,
                timeout=30,
                isolation_level=None,
                check_same_thread=False,
                factory=SqliteConnection,
            )
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return _prepared(connection)
        except sqlite3.Error:
            if way == ways[-1]:
                raise
    raise AssertionError(path)


def no_writing(path: Path) -> sqlite3.OperationalError:
    """The error of SQLite for a file that cannot be written, before it is asked."""
    error = sqlite3.OperationalError(f"attempt to write a readonly database {path.name}")
    error.sqlite_errorcode = sqlite3.SQLITE_READONLY
    return error


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary code of an error; 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _prepared(connection: SqliteConnection) -> SqliteConnection:
    # A damaged byte must not stop the read: the checksums say which document it is in.
    connection.text_factory = _text
    return connection
