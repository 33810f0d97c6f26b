"""Tables in plain text and Markdown: lines of cells, the first one of which is the header."""

import re
from dataclasses import dataclass

from bot.structure.places import whole
from bot.types import Document

_BAR = re.compile(r"\s*\|\s*")
_GAP = re.compile(r"[ \u3000]*\t\s*|(?<=\S)(?:[ \u3000]{2,})(?=\S)")
_RULE = re.compile(r"[\s|:+=-]+")
_MOST_ROWS = 400
_WIDEST = 40
_FEWEST_LINES = 3
"""Lines whose cells are parted by spaces alone may be anything; so many of equally many cells are a table."""
_NO_CELL = re.compile(r"[。；！？]|[：:]$|^[_＿]+$")


@dataclass(frozen=True, slots=True)
class Table:
    """The paragraphs of a table: its ``header`` and its ``rows``, lines that only draw left out."""

    header: int
    rows: tuple[int, ...]


def cells(line: str) -> list[str]:
    """Return the cells of a line that bars, tabs or wide spaces divide; of any other line, itself alone."""
    return [line[start:end] for start, end in cell_spans(line)]


def cell_spans(line: str) -> list[tuple[int, int]]:
    """Return where the cells of a line stand in it."""
    bare = line.strip()
    inner = bare.removeprefix("|")
    start = line.index(bare) + len(bare) - len(inner.lstrip())
    end = start + len(inner.removesuffix("|").strip())
    between = _BAR if "|" in bare else _GAP
    spans: list[tuple[int, int]] = []
    for match in between.finditer(line, start, end):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, end)]


def table_at(document: Document, index: int) -> Table | None:
    """Return the table that the paragraph at ``index`` is a line of; None where it is of none.

    A table is a run of at least two lines of equally many cells; of more than 400 lines, those around ``index``.
    """
    columns = _columns(document, index)
    if columns < 2:
        return None
    first = last = index
    while first > max(0, index - _MOST_ROWS) and _columns(document, first - 1) == columns:
        first -= 1
    end = min(len(document.paragraphs) - 1, index + _MOST_ROWS)
    while last < end and _columns(document, last + 1) == columns:
        last += 1
    rows = tuple(at for at in range(first + 1, last + 1) if not _RULE.fullmatch(whole(document, at).text))
    if not rows or (last - first + 1 < _FEWEST_LINES and not _drawn(document, first)):
        return None
    return Table(first, rows)


def _columns(document: Document, index: int) -> int:
    """Return the number of cells of a paragraph; 1 where it is prose."""
    text = whole(document, index).text
    found = cells(text)
    if len(found) < 2 or _is_drawn(text):
        return len(found)
    # A heading's number and its name, a label and its blank to fill in, are parted by spaces too.
    opening = document.paragraphs[index].opening
    marked = opening is not None and opening.number is not None and not text[: opening.length].strip().isdecimal()
    return 1 if marked or any(len(cell) > _WIDEST or _NO_CELL.search(cell) for cell in found) else len(found)


def _drawn(document: Document, index: int) -> bool:
    return _is_drawn(whole(document, index).text)


def _is_drawn(text: str) -> bool:
    """Tell whether bars or tabs part the cells."""
    return "|" in text or "\t" in text.strip()
