"""Sentences of passages, and their tokens, kept in files: who judges passages reads arrays, and splits no text.

A passage's number is never used twice, and its text never changes: files are only added to. They are made behind the
scenes, of many passages at once; those of passages that are in none yet are found when they are asked for. Each passage
has its numbers (int32) in one place of a file that is mapped.
"""

import hashlib
import logging
import mmap
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.documents.sentences import Numbers, Places, Sentences, Tokenise, begins, places
from bot.storage.home import SENTENCES
from bot.storage.manifest import Manifest, is_whole, read_manifest
from bot.storage.numbers import Ids
from bot.storage.store import Store, StoredPassage
from bot.types import StoreError
from embeddings.files import write_parts

logger = logging.getLogger(__name__)

_FORMAT = 1
_PROBE = "第一条 办理（住房）补贴，应当：1. 申请；2. 审核。“为什么？”的问题 e.g. TiDB 3.5%\n见附件。\u200b其他"
_FEWEST = 4096
"""Passages for which a file is worth while: to find the sentences of 48 takes 3 ms."""
_BATCH, _FILE = 1024, 131_072
"""Passages that are read at once, 0.1 s of work after which a stop is heeded, and those that one file is made of."""


@dataclass(frozen=True)
class _File:
    """Of each passage of ``ids``, ascending: ``data[offsets[i]:offsets[i + 1]]``.

    There stand the number of its sentences, their starts, ends and sizes, and the tokens.
    """

    name: str
    ids: Ids
    offsets: Places
    data: Numbers
    mapped: mmap.mmap
    runs: Places
    """Where runs of numbers without a gap begin in ``ids``."""
    firsts: Ids
    """The first number of each run."""

    @classmethod
    def map(cls, path: Path) -> "_File":
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        count = int(np.frombuffer(mapped, np.int64, 1)[0])
        ids = np.frombuffer(mapped, np.int64, count, 8)
        offsets = np.frombuffer(mapped, np.int64, count + 1, 8 + 8 * count)
        runs = np.flatnonzero(np.diff(ids, prepend=ids[0] - 2) != 1)
        data = np.frombuffer(mapped, np.int32, offset=16 + 16 * count)
        made = cls(path.name, ids, offsets, data, mapped, runs, ids[runs])
        made.give_back()
        return made

    def positions(self, wanted: Ids) -> Places:
        """Return where the ``wanted`` stand, -1 for those that are not here."""
        run = np.searchsorted(self.firsts, wanted, "right") - 1
        at = self.runs[run] + wanted - self.firsts[run]
        return np.where((run >= 0) & (at < np.append(self.runs[1:], len(self.ids))[run]), at, -1)

    def give_back(self) -> None:
        """Leave the pages that were read to the system's cache, or the whole file would add up in this process."""
        if hasattr(self.mapped, "madvise"):
            self.mapped.madvise(mmap.MADV_DONTNEED)

    def sentences(self, at: Places) -> Sentences:
        """Return the sentences of the passages at these positions."""
        data, start = self.data, self.offsets[at]
        counts = data[start]
        starts, ends, sizes = (data[places(start + 1 + part * counts, counts)] for part in range(3))
        all_sizes = np.bincount(np.repeat(np.arange(len(at)), counts), sizes, len(at)).astype(np.int64)
        tokens = data[places(start + 1 + 3 * counts, all_sizes)]
        self.give_back()
        return Sentences(counts, starts, ends, sizes, tokens)


