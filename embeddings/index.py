"""Nearest vectors of a set that changes: what was written stays in its files, what is new goes into one more.

A manifest names the files (segments), their checksums and what was removed of them, so a change writes what changed and
the manifest. A new file takes up those before it that are not twice as large, so there are few of them, and each vector
is written anew a few times at most. Files are mapped, not loaded.
"""

import json
import os
import secrets
import threading
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from embeddings.files import checksum_of, replace_file, settle_file
from embeddings.segments import Ids, Segment, Vectors, one_thread

_FORMAT = "youju vectors 3"
FLAT = 50_000
"""So many vectors are compared one by one, in 4 ms; of more, short codes are compared first."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A segment in the manifest, how many were removed of it, and its short codes where it has any."""

    name: str
    crc: int
    count: int
    removed: int = 0
    codes: str = ""
    codes_crc: int = 0
    depth: int = 0


class VectorIndex:
    """Unit vectors under numbers, searched by inner product, which is their cosine, of float16.

    Up to ``flat`` are searched exactly; of larger segments that ``improve`` was called for, at least 99 of 100 that are
    among the 50 nearest are found. Safe to use from several threads, of which one changes it at a time.
    ``generation`` says which state of its source it was saved at.
    """

    def __init__(self, dimension: int, flat: int = FLAT) -> None:
        self.dimension = dimension
        self.generation = 0
        self._flat = flat
        self._lock = threading.Lock()
        self._segments: tuple[Segment, ...] = ()
        self._growing = Segment(dimension)
        self._manifest = b""

    def __len__(self) -> int:
        with self._lock:
            return sum(map(len, self._every))

    @property
    def unsaved(self) -> int:
        """How many vectors are in memory alone."""
        return len(self._growing)

    @property
    def _every(self) -> tuple[Segment, ...]:
        return (*self._segments, self._growing)

    def ids(self) -> Ids:
        """Return the numbers in the index, int64, in no particular order."""
        with self._lock:
            return np.concatenate([segment.ids() for segment in self._every])

    def missing(self, ids: Ids) -> Ids:
        """Return those of ``ids`` that are not in the index, ascending."""
        with self._lock:
            held = np.concatenate([segment.numbers_at(segment.positions(ids)) for segment in self._every])
        return np.sort(ids[~np.isin(ids, held)] if len(held) else ids)

    def add(self, ids: Sequence[int] | Ids, vectors: Vectors) -> None:
        """Add ``vectors`` (n, dimension), of unit length, under ``ids`` (n), none of which is there yet."""
        with self._lock:
            self._growing.add(np.asarray(ids, np.int64), vectors)

    def remove(self, ids: Sequence[int] | Ids) -> None:
        """Remove the vectors under ``ids``; numbers that are not there are passed over."""
        with self._lock:
            for segment in self._every:
                segment.remove(np.asarray(ids, np.int64))

    def search(self, vectors: Vectors, limit: int, ids: Sequence[int] | Ids | None = None) -> tuple[Vectors, Ids]:
        """Find the ``limit`` nearest of each of ``vectors`` (n, dimension), among ``ids`` alone where given.

        Returns scores and numbers, each (n, m) with m <= limit as many as there are, best first.
        """
        queries = np.ascontiguousarray(vectors, np.float32)
        wanted = None if ids is None else np.unique(np.asarray(ids, np.int64))
        one_thread()
        with self._lock:
            parts = [segment.search(queries, max(1, limit), wanted) for segment in self._every if segment.size]
        if not parts:
            return np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
        scores, found = (np.concatenate(of_each, axis=1) for of_each in zip(*parts, strict=True))
        best = np.lexsort((found, -scores), axis=1)[:, :limit]
        scores, found = np.take_along_axis(scores, best, 1), np.take_along_axis(found, best, 1)
        count = int((found >= 0).all(axis=0).sum())
        return scores[:, :count], found[:, :count]

    # Files

    def save(self, path: Path, key: str, generation: int) -> None:
        """Write what is new beside ``path``, and there which files there are; one process at a time.

        ``key`` says what the vectors are; ``load`` asks for it again.
        """
        kept, merged = self._to_merge(path)
        if sum(map(len, merged)):
            written = Segment.write(_new_name(path), self.dimension, merged)
            kept = (*kept, written)
        with self._lock:
            self._segments, self._growing = kept, Segment(self.dimension)
        self.generation = generation
        self._note(path, key)

    def _to_merge(self, path: Path) -> tuple[tuple[Segment, ...], list[Segment]]:
        """Return the segments that stay as they are, and those that become one."""
        there = [segment for segment in self._segments if (path.parent / segment.name).is_file()]
        # One whose file was deleted is written again while it is still mapped; one that is half empty is written anew.
        anew = [segment for segment in self._segments if segment not in there or 2 * len(segment) < segment.size]
        kept = [segment for segment in self._segments if segment not in anew]
        merged = [*anew, self._growing]
        while kept and sum(map(len, merged)) and len(kept[-1]) < 2 * sum(map(len, merged)):
            merged.append(kept.pop())
        return tuple(kept), merged

    def _note(self, path: Path, key: str) -> None:
        removed = [s.removed() for s in self._segments]
        body = np.concatenate([np.zeros(0, np.int64), *removed]).tobytes()
        entries = [
            _Entry(s.name, s.crc, s.size, len(gone), s.codes_name, s.codes_crc, s.depth)
            for s, gone in zip(self._segments, removed, strict=True)
        ]
        header = {
            "format": _FORMAT, "key": key, "generation": self.generation, "dimension": self.dimension,
            "crc": zlib.crc32(body), "segments": [asdict(entry) for entry in entries],
        }  # fmt: skip
        line = json.dumps(header).encode()
        replace_file(path, b"%08x " % zlib.crc32(line), line, b"\n", body)
        self._manifest = line
        used = {path.name, *(e.name for e in entries), *(e.codes for e in entries)}
        for other in path.parent.glob(f"{path.name}.*"):
            if other.name not in used and not other.name.endswith(".tmp"):
                with suppress(OSError):  # somewhere files that are mapped cannot be deleted
                    other.unlink()

    def refresh(self, path: Path, key: str) -> None:
        """Take up what another process has written since; what it wrote before is not read again."""
        read = _read_manifest(path, key)
        if read is not None and read[0] != self._manifest:
            self._take(path, *read)

    @classmethod
    def load(cls, path: Path, key: str, flat: int = FLAT) -> Self | None:
        """Map what was saved with ``key``; None where there is no such file, or it is damaged or of another key."""
        read = _read_manifest(path, key)
        while read is not None:
            index = cls(json.loads(read[0])["dimension"], flat)
            if index._take(path, *read):
                return index
            # Another process may have replaced the files that were named a moment ago.
            before, read = read, _read_manifest(path, key)
            if read is not None and read[0] == before[0]:
                return None
        return None

    def _take(self, path: Path, line: bytes, removed: Ids) -> bool:
        """Hold what the manifest says; tell whether its files are whole."""
        header: dict[str, Any] = json.loads(line)
        known = {segment.name: segment for segment in self._segments}
        taken, start = [], 0
        for entry in (_Entry(**each) for each in header["segments"]):
            segment = known.get(entry.name) or _open(path.parent, self.dimension, entry)
            if segment is None:
                return False
            # Of this segment alone: a number that came back stands in a later one.
            segment.remove(removed[start : start + entry.removed])
            start += entry.removed
            _open_codes(path.parent, segment, entry)
            taken.append(segment)
        with self._lock:
            self._segments, self._growing = tuple(taken), Segment(self.dimension)
        self.generation, self._manifest = header["generation"], line
        return True

    # Short codes

    @property
    def improvable(self) -> bool:
        """Whether there are segments so large that they are better searched by short codes."""
        return any(segment.size > self._flat and not segment.has_codes for segment in self._segments)

    def improve(self, path: Path, questions: Vectors, stopping: threading.Event) -> dict[str, int]:
        """Make short codes for the segments that want them, while others search; ``adopt`` takes them up.

        ``questions`` (n, dimension) are such as are searched for: how many of the best by the codes must be compared
        once more is measured on them. Returns that number for each segment by its name.
        """
        one_thread()
        wanting = [segment for segment in self._segments if segment.size > self._flat and not segment.has_codes]
        return {s.name: s.shorten(_unfinished(path.parent, s.name), questions, stopping) for s in wanting}

    def adopt(self, path: Path, key: str, made: dict[str, int]) -> None:
        """Search by the codes that ``improve`` made, and save that; one process at a time.

        Those of segments that are gone meanwhile are forgotten.
        """
        self.refresh(path, key)
        for segment in self._segments:
            unfinished = _unfinished(path.parent, segment.name)
            if made.get(segment.name) and unfinished.is_file():
                codes = _new_name(path)
                crc = settle_file(unfinished, codes)
                with self._lock:
                    segment.map_codes(codes, crc, made[segment.name])
        for name in made:
            _unfinished(path.parent, name).unlink(missing_ok=True)
        self._note(path, key)


