"""Brings what is stored into step with one folder: what moved, what is gone, then what is new or changed."""

import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from bot.documents.parser import PARSER_VERSION, read
from bot.documents.sandbox import Sandbox
from bot.folders.comparing import Changes, compare
from bot.folders.reports import SyncReport
from bot.folders.walking import Found, Walked, walk
from bot.intake import BATCH_BYTES, File, digest_of, prepared_one
from bot.known import Known
from bot.settings import Settings
from bot.storage.folders import UNREAD, FolderTable, OriginTable, StoredFile, StoredFolder, keep_files, same_name
from bot.storage.records import PutItem
from bot.storage.store import Store
from bot.storage.waiting import WaitingTable
from bot.types import DocumentError, IngestReport, Progress

_BATCH_FILES = 500
_BATCH_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Home:
    """What bringing into step changes: the ``store``, held by ``writing``; ``index`` brings the indexes up to it."""

    store: Store
    settings: Settings
    writing: Callable[[], ExitStack]
    index: Callable[[Progress], None]


@dataclass(slots=True)
class _Batch:
    """What is written in one go: documents, those that are read anew under the same digest, ids to remove, files."""

    put: list[PutItem] = field(default_factory=list)
    renew: list[PutItem] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)
    keep: dict[str, StoredFile] = field(default_factory=dict)
    size: int = 0
    begun: float = field(default_factory=time.monotonic)

    @property
    def is_full(self) -> bool:
        return (
            self.size > BATCH_BYTES or len(self.keep) >= _BATCH_FILES or time.monotonic() - self.begun > _BATCH_SECONDS
        )


class Stopped(Exception):
    """It was told to stop; what was done until then is kept."""


