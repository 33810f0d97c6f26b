"""Folders that are kept in step: where each is, and what of its files was read; where files that were added stood."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.storage.contract import Connection, upsert
from bot.storage.database import Database
from bot.types import NotFoundError

_DIGEST = re.compile("[0-9a-f]{64}")
_FILE = "name, path, size, mtime_ns, digest, own, parser, error_en, error_zh"
UNREAD = -1
"""A time of change that no file has: it is to be read, whatever its content."""


@dataclass(frozen=True, slots=True)
class StoredFolder:
    """A folder under its name: ``path`` is absolute, ``device`` that of its disk, ``synced_at`` when it was in step."""

    name: str
    path: str
    device: int | None = None
    synced_at: str | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was when it was read last: size in bytes, time of change in nanoseconds, digest of its content.

    ``own``: it is a document itself, and does not only carry others. ``error_*`` say why it could not be read by this
    version of the ``parser``. ``mtime_ns`` is ``UNREAD`` where a file was about to be read.
    """

    size: int
    mtime_ns: int
    digest: str
    own: bool
    parser: int
    error_en: str | None = None
    error_zh: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the row that it was made of can be true."""
        errors = (self.error_en, self.error_zh)
        return (
            all(isinstance(number, int) for number in (self.size, self.mtime_ns, self.parser))
            and self.own in (False, True)
            and isinstance(self.digest, str)
            and (_DIGEST.fullmatch(self.digest) is not None or (not self.digest and self.mtime_ns == UNREAD))
            and (errors == (None, None) or all(isinstance(error, str) for error in errors))
        )


class FolderTable:
    """The folders of a home, and their files by path within the folder, with slashes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[StoredFolder]:
        """Return the folders by name."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT name, path, device, synced_at FROM folders ORDER BY name")
            return [StoredFolder(*row) for row in rows]

    def find(self, name: str) -> StoredFolder:
        """Return a folder by its name.

        Raises:
            NotFoundError: there is none of that name.
        """
        found = next((folder for folder in self.all() if folder.name == name), None)
        if found is None:
            raise no_folder(name)
        return found

    def put(self, name: str, path: str) -> None:
        """Keep a folder under ``name``, or let one that is kept be at ``path`` from now on."""
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO folders (name, path) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET path = excluded.path",
                (name, path),
            )

    def forget(self, name: str) -> None:
        """Forget a folder and what was read of it; documents stay."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM folders WHERE name = ?", (name,))

    def note_synced(self, name: str, device: int) -> None:
        """Note that a folder, which is on the disk ``device``, is in step now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.write() as connection:
            connection.execute("UPDATE folders SET device = ?, synced_at = ? WHERE name = ?", (device, now, name))

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return of each folder how many files were read, and how many could not be."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT name, count(*) - count(error_en), count(error_en) FROM folder_files GROUP BY name"
            )
            return {name: (read, failed) for name, read, failed in rows}

    def files(self, name: str) -> dict[str, StoredFile]:
        """Return what was read of a folder, by path."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT path, size, mtime_ns, digest, own, parser, error_en, error_zh FROM folder_files WHERE name = ?",
                (name,),
            )
            return {path: StoredFile(*row) for path, *row in rows}

    def keep(self, name: str, files: Mapping[str, StoredFile], gone: Iterable[str] = ()) -> None:
        """Keep what was read of ``files``, and nothing of those that are ``gone``."""
        with self._database.write() as connection:
            keep_files(connection, name, files, gone)


class OriginTable:
    """Where the files stood that were added by their paths, by source."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, str]:
        """Return the absolute path of each file, by the source it was added under."""
        with self._database.read() as connection:
            return dict(connection.execute("SELECT source, path FROM origins"))

    def keep(self, paths: Mapping[str, str]) -> None:
        """Note where files stood, by source."""
        with self._database.write() as connection:
            connection.executemany(upsert("origins", "source, path", "source"), paths.items())


def keep_files(connection: Connection, name: str, files: Mapping[str, StoredFile], gone: Iterable[str] = ()) -> None:
    """Do as ``FolderTable.keep``, in a transaction that does more."""
    connection.executemany("DELETE FROM folder_files WHERE name = ? AND path = ?", ((name, path) for path in gone))
    connection.executemany(
        upsert("folder_files", _FILE, "name, path"),
        (
            (name, path, f.size, f.mtime_ns, f.digest, int(f.own), f.parser, f.error_en, f.error_zh)
            for path, f in files.items()
        ),
    )


def same_name(source: str) -> str:
    """Return a source in the one form of those that look the same: systems write accents in one character or two."""
    return unicodedata.normalize("NFC", source)


def forget_file(connection: Connection, source: str) -> None:
    """Forget what was read of the file that a document came of, by itself or with others: it is read again."""
    name, _, path = source.partition("/")
    parts = path.split("/")
    paths = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    connection.executemany("DELETE FROM folder_files WHERE name = ? AND path = ?", ((name, path) for path in paths))


def no_folder(name: str) -> NotFoundError:
    """The error for a folder that is not kept in step."""
    return NotFoundError(
        f"No folder named {name!r} is kept in step: list the folders to see which there are.",
        f"没有名为“{name}”的同步文件夹：请查看文件夹列表。",
    )
