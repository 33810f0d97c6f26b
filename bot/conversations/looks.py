"""How the paragraphs of a document are shown: rows of a table, items of a list, code, and what of them is markup.

Nothing is added to a text or taken from it: what is not shown keeps its place, so that every span stays valid.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.documents.formats import MARKDOWN, suffix_of
from bot.structure.tables import cell_spans, table_at
from bot.tree import Kind
from bot.types import Document, Paragraph

Shape = Literal["text", "header", "row", "item", "quote", "code", "unseen"]
Style = Literal["cell", "markup", "strong", "emphasis", "code", "struck", "address"]

_DEEPEST = 4
_INDENT = 2
"""Spaces that set an item one deeper."""
_NUMBERED = (Kind.DIGIT, Kind.DIGIT_BRACKET, Kind.CIRCLE, Kind.LETTER)
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_NO_RULE = re.compile(r"[^\s|:+=-]")
_INLINE = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()#+.!|>~-])"
    r"|(?P<tick>`+)(?!`)(?P<code>.+?)(?<!`)(?P=tick)(?!`)"
    r"|(?P<strong>\*\*|(?<![A-Za-z0-9_])__)(?=[^\s*_])(?P<strongly>.+?)(?<=\S)(?P=strong)(?!(?<=_)[A-Za-z0-9_])"
    r"|(?P<light>(?<![A-Za-z0-9*])\*|(?<!\w)_)(?=[^\s*_])(?P<lightly>[^*_]+?)(?<=\S)(?P=light)(?![A-Za-z0-9*_])"
    r"|~~(?=\S)(?P<struck>.+?)(?<=\S)~~"
    r"|!?\[(?P<said>[^\[\]]*)\]\((?P<address>[^()\s]+)[^()]*\)"
)
_STYLES: tuple[tuple[str, Style], ...] = (
    *(("code", "code"), ("strongly", "strong"), ("lightly", "emphasis"), ("struck", "struck")),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of a paragraph's text that is shown in a way of its own; "markup" is not shown at all."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is shown.

    ``shape``: "unseen" only draws (the line under a table's header, the fence around code). ``group`` is the index of
    the paragraph that a table begins with, the same for all its rows. ``depth`` is how far an item stands inside, from
    0, and of a line of code the spaces before it. ``pieces`` are in order; those of style "cell" are the whole row.
    """

    shape: Shape = "text"
    depth: int = 0
    group: int | None = None
    pieces: tuple[Piece, ...] = ()


PLAIN = Look()


def looks(document: Document, paragraphs: Sequence[Paragraph]) -> list[Look]:
    """Return the looks of ``paragraphs``, which follow one another in the document."""
    marked_up = suffix_of(document.source) in MARKDOWN
    items = {index for found in document.lists if not found.inside for index in found.paragraphs}
    found: dict[int, Look] = {}
    if marked_up:
        found.update(_code(document, paragraphs))
    for paragraph in paragraphs:
        if paragraph.index not in found and not paragraph.level:
            found.update(_table(document, paragraph.index, found, marked_up))
    for paragraph in paragraphs:
        if paragraph.index not in found:
            found[paragraph.index] = _prose(document, paragraph, marked_up, item=paragraph.index in items)
    return [found[paragraph.index] for paragraph in paragraphs]


def inline(text: str, start: int = 0) -> Iterator[Piece]:
    """Yield what Markdown's signs within a line mean, in order; ``start`` is where the text stands in its paragraph."""
    for match in _INLINE.finditer(text):
        if match["escaped"]:
            yield Piece(start + match.start(), start + match.start("escaped"), "markup")
        elif match["address"]:
            yield Piece(start + match.start(), start + match.start("said"), "markup")
            yield from inline(match["said"], start + match.start("said"))
            yield Piece(start + match.end("said"), start + match.start("address"), "markup")
            yield Piece(start + match.start("address"), start + match.end("address"), "address")
            yield Piece(start + match.end("address"), start + match.end(), "markup")
        else:
            name, style = next(row for row in _STYLES if match[row[0]] is not None)
            yield Piece(start + match.start(), start + match.start(name), "markup")
            yield Piece(start + match.start(name), start + match.end(name), style)
            if style != "code":
                yield from inline(match[name], start + match.start(name))
            yield Piece(start + match.end(name), start + match.end(), "markup")


def _code(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, Look]]:
    """Yield the lines of code with the fences around them."""
    fence = ""
    for paragraph in paragraphs:
        match = _FENCE.match(_text(document, paragraph))
        if match and (not fence or match["fence"].startswith(fence)):
            fence = "" if fence else match["fence"]
            yield paragraph.index, Look("unseen")
        elif fence:
            yield paragraph.index, Look("code", _indent(document, paragraph))


def _table(document: Document, index: int, found: dict[int, Look], marked_up: bool) -> dict[int, Look]:
    """Return the lines of the table that begins with a paragraph, or goes on with it; nothing where it is of none."""
    table = table_at(document, index)
    if table is None:
        return {}
    before = found.get(index - 1)
    group = index if before is None or before.group is None or table.header >= index else before.group
    lines: dict[int, Look] = {}
    for at in range(index, table.rows[-1] + 1):
        text = _text(document, document.paragraphs[at])
        shape: Shape = "row" if at != group else "header"
        shape = shape if _NO_RULE.search(text) else "unseen"
        lines[at] = Look(shape, group=group, pieces=tuple(_cells(text, marked_up)))
    return lines


def _cells(text: str, marked_up: bool) -> Iterator[Piece]:
    """Yield the cells of a row with what parts them; what stands in front of a cell belongs to it."""
    at = 0
    spans = cell_spans(text)
    for start, end in spans:
        until = len(text) if (start, end) == spans[-1] else end
        yield Piece(at, until, "cell")
        if start > at:
            yield Piece(at, start, "markup")
        yield from inline(text[start:end], start) if marked_up else ()
        if until > end:
            yield Piece(end, until, "markup")
        at = until


def _prose(document: Document, paragraph: Paragraph, marked_up: bool, *, item: bool) -> Look:
    text = _text(document, paragraph)
    opening = paragraph.opening
    head: tuple[Piece, ...] = ()
    shape: Shape = "text"
    depth = 0
    if item and not paragraph.level and opening is not None and opening.rank in (Kind.BULLET, *_NUMBERED):
        shape, depth = "item", min(_indent(document, paragraph) // _INDENT, _DEEPEST)
        if opening.rank == Kind.BULLET:
            signs = len(text) - len(text[opening.length :].lstrip())
            head = (Piece(0, signs, "markup"),)
    elif marked_up and (quoted := _QUOTE.match(text)):
        shape, head = "quote", (Piece(0, quoted.end(), "markup"),)
    if not marked_up:
        return Look(shape, depth, pieces=head) if head or shape != "text" else PLAIN
    start = head[0].end if head else 0
    return Look(shape, depth, pieces=(*head, *inline(text[start:], start)))


def _text(document: Document, paragraph: Paragraph) -> str:
    return document.text[paragraph.start : paragraph.end]


def _indent(document: Document, paragraph: Paragraph) -> int:
    """Return the spaces before a paragraph in its line, a tab as four of them."""
    line = document.text[document.text.rfind("\n", 0, paragraph.start) + 1 : paragraph.start]
    return len(line.expandtabs(4)) if not line.strip() else 0
