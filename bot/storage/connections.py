"""How the database is opened: to write, or as it stands where nothing can be written."""

import sqlite3
from functools import partial
from pathlib import Path

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "journal_size_limit=67108864")
_READING = ("mode=ro", "mode=ro&readonly_shm=1")
_text = partial(str, encoding="utf-8", errors="replace")  # half the time of a function of one's own
_UNCHANGING = "mode=ro&immutable=1"


def connect(path: Path | str) -> sqlite3.Connection:
    """Open a file to read and write it; it is made where there is none."""
    connection = _prepared(sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False))
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_reading(path: Path) -> sqlite3.Connection:
    """Open a file to read it, so that nothing is written, beside it neither.

    Where its log holds transactions, they are read too; without a log the file is all there is.
    """
    log = path.with_name(f"{path.name}-wal")
    ways = _READING if log.exists() and log.stat().st_size else (_UNCHANGING,)
    for way in ways:
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{way}", uri=True, timeout=30, isolation_level=None, check_same_thread=False
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


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    # A damaged byte must not stop the read: the checksums say which document it is in.
    connection.text_factory = _text
    return connection
