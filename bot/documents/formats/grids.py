"""From the cells of a sheet to blocks: titles, tables with their header in front, lines of text.

Empty rows part a sheet into regions. In a region stand lines above the table (a title, "单位：万元"), the header (of
one row, or of several where merged cells span them), rows, and lines of one cell between or below them. After such a
line the header is said again, so that a row always stands in one run with its header.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.formats.extract import Block, clean, row
from bot.documents.markers import find_marker

Merged = tuple[int, int, int, int]
"""The first row and column of merged cells, and the last ones."""
_Ends = dict[int, tuple[int, int]]
"""By the first column of merged cells, how many rows they have and their last column."""

_NUMBER = re.compile(r"[-+(]?\s*(?:[¥￥$€£]|RMB)?\s*[-+]?\d[\d,.]*(?:E[+-]?\d+)?\s*[%‰元万亿]*\)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTE = re.compile(r"(?:备?\s*注|说明|制表|填表|审核|[Nn]otes?)\s*\d*\s*[：:.]")
_HEADER_SHARE = 0.6
"""A header names at least this share of the columns."""
_DEEPEST_HEADER = 4
_LONG = 25
_MOST_MERGED = 200_000


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its cells' texts by row and column, a row as long as it has text.

    ``unseen`` tells that it is hidden, ``hidden`` counts its hidden rows and columns, ``cut`` tells that there are
    more rows than were read.
    """

    name: str
    rows: list[list[str]]
    merged: tuple[Merged, ...] = ()
    unseen: bool = False
    hidden: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Region:
    """Rows without an empty one between them; ``columns`` are those that have text.

    ``ends`` gives the merged cells that begin in a row.
    """

    rows: list[list[str]]
    columns: list[int]
    ends: dict[int, _Ends]


@dataclass(frozen=True, slots=True)
class _Header:
    """The names of columns, and in which of these the first row below has numbers; None where no row follows."""

    cells: list[str]
    columns: list[int]
    numbers: frozenset[int] | None


def blocks(grid: Grid) -> Iterator[Block]:
    """Yield what stands in a sheet, its name apart."""
    header: _Header | None = None
    for region in _regions(grid):
        if header is not None and _goes_on(region, header):
            yield from _rows(region, header, 0)
            continue
        header = None
        if len(region.columns) == 1 or (len(region.rows) == 1 and not _stands_alone(region)):
            yield from (_line(cells) for cells in region.rows)
            continue
        first = next((at for at in range(len(region.rows)) if _names_columns(region, at)), None)
        if first is None:
            first = next((at for at in range(len(region.rows)) if _distinct(region.rows[at]) > 1), len(region.rows))
        yield from (_line(cells) for cells in region.rows[:first])
        if first < len(region.rows):
            below = _below_header(region, first)
            header = _header(region, first, below)
            yield row(header.cells)
            yield from _rows(region, header, below)


def _regions(grid: Grid) -> Iterator[_Region]:
    rows = [[clean(text) for text in cells] for cells in grid.rows]
    ends = _fill(rows, grid.merged)
    start = 0
    for at in range(len(rows) + 1):
        if at < len(rows) and any(rows[at]):
            continue
        if start < at:
            part = rows[start:at]
            width = max(map(len, part))
            for cells in part:
                cells.extend([""] * (width - len(cells)))
            columns = [column for column in range(width) if any(cells[column] for cells in part)]
            yield _Region(part, columns, {top - start: ends[top] for top in range(start, at) if top in ends})
        start = at + 1


def _fill(rows: list[list[str]], merged: Sequence[Merged]) -> dict[int, _Ends]:
    """Repeat the text of merged cells in each of them; return those that begin in a row, by rows."""
    width = max(map(len, rows), default=0)
    ends: dict[int, _Ends] = {}
    written = 0
    for top, left, bottom, right in merged:
        if top >= len(rows) or left >= len(rows[top]) or not rows[top][left]:
            continue
        last, height = min(right, max(width - 1, left)), min(bottom + 1, len(rows)) - top
        written += height * (last - left + 1)
        if written > _MOST_MERGED:
            break
        ends.setdefault(top, {})[left] = (height, right)
        for cells in rows[top : top + height]:
            cells.extend([""] * (last + 1 - len(cells)))
            cells[left : last + 1] = [rows[top][left]] * (last + 1 - left)
    return ends


