"""What is told of folders and collections."""

from dataclasses import dataclass
from typing import Literal

from bot.types import IngestReport


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What came of bringing a folder into step. ``added``, ``changed`` and ``removed`` are paths within it.

    ``moved`` are pairs, the old path first. ``failed`` says of each file that cannot be read why, whenever it was
    found. ``other`` counts files that are not read because of their kind.
    """

    name: str
    path: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    other: int = 0
    failed: tuple[IngestReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Going:
    """How far adding is: ``done`` of ``total`` files that are to be read, or of passages that are kept or indexed."""

    done: int
    total: int
    of: Literal["files", "kept", "indexed"] = "files"


def going(done: int, total: int, label: str) -> Going:
    """Return what ``Progress`` was told."""
    return Going(done, total, "kept" if label == "store" else "indexed" if label == "embed" else "files")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is kept in step: as a collection it is called ``name``.

    ``there``: it can be looked at now. ``set``: the settings name it. ``files`` were read, ``failed`` could not be.
    ``synced_at`` is None until it is in step for the first time; ``going`` is None where nothing is being done.
    ``error_en`` and ``error_zh`` say why it could not be brought into step the last time.
    """

    name: str
    path: str
    there: bool
    set: bool
    files: int = 0
    failed: int = 0
    synced_at: str | None = None
    going: Going | None = None
    error_en: str | None = None
    error_zh: str | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents that are asked together: those of a folder and below, or those with a tag.

    ``in_step``: it is a folder that is kept in step.
    """

    name: str
    kind: Literal["folder", "tag"]
    documents: int
    in_step: bool = False
