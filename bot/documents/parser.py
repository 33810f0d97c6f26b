"""From a file's bytes to a ``Document`` with its structure; ``formats`` has one module for each kind of file.

Line ends ``\\r\\n``, ``\\r`` and the Unicode line and paragraph separators become ``\\n``; a byte order mark goes.
Otherwise the text stays the file's own, so spans point into what the person wrote: a zero alone becomes a replacement
character, and is counted as lost; heads, feet and numbers of pages are left out, and told.
"""

import errno
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.documents.formats import USUAL, Content, Format, Options, find_format
from bot.documents.formats.extract import NO_OPTIONS, Attachment, compose
from bot.documents.formats.plain import empty
from bot.documents.identity import PARSER_VERSION, document_id
from bot.documents.lists import find_lists
from bot.documents.outline import outline
from bot.documents.sandbox import Sandbox
from bot.documents.sections import build_tree
from bot.documents.title import find_title
from bot.pages import PLAIN, Box, FileReading
from bot.types import Document, DocumentError

__all__ = ["PARSER_VERSION", "ReadFile", "document_id", "parse", "read", "read_file"]


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


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What was read of a file: its ``document``, None where it only carries others (an archive), and how it was read.

    ``boxes`` are where the text stands on its pages; ``attachments`` the files that came inside it; ``unlocked`` is the
    file without its lock where a password opened it.
    """

    document: Document | None
    reading: FileReading = PLAIN
    boxes: tuple[Box, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    unlocked: bytes = b""


def parse(source: str, data: bytes, title: str | None = None) -> Document:
    """Read a file that is a document by itself; see ``read_file``."""
    with Sandbox() as sandbox:
        document = read_file(source, data, title, sandbox).document
    if document is None:
        raise empty(source)
    return document


def read_file(source: str, data: bytes, title: str | None, sandbox: Sandbox, options: Options = NO_OPTIONS) -> ReadFile:
    """Read a file as a document with its structure.

    ``source`` is the file name as added; its suffix chooses the format. ``title`` overrides the title found.
    Raises ``DocumentError`` where the suffix is not supported or the file is empty, binary or in no known encoding.
    """
    known = find_format(source)
    if known is None:
        suffix, suffixes = PurePosixPath(source).suffix.lower(), ", ".join(USUAL)
        raise DocumentError(
            f"{source}: {suffix or 'a file without suffix'} cannot be read; save it as {suffixes} and add that.",
            f"{source}：不支持这种文件（{suffix or '无后缀'}）；请另存为 {suffixes.replace(', ', '、')} 后重新添加。",
        )
    if isinstance(known, Format):
        content = known.read(source, data)
        return ReadFile(_document(source, title, content), FileReading(notices=content.notices))
    extract = sandbox.extract(known, source, data, options)
    content = compose(extract, known.name[1])
    if not content.lines and not extract.attachments:
        raise empty(source)
    recognised = sum(span.end - span.start for span in content.recognised)
    return ReadFile(
        document=_document(source, title, content) if content.lines else None,
        reading=FileReading(content.page_count, content.tables, recognised, content.notices),
        boxes=content.boxes,
        attachments=extract.attachments,
        unlocked=extract.unlocked,
    )


def _document(source: str, title: str | None, content: Content) -> Document:
    text, paragraphs = content.text, outline(content.text, content.lines)
    return Document(
        document_id=document_id(source),
        source=source,
        title=(title or "").strip() or content.title or find_title(text, paragraphs, PurePosixPath(source).stem),
        text=text,
        paragraphs=paragraphs,
        encoding=content.encoding,
        lost=content.lost,
        outline=build_tree(text, paragraphs),
        lists=find_lists(text, paragraphs),
        pages=content.pages,
        recognised=content.recognised,
    )
