"""From a file's bytes to a ``Document``: one parser a format.

Line ends ``\\r\\n``, ``\\r`` and the Unicode line and paragraph separators become ``\\n``; a byte order mark goes.
Otherwise the text stays the file's own, so spans point into what the person wrote.
"""

import errno
import hashlib
import re
import unicodedata
from pathlib import Path, PurePosixPath

from bot.documents.encoding import Decoded, decode
from bot.documents.outline import outline
from bot.documents.title import find_title
from bot.types import Document, DocumentError

_MARKDOWN = frozenset({".md", ".markdown"})
SUFFIXES: frozenset[str] = frozenset({".txt"}) | _MARKDOWN
"""The suffixes that ``parse`` takes, in lower case."""

_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SOME = re.compile(r"[^\s\ufeff\u200b-\u200f\u2060]")
_CONTROL_SHARE = 0.05
_FORMATS = (
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


def document_id(source: str) -> str:
    """Return the identity of the document added under ``source``: 16 hexadecimal digits, the same in every home."""
    return hashlib.sha256(unicodedata.normalize("NFC", source).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read(source: str, content: Path | bytes, megabytes: int) -> bytes:
    """Return the bytes of a file, or those given.

    Raises ``DocumentError`` where there are more than ``megabytes``, or the file is not there or cannot be read.
    """
    try:
        if isinstance(content, Path) and content.exists() and not content.is_file():
            raise OSError(errno.EINVAL, "not a regular file")  # a device or a pipe may never end
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        if size > megabytes * 1_000_000:
            raise DocumentError(
                f"{source}: the file is larger than {megabytes} MB; split it, or raise YOUJU_MAX_FILE_MEGABYTES.",
                f"{source}：文件超过 {megabytes} MB；请拆分，或调高 YOUJU_MAX_FILE_MEGABYTES。",
            )
        return content if isinstance(content, bytes) else content.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{source}: the file cannot be read ({error.strerror}); check its name and permissions.",
            f"{source}：无法读取文件（{error.strerror}）；请检查文件名和权限。",
        ) from error


def parse(source: str, data: bytes, title: str | None = None) -> Document:
    """Read a file as a document with its outline.

    ``source`` is the file name as added; its suffix chooses the parser. ``title`` overrides the title found.
    Raises ``DocumentError`` where the suffix is not supported or the file is empty, binary or in no known encoding.
    """
    suffix = PurePosixPath(source).suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise DocumentError(
            f"{source}: {suffix or 'a file without suffix'} cannot be read; save it as {known} and add that.",
            f"{source}：不支持这种文件（{suffix or '无后缀'}）；请另存为 {known.replace(', ', '、')} 后重新添加。",
        )
    text, decoded = _text(source, data)
    lines = outline(text, markdown=suffix in _MARKDOWN)
    return Document(
        document_id=document_id(source),
        source=source,
        title=(title or "").strip()
        or find_title(text, lines, PurePosixPath(source).stem, markdown=suffix in _MARKDOWN),
        text=text,
        paragraphs=lines,
        encoding=decoded.encoding,
        lost=decoded.lost,
    )


def _text(source: str, data: bytes) -> tuple[str, Decoded]:
    """Return the text with uniform line ends, and what it was made of."""
    for magic, kind in _FORMATS:
        if data.startswith(magic):
            raise DocumentError(
                f"{source}: this is a {kind} file, not text; save its text as UTF-8 .txt or .md and add that.",
                f"{source}：这是 {kind} 文件，不是纯文本；请把其中的文字另存为 UTF-8 的 .txt 或 .md 后添加。",
            )
    try:
        decoded = decode(data)
    except UnicodeError as error:
        raise DocumentError(
            f"{source}: the text encoding was not recognised; save the file as UTF-8 and add it again.",
            f"{source}：无法识别文字编码；请另存为 UTF-8 后重新添加。",
        ) from error
    text = _LINE_END.sub("\n", decoded.text)
    if not _SOME.search(text):
        raise DocumentError(
            f"{source}: the file is empty; put text into it and add it again.",
            f"{source}：文件是空的；请写入文字后重新添加。",
        )
    if "\0" in text or len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise DocumentError(
            f"{source}: this is binary data, not text; save its text as UTF-8 .txt or .md and add that.",
            f"{source}：这是二进制数据，不是纯文本；请把其中的文字另存为 UTF-8 的 .txt 或 .md 后添加。",
        )
    return text, decoded
