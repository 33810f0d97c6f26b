"""Tables in plain text and Markdown: lines of cells, the first one of which is the header."""

import re
from dataclasses import dataclass

from bot.structure.places import whole
from bot.types import Document

_BETWEEN_CELLS = re.compile(r"\s*\|\s*|\s*\t\s*")
_RULE = re.compile(r"[\s|:+-]+")
_MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Table:
    """The paragraphs of a table: its ``header`` and its ``rows``, lines that only draw left out."""

    header: int
    rows: tuple[int, ...]


def cells(line: str) -> list[str]:
    """Return the cells of a line that bars or tabs divide; of any other line, itself alone."""
    return _BETWEEN_CELLS.split(line.strip().strip("|").strip())


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
    return Table(first, rows) if rows else None


def _columns(document: Document, index: int) -> int:
    return len(cells(whole(document, index).text))
