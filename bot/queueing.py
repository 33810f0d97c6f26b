"""Files are put where a worker finds them: whoever adds them need not wait until they are read."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.documents.parser import read
from bot.folders.naming import named_files
from bot.folders.uploads import sent_files
from bot.folders.walking import walk_to_add
from bot.intake import BATCH_BYTES, File
from bot.settings import Settings
from bot.storage.folders import FolderTable, OriginTable
from bot.storage.jobs import JobTable
from bot.storage.store import Store
from bot.types import DocumentError, IngestReport


def queue_path(store: Store, settings: Settings, path: Path) -> list[IngestReport]:
    """Queue a file, or every readable file in a folder and below, under the sources that ``Bot.add`` gives them.

    Raises:
        DocumentError: ``path`` is not there, or holds no readable file; there are no workers, without a PostgreSQL.
    """
    path = path.expanduser()
    walked = walk_to_add(path, settings.home.expanduser()) if path.is_dir() else None
    found = [(name, path / name) for name in walked.files] if walked else [(path.name, path)]
    origins = OriginTable(store.database)
    files = [File(source, file) for source, file in named_files(found, origins.all(), _synced(store))]
    reports = _queue(store, settings, files)
    queued = {report.source for report in reports if report.status == "queued"}
    origins.keep({file.source: str(file.content) for file in files if file.source in queued})
    return [*(walked.problems if walked else ()), *reports]


def queue_sent(
    store: Store, settings: Settings, files: Iterable[tuple[str, bytes]], source: str | None
) -> list[IngestReport]:
    """Queue files that were sent, each with its name, as ``Bot.upload_many`` would add them.

    ``source``: of the first file, which is then the only one.

    Raises:
        DocumentError: there are no workers, without a PostgreSQL.
    """
    return _queue(store, settings, sent_files(files, source, _synced(store), ""))


def _synced(store: Store) -> dict[str, str]:
    return {folder.name: folder.path for folder in FolderTable(store.database).all()}


def _queue(store: Store, settings: Settings, files: Iterable[File | IngestReport]) -> list[IngestReport]:
    if not settings.store_url:
        raise DocumentError(
            "Files are queued for workers, which need a PostgreSQL (YOUJU_STORE): add them without queueing.",
            "排队的文件由读取进程处理，需要 PostgreSQL（YOUJU_STORE）：请直接添加，不要排队。",
        )
    jobs, reports = JobTable(store.database), list[IngestReport]()
    for batch in _batches(files, settings, reports):
        jobs.queue(batch)
    return reports


def _batches(
    files: Iterable[File | IngestReport], settings: Settings, reports: list[IngestReport]
) -> Iterator[list[tuple[str, bytes]]]:
    """Yield files with their content, so many as one transaction takes; what becomes of each goes into ``reports``."""
    batch: list[tuple[str, bytes]] = []
    size = 0
    for file in files:
        if isinstance(file, IngestReport):
            reports.append(file)
            continue
        try:
            data = read(file.source, file.content, settings.max_file_megabytes)
        except DocumentError as error:
            reports.append(IngestReport(file.source, "failed", error_en=error.en, error_zh=error.zh))
            continue
        batch.append((file.source, data))
        reports.append(IngestReport(file.source, "queued"))
        size += len(data)
        if size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    yield batch
