"""The zip files of office programs: checked before a library opens them."""

import zipfile
from pathlib import PurePosixPath

from bot.documents.formats.zipped import open_zip
from bot.types import DocumentError

_XML = frozenset({".xml", ".rels", ".vml"})
_PICTURES = ("/media/", "Pictures/", "/charts/chart")
_SMALL = 1_000_000


def open_office(data: bytes) -> zipfile.ZipFile:
    """Open a file that is a zip of XML, every part of which is what it declares and none has a document type.

    Raises:
        DocumentError: it would unpack to too much, or entities are declared in it.
        zipfile.BadZipFile: it is no zip, or a part holds something else than it declares.
    """
    archive = open_zip(data)
    for entry in archive.infolist():
        if PurePosixPath(entry.filename).suffix.lower() in _XML:
            _check(archive, entry)
    return archive


def count_pictures(archive: zipfile.ZipFile) -> int:
    """Return the number of pictures and charts."""
    names = (name for name in archive.namelist() if not name.endswith((".rels", "/")))
    return sum(any(part in name for part in _PICTURES) for name in names)


def _check(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as file:
        before = b""
        while chunk := file.read(_SMALL):
            # Of a part in UTF-16 each second byte is zero.
            here = before + chunk.replace(b"\0", b"")
            if b"<!DOCTYPE" in here or b"<!ENTITY" in here:
                raise DocumentError(
                    "{source}: holds a document type declaration, which no office program writes; it is not read. "
                    "Open it in the program that made it, save it again and add that.",
                    "{source}：含有办公软件不会写入的 DOCTYPE 声明，因此没有读取；请用原来的程序打开、另存后重新添加。",
                )
            before = here[-16:]