def _unfinished(folder: Path, segment: str) -> Path:
    return folder / f"{segment}.{os.getpid()}.tmp"


def _new_name(path: Path) -> Path:
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}")


def _open(folder: Path, dimension: int, entry: _Entry) -> Segment | None:
    if checksum_of(folder / entry.name) != entry.crc:
        return None
    try:
        return Segment.map(folder / entry.name, dimension, entry.count, entry.crc)
    except (OSError, RuntimeError):  # another process has deleted it since; FAISS tells of files by RuntimeError
        return None


def _open_codes(folder: Path, segment: Segment, entry: _Entry) -> None:
    """Search by the segment's short codes where they are whole; without them it is only slower."""
    if entry.codes and not segment.has_codes and checksum_of(folder / entry.codes) == entry.codes_crc:
        with suppress(OSError, RuntimeError):
            segment.map_codes(folder / entry.codes, entry.codes_crc, entry.depth)


def _read_manifest(path: Path, key: str) -> tuple[bytes, Ids] | None:
    """Return the line that names the files, and what was removed of them."""
    try:
        crc, _, rest = path.read_bytes().partition(b" ")
    except OSError:
        return None
    line, _, body = rest.partition(b"\n")
    if b"%08x" % zlib.crc32(line) != crc:
        return None
    header = json.loads(line)
    if (header["format"], header["key"]) != (_FORMAT, key) or zlib.crc32(body) != header["crc"]:
        return None
    return line, np.frombuffer(body, np.int64)
