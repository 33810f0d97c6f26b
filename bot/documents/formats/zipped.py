"""What is packed: .zip files, and the checks that every format which is a zip inside (Word, Excel, ...) needs first."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath

from bot.documents.formats.extract import Attachment, Extract, IsolatedFormat, Options
from bot.pages import Notice
from bot.types import DocumentError

MOST_BYTES = 300_000_000
"""What all entries of a file may hold together, unpacked."""
_MOST_ENTRIES = 5_000
_HIGHEST_RATIO = 200
"""Times its packed size that an entry of more than a megabyte may hold; text packs to a tenth."""
_MEGABYTE = 1_000_000
_ENCRYPTED = 0x1
_UTF8 = 0x800
_LEFT_OUT = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a zip file whose declared sizes are within bounds.

    Raises:
        DocumentError: it would unpack to too much.
        zipfile.BadZipFile: it is none.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    entries = archive.infolist()
    whole = sum(entry.file_size for entry in entries)
    dense = any(
        entry.file_size > _MEGABYTE and entry.file_size > _HIGHEST_RATIO * entry.compress_size for entry in entries
    )
    if len(entries) > _MOST_ENTRIES or whole > MOST_BYTES or dense:
        raise DocumentError(
            "{source}: unpacks to far more than a document holds, so it is not opened; add the files themselves.",
            "{source}：解压后大得不像文档，因此没有打开；请直接添加其中的文件。",
        )
    return archive


def read_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return an entry's bytes, no more than it declares; raises KeyError where there is none."""
    entry = archive.getinfo(name)
    with archive.open(entry) as file:
        return file.read(entry.file_size)


def _extract(data: bytes, options: Options) -> Extract:
    with open_zip(data) as archive:
        if any(entry.flag_bits & _ENCRYPTED for entry in archive.infolist()) and not options.password:
            raise DocumentError(
                "{source}: is locked with a password; give it with --password, or unpack it and add the files.",
                "{source}：已加密；请用 --password 给出密码，或解压后添加其中的文件。",
            )
        attachments = tuple(_entries(archive, options.password.encode()))
        left_out = sum(1 for entry in archive.infolist() if not entry.is_dir()) - len(attachments)
    notices = () if not left_out else (_left_out(left_out),)
    return Extract((), attachments=attachments, notices=notices)


def _entries(archive: zipfile.ZipFile, password: bytes) -> Iterator[Attachment]:
    for entry in archive.infolist():
        name = _name(entry)
        if not entry.is_dir() and name and not any(part in name for part in _LEFT_OUT):
            with archive.open(entry, pwd=password or None) as file:
                yield Attachment(name, file.read(entry.file_size))


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name, empty where it leads outside; Chinese Windows writes GB18030 and does not say so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "" if not parts or ".." in parts or parts[0] == "/" else "/".join(parts)


def _left_out(count: int) -> Notice:
    return Notice(
        f"{count} entries were left out (system files, or names that lead outside).",
        f"略过 {count} 项（系统文件，或名称指向压缩包之外）。",
    )


FORMAT = IsolatedFormat(("压缩包", "zip"), (".zip",), _extract)
