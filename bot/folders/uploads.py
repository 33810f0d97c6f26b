"""Files that were sent: under which source each is added, and which are refused."""

from collections.abc import Collection, Iterable, Iterator

from bot.folders.collections import in_step
from bot.folders.naming import folder_of, upload_name
from bot.intake import File
from bot.types import IngestReport


def sent_files(
    files: Iterable[tuple[str, bytes]], source: str | None, synced: Collection[str], password: str
) -> Iterator[File | IngestReport]:
    """Yield each file, or why it is refused: it would change a folder of ``synced`` (names), which is kept in step.

    ``source``: of the first file, which is then the only one.
    """
    for name, data in files:
        own = source or upload_name(name)
        folder = folder_of(own, synced)
        if folder is None:
            yield File(own, data, password=password)
        else:
            error = in_step(folder)
            yield IngestReport(own, "failed", error_en=f"{own}: {error.en}", error_zh=f"{own}：{error.zh}")
        if source is not None:
            return