def _is_number(text: str) -> bool:
    """Tell whether a cell's text is a number, an amount or a share."""
    return bool(_NUMBER.fullmatch(text))


def _distinct(cells: Sequence[str]) -> int:
    return len(set(cells) - {""})


def _line(cells: Sequence[str]) -> Block:
    """Return a row that is no row of a table, what merged cells repeat once."""
    return Block(" ".join(dict.fromkeys(text for text in cells if text)))


def _names_columns(region: _Region, at: int) -> bool:
    """Tell whether a row can be a header: it fills most columns with names."""
    cells = [region.rows[at][column] for column in region.columns]
    filled = [text for text in cells if text]
    numbers = sum(_is_number(text) and not _YEAR.fullmatch(text) for text in filled)
    return _distinct(cells) > 1 and len(filled) >= _HEADER_SHARE * len(cells) and numbers == 0


def _stands_alone(region: _Region) -> bool:
    """Tell whether the only row of a region is a header, and no line such as "填表人：张三   日期：3月5日"."""
    return _names_columns(region, 0) and not any("：" in text or ":" in text for text in region.rows[0])


def _below_header(region: _Region, first: int) -> int:
    """Return the row under a header that begins at ``first``: merged cells show how many rows it has."""
    spans = region.ends.get(first, {})
    down = max((height - 1 for height, _ in spans.values()), default=0)
    across = any(right > column for column, (_, right) in spans.items())
    if not down and across and first + 1 < len(region.rows) and _names_columns(region, first + 1):
        down = 1  # "收入" over two columns, their names below, and nothing merged downwards
    # What is merged down as far as there is no header alone, but also a group of rows.
    named = 0
    while named < min(down, _DEEPEST_HEADER - 1) and _all_names(region, first + named + 1):
        named += 1
    return min(first + named + 1, len(region.rows))


def _all_names(region: _Region, at: int) -> bool:
    return at < len(region.rows) and not any(_is_number(text) and not _YEAR.fullmatch(text) for text in region.rows[at])


def _header(region: _Region, first: int, below: int) -> _Header:
    levels = region.rows[first:below]
    names = [" ".join(dict.fromkeys(cells[column] for cells in levels if cells[column])) for column in region.columns]
    return _Header(names, region.columns, _numbers(region, below) if below < len(region.rows) else None)


def _numbers(region: _Region, at: int) -> frozenset[int]:
    return frozenset(c for c in region.columns if at < len(region.rows) and _is_number(region.rows[at][c]))


def _goes_on(region: _Region, header: _Header) -> bool:
    """Tell whether a region after an empty row belongs to the table above: it has no header of its own."""
    if not set(region.columns) <= set(header.columns):
        return False
    if header.numbers is None:
        return not _is_line(region, 0)
    if header.numbers:
        return bool(_numbers(region, 0) & header.numbers)
    # All is names: as wide as the table above, and without numbers that would show where a header ends.
    new = _is_line(region, 0) or any(_numbers(region, at) for at in range(min(3, len(region.rows))))
    return not new and len(region.columns) == len(header.columns)


def _is_line(region: _Region, at: int) -> bool:
    """Tell whether a row under a header is a line of text: merged across, a note, a numbered heading."""
    cells = region.rows[at]
    if _distinct(cells) != 1:
        return False
    column = next(column for column, text in enumerate(cells) if text)
    text = cells[column]
    across = region.ends.get(at, {}).get(column, (1, column))[1] > column
    first = column == region.columns[0]
    return across or (first and (len(text) > _LONG or bool(_NOTE.match(text)) or find_marker(text) is not None))


def _rows(region: _Region, header: _Header, first: int) -> Iterator[Block]:
    """Yield the rows under a header; it is said again after a line of text."""
    parted = False
    for at in range(first, len(region.rows)):
        cells = region.rows[at]
        if _is_line(region, at):
            parted = True
            yield _line(cells)
            continue
        if parted:
            parted = False
            yield row(header.cells)
        yield row([cells[column] if column < len(cells) else "" for column in header.columns])
