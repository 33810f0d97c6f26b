"""What a ``Bot`` does to add documents and to remove them; whoever asks is not waited for."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.beside import Beside
from bot.types import DocumentError, IngestReport, Progress, silent
from bot.workload import Workload

if TYPE_CHECKING:
    from bot.intake import File
    from bot.storage.indexes import Indexes


_GIVEN_WAY = 0.01
"""Seconds at most that adding waits for questions at each step, about as long as it takes to read a file."""


class Adding(Beside):
    """Documents are added and removed under the locks of ``_writing``, and the indexes follow."""

    _indexes: "Indexes"
    workload: Workload

    @abstractmethod
    def work_behind(self) -> None:
        """Go on with what is done after adding."""

    @abstractmethod
    def _synchronise(self, progress: Progress, *, wait: bool) -> None:
        """Bring the indexes up to date; ``wait`` for whoever does so now."""

    def add(
        self, path: str | Path, progress: Progress = silent, *, password: str = "", encoding: str = ""
    ) -> list[IngestReport]:
        """Add a file, or every readable file in a folder and below; what is at the same path is replaced.

        A file's source is its path within the folder, with names of the folders above where a file from elsewhere has
        that. Hidden files and the like are left out, see ``bot.folders.ignoring``.
        In a folder a file that cannot be read is reported as failed and the others are added. What stands inside a
        file (an archive, a mail's attachments) is a document of its own. ``password`` opens those that ask for one.
        Files of text are read in ``encoding``, where it is named; else in the one that they show.

        Raises:
            DocumentError: ``path`` is not there, holds no readable file, or is one file that cannot be read.
        """
        from bot.folders.walking import walk_to_add

        path = Path(path).expanduser()
        if not path.is_dir():
            return self._add_named([(path.name, path)], progress, password, encoding, alone=True)
        walked = walk_to_add(path, self.settings.home.expanduser())
        found = [(name, path / name) for name in walked.files]
        return [*walked.problems, *self._add_named(found, progress, password, encoding)]

    def add_bytes(self, source: str, data: bytes, title: str | None = None) -> IngestReport:
        """Add one document from memory under the name ``source``; the report is of the first where it holds others.

        Raises:
            DocumentError: it cannot be read.
        """
        from bot.intake import File

        return self._add_one(File(source, data, title), silent)[0]

    def upload(self, name: str, data: bytes, replace: str | None = None, *, password: str = "") -> list[IngestReport]:
        """Add one file that was sent; see ``upload_many``."""
        return self.upload_many([(name, data)], replace, password=password)

    def upload_many(
        self, files: Iterable[tuple[str, bytes]], replace: str | None = None, progress: Progress = silent,
        *, password: str = "",
    ) -> list[IngestReport]:  # fmt: skip
        """Add files that were sent, each with its name, a relative path, in one batch.

        Of an absolute path, or one that leads up, the last part counts. One that cannot be read is reported. A document
        of that name is replaced; with ``replace`` (an id) that document is, by the first file, under its own name.

        Raises:
            NotFoundError: there is no document ``replace``.
        """
        from bot.folders.uploads import sent_files

        source = self.document(replace).source if replace else None
        return self.add_files(sent_files(files, source, self.folders.paths(), password), progress)

    def queue_many(self, files: Iterable[tuple[str, bytes]], replace: str | None = None) -> list[IngestReport]:
        """Queue files that were sent, as ``upload_many`` would add them; on disk when this returns. Workers read them.

        Raises:
            NotFoundError: there is no document ``replace``.
            DocumentError: there are no workers, without a PostgreSQL.
        """
        from bot.queueing import queue_sent

        return queue_sent(self._store, self.settings, files, self.document(replace).source if replace else None)

    def add_files(
        self, files: "Iterable[File | IngestReport | tuple[str, Path | bytes, str | None]]",
        progress: Progress = silent, *, total: int | None = None,
    ) -> list[IngestReport]:  # fmt: skip
        """Add many documents; one that cannot be read is reported as failed. ``total`` is for the progress alone.

        The reports are in the order of the files, those of what stands inside a file after its own; a report that is
        given in the place of a file is passed on.
        """
        from bot.intake import File, keep, note_likeness, unhindered

        def step(done: int, total: int, label: str) -> None:
            self.workload.give_way(_GIVEN_WAY)
            progress(done, total, label)

        with self._writing(), unhindered(), self._indexes.beginning() as begin:
            waiting = (File(*given) if isinstance(given, tuple) else given for given in files)
            reports = keep(self._store, waiting, self.settings, step, total, begin)
            self._synchronise(step, wait=True)
            infos = {info.source: info for info in self._store.documents([r.source for r in reports])}
            told = [r if r.status == "failed" else replace(r, document=infos.get(r.source)) for r in reports]
            told = note_likeness(self._store, told)
        self.work_behind()
        return told

    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            NotFoundError: there is no such document.
        """
        with self._writing():
            self._store.remove(document_id)
            self._synchronise(silent, wait=True)

    def remove_many(self, document_ids: Sequence[str]) -> int:
        """Remove documents at once; return how many of them were there."""
        with self._writing():
            removed = self._store.remove_many(document_ids)
            self._synchronise(silent, wait=True)
        return removed

    def _add_named(
        self, files: Sequence[tuple[str, Path]], progress: Progress, password: str, encoding: str, *,
        alone: bool = False,
    ) -> list[IngestReport]:  # fmt: skip
        """Add files, given as names and paths, under sources that tell them apart, and note where they stand."""
        from bot.folders.naming import named_files
        from bot.intake import File
        from bot.storage.folders import OriginTable

        origins = OriginTable(self._store.database)
        pairs = named_files(files, origins.all(), self.folders.paths())
        named = [File(source, path, password=password, encoding=encoding) for source, path in pairs]
        reports = self._add_one(named[0], progress) if alone else self.add_files(named, progress, total=len(named))
        failed = {report.source for report in reports if report.status == "failed"}
        origins.keep({file.source: str(file.content) for file in named if file.source not in failed})
        return reports

    def _add_one(self, file: "File", progress: Progress) -> list[IngestReport]:
        reports = self.add_files([file], progress, total=1)
        first = reports[0]
        if first.error_en is not None and first.error_zh is not None and all(r.status == "failed" for r in reports):
            raise DocumentError(first.error_en, first.error_zh)
        return reports
