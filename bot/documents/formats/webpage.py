"""Web pages: .html, and .mhtml, in which browsers save a page with all that belongs to it."""

import re
from collections.abc import Callable
from email.message import Message
from email.parser import BytesParser
from typing import TYPE_CHECKING

from bot.documents.formats.extract import Block, Extract, IsolatedFormat, Options, clean
from bot.documents.formats.markup import Reading, parse_markup, read_blocks
from bot.documents.formats.markup_charset import read_markup
from bot.documents.formats.markup_chrome import drop_chrome
from bot.pages import Notice
from bot.types import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TITLE_NAMES = ("articletitle", "og:title", "dc.title", "dcterms.title")
_NO_TITLE = re.compile(
    r"(?:untitled|new page|无标题|無標題|新建|document|index|home|首页)[\s\w]{0,12}|https?:.*|.*\.html?", re.I
)
_SITE = re.compile(r"\s*(?:[_|｜–—»]|\s-\s|-(?=[^-\x00-\x7f]{2,20}$))\s*")
_LONGEST_TITLE, _LONGEST_HEAD = 200, 1_000


def _extract(data: bytes, options: Options) -> Extract:
    return read_page(data, "", None)


def read_page(data: bytes, said: str, frame: Callable[[str], "Element | None"] | None) -> Extract:
    """Read a page; ``said`` is the encoding that came with it, ``frame`` gives the pages in its frames.

    Raises:
        DocumentError: its encoding is not known, or it is nested too deeply.
    """
    try:
        decoded = read_markup(data, said)
    except UnicodeError as error:
        raise DocumentError(
            "{source}: the page's encoding was not recognised; open it in a browser, save it again and add that.",
            "{source}：无法识别网页的编码；请在浏览器中打开、另存后重新添加。",
        ) from error
    root = parse_markup(decoded.text)
    titles = _titles(root)
    # All of it: without a tag of its own, a page's body may begin within what lxml takes for the head.
    dropped = drop_chrome(root)
    reading = Reading()
    read_blocks(root, reading, frame)
    notices = [*dropped.notices(), *reading.notices()]
    if decoded.lost:
        notices.append(Notice(f"{decoded.lost} characters could not be read.", f"有 {decoded.lost} 个字符无法识别。"))
    return Extract(
        tuple(reading.blocks), _title(titles, reading.blocks), notices=tuple(notices), encoding=decoded.encoding
    )


def _titles(root: "Element") -> list[str]:
    """Return what a page calls itself, the surest first."""
    said = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content", "") for meta in root.iter("meta")
    }
    named = [said.get(name, "") for name in _TITLE_NAMES]
    head = next((title for title in root.iter("title") if next(title.iterancestors("svg"), None) is None), None)
    whole = (*named, "" if head is None else "".join(head.itertext()))
    return [title for title in (clean(said[:_LONGEST_HEAD]) for said in whole) if title]


def _title(titles: list[str], blocks: list[Block]) -> str:
    """Return a page's title without the name of its site: the part that stands on the page as a line, if any does."""
    lines = {block.text for block in blocks if len(block.text) <= _LONGEST_TITLE}
    for title in titles:
        parts = _SITE.split(title)
        for end in range(len(parts), 0, -1):
            start = title[: title.index(parts[end - 1]) + len(parts[end - 1])] if end < len(parts) else title
            if start in lines:
                return start
        if (whole := next((part for part in parts if part in lines), "")) and len(whole) > 1:
            return whole
    plain = [title for title in titles if not _NO_TITLE.fullmatch(title) and len(title) <= _LONGEST_TITLE]
    return plain[0] if plain else ""


def _extract_archive(data: bytes, options: Options) -> Extract:
    message = BytesParser().parsebytes(data)
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise DocumentError(
            "{source}: holds no web page; open it in a browser, save it again and add that.",
            "{source}：其中没有网页；请在浏览器中打开、另存后重新添加。",
        )
    places = {name: part for part in pages for name in _addresses(part)}
    root = places.get(
        str(message.get_param("start", "")), places.get(str(message["Snapshot-Content-Location"]), pages[0])
    )

    def frame(address: str) -> "Element | None":
        part = places.get(address)
        if part is None or part is root:
            return None
        page = parse_markup(read_markup(_bytes(part), part.get_content_charset("")).text)
        drop_chrome(page)
        return page

    return read_page(_bytes(root), root.get_content_charset(""), frame)


def _addresses(part: Message) -> list[str]:
    identity = str(part.get("Content-ID", "")).strip()
    location = str(part.get("Content-Location", "")).strip()
    return [name for name in (identity, f"cid:{identity.strip('<>')}" if identity else "", location) if name]


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


FORMAT = IsolatedFormat(("网页", "web page"), (".html", ".htm", ".xhtml"), _extract)
ARCHIVE = IsolatedFormat(("网页存档", "web archive"), (".mhtml", ".mht"), _extract_archive)
