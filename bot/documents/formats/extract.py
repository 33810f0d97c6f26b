"""What is read of a file that is no plain text: its blocks in order, where each stands on a page, what was left out.

It travels from the process that reads the file to the one that keeps it; ``compose`` makes of it what plain text gives.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.documents.formats.contract import Box, Content, Line, Recognised
from bot.documents.markers import Marker, find_marker
from bot.errors import DocumentError
from bot.pages import Notice
from bot.tree import Kind

CELLS = " | "
"""Stands between the cells of a row: see ``bot.structure.tables``."""
_BREAKS = re.compile(r"[\s\u2028\u2029\x00-\x08\x0e-\x1f\x7f-\x9f]+")
_LONGEST_HEADING = 200
_LONGEST_TITLE = 120
_TITLE_WITHIN = 3
"""Paragraphs within which a text's title stands: a number of the file, or who wrote it, may come first."""
CONTENTS = re.compile(r"目\s*[录錄次]|(?:Table of )?Contents", re.IGNORECASE)
"""The title of a table of contents."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a block's text that stands in one place: a line of a page. ``start`` to ``end`` is its span in it."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """What becomes a paragraph.

    ``text`` has no line breaks (any white space is made a space); the cells of a ``row`` of a table stand between
    ``CELLS``. ``level`` is that of a heading, 1 for the outermost, 0 for text. ``page`` is the page or slide on which
    it begins, from 1, None where the file has none; ``pieces`` tell where its lines stand, on that page and on later
    ones. ``confidence`` (0..1) is how sure the recognition was, None where the text is the file's own.
    """

    text: str
    level: int = 0
    row: bool = False
    page: int | None = None
    pieces: tuple[Piece, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came inside another one, under its name there (with ``/`` between folders)."""

    # How pydantic writes it for the other process.
    __pydantic_config__: ClassVar[dict[str, str]] = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read of a file.

    ``title`` is the one that the file itself tells, empty where it does not. ``pages`` counts its pages or slides, 0
    where it has none. ``notices`` say what was left out or read with doubt. ``encoding`` is that of the text where
    there was a choice, else empty. ``unlocked`` is a file that a password opened without its lock, empty of others.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}

    blocks: tuple[Block, ...]
    title: str = ""
    pages: int = 0
    notices: tuple[Notice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    encoding: str = ""
    unlocked: bytes = b""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says of a file: the ``password`` that opens it, empty where it needs none."""

    password: str = ""


NO_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class IsolatedFormat:
    """A kind of file that is read in a process of its own.

    ``name`` is how people call it (zh, en), ``suffixes`` are in lower case. ``extract`` imports its library itself,
    raises ``DocumentError`` with "{source}" in both lines where these are no such file, and anything else where it
    fails. ``megabytes`` is how much memory it may take, ``seconds`` how much processor a file of up to 10 MB.
    ``show`` draws a page (from 1) so many pixels wide, as PNG; None where files of this kind look like their text.
    """

    name: tuple[str, str]
    suffixes: tuple[str, ...]
    extract: Callable[[bytes, Options], Extract]
    megabytes: int = 1000
    seconds: int = 30
    show: Callable[[bytes, Options, int, int], bytes] | None = None


def no_page(page: int) -> DocumentError:
    """The error for a page that a file has not."""
    return DocumentError(
        f"{{source}}: has no page {page}; open it at another one.",
        f"{{source}}：没有第 {page} 页；请打开其他页。",
    )


def row(cells: Sequence[str], page: int | None = None) -> Block:
    """Return a row of a table; one without any text is empty."""
    texts = [clean(cell).replace("|", "｜") for cell in cells]
    line = CELLS.join(texts) if any(texts) else ""
    # Without bars around it, a row would lose the empty cells at its ends.
    return Block(f"| {line} |" if line and not (texts[0] and texts[-1]) else line, row=True, page=page)


def clean(text: str) -> str:
    """Return text in one line, each run of white space and control characters a space."""
    return _BREAKS.sub(" ", text).strip()


def compose(extract: Extract, encoding: str) -> Content:
    """Return the text of an extract, a block a line; blocks without text are left out."""
    blocks = list(_placed(extract.blocks))
    lines: list[Line] = []
    boxes: list[Box] = []
    pages: list[tuple[int, int]] = []
    recognised: list[Recognised] = []
    for start, block in blocks:
        end = start + len(block.text)
        opens = None if block.row else find_marker(block.text)
        heading = block.level > 0 and len(block.text) <= _LONGEST_HEADING
        marker = Marker(Kind.ATX + min(block.level, 6), 0, heading=True) if heading else opens
        lines.append(Line(start, end, marker, opens))
        boxes.extend(piece.box.at(start + piece.start, start + piece.end) for piece in block.pieces)
        _note_pages(pages, start, block)
        if block.confidence is not None:
            recognised.append(Recognised(start, end, block.confidence))
    return Content(
        text="\n".join(block.text for _, block in blocks),
        lines=tuple(lines),
        encoding=extract.encoding or encoding,
        lost=0,
        title=clean(extract.title) or lone_heading([block for _, block in blocks]),
        pages=tuple(pages),
        boxes=tuple(boxes),
        recognised=tuple(recognised),
        notices=extract.notices,
        page_count=extract.pages,
        tables=sum(block.row and not (at and blocks[at - 1][1].row) for at, (_, block) in enumerate(blocks)),
    )


def lone_heading(blocks: Sequence[Block]) -> str:
    """Return the heading of level 1 that a text begins with, where it stands alone; empty where there is none.

    Chapters of its level do not count where a number opens them.
    """
    outermost = [at for at, block in enumerate(blocks) if block.level == 1 and may_be_title(block)]
    return blocks[outermost[0]].text if len(outermost) == 1 and outermost[0] < _TITLE_WITHIN else ""


def may_be_title(block: Block) -> bool:
    """Tell whether a heading may be that of a whole text: no number opens it, and it announces no contents."""
    name = block.text
    return len(name) <= _LONGEST_TITLE and find_marker(name) is None and CONTENTS.fullmatch(name) is None


def _placed(blocks: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    """Yield the blocks that have text, each with the offset at which it begins in the whole."""
    offset = 0
    for block in blocks:
        if block.text:
            yield offset, block
            offset += len(block.text) + 1


def _note_pages(pages: list[tuple[int, int]], start: int, block: Block) -> None:
    """Note where a page begins: with a block, or with a line of it."""
    turns = [(start, block.page), *((start + piece.start, piece.box.page) for piece in block.pieces)]
    for offset, page in turns:
        if page is not None and (not pages or pages[-1][1] != page):
            if pages and pages[-1][0] == offset:
                pages.pop()
            pages.append((offset, page))
