"""Electronic books (.epub): a zip file of web pages, in the order of the book's spine."""

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bot.documents.formats.extract import Extract, IsolatedFormat, Options, clean
from bot.documents.formats.markup import Reading, parse_markup, read_blocks
from bot.documents.formats.markup_charset import read_markup
from bot.documents.formats.markup_chrome import drop_hidden
from bot.documents.formats.office_xml import parse_xml
from bot.documents.formats.zipped import open_zip, read_entry
from bot.pages import Notice
from bot.types import DocumentError

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element as Element

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_FONTS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Ciphers of fonts, which any program undoes and no text is behind."""
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_NCX = "application/x-dtbncx+xml"
_NO_TITLE = re.compile(r"untitled|unknown(?: title)?|未知|无标题", re.I)
_SPACES = re.compile(r"\s+")


def _extract(data: bytes, options: Options) -> Extract:
    with open_zip(data) as archive:
        _refuse_locked(archive)
        container = _xml(read_entry(archive, _CONTAINER))
        place = next(found.get("full-path", "") for found in container.iter("{*}rootfile"))
        package = _xml(read_entry(archive, place))
        titles = (clean(found.text or "") for found in package.iter("{http://purl.org/dc/elements/1.1/}title"))
        title = next((title for title in titles if title and not _NO_TITLE.fullmatch(title)), "")
        book = _Book(archive, package, posixpath.dirname(place))
        reading = Reading()
        missing = sum(not book.read(name, reading) for name in book.spine)
    notices = list(reading.notices())
    if missing:
        notices.append(Notice(f"{missing} parts of the book are missing.", f"书中缺 {missing} 个部分。"))
    return Extract(tuple(reading.blocks), title, notices=tuple(notices))


def _refuse_locked(archive: "zipfile.ZipFile") -> None:
    names = set(archive.namelist())
    ciphers: set[str] = set()
    if _ENCRYPTION in names:
        for found in _xml(read_entry(archive, _ENCRYPTION)).iter("{*}EncryptionMethod"):
            parent = found.getparent()
            key = parent is not None and str(parent.tag).endswith("EncryptedKey")
            ciphers.update(() if key else (found.get("Algorithm", ""),))
    if ciphers - _FONTS or "META-INF/sinf.xml" in names:
        raise DocumentError(
            "{source}: the book is locked by its shop (DRM) and cannot be read; add a copy without such a lock.",
            "{source}：这本书有版权保护（DRM），无法读取；请添加未加锁的版本。",
        )


class _Book:
    """The parts of a book, each under its name in the archive."""

    def __init__(self, archive: "zipfile.ZipFile", package: "Element", folder: str) -> None:
        self._archive = archive
        items = {item.get("id", ""): item for item in package.iter("{*}item")}
        places = {key: _path(folder, item.get("href", "")) for key, item in items.items()}
        tables = {key for key, item in items.items() if "nav" in item.get("properties", "").split()}
        ncx = next((places[key] for key, item in items.items() if item.get("media-type") == _NCX), "")
        self.spine = list(
            dict.fromkeys(
                places[key]
                for key in (reference.get("idref", "") for reference in package.iter("{*}itemref"))
                if key in items and key not in tables and items[key].get("media-type", _PAGES[0]) in _PAGES
            )
        )
        """The parts in order; the table of contents is none, its lines are the headings."""
        self._headings: dict[str, dict[str, int]] = {}
        for name in [places[key] for key in tables] or [ncx]:
            self._read_contents(name)

    def read(self, name: str, reading: Reading) -> bool:
        """Add a part of the book; returns False where it is not there."""
        try:
            text = read_markup(read_entry(self._archive, name)).text
        except KeyError:
            return False
        root = parse_markup(text)
        drop_hidden(root)
        part = Reading()
        read_blocks(root, part)
        levels = {} if any(block.level for block in part.blocks) else self._headings.get(name, {})
        for block in part.blocks:
            level = levels.get(_SPACES.sub("", block.text), block.level)
            reading.blocks.append(block if level == block.level else replace(block, level=level))
        reading.pictures += part.pictures
        reading.struck += part.struck
        return True

    def _read_contents(self, name: str) -> None:
        """Note which lines the table of contents names, for parts in which no element says that it is a heading."""
        try:
            data = read_entry(self._archive, name)
        except KeyError:
            return
        root = parse_markup(read_markup(data).text)
        folder = posixpath.dirname(name)
        for point in root.iter("navpoint"):
            label, content = next(point.iter("text"), None), next(point.iter("content"), None)
            if label is not None and content is not None:
                depth = 1 + sum(1 for _ in point.iterancestors("navpoint"))
                self._note(folder, content.get("src", ""), "".join(label.itertext()), depth)
        for link in root.iter("a"):
            depth = sum(1 for _ in link.iterancestors("ol"))
            self._note(folder, link.get("href", ""), "".join(link.itertext()), depth)

    def _note(self, folder: str, address: str, label: str, depth: int) -> None:
        self._headings.setdefault(_path(folder, address), {})[_SPACES.sub("", label)] = min(6, max(1, depth))


def _path(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))


def _xml(data: bytes) -> "Element":
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data:
        raise DocumentError(
            "{source}: its table of contents defines entities, which no book needs, so it is not opened.",
            "{source}：目录中定义了实体，正常的电子书不会这样，因此没有打开。",
        )
    root: Element = parse_xml(data)
    return root


FORMAT = IsolatedFormat(("电子书", "e-book"), (".epub",), _extract)
