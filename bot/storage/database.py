"""One SQLite file: connections, transactions, migrations, and errors that say what to do."""

import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.storage.connections import SqliteConnection, code_of, connect, connect_reading, no_writing
from bot.storage.contract import Connection, upsert
from bot.storage.home import make_new, writable
from bot.storage.schema import MIGRATIONS
from bot.types import NotFoundError, StoreError

_WRITING_PAGES, _READING_PAGES = -64_000, -2000
"""Kilobytes of pages that a connection keeps: a long transaction writes each page once if it has room for it."""
_APPLICATION = 0x596F756A  # "Youj", so that another program's database is not taken for ours


class Database:
    """A pool of connections to one file, brought to the newest schema.

    Where the file or its folder cannot be written, or the disk is full, it is read as it is, and each ``write`` tries
    anew. Any method raises StoreError where the file cannot be used.
    """

    can_hear = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[SqliteConnection] = []
        self._open = True
        self._pool_lock = threading.Lock()
        self._write_lock = threading.Lock()
        self.read_only = False
        with errors_of(path):
            try:
                self._begin()
            except sqlite3.Error as error:
                if code_of(error) not in _NO_WRITING or not path.exists() or not path.stat().st_size:
                    raise
                self.read_only = True
                with closing(self._connect()) as connection:
                    _refuse_older(connection, path)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that no other thread uses meanwhile."""
        with self._taken() as connection:
            yield connection

    @contextmanager
    def _taken(self) -> Iterator[SqliteConnection]:
        with errors_of(self._path):
            with self._pool_lock:
                connection = self._idle.pop() if self._idle else None
            connection = connection or self._connect()
            again = False
            try:
                yield connection
                again = True
            except sqlite3.Error:  # its cursor is at its end; on a full disk no other connection could be opened
                again = True
                raise
            finally:
                # Any other error may keep alive a cursor that is not at its end, and the connection with it at that
                # moment's state: whoever took it next would read what was true then.
                with self._pool_lock:
                    if again and self._open and not self.read_only:
                        self._idle.append(connection)
                    else:
                        connection.close()

    @contextmanager
    def write(self, *, beside: bool = False) -> Iterator[Connection]:
        """Give a connection in a transaction: on disk at the end, undone after an error. Writers take turns.

        ``beside``: PostgreSQL need not wait for other writers, for no other writes to these rows, or they are locked.
        """
        with self._write_lock, errors_of(self._path):
            if self.read_only:
                self._begin()
                self.read_only = False
            with self._taken() as connection:
                connection.execute(f"PRAGMA cache_size = {_WRITING_PAGES}")
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.execute("COMMIT")
                finally:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    connection.execute(f"PRAGMA cache_size = {_READING_PAGES}")

    @contextmanager
    def alone(self, *, wait: bool) -> Iterator[Callable[[], None] | None]:
        """Let one server at a time write what all derive from this; None where another does so, and no ``wait``.

        What is given raises StoreError where the turn has been lost. A file has one machine's servers alone, which hold
        the home's lock.
        """
        yield lambda: None

    def note(self, name: str) -> str | None:
        """Return what ``keep_note`` kept under ``name``; None where there is nothing."""
        with self.read() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def keep_note(self, name: str, value: str) -> None:
        """Keep ``value`` under ``name``, in place of what was there."""
        with self.write() as connection:
            connection.execute(upsert("meta", "name, value", "name"), (name, value))

    def heard(self, channel: str, end: socket.socket, seconds: float | None = None) -> Iterator[None]:
        """Yield at once, then whenever something is told on ``channel``, or so many seconds have gone by.

        It ends when there is something to read in ``end``; at once where nobody can be heard (``can_hear``).
        """
        return iter(())

    def close(self) -> None:
        """Close every connection; one that is in use is closed when its user gives it back."""
        with self._pool_lock:
            self._open = False
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    def _begin(self) -> None:
        """Bring the file to the newest schema."""
        if not writable(self._path):
            raise no_writing(self._path)
        make_new(self._path)
        with closing(connect(self._path)) as connection:
            _migrate(connection, self._path)

    def _connect(self) -> SqliteConnection:
        return connect_reading(self._path) if self.read_only else connect(self._path)


class SpareDatabase(Database):
    """A database in memory, for what cannot be kept on disk: one connection, lost when it is closed."""

    def __init__(self) -> None:
        self._connection = connect(":memory:")
        self._turn = threading.RLock()
        self._write_lock = threading.Lock()
        self.read_only = False
        _migrate(self._connection, Path(":memory:"))
        self._path = Path(":memory:")

    @contextmanager
    def _taken(self) -> Iterator[SqliteConnection]:
        with self._turn:
            yield self._connection

    def close(self) -> None:
        """Close it, and forget all."""
        self._connection.close()


@contextmanager
def errors_of(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about a file into a line that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = code_of(error)
        if code not in _CAUSES:
            raise
        en, zh = _CAUSES[code]
        raise StoreError(f"{path}: {en} ({error}).", f"{path}：{zh}（{error}）。") from error


def not_found(document_id: str) -> NotFoundError:
    """The error for a document that is not there."""
    return NotFoundError(
        f"There is no document {document_id!r}: list the documents to see which there are.",
        f"没有文档 {document_id!r}：请查看文档列表。",
    )


def damaged(source: str) -> StoreError:
    """The error for a document whose stored text is not what was written."""
    return StoreError(
        f"The stored text of {source} is damaged: remove that document and add its file again.",
        f"{source} 的存储内容已损坏：请移除该文档，再重新添加原文件。",
    )


def _refuse_older(connection: sqlite3.Connection, path: Path) -> None:
    if schema_of(connection, path) < len(MIGRATIONS):
        raise StoreError(
            f"{path} was written by an older version of Youju and cannot be written: open it once where it can be.",
            f"{path} 由旧版本的有据写入，而现在无法写入：请先在可写的地方打开一次。",
        )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    newest = len(MIGRATIONS)
    if schema_of(connection, path) == newest:
        return
    connection.execute("BEGIN IMMEDIATE")
    # Read again under the lock: another process may have just done it.
    for statements in MIGRATIONS[schema_of(connection, path) :]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {newest}")
    connection.execute("COMMIT")


def schema_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the file's schema, 0 for a new file; refuse what this program did not write."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != _APPLICATION:
        raise StoreError(
            f"{path} belongs to another program: choose another folder with --home.",
            f"{path} 是其他程序的数据库：请用 --home 另选文件夹。",
        )
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path} was written by a newer version of Youju: update Youju, or choose another folder with --home.",
            f"{path} 由更新版本的有据写入：请升级有据，或用 --home 另选文件夹。",
        )
    return int(version)


_DAMAGED = (
    "the file is damaged or is no database: bring back a backup with `python -m bot restore FILE --force`, or move the "
    "folder away and add the documents again",
    "文件已损坏或不是数据库：请用 python -m bot restore FILE --force 从备份恢复，或将文件夹移走，重新添加文档",
)
_UNWRITABLE = (
    "the file cannot be opened or written: check its permissions and its folder's",
    "文件无法打开或写入：请检查文件及其文件夹的权限",
)
_BUSY = (
    "another program is writing to it: wait for that to end, then try again",
    "另一程序正在写入：请待其结束后重试",
)
_NO_WRITING = {
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR
}  # fmt: skip
"""Errors after which the file may still be read."""
_CAUSES = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: _UNWRITABLE,
    sqlite3.SQLITE_PERM: _UNWRITABLE,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: ("the disk is full: free some space, then try again", "磁盘已满：请清理空间后重试"),
    sqlite3.SQLITE_IOERR: ("the disk failed: check it, then try again", "磁盘读写出错：请检查磁盘后重试"),
}
