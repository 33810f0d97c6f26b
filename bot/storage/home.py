"""The folder that holds everything: private, without what killed runs have left, and never a new one by mistake."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from bot.types import StoreError

DATABASE = "youju.db"
LEXICAL = "lexical"
VECTORS = "vectors.faiss"
SENTENCES = "sentences"
_LOCK, _SYNC_LOCK = "lock", "sync.lock"
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_LEFT = re.compile(r".+\.(?P<pid>\d+)\.tmp(?:-\w+)?|\.tmp\w+")
"""Names of files that a process writes before they get their own: with its number, or as tantivy calls them."""


def writable(path: Path) -> bool:
    """Tell whether a file, and the folder it stands in, may be written; no promise that there is room."""
    return os.access(path.parent, os.W_OK | os.X_OK) and (not path.exists() or os.access(path, os.W_OK))


def lock_of(home: Path) -> FileLock:
    """Return the lock under which one process at a time writes."""
    return FileLock(home / _LOCK, mode=_PRIVATE_FILE)


def sync_lock_of(home: Path) -> FileLock:
    """Return the lock under which one process at a time brings a folder into step."""
    return FileLock(home / _SYNC_LOCK, mode=_PRIVATE_FILE)


def prepare_home(home: Path, *, holds_all: bool = True) -> None:
    """Make the folder where there is none, take others' rights to it away, clear what killed runs have left.

    ``holds_all``: the database stands in it, and not only what is derived of one elsewhere.

    Raises:
        StoreError: the folder cannot be made or read, or its database is gone though its indexes are there.
    """
    try:
        home.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        usable = os.access(home, os.R_OK | os.X_OK)
    except OSError:
        usable = False
    database = home / DATABASE
    if not usable or not (database.exists() or writable(database)):
        raise StoreError(
            f"{home} is not a folder that can be written: choose another with --home, or change its permissions.",
            f"{home} 不是可写的文件夹：请用 --home 另选一个，或修改其权限。",
        )
    if holds_all:
        _refuse_without_database(home)
    if writable(database):
        _clear(home)
        make_private(home)


def make_private(home: Path) -> None:
    """Let nobody else read the folder and what is in it, where that can be said."""
    if sys.platform == "win32":
        return
    own = list(_files(home))
    alone = len([path for path in own if path.parent == home]) == len(list(home.iterdir()))
    # A folder that holds other things as well is somebody's, who knows who may read it.
    for path in (home, *own) if alone else own:
        wanted = _PRIVATE_FOLDER if path.is_dir() else _PRIVATE_FILE
        with suppress(OSError):
            if path.stat().st_mode & 0o777 != wanted:
                path.chmod(wanted)


def make_new(path: Path) -> None:
    """Begin an empty file that nobody else can read, unless it is there."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE_FILE))


def _refuse_without_database(home: Path) -> None:
    database = home / DATABASE
    if database.exists() and database.stat().st_size:
        return
    log = home / f"{DATABASE}-wal"
    left = [path for path in (home / LEXICAL / "manifest.json", home / VECTORS, log) if path.exists()]
    if any(path.stat().st_size for path in left):
        names = ", ".join(path.relative_to(home).parts[0] for path in left)
        raise StoreError(
            f"{database} is {'empty' if database.exists() else 'gone'}, though {names} show that documents were here: "
            "bring them back with `python -m bot restore FILE`, or delete the whole folder to begin anew.",
            f"{database} {'是空的' if database.exists() else '不见了'}，而 {names} 表明这里有过文档："
            "请用 python -m bot restore FILE 从备份恢复；要从头开始，请删除整个文件夹。",
        )


def _clear(home: Path) -> None:
    """Delete the unfinished files of processes that are no more; while one writes, nothing is touched."""
    left = [path for path in _files(home) if _LEFT.fullmatch(path.name)]
    if not left:
        return
    with suppress(Timeout, OSError), lock_of(home).acquire(timeout=0):
        for path in left:
            path.unlink(missing_ok=True)


def _files(home: Path) -> Iterator[Path]:
    """Yield what is Youju's own in the folder: other files may lie there too."""
    for path in home.iterdir():
        if path.name.startswith((DATABASE, VECTORS)) or path.name in (_LOCK, _SYNC_LOCK, LEXICAL, SENTENCES):
            yield path
            if path.is_dir():
                yield from (below for below in path.rglob("*"))
