"""A sheet's cells in regions: rows without an empty one between them, tables side by side parted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.documents.formats.extract import clean

Merged = tuple[int, int, int, int]
"""The first row and column of merged cells, and the last ones."""
Ends = dict[int, tuple[int, int]]
"""By the first column of merged cells, how many rows they have and their last column."""

YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[-+(]?\s*(?:[¥￥$€£]|RMB)?\s*[-+]?\d[\d,.]*(?:E[+-]?\d+)?\s*[%‰元万亿]*\)?", re.IGNORECASE)
_MOST_MERGED = 200_000
_MOST_BESIDE = 4


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
class Region:
    """Rows without an empty one between them; ``columns`` are those that have text.

    ``ends`` gives the merged cells that begin in a row.
    """

    rows: list[list[str]]
    columns: list[int]
    ends: dict[int, Ends]

    def part(self, top: int, bottom: int, columns: Sequence[int]) -> "Region":
        """Return the rows from ``top`` up to ``bottom``, of some columns."""
        ends = {
            at - top: {column: end for column, end in self.ends[at].items() if column in set(columns)}
            for at in range(top, bottom)
            if at in self.ends
        }
        kept = set(columns)
        rows = self.rows[top:bottom]
        if kept != set(self.columns):
            rows = [[text if column in kept else "" for column, text in enumerate(cells)] for cells in rows]
        return Region(rows, list(columns), ends)


def regions(grid: Grid) -> Iterator[Region]:
    """Yield the regions of a sheet from above, tables that stand side by side one after the other."""
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
            yield from _side_by_side(
                Region(part, columns, {top - start: ends[top] for top in range(start, at) if top in ends})
            )
        start = at + 1


def _fill(rows: list[list[str]], merged: Sequence[Merged]) -> dict[int, Ends]:
    """Repeat the text of merged cells in each of them; return those that begin in a row, by rows."""
    width = max(map(len, rows), default=0)
    ends: dict[int, Ends] = {}
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


def _side_by_side(region: Region) -> Iterator[Region]:
    """Yield the tables of a region that stand side by side, below what stands above them."""
    first = next((at for at, cells in enumerate(region.rows) if distinct(cells) > 1), len(region.rows))
    groups = _groups(region, first) if first + 1 < len(region.rows) else []
    if not groups:
        yield region
        return
    if first:
        yield region.part(0, first, region.columns)
    bottom = max(_bottom(region, group) for group in groups)
    for group in groups:
        end = next(at for at in range(bottom, first, -1) if any(region.rows[at - 1][column] for column in group))
        yield region.part(first, end, group)
    if bottom < len(region.rows):
        yield region.part(bottom, len(region.rows), region.columns)


def _groups(region: Region, first: int) -> list[list[int]]:
    """Return the columns of each table where several stand side by side; none where they are one.

    They say the same header again; or an empty column parts them, and each has its own title, or they end apart.
    """
    columns, header = region.columns, region.rows[first]
    for count in range(2, _MOST_BESIDE + 1):
        width = len(columns) // count
        groups = [columns[at : at + width] for at in range(0, len(columns), width)] if width > 1 else []
        names = [[header[column] for column in group] for group in groups]
        if len(groups) == count and all(one == names[0] for one in names) and _are_names(names[0]):
            return groups
    cuts = [0, *(at for at, (one, two) in enumerate(pairwise(columns), 1) if two > one + 1), len(columns)]
    groups = [columns[start:end] for start, end in pairwise(cuts)]
    if len(groups) < 2 or min(map(len, groups)) < 2:
        return []
    titles = all(distinct([header[column] for column in group]) == 1 for group in groups)
    below = region.rows[first + titles]
    named = all(_are_names([below[column] for column in group]) for group in groups)
    apart = len({_bottom(region, group) for group in groups}) > 1
    return groups if named and (titles or apart) else []


def _are_names(cells: Sequence[str]) -> bool:
    return all(cells) and distinct(cells) == len(cells) and not any(map(is_number, cells))


def _bottom(region: Region, columns: Sequence[int]) -> int:
    """Return the row below the last one that has texts in more than one of the columns."""
    rows = range(len(region.rows), 0, -1)
    return next((at for at in rows if distinct([region.rows[at - 1][column] for column in columns]) > 1), 0)


def is_number(text: str) -> bool:
    """Tell whether a cell's text is a number, an amount or a share."""
    return bool(_NUMBER.fullmatch(text))


def distinct(cells: Sequence[str]) -> int:
    """Return how many different texts a row has."""
    return len(set(cells) - {""})
