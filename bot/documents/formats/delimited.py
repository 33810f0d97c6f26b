"""Tables in text files: .csv and .tsv, in whatever encoding and with whatever sign between the cells."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Self

from bot.documents.formats.extract import Extract, IsolatedFormat, Options
from bot.documents.formats.grids import blocks
from bot.documents.formats.plain import read_text
from bot.documents.formats.regions import Grid
from bot.pages import Notice

_SIGNS = ",\t;|，"
_SAMPLE = 200
_MOST_ROWS = 100_000
_MOST_LINES = 200
"""Lines that a quoted cell may go over; one that does not end sooner is none."""
_LONGEST_CELL = 10_000_000
_LONGEST_TITLE = 60


def _extract(data: bytes, options: Options) -> Extract:
    csv.field_size_limit(_LONGEST_CELL)
    decoded = read_text("{source}", data)
    lines = decoded.text.splitlines(keepends=True)
    sign = ""
    if lines[0].lower().startswith("sep="):  # Excel writes and reads this
        sign = lines.pop(0)[4:5].strip("\n")
    rows = list(islice(_rows(lines, sign or find_sign(lines)), _MOST_ROWS + 1))
    found = tuple(blocks(Grid("", rows[:_MOST_ROWS])))
    first = found[0] if found else None
    title = first.text if first is not None and not first.row and len(first.text) <= _LONGEST_TITLE else ""
    return Extract(found, title, notices=_cut(len(rows) > _MOST_ROWS), encoding=decoded.encoding)


def find_sign(lines: list[str]) -> str:
    """Return the sign that parts the cells: the one by which most lines have equally many of them, more than one."""
    sample = lines[:_SAMPLE]

    def fit(sign: str) -> tuple[float, int]:
        widths = Counter(len(cells) for cells in _rows(sample, sign) if any(cells))
        width, times = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(1, 0))
        return (times / max(1, widths.total()) if width > 1 else 0.0, width)

    return max(_SIGNS, key=fit)


def _rows(lines: list[str], sign: str) -> Iterator[list[str]]:
    """Yield the cells of each row. A quoted cell may go over lines; a quote that is none is a character like others."""
    at = 0
    while at < len(lines):
        fed = _Fed(lines, at)
        try:
            for cells in csv.reader(fed, delimiter=sign, strict=True):
                at = fed.start = fed.at
                yield cells
            return
        except csv.Error:
            yield lines[at].rstrip("\n").split(sign)
            at += 1


class _Fed:
    """Gives lines to the reader, for one row no more than a quoted cell goes over; ``start`` is the row's first."""

    def __init__(self, lines: list[str], start: int) -> None:
        self._lines = lines
        self.at = self.start = start

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if self.at >= min(len(self._lines), self.start + _MOST_LINES):
            raise StopIteration
        self.at += 1
        return self._lines[self.at - 1]


def _cut(cut: bool) -> tuple[Notice, ...]:
    most = f"{_MOST_ROWS:,}"
    return (
        (Notice(f"The first {most} rows were read; there are more.", f"只读取了前 {most} 行，后面还有。"),)
        if cut
        else ()
    )


FORMAT = IsolatedFormat(("表格文本", "table"), (".csv", ".tsv"), _extract)
