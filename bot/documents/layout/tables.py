"""Tables: where strokes draw a grid, or where lines stand in columns of short cells."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.documents.layout.characters import takes_space
from bot.documents.layout.lines import Column, TextLine, in_column, line_of
from bot.documents.layout.sheet import Place, Run, Sheet

_NEAR = 3.0
"""Points by which strokes that meet may miss each other."""
_MOST_STROKES = 2_500
_MOST_CELLS = 20_000
_FEWEST_ROWS = 3
_GAP, _NARROW_GAP = 1.2, 0.75
"""Times the size of letters: what parts cells. Where it is narrow, words may lie as far apart, but not in columns."""
_FEWEST_NARROW = 3
"""Columns that stand one below the other, where gaps are narrow."""
_LONGEST_MARK = 5
_LONGEST_OF_TWO = 25
_NO_COLUMN = Column(0, 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of a cell, from the top."""

    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """Its lines in one."""
        text = ""
        for line in self.lines:
            text += " " * takes_space(text, line.text) + line.text
        return text

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each line stands in ``text``."""
        spans: list[tuple[int, int]] = []
        before = ""
        for line in self.lines:
            start = len(before) + takes_space(before, line.text)
            before += " " * takes_space(before, line.text) + line.text
            spans.append((start, len(before)))
        return spans


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, where they stand on ``sheet``; each row has as many cells, a merged one is repeated."""

    sheet: Sheet
    place: Place
    rows: tuple[tuple[Cell, ...], ...]


def drawn_tables(sheets: Sequence[Sheet]) -> list[tuple[list[Table], list[Run]]]:
    """Return for each page the tables that strokes draw, and the runs that stand in none.

    A single row is no table, but where one of the same columns stands on the page before or after: it was parted.
    """
    grids = [_grids(sheet.strokes) for sheet in sheets]
    edges = [{grid.edges for grid in found if len(grid.ys) > 2} for found in grids]
    return [
        _drawn(sheet, found, set().union(*edges[max(at - 1, 0) : at + 2]))
        for at, (sheet, found) in enumerate(zip(sheets, grids, strict=True))
    ]


def _drawn(sheet: Sheet, grids: Sequence["_Grid"], parted: set[tuple[int, ...]]) -> tuple[list[Table], list[Run]]:
    left = list(sheet.runs)
    tables: list[Table] = []
    for grid in grids:
        inside = [run for run in left if grid.place.holds(run.place.middle, _NEAR)]
        table = grid.filled(sheet, inside, fewest=1 if grid.edges in parted else 2)
        if table is not None:
            taken = {id(run) for run in inside}
            left = [run for run in left if id(run) not in taken]
            tables.append(table)
    return tables, left