class FolderSync:
    """One run over one folder."""

    def __init__(self, home: Home, folder: StoredFolder, progress: Progress, stopped: Callable[[], bool]) -> None:
        self._home = home
        self._store = home.store
        self._table = FolderTable(home.store.database)
        self._name = folder.name
        self._root = Path(folder.path)
        self._folder = folder
        self._progress = progress
        self._stopped = stopped
        self._known = Known()
        self._held: dict[str, str] = {}
        self._sources: list[str] = []
        self._stored: dict[str, StoredFile] = {}
        self._same = 0  # files that were to be read and are what is stored already
        self._added: list[str] = []
        self._changed: list[str] = []
        self._failed: list[IngestReport] = []
        self._reread: set[str] = set()

    def run(self) -> SyncReport:
        """Bring it into step; what could not be read is in the report.

        Raises:
            DocumentError: the folder is not there, or stands empty on another disk: nothing was removed.
            Stopped: it was told to stop.
        """
        self._progress(0, 0, "look")
        walked = self._walk()
        self._stored = self._table.files(self._name)
        self._check_there(walked)
        self._failed += [self._told(report) for report in walked.problems]
        self._take_up()
        self._adopt(walked.files)
        held = {path: self._known.digest(self._source(path)) for path in self._stored}
        changes = compare(walked.files, self._stored, walked.unseen, held.get, self._digest)
        changes.gone += self._strays(walked)
        self._move(changes, walked.files)
        self._remove(changes)
        self._touch(changes, walked.files)
        self._read(changes.read, walked.files)
        with self._home.writing():
            self._home.index(self._progress)
        self._table.note_synced(self._name, walked.device)
        for path in changes.bad:
            known = self._stored[path]
            source = self._source(path)
            self._failed.append(IngestReport(source, "failed", error_en=known.error_en, error_zh=known.error_zh))
        return SyncReport(
            name=self._name,
            path=str(self._root),
            added=tuple(self._added),
            changed=tuple(self._changed),
            moved=tuple((move.old, move.new) for move in changes.moved),
            removed=tuple(changes.gone),
            unchanged=changes.unchanged + len(changes.touched) + self._same,
            other=walked.other,
            failed=tuple(sorted(self._failed, key=lambda report: report.source)),
        )

    def _walk(self) -> Walked:
        if self._root.is_dir():
            return walk(self._root, self._home.settings.home.expanduser())
        name, zh = self._name, "文件夹不在。没有做任何改动；请连接它的磁盘，或告知新的位置"
        raise DocumentError(
            f"{self._root}: the folder is not there. Nothing was changed; connect its disk, or tell where it is now: "
            f"python -m bot sync NEW_PATH --name {name!r}.",
            f"{self._root}：{zh}：python -m bot sync 新路径 --name {name!r}。",
        )

    def _check_there(self, walked: Walked) -> None:
        """Refuse to take the empty place of a disk that is not connected for a folder whose files are gone."""
        if walked.files or not self._stored or self._folder.device in (None, walked.device):
            return
        count, name = len(self._stored), self._name
        raise DocumentError(
            f"{self._root}: it stands empty on another disk than the {count} files that were read from it. Nothing was "
            f"changed; connect its disk, or forget it: python -m bot folders remove {name!r}.",
            f"{self._root}：原有 {count} 个文件，现在是空的，而且不在原来的磁盘上。没有做任何改动；请连接磁盘，"
            f"或不再同步它：python -m bot folders remove {name!r}。",
        )

    def _is_unread(self, path: str) -> bool:
        """Tell whether a run that was killed was about to read a file, under this name or another."""
        return path in self._stored and self._stored[path].mtime_ns == UNREAD

    def _source(self, path: str) -> str:
        return f"{self._name}/{path}"

    def _take_up(self) -> None:
        """Learn what the store holds now."""
        self._known = Known.of(self._store)
        self._held = dict(self._known.names)
        self._sources = sorted(self._held)

    def _digest(self, path: str) -> str | None:
        """Return the digest of a file's content; None where it cannot be read, which is told when it is to be."""
        try:
            return digest_of(read(path, self._root / path, self._home.settings.max_file_megabytes))
        except DocumentError:
            return None

    def _adopt(self, files: dict[str, Found]) -> None:
        """Take documents over that were made before of files that are new here, by adding them."""
        held = {path: source for source, path in OriginTable(self._store.database).all().items()}
        origins = set(held.values())
        sources: dict[str, str] = {}
        keep: dict[str, StoredFile] = {}
        for path in files.keys() - self._stored.keys():
            if self._known.find(self._source(path)) is not None:
                continue
            source = held.get(str(self._root / path))
            digest = self._known.digest(path)
            # Of homes from before origins were kept: the very same file under the very same path.
            if source is None and path not in origins and digest is not None and digest == self._digest(path):
                source = path
            below = {} if source is None else self._below(source, self._source(path))
            sources |= below
            if source is not None and below:
                own = self._known.find(source) is not None
                keep[path] = StoredFile(files[path].size, UNREAD, self._known.digest(source) or "", own, PARSER_VERSION)
        self._rename(sources, keep)

    def _below(self, old: str, new: str) -> dict[str, str]:
        """Return new sources, by id, for the document ``old`` and those that came inside its file."""
        old = same_name(old)
        found = {self._held[old]: new} if old in self._held else {}
        for source in islice(self._sources, bisect_left(self._sources, f"{old}/"), None):
            if not source.startswith(f"{old}/"):
                break
            found[self._held[source]] = new + source[len(old) :]
        return found

    def _rename(self, sources: dict[str, str], keep: dict[str, StoredFile], gone: Sequence[str] = ()) -> None:
        """Let documents (by id) follow their files, and note these, at once: a run that is killed breaks no tie."""
        if not keep:
            return
        instead = {self._known.find(source) for source in sources.values()} - {None, *sources}
        with self._home.writing():
            self._store.remove_many(filter(None, instead))
            self._store.rename_many(sources, lambda connection: keep_files(connection, self._name, keep, gone))
        self._take_up()

    def _move(self, changes: Changes, found: dict[str, Found]) -> None:
        """Let documents follow their files: they keep their ids, and with them marks and links."""
        sources: dict[str, str] = {}
        titles = {info.document_id: info.title for info in self._store.documents()} if changes.moved else {}
        keep: dict[str, StoredFile] = {}
        for move in changes.moved:
            sources |= self._below(self._source(move.old), self._source(move.new))
            old, new = PurePosixPath(move.old), PurePosixPath(move.new)
            identity = self._known.find(self._source(move.old))
            # Its name may be its title, and chooses its format.
            renamed = old.suffix.lower() != new.suffix.lower() or titles.get(identity or "") == old.stem
            if identity is not None and (self._is_unread(move.old) or (old.name != new.name and renamed)):
                self._reread.add(move.new)
                changes.read.append(move.new)
            file = found[move.new]
            mtime = UNREAD if move.new in self._reread else file.mtime_ns
            keep[move.new] = replace(self._stored[move.old], size=file.size, mtime_ns=mtime)
        self._rename(sources, keep, [move.old for move in changes.moved])

    def _remove(self, changes: Changes) -> None:
        if not changes.gone:
            return
        identities = [one for path in changes.gone for one in self._inside(path)]
        with self._home.writing():
            self._store.remove_many(identities)
            WaitingTable(self._store.database).forget(map(self._source, changes.gone))
            self._table.keep(self._name, {}, changes.gone)
            self._home.index(self._progress)
        self._take_up()

    def _strays(self, walked: Walked) -> list[str]:
        """Return the paths of documents of this folder that come of no file, neither of one there nor of a known one.

        They were taken over by a run that was killed, or added by path, before their files went.
        """
        if not walked.files and walked.device != self._folder.device:
            return []
        files = {same_name(path) for path in (*walked.files, *self._stored)}
        start, unseen = same_name(f"{self._name}/"), tuple(map(same_name, walked.unseen))
        found = []
        for source in islice(self._sources, bisect_left(self._sources, start), None):
            if not source.startswith(start):
                break
            path = source[len(start) :]
            if path not in files and not any(str(above) in files for above in PurePosixPath(path).parents):
                found += [path] * (not f"{path}/".startswith(unseen))
        return found

    def _inside(self, path: str) -> list[str]:
        """Return the ids of the documents that came of a file."""
        return list(self._below(self._source(path), ""))

    def _touch(self, changes: Changes, found: dict[str, Found]) -> None:
        touched = {path: replace(self._stored[path], mtime_ns=found[path].mtime_ns) for path in changes.touched}
        if touched:
            self._table.keep(self._name, touched)

    # Reading

    def _read(self, paths: list[str], found: dict[str, Found]) -> None:
        batch = _Batch()
        with Sandbox() as sandbox:
            for done, path in enumerate(paths, 1):
                if self._stopped():
                    self._write(batch)
                    raise Stopped
                self._read_one(path, found[path], sandbox, batch)
                if batch.is_full:
                    self._write(batch)
                    batch = _Batch()
                self._progress(done, len(paths), "read")
        self._write(batch)

    def _read_one(self, path: str, file: Found, sandbox: Sandbox, batch: _Batch) -> None:
        source, settings = self._source(path), self._home.settings
        before = self._inside(path)
        content: Path | bytes = self._root / path
        with suppress(DocumentError):  # reading says so again
            content = read(source, content, settings.max_file_megabytes)
        again = None
        if path in self._reread or self._is_unread(path):
            again = self._known.digests.pop(self._known.find(source) or "", None)
        results = list(prepared_one(File(source, content), self._known, settings, sandbox))
        items = [result for result in results if isinstance(result, PutItem)]
        reports = [result for result in results if isinstance(result, IngestReport)]
        failed = [report for report in reports if report.status == "failed"]
        own = next((report for report in failed if report.source == source), None)
        renew = [item for item in items if item.document.source == source and item.digest == again]
        same = bool(renew) or any(report.source == source and report.status == "unchanged" for report in reports)
        self._failed += failed
        # What cannot be opened now stays as it is known.
        if not same and (isinstance(content, bytes) or file.size > settings.max_file_megabytes * 1_000_000):
            batch.remove += self._left(before, results, failed)
        batch.renew += renew
        batch.put += [item for item in items if not any(item is one for one in renew)]
        batch.size += sum(len(item.original or b"") for item in items)
        if own is None:
            self._count(path, same=same, known=bool(before))
        if isinstance(content, bytes):  # else it may be read the next time: nothing is known of it
            document = same or any(item.document.source == source for item in items)
            error = (own.error_en, own.error_zh) if own else (None, None)
            batch.keep[path] = StoredFile(
                file.size, file.mtime_ns, digest_of(content), document, PARSER_VERSION, *error
            )

    def _left(self, before: list[str], results: list[PutItem | IngestReport], failed: list[IngestReport]) -> list[str]:
        """Return the ids of the documents that a file held ``before`` and holds no more."""
        bad = {report.source for report in failed}
        sources = [r.document.source if isinstance(r, PutItem) else r.source for r in results]
        kept = {self._known.find(source) for source in sources if source not in bad}
        return [identity for identity in before if identity not in kept]

    def _told(self, report: IngestReport) -> IngestReport:
        """Return what was found while walking as a report under the file's source."""
        en, zh = (f"{self._name}/{line}" for line in (report.error_en, report.error_zh))
        return replace(report, source=self._source(report.source), error_en=en, error_zh=zh)

    def _count(self, path: str, *, same: bool, known: bool) -> None:
        if path in self._reread:
            return
        if same:
            self._same += 1
        else:
            (self._changed if known else self._added).append(path)

    def _write(self, batch: _Batch) -> None:
        if not batch.keep and not batch.remove:
            return
        with self._home.writing():
            # What a bad file held before is no longer there; marks wait until it can be read again. All at once: a run
            # that is killed leaves no file that is known as other than its document.
            self._store.change_many(
                batch.remove, batch.put, batch.renew,
                lambda connection: keep_files(connection, self._name, batch.keep), self._progress,
            )  # fmt: skip
            self._home.index(self._progress)
