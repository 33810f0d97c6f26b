"""Tables of HTML: which are tables at all (old pages are laid out by them), and their rows with merged cells."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from bot.documents.formats.extract import Block, row

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LAYOUT = ("table", "h1", "h2", "h3", "form", "article", "nav", "main", "iframe")
_MOST_COLUMNS = 100
_MOST_SPANNED = 1_000
_LONGEST_REPEATED = 200
"""Characters up to which a merged cell's text is repeated in each row and column; a longer one stands once."""
_PROSE = 400
_CELLS = ("td", "th")


def is_table(table: "Element") -> bool:
    """Tell whether a table is one of data: at least two rows of at least two cells, and no layout within."""
    if table.get("role") in ("presentation", "none") or next(islice(table.iter(*_LAYOUT), 1, None), None) is not None:
        return False
    widths = [len(cells) for cells in map(_cells, _rows(table))]
    several = sum(width > 1 for width in widths)
    if not several or len(widths) < 2:
        return False
    if several < 2 and not any(_span(cell, "rowspan", _MOST_SPANNED) > 1 for cell in table.iter(*_CELLS)):
        return False
    if next(table.iter("th", "caption", "thead"), None) is not None:
        return True
    return not any(_is_prose(cell) for cell in table.iter(*_CELLS))


def rows(table: "Element", text: Callable[["Element"], str]) -> Iterator[Block]:
    """Yield the rows of a table, a header's before the others; a merged cell's text stands in all its places."""
    open_cells: dict[int, tuple[int, str]] = {}  # column -> rows still to come, text of a cell that spans them
    for line in sorted(_rows(table), key=_is_foot):
        placed: list[str] = []
        waiting = iter(_cells(line))
        cell = next(waiting, None)
        while cell is not None or any(column >= len(placed) for column in open_cells):
            column = len(placed)
            if column >= _MOST_COLUMNS:
                break
            if column in open_cells:
                left, said = open_cells.pop(column)
                placed.append(said)
                if left > 1:
                    open_cells[column] = (left - 1, said)
            elif cell is None:
                placed.append("")
            else:
                _place(cell, text(cell), placed, open_cells)
                cell = next(waiting, None)
        if any(placed):
            yield row(placed)


def _place(cell: "Element", said: str, placed: list[str], open_cells: dict[int, tuple[int, str]]) -> None:
    repeated = said if len(said) <= _LONGEST_REPEATED else ""
    down = _span(cell, "rowspan", _MOST_SPANNED) - 1
    for across in range(_span(cell, "colspan", _MOST_COLUMNS)):
        if down:
            open_cells[len(placed)] = (down, repeated)
        placed.append(repeated if across else said)


def _rows(table: "Element") -> list["Element"]:
    return list(table.iter("tr"))


def _cells(line: "Element") -> list["Element"]:
    return [cell for cell in line if cell.tag in _CELLS]


def _is_foot(line: "Element") -> int:
    """Order a head before the body, a foot behind it, wherever they are written."""
    parent = line.getparent()
    return {"thead": 0, "tfoot": 2}.get(parent.tag if parent is not None else "", 1)


def _is_prose(cell: "Element") -> bool:
    paragraphs = sum(1 for _ in islice(cell.iter("p", "br", "div"), 3))
    return paragraphs == 3 and len("".join(cell.itertext()).strip()) > _PROSE


def _span(cell: "Element", name: str, most: int) -> int:
    said = cell.get(name, "1").strip()
    return min(most, max(1, int(said[:6]))) if said[:6].isdecimal() else 1