def _merged(values: Sequence[float]) -> list[float]:
    """Return the positions of strokes, those close to each other as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


class _Grid:
    """Strokes that hang together."""

    def __init__(self, across: Sequence[Place], down: Sequence[Place]) -> None:
        self._across, self._down = across, down
        self.ys = _merged([stroke.middle[1] for stroke in across])
        self.xs = _merged([stroke.middle[0] for stroke in down])
        self.place = Place(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])
        self._walls = self._walled(down, self.xs, self.ys, along=True)
        self._floors = self._walled(across, self.ys, self.xs, along=False)

    @staticmethod
    def _walled(strokes: Sequence[Place], at: list[float], steps: list[float], along: bool) -> set[tuple[int, int]]:
        """Return (stroke's position, step) of each side of a cell that is drawn."""
        found: set[tuple[int, int]] = set()
        for stroke in strokes:
            position = stroke.middle[0] if along else stroke.middle[1]
            low, high = (stroke.top, stroke.bottom) if along else (stroke.left, stroke.right)
            index = min(range(len(at)), key=lambda i: abs(at[i] - position))
            for step in range(len(steps) - 1):
                middle = (steps[step] + steps[step + 1]) / 2
                if low - _NEAR <= middle <= high + _NEAR:
                    found.add((index, step))
        return found

    @property
    def edges(self) -> tuple[int, ...]:
        """The sides of its columns, in points."""
        return tuple(map(round, self.xs))

    def filled(self, sheet: Sheet, runs: Sequence[Run], fewest: int) -> Table | None:
        """Return the table with its text; None where it has but one cell, fewer rows than ``fewest``, or no text."""
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        if columns < 2 or rows < fewest or columns * rows > _MOST_CELLS or not runs:
            return None
        owner = self._owners(rows, columns)
        inside: dict[tuple[int, int], list[Run]] = {}
        for run in self._cut(runs):
            x, y = run.place.middle
            row = min(max(bisect_right(self.ys, y) - 1, 0), rows - 1)
            column = min(max(bisect_right(self.xs, x) - 1, 0), columns - 1)
            inside.setdefault(owner[row, column], []).append(run)
        cells = {key: Cell(tuple(in_column(sheet, found, _NO_COLUMN))) for key, found in inside.items()}
        empty = Cell(())
        filled = [tuple(cells.get(owner[r, c], empty) for c in range(columns)) for r in range(rows)]
        filled = [row for row in filled if any(cell.lines for cell in row)]
        if len({key for key in owner.values() if key in cells}) < 2 or len(filled) < fewest:
            return None
        return Table(sheet, self.place, _without_empty(filled))

    def _owners(self, rows: int, columns: int) -> dict[tuple[int, int], tuple[int, int]]:
        """Return for each cell the first of those that it is merged with: no side is drawn between them."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(rows):
            for column in range(columns):
                left = column and (column, row) not in self._walls
                above = row and (row, column) not in self._floors
                owner[row, column] = (
                    owner[row, column - 1] if left else owner[row - 1, column] if above else (row, column)
                )
        return owner

    def _cut(self, runs: Sequence[Run]) -> Iterator[Run]:
        """Yield the runs, those that lie over a drawn side in two."""
        for run in runs:
            rest = run
            for index, x in enumerate(self.xs[1:-1], 1):
                if not rest.place.left + _NEAR < x < rest.place.right - _NEAR:
                    continue
                row = min(max(bisect_right(self.ys, rest.place.middle[1]) - 1, 0), len(self.ys) - 2)
                at = bisect_right(rest.lefts, x - 1)
                if (index, row) in self._walls and 0 < at < len(rest.text):
                    first, rest = rest.cut(at)
                    if first.text:
                        yield first
            if rest.text:
                yield rest


def _without_empty(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Leave out columns without any text, and those that repeat the one before in every row (a double stroke)."""
    columns = list(zip(*rows, strict=True))
    kept = [
        column
        for index, column in enumerate(columns)
        if any(cell.lines for cell in column)
        and not (index and all(a is b for a, b in zip(column, columns[index - 1], strict=True)))
    ]
    return tuple(zip(*kept, strict=True))


def _grids(strokes: Sequence[Place]) -> list[_Grid]:
    """Return the groups of strokes that meet; of too many there is no table."""
    if len(strokes) > _MOST_STROKES:
        return []
    groups: list[list[Place]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.top):
        touching = [group for group in groups if any(_meet(stroke, other) for other in group)]
        joined = [stroke, *(other for group in touching for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append(joined)
    found = []
    for group in groups:
        across = [stroke for stroke in group if stroke.width > stroke.height]
        down = [stroke for stroke in group if stroke.height >= stroke.width]
        if len(across) > 1 and len(down) > 1:
            grid = _Grid(across, down)
            if len(grid.xs) > 1 and len(grid.ys) > 1:
                found.append(grid)
    return found


def _meet(one: Place, other: Place) -> bool:
    return (
        one.left - _NEAR <= other.right
        and other.left - _NEAR <= one.right
        and one.top - _NEAR <= other.bottom
        and other.top - _NEAR <= one.bottom
    )


def aligned_tables(lines: Sequence[TextLine]) -> list[TextLine | Table]:
    """Return lines in order, those that stand in columns of short cells as tables."""
    out: list[TextLine | Table] = []
    at = 0
    while at < len(lines):
        rows = next((rows for gap in (_GAP, _NARROW_GAP) if (rows := _aligned_rows(lines, at, gap))), [])
        if rows:
            out.append(_table(lines[at : at + len(rows)], rows))
            at += len(rows)
        else:
            out.append(lines[at])
            at += 1
    return out


def _aligned_rows(lines: Sequence[TextLine], at: int, gap: float) -> list[list[list[Run]]]:
    """Return the rows of the table that begins with a line, its columns ``gap`` apart; none where it begins none."""
    first = lines[at]
    rows: list[list[list[Run]]] = []
    for line in lines[at:]:
        parts = _parts(line, gap)
        if line.sheet is not first.sheet or line.column != first.column or (rows and len(parts) != len(rows[0])):
            break
        rows.append(parts)
        if len(parts) < (2 if gap == _GAP else _FEWEST_NARROW):
            return []
    return rows if len(rows) >= _FEWEST_ROWS and _aligned(rows) else []


def _parts(line: TextLine, gap: float) -> list[list[Run]]:
    """Return the runs of a line, parted where a gap of so many times their size lies between."""
    parts: list[list[Run]] = []
    for run in line.runs:
        if parts and run.place.left - parts[-1][-1].place.right < gap * run.size:
            parts[-1].append(run)
        else:
            parts.append([run])
    return parts


def _aligned(rows: Sequence[Sequence[Sequence[Run]]]) -> bool:
    """Tell whether the cells of every column begin, end or lie in the middle at the same place."""
    size = rows[0][0][0].size
    if len(rows[0]) == 2 and (_is_list(rows) or _is_text(rows)):
        return False
    spans: list[tuple[float, float]] = []
    for column in zip(*rows, strict=True):
        lefts = [cell[0].place.left for cell in column]
        rights = [cell[-1].place.right for cell in column]
        middles = [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]
        if min(max(side) - min(side) for side in (lefts, rights, middles)) > size:
            body = lefts[1:], rights[1:], middles[1:]  # a header may stand otherwise
            if len(lefts) <= _FEWEST_ROWS or min(max(side) - min(side) for side in body) > size:
                return False
        spans.append((min(lefts), max(rights)))
    return all(after[0] - before[1] > 0.5 * size for before, after in pairwise(spans))


def _is_list(rows: Sequence[Sequence[Sequence[Run]]]) -> bool:
    """Tell whether the first of two columns holds but the marks and numbers of a list."""
    return all(sum(len(run.text) for run in first) <= _LONGEST_MARK for first, _ in rows)


def _is_text(rows: Sequence[Sequence[Sequence[Run]]]) -> bool:
    """Tell whether two columns are as full as text that stands beside other text."""
    cells = [sum(len(run.text) for run in cell) for row in rows for cell in row]
    return median(cells) > _LONGEST_OF_TWO


def _table(lines: Sequence[TextLine], rows: Sequence[Sequence[Sequence[Run]]]) -> Table:
    place = lines[0].place
    for line in lines:
        place = place.joined(line.place)
    sheet, column = lines[0].sheet, lines[0].column
    return Table(sheet, place, tuple(tuple(Cell((line_of(sheet, cell, column),)) for cell in cells) for cells in rows))
