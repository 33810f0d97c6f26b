"""Files that were sent: under which source each is added, and which are refused."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, count
from pathlib import PurePosixPath

from bot.folders.collections import in_step
from bot.folders.naming import folder_of, upload_name
from bot.intake import File, digest_of
from bot.storage.folders import same_name
from bot.types import IngestReport


def sent_files(
    files: Iterable[tuple[str, bytes]], source: str | None, synced: Collection[str], password: str
) -> Iterator[File | IngestReport]:
    """Yield each file, or why it is refused: it would change a folder of ``synced`` (names), which is kept in step.

    ``source``: of the first file, which is then the only one. Files of one name and other content that are sent
    together are not the same file: from the second on they are numbered.
    """
    sent: dict[str, str] = {}
    for name, data in files:
        own = source or upload_name(name)
        own = _numbered(own, data, sent) if own else own
        folder = folder_of(own, synced)
        if folder is None:
            yield File(own, data, password=password)
        else:
            error = in_step(folder)
            yield IngestReport(own, "failed", error_en=f"{own}: {error.en}", error_zh=f"{own}：{error.zh}")
        if source is not None:
            return


def _numbered(name: str, data: bytes, sent: dict[str, str]) -> str:
    """Return ``name``, with a number where another content (digest) was ``sent`` under it; note what is sent now."""
    path, digest = PurePosixPath(name), digest_of(data)
    choices = chain([name], (str(path.with_name(f"{path.stem} ({number}){path.suffix}")) for number in count(2)))
    own = next(choice for choice in choices if sent.get(same_name(choice), digest) == digest)
    sent[same_name(own)] = digest
    return own
