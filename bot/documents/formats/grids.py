"""From the cells of a sheet to blocks: titles, tables with their header in front, lines of text.

Empty rows part a sheet into regions. In a region stand lines above the table (a title, "单位：万元"), the header (of
one row, or of several where merged cells span them), rows, and lines of one cell between or below them. After such a
line the header is said again, so that a row always stands in one run with its header. What is filled in on a form
(``form_sheets``) is no table.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from bot.documents.formats.extract import Block, row
from bot.documents.formats.form_sheets import without_form
from bot.documents.formats.regions import YEAR, Grid, Region, distinct, is_number, regions
from bot.documents.markers import find_marker

_NOTE = re.compile(r"(?:备?\s*注|说明|制表|填表|审核|[Nn]otes?)\s*\d*\s*[：:.]")
_HEADER_SHARE = 0.6
"""A header names at least this share of the columns."""
_DEEPEST_HEADER = 4
_LONG = 25


@dataclass(frozen=True, slots=True)
class _Header:
    """The names of columns, and in which of these the first row below has numbers; None where no row follows."""

    cells: list[str]
    columns: list[int]
    numbers: frozenset[int] | None


def blocks(grid: Grid) -> Iterator[Block]:
    """Yield what stands in a sheet, its name apart."""
    header: _Header | None = None
    for region in regions(grid):
        if header is not None and _goes_on(region, header):
            header = yield from _rows(region, header, 0)
            continue
        header = None
        region, fields = without_form(region)
        yield from fields
        if not region.rows:
            continue
        if len(region.columns) == 1 or (len(region.rows) == 1 and not _stands_alone(region)):
            yield from (_line(cells) for cells in region.rows)
            continue
        first = next((at for at in range(len(region.rows)) if _names_columns(region, at)), None)
        if first is None:
            first = next((at for at in range(len(region.rows)) if distinct(region.rows[at]) > 1), len(region.rows))
        yield from (_line(cells) for cells in region.rows[:first])
        if first < len(region.rows):
            below = _below_header(region, first)
            header = _header(region, first, below, region.columns)
            yield row(header.cells)
            header = yield from _rows(region, header, below)


def _line(cells: Sequence[str]) -> Block:
    """Return a row that is no row of a table, what merged cells repeat once."""
    return Block(" ".join(dict.fromkeys(text for text in cells if text)))


def _names_columns(region: Region, at: int) -> bool:
    """Tell whether a row can be a header: it fills most columns with names."""
    cells = [region.rows[at][column] for column in region.columns]
    filled = [text for text in cells if text]
    numbers = sum(is_number(text) and not YEAR.fullmatch(text) for text in filled)
    return distinct(cells) > 1 and len(filled) >= _HEADER_SHARE * len(cells) and numbers == 0


def _stands_alone(region: Region) -> bool:
    """Tell whether the only row of a region is a header, and no line such as "填表人：张三   日期：3月5日"."""
    return _names_columns(region, 0) and not any("：" in text or ":" in text for text in region.rows[0])


def _below_header(region: Region, first: int) -> int:
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


def _all_names(region: Region, at: int) -> bool:
    return at < len(region.rows) and not any(is_number(text) and not YEAR.fullmatch(text) for text in region.rows[at])


def _header(region: Region, first: int, below: int, columns: list[int]) -> _Header:
    levels = region.rows[first:below]
    names = [" ".join(dict.fromkeys(cells[column] for cells in levels if cells[column])) for column in columns]
    return _Header(names, columns, _numbers(region, below) if below < len(region.rows) else None)


def _numbers(region: Region, at: int) -> frozenset[int]:
    return frozenset(c for c in region.columns if at < len(region.rows) and is_number(region.rows[at][c]))


def _goes_on(region: Region, header: _Header) -> bool:
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


def _is_line(region: Region, at: int) -> bool:
    """Tell whether a row under a header is a line of text: merged across, a note, a numbered heading."""
    cells = region.rows[at]
    if distinct(cells) != 1:
        return False
    column = next(column for column, text in enumerate(cells) if text)
    text = cells[column]
    across = region.ends.get(at, {}).get(column, (1, column))[1] > column
    first = column == region.columns[0]
    return across or (first and (len(text) > _LONG or bool(_NOTE.match(text)) or find_marker(text) is not None))


def _rows(region: Region, header: _Header, first: int) -> Generator[Block, None, _Header]:
    """Yield the rows under a header; it is said again after a line of text. Returns the header of the last table.

    Another table may begin without an empty row between.
    """
    parted = False
    last = {column: at for at, cells in enumerate(region.rows) for column, text in enumerate(cells) if text}
    at = first
    while at < len(region.rows):
        cells = region.rows[at]
        if _is_line(region, at):
            parted = True
            yield _line(cells)
        elif [cells[column] if column < len(cells) else "" for column in header.columns] == header.cells:
            parted = True  # said again by whoever wrote it
        elif _begins_another(region, header, at, parted):
            below = _below_header(region, at)
            header = _header(region, at, below, [column for column in region.columns if last[column] >= at])
            yield row(header.cells)
            parted = False
            at = below
            continue
        else:
            if parted:
                yield row(header.cells)
            parted = False
            yield row([cells[column] if column < len(cells) else "" for column in header.columns])
        at += 1
    return header


def _begins_another(region: Region, header: _Header, at: int, parted: bool) -> bool:
    """Tell whether a row is the header of another table: names where the table had numbers, and numbers below them.

    Where no line parts the two, they differ in the columns that they fill, or names stand in several such columns.
    """
    cells = region.rows[at]
    own = [column for column in region.columns if cells[column]]
    numbers = {column for column in header.numbers or () if column in own}
    if at + 1 >= len(region.rows) or len(own) < 2 or any(is_number(cells[column]) for column in own):
        return False
    if not numbers or not _numbers(region, at + 1) & set(own) or distinct(cells) < len(own):
        return False
    before = region.rows[at - 1] if at else cells
    return parted or len(numbers) > 1 or any(bool(cells[column]) != bool(before[column]) for column in region.columns)
