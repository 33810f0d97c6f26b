"""Plain text: each line that is not blank is a paragraph, unless it goes on in the next one."""

import re

from bot.documents.encoding import TRIED, Decoded, decode
from bot.documents.formats.contract import Content, Format, Line
from bot.documents.formats.page_edges import without_page_edges
from bot.documents.formats.wrapped import join_wrapped
from bot.documents.markers import find_marker
from bot.types import DocumentError

_BLANK = r"\s\ufeff\u200b-\u200f\u2060"
LINE = re.compile(rf"[^{_BLANK}](?:[^\n]*[^{_BLANK}])?")
"""A line without the white space at its ends."""

_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_SHARE = 0.05
_ZERO_SHARE, _FEW_ZEROS = 0.1, 3
"""A few zeros are damage, many are no text."""
_OTHERS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip / Office (docx, xlsx, pptx)"),
    (b"\xd0\xcf\x11\xe0", "Office 97-2003 (doc, xls, ppt)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
)


def read(source: str, data: bytes) -> Content:
    """Read a file of plain text; see ``Format``."""
    decoded = read_text(source, data)
    text, notices = without_page_edges(decoded.text)
    lines = []
    for match in LINE.finditer(text):
        marker = find_marker(match[0])
        lines.append(Line(match.start(), match.end(), marker, marker))
    return Content(text, join_wrapped(text, lines), decoded.encoding, decoded.lost, notices=notices)


def read_text(source: str, data: bytes) -> Decoded:
    """Return the text of a file with uniform line ends.

    Raises ``DocumentError`` where it is binary, in no known encoding, or has no text.
    """
    for magic, kind in _OTHERS:
        if data.startswith(magic):
            raise _unreadable(source, f"a {kind} file", f" {kind} 文件")
    try:
        decoded = decode(data)
    except UnicodeError as error:
        raise DocumentError(
            f"{source}: the text encoding was not recognised (tried: {', '.join(TRIED)}); save the file as UTF-8 and "
            "add it again, or name its encoding with --encoding.",
            f"{source}：无法识别文字编码（试过 {'、'.join(TRIED)}）；请另存为 UTF-8 后重新添加，或用 --encoding 指明。",
        ) from error
    text = _LINE_END.sub("\n", decoded.text)
    if not LINE.search(text):
        raise empty(source)
    zeros = text.count("\0")
    controls = len(_CONTROL.findall(text)) - zeros
    if zeros > max(_FEW_ZEROS, _ZERO_SHARE * len(text)) or controls > _CONTROL_SHARE * len(text):
        raise _unreadable(source, "binary data", "二进制数据")
    return Decoded(text.replace("\0", "\ufffd"), decoded.encoding, decoded.lost + zeros)


def empty(source: str) -> DocumentError:
    """The error for a file without text."""
    return DocumentError(
        f"{source}: the file is empty; put text into it and add it again.",
        f"{source}：文件是空的；请写入文字后重新添加。",
    )


def _unreadable(source: str, en: str, zh: str) -> DocumentError:
    return DocumentError(
        f"{source}: this is {en}, not text; save its text as UTF-8 {FORMAT.suffixes[0]} and add that.",
        f"{source}：这是{zh}，不是纯文本；请把其中的文字另存为 UTF-8 的 {FORMAT.suffixes[0]} 后添加。",
    )


FORMAT = Format(("文本", "text"), (".txt", ".text"), read)
