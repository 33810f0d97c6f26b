"""A home as one file, and back: SQLite copies it page by page, while others go on reading and writing."""

import os
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.documents.scratch import lives
from bot.storage.checks import damaged_documents, structural_faults
from bot.storage.connections import connect, connect_reading
from bot.storage.database import Database, errors_of, schema_of
from bot.storage.home import DATABASE, LEXICAL, VECTORS, lock_of, make_new, prepare_home
from bot.types import StoreError
from embeddings.files import put_in_place


def backup(home: Path, file: Path) -> int:
    """Write all that a home holds to ``file``, in place of what is there; return how many documents that is.

    It is one state of the home: what is added meanwhile is in it whole, or not at all. The indexes are left out, for
    they are made of it.

    Raises:
        StoreError: there is no home, or the file cannot be written.
    """
    if not (home / DATABASE).exists():
        raise StoreError(
            f"There is nothing in {home}: say with --home which folder to back up.",
            f"{home} 中没有内容：请用 --home 指定要备份的文件夹。",
        )
    prepare_home(home)
    with closing(Database(home / DATABASE)) as database, database.read() as source, _beside(file) as temporary:
        assert isinstance(source, sqlite3.Connection)  # the home's file
        with closing(_empty(temporary)) as copy:
            source.backup(copy)
            count = _documents(copy)
        put_in_place(temporary, file)
    return count


def restore(file: Path, home: Path, *, force: bool = False) -> int:
    """Put a backup in the place of what a home holds; return how many documents it brings.

    The file is looked through first. The home stays as it was until all is there; a server that runs on it goes on with
    what was restored.

    Raises:
        StoreError: the file is none of Youju's or is damaged, or the home holds something and ``force`` is not given.
    """
    look_through(file)
    target = home / DATABASE
    before = _generation(target)
    if before and not force:
        raise StoreError(
            f"{home} holds something already: choose another with --home, or replace what it holds with --force.",
            f"{home} 里已有内容：请用 --home 另选文件夹；要替换其中的内容，请加 --force。",
        )
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock_of(home), _beside(target) as temporary:
        with closing(_empty(temporary)) as copy, closing(connect_reading(file)) as source:
            source.backup(copy)
            copy.execute("INSERT OR REPLACE INTO meta VALUES ('home', ?)", (secrets.token_hex(8),))
            copy.execute(
                "UPDATE meta SET value = max(CAST(value AS INTEGER), ?) + 1 WHERE name = 'generation'", (before,)
            )
            count = _documents(copy)
        # Nothing that was made of the former content may be taken for what is made of this one.
        for derived in (home / LEXICAL / "manifest.json", *home.glob(f"{VECTORS}*")):
            derived.unlink(missing_ok=True)
        _overwrite(target, temporary)
    prepare_home(home)
    return count


def look_through(file: Path) -> None:
    """Check a backup.

    Raises:
        StoreError: it is not there, none of Youju's, of a newer version, or damaged.
    """
    if not file.is_file():
        raise StoreError(f"{file} is not there: check its name.", f"没有 {file} 这个文件：请检查文件名。")
    with errors_of(file), closing(connect_reading(file)) as connection:
        if schema_of(connection, file) == 0:
            raise StoreError(f"{file} is no backup: choose another file.", f"{file} 不是备份：请另选文件。")
        faults = structural_faults(connection) or damaged_documents(connection)
    if faults:
        raise StoreError(
            f"{file} is damaged ({faults[0]}): choose another backup.",
            f"{file} 已损坏（{faults[0]}）：请另选一份备份。",
        )


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Give a name for an unfinished file beside ``file``; what is left under it at the end is deleted."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        _clear_killed(file)
        with errors_of(file):
            yield temporary
    except OSError as error:
        raise StoreError(
            f"{file} cannot be written ({error.strerror}): choose another place, or check its permissions.",
            f"{file} 无法写入（{error.strerror}）：请另选位置，或检查权限。",
        ) from error
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            temporary.with_name(temporary.name + end).unlink(missing_ok=True)


def _clear_killed(file: Path) -> None:
    """Delete what killed runs have left beside ``file``."""
    left = re.compile(re.escape(file.name) + r"\.(\d+)\.tmp(-\w+)?")
    for path in file.parent.iterdir():
        found = left.fullmatch(path.name)
        if found and not lives(int(found[1])):
            path.unlink(missing_ok=True)


def _empty(path: Path) -> sqlite3.Connection:
    """Begin a database that is one file at every moment, private, and on disk with each transaction."""
    make_new(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _documents(copy: sqlite3.Connection) -> int:
    """Leave write-ahead logging, so that the file is whole by itself; return how many documents it holds."""
    copy.execute("PRAGMA journal_mode=DELETE")
    return int(copy.execute("SELECT count(*) FROM documents").fetchone()[0])


def _generation(database: Path) -> int:
    """Return at which generation a home is; 0 for a new one, 1 where that cannot be told."""
    if not database.exists() or not database.stat().st_size:
        return 0
    try:
        with closing(connect_reading(database)) as connection:
            (generation,) = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
            (turns,) = connection.execute("SELECT count(*) FROM turns").fetchone()
            return int(generation) or min(1, turns)
    except (sqlite3.Error, TypeError, ValueError):
        return 1


def _overwrite(target: Path, source: Path) -> None:
    """Copy a database over another in one transaction; one too damaged for that makes way for it."""
    make_new(target)
    try:
        with closing(sqlite3.connect(source)) as copy, closing(connect(target)) as home:
            copy.backup(home)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        for end in ("-wal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)
        put_in_place(source, target)
    with suppress(sqlite3.Error), closing(connect(target)) as home:
        home.execute("PRAGMA wal_checkpoint(TRUNCATE)")
