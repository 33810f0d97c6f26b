"""Which files the index of words has, what stands in them, and whether they are as they were written."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from embeddings.files import checksum, replace_file

MANIFEST = "manifest.json"
PARTS = ("passages", "documents")
TEXTS = "texts"
"""The folder of the files of ``Positions``."""

_SMALL = 10_000
"""Documents of a segment: up to so many tantivy takes all for alike."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in the index. ``files`` maps a path relative to the index's folder to its CRC-32.

    ``late`` holds how long the documents are that came in small updates, each of which left a segment.
    """

    format: str
    generation: int = 0
    revisions: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """The names of the files of ``Positions``, in order."""
        return sorted(name.removeprefix(f"{TEXTS}/") for name in self.files if name.startswith(f"{TEXTS}/"))

    def write(self, folder: Path) -> None:
        """Write it to the index's folder, on disk when this returns."""
        body = json.dumps(asdict(self), ensure_ascii=False).encode()
        replace_file(folder / MANIFEST, b"%08x\n" % zlib.crc32(body), body)


def checksums(folder: Path, known: Mapping[str, int], texts: Iterable[str]) -> dict[str, int]:
    """Return the CRC-32 of each file of both parts and of ``texts``; none is written twice but meta.json."""
    found = {}
    paths = sorted(path for part in PARTS for path in (folder / part).iterdir())
    for path in (*paths, *(folder / TEXTS / name for name in texts)):
        if path.name.startswith("."):  # locks, and the list of files that may be deleted
            continue
        name = path.relative_to(folder).as_posix()
        found[name] = known[name] if name in known and path.name != "meta.json" else _checksum(path)
    return found


def _checksum(path: Path) -> int:
    with path.open("rb") as file:
        return checksum(file)


def read_manifest(folder: Path, mark: str) -> Manifest | None:
    """Return the manifest; None where there is none, or it is damaged or without this ``mark``."""
    try:
        crc, _, body = (folder / MANIFEST).read_bytes().partition(b"\n")
    except OSError:
        return None
    if b"%08x" % zlib.crc32(body) != crc:
        return None
    content = json.loads(body)
    return Manifest(**content) if content["format"] == mark else None


def small_segments(folder: Path) -> int:
    """Return how many segments of few documents tantivy has in the index in ``folder``.

    Raises:
        OSError: there is none.
    """
    segments = json.loads((folder / "meta.json").read_bytes())["segments"]
    return sum(segment["max_doc"] <= _SMALL for segment in segments)


def is_whole(folder: Path, manifest: Manifest, known: Mapping[str, int]) -> bool:
    """Tell whether the files are as they were written; ``known`` ones, which are never changed, need only be there."""
    try:
        return all(
            (folder / name).stat().st_size > 0
            if known.get(name) == value and not name.endswith("meta.json")
            else _checksum(folder / name) == value
            for name, value in manifest.files.items()
        )
    except OSError:
        return False
