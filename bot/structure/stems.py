"""What a line needs above it to be understood: the sentence that introduces a list, the header of a table."""

import re

from bot.structure.lists import introduces
from bot.structure.places import sentences, whole
from bot.types import Document

_BETWEEN_CELLS = re.compile(r"\s*\|\s*|\s*\t\s*")
_MOST_ROWS = 400
_MOST_STEMS = 2


def stems(document: Document, index: int) -> tuple[str, ...]:
    """Return the lines without which the paragraph at ``index`` is not whole, the outermost first: at most two.

    Of an item they are the sentences that introduce its list and the list around that, headings left out; of a row of
    a table they are the table's first row.
    """
    row = _header(document, index)
    if row:
        return (row,)
    lines: list[str] = []
    at = index
    for known in sorted(document.lists, key=lambda known: -known.paragraphs[0]):
        if known.inside or at not in known.paragraphs or not known.paragraphs[0]:
            continue
        before = known.paragraphs[0] - 1
        said = sentences(whole(document, before))
        if said and introduces(said[-1].text, len(known.paragraphs)):
            at = before
            if not document.paragraphs[before].level:  # a heading stands in the section's path
                lines.append(said[-1].text)
    return tuple(reversed(lines[:_MOST_STEMS]))


def _header(document: Document, index: int) -> str:
    """Return the first row of the table in which a paragraph is a further row; "" where it is none."""
    columns = len(cells(whole(document, index).text))
    first = index
    while first > max(0, index - _MOST_ROWS) and len(cells(whole(document, first - 1).text)) == columns > 1:
        first -= 1
    return whole(document, first).text if first < index else ""


def cells(line: str) -> list[str]:
    """Return the cells of a line that bars or tabs divide; of any other line, itself alone."""
    return _BETWEEN_CELLS.split(line.strip().strip("|").strip())
