"""Tables of RTF: rows whose cells say where they end, gathered until text follows that is in no table."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.documents.formats.extract import Block
from bot.documents.formats.prose import Cell, table

_SLACK = 30
"""Twentieths of a point by which edges of one column may differ from row to row."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell stands: its ``right`` edge, whether it ``goes_on`` from the one above, is ``merged`` into the left."""

    right: int = 0
    goes_on: bool = False
    merged: bool = False


@dataclass(slots=True)
class Tables:
    """The paragraphs of a text, those of tables as rows.

    ``looks`` are those of the row that is being read, ``look`` that of the cell whose edge has not come.
    """

    looks: list[CellLook] = field(default_factory=list)
    look: CellLook = CellLook()
    _done: list[Block] = field(default_factory=list)
    _rows: list[list[tuple[CellLook, tuple[Block, ...]]]] = field(default_factory=list)
    _aside: list[Block] = field(default_factory=list)
    _cells: list[tuple[Block, ...]] = field(default_factory=list)
    _cell: list[Block] = field(default_factory=list)
    _inner: list[Block] = field(default_factory=list)
    _nested: list[list[Cell]] = field(default_factory=list)
    _nested_row: list[Cell] = field(default_factory=list)

    def add(self, blocks: Sequence[Block], beside: Sequence[Block], *, depth: int) -> None:
        """Add a paragraph with what stands beside it; ``depth`` counts the tables that it stands in."""
        if depth:
            (self._cell if depth == 1 else self._inner).extend(blocks)
            self._aside.extend(beside)
        else:
            self._end()
            self._done.extend((*blocks, *beside))

    def end_cell(self, *, nested: bool) -> None:
        """End a cell; a ``nested`` one stands in a table inside a cell."""
        if nested:
            self._nested_row.append(Cell(tuple(self._inner)))
            self._inner = []
        else:
            self._cells.append((*self._cell, *self._inner))
            self._cell, self._inner = [], []

    def end_row(self, *, nested: bool) -> None:
        """End a row."""
        if nested:
            self._nested.append(self._nested_row)
            self._nested_row = []
            return
        known = len(self.looks)
        looks = [*self.looks, *(CellLook(right=10**6 + n) for n in range(len(self._cells) - known))]
        self._rows.append(list(zip(looks, self._cells, strict=False)))
        self._cells = []
        self._aside.extend(table(self._nested))
        self._nested = []

    def blocks(self) -> list[Block]:
        """Return all that was added, tables that have not ended included."""
        self._end()
        return self._done

    def _end(self) -> None:
        if self._cells or self._cell or self._inner:  # a row that does not end
            self.end_cell(nested=False)
            self.end_row(nested=False)
        edges = _edges([look.right for line in self._rows for look, _ in line])
        self._done.extend(table([_cells(line, edges) for line in self._rows if line]))
        self._done.extend(self._aside)
        self._rows, self._aside = [], []


def _edges(rights: Sequence[int]) -> list[int]:
    """Return the right edges of a table's columns."""
    edges: list[int] = []
    for right in sorted(rights):
        if not edges or right - edges[-1] > _SLACK:
            edges.append(right)
    return edges


def _cells(line: Sequence[tuple[CellLook, tuple[Block, ...]]], edges: Sequence[int]) -> list[Cell]:
    cells: list[Cell] = []
    before = 0
    for look, inside in line:
        end = bisect_right(edges, look.right)
        columns, before = max(1, end - before), max(end, before + 1)
        if look.merged and cells:
            left = cells[-1]
            cells[-1] = Cell((*left.blocks, *inside), left.columns + columns, left.goes_on)
        else:
            cells.append(Cell(inside, columns, look.goes_on))
    return cells