class SentenceIndex:
    """Tells the sentences of passages and their tokens. Usable from several threads.

    ``writing`` holds the lock under which the files in ``home`` are written.
    """

    def __init__(
        self, home: Path, store: Store, tokenise: Tokenise, name: str,
        writing: Callable[[], AbstractContextManager[object]],
    ) -> None:  # fmt: skip
        """``name`` says which vocabulary ``tokenise`` has."""
        self._folder = home / SENTENCES
        self._store = store
        self._tokenise = tokenise
        self._name = name
        self._writing = writing
        self._manifest = Manifest("")
        self._files: tuple[_File, ...] = ()
        self._generation, self._home_id = -1, ""
        self._lock, self._stopping = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        """How many passages are in the files."""
        return sum(len(file.ids) for file in self._files)

    def of(self, stored: Sequence[StoredPassage]) -> Sentences:
        """Return the sentences of passages, from the files as far as they are there."""
        self.start()
        # In another home (a backup was restored) other passages have the same numbers.
        files = self._files if self._home_id == self._store.home_id else ()
        wanted = np.array([one.passage_id for one in stored], np.int64)
        left = np.arange(len(stored))
        parts: list[Sentences] = []
        order = []
        for file in files:
            at = file.positions(wanted[left])
            if (at >= 0).any():
                parts.append(file.sentences(at[at >= 0]))
                order.append(left[at >= 0])
                left = left[at < 0]
        if len(left) or not parts:
            parts.append(Sentences.of([stored[place].passage.text for place in left.tolist()], self._tokenise))
            order.append(left)
        if len(parts) == 1:
            return parts[0]
        return Sentences.joined(parts).take(np.argsort(np.concatenate(order)))

    # Files, made behind the scenes

    def start(self) -> None:
        """Bring the files up to date in a thread of its own, where that is worth while."""
        with self._lock:
            if self._stopping.is_set() or self._generation == self._store.generation:
                return
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="youju-sentences", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Wait until nothing is being made any more."""
        if self._thread is not None:
            self._thread.join()

    def stop(self) -> None:
        """Stop within a moment; what was made is kept."""
        self._stopping.set()
        self.wait()

    def _work(self) -> None:
        generation = self._generation
        try:
            while not self._stopping.is_set() and self._generation != (generation := self._store.generation):
                self._follow()
                self._generation = generation
        except (StoreError, OSError):  # without the files it is only slower; the next change is reason to try again
            self._generation = generation
        except Exception:  # a thread of its own: nobody else would hear of it
            logger.exception("the sentences could not be kept")

    def _follow(self) -> None:
        self._open()
        held = max((int(file.ids[-1]) for file in self._files), default=0)
        missing = self._store.passage_ids_after(held)
        if len(missing) < _FEWEST or self._store.read_only:
            return
        if len(self) > 2 * self._store.passage_count():  # so many are gone that all are made anew
            with self._writing():
                self._note(())
            missing = self._store.passage_ids_after(0)
        for start in range(0, len(missing), _FILE):
            made = self._made(missing[start : start + _FILE])
            if made is None:
                return
            with self._writing():
                self._open()
                # Another process may have been faster.
                if all(file.ids[-1] < made[0][0] for file in self._files):
                    self._add(*made)

    def _made(self, ids: Ids) -> tuple[Ids, Places, Numbers] | None:
        """Return what a file of these passages holds; None where it was stopped, or none is left."""
        found, sizes, data = [], [], []
        for start in range(0, len(ids), _BATCH):
            if self._stopping.is_set():
                return None
            stored = self._store.passages(ids[start : start + _BATCH])
            some = Sentences.of([one.passage.text for one in stored], self._tokenise)
            found += [one.passage_id for one in stored]
            records, lengths = _records(some)
            data.append(records)
            sizes.append(lengths)
        if not found:
            return None
        offsets = np.append(0, np.cumsum(np.concatenate(sizes)))
        return np.array(found, np.int64), offsets, np.concatenate(data)

    def _add(self, ids: Ids, offsets: Places, data: Numbers) -> None:
        """Add a file, which takes up those before it that are not twice as large."""
        kept, parts = list(self._files), [(ids, offsets, data)]
        while kept and len(kept[-1].ids) < 2 * sum(len(one[0]) for one in parts):
            before = kept.pop()
            parts.insert(0, (before.ids, before.offsets, before.data))
        self._folder.mkdir(mode=0o700, exist_ok=True)
        path = self._folder / f"{int(ids[-1]):012}"
        crc = write_parts(path, _bytes(parts))
        self._note((*kept, _File.map(path)), {path.name: crc})

    def _note(self, files: tuple[_File, ...], new: dict[str, int] | None = None) -> None:
        """Note which files there are, and delete the others."""
        crcs = {file.name: crc for file in files for crc in ({**self._manifest.files, **(new or {})}[file.name],)}
        manifest = Manifest(self._mark(), self._store.generation, files=crcs)
        manifest.write(self._folder)
        self._files, self._manifest = files, manifest
        for path in self._folder.iterdir():
            if path.name.isdigit() and path.name not in crcs:
                with suppress(OSError):  # somewhere files that are mapped cannot be deleted
                    path.unlink()

    def _open(self) -> None:
        """Take up what is in the folder, by whichever process."""
        home_id = self._store.home_id
        manifest = read_manifest(self._folder, self._mark())
        if manifest is not None and manifest.generation > self._store.generation:
            manifest = None  # somebody has put an older database in the place of the one that these are of
        if manifest is None or not is_whole(self._folder, manifest, self._manifest.files):
            self._files, self._manifest = (), Manifest("")
        elif manifest != self._manifest:
            known = {file.name: file for file in self._files}
            names = sorted(manifest.files)
            self._files = tuple(known.get(name) or _File.map(self._folder / name) for name in names)
            self._manifest = manifest
        self._home_id = home_id

    def _mark(self) -> str:
        """Say what stands in the files: another home, another vocabulary and other rules have others."""
        records, _ = _records(Sentences.of([_PROBE], self._tokenise))
        rules = hashlib.sha256(records.tobytes()).hexdigest()[:16]
        return f"youju sentences {_FORMAT} {rules} {self._name} {self._store.home_id}"


def _records(some: Sentences) -> tuple[Numbers, Places]:
    """Return what a file holds of passages, one behind the other, and the length of each record."""
    counts = some.counts.astype(np.int64)
    words = np.bincount(np.repeat(np.arange(len(counts)), counts), some.sizes, len(counts)).astype(np.int64)
    lengths = 1 + 3 * counts + words
    start, data = begins(lengths), np.empty(int(lengths.sum()), np.int32)
    data[start] = counts
    for part, field in enumerate((some.starts, some.ends, some.sizes)):
        data[places(start + 1 + part * counts, counts)] = field
    data[places(start + 1 + 3 * counts, words)] = some.tokens
    return data, lengths


def _bytes(parts: Sequence[tuple[Ids, Places, Numbers]]) -> Iterator[Any]:
    yield np.array([sum(len(ids) for ids, _, _ in parts)], np.int64)
    yield from (np.ascontiguousarray(ids) for ids, _, _ in parts)
    so_far = 0
    for _, offsets, _ in parts:
        yield offsets[:-1] + so_far
        so_far += int(offsets[-1])
    yield np.array([so_far], np.int64)
    yield from (np.ascontiguousarray(data) for _, _, data in parts)
