"""Tables in text files: .csv and .tsv, in whatever encoding and with whatever sign between the cells."""

import csv
from collections import Counter
from collections.abc import Iterator

from bot.documents.formats.extract import Extract, IsolatedFormat, Options
from bot.documents.formats.grids import Grid, blocks
from bot.documents.formats.plain import read_text
from bot.pages import Notice

_SIGNS = ",\t;|，"
_SAMPLE = 200
_MOST_ROWS = 100_000
_LONGEST_CELL = 10_000_000
_LONGEST_TITLE = 60


def _extract(data: bytes, options: Options) -> Extract:
    csv.field_size_limit(_LONGEST_CELL)
    decoded = read_text("{source}", data)
    lines = decoded.text.splitlines(keepends=True)
    sign = ""
    if lines[0].lower().startswith("sep="):  # Excel writes and reads this
        sign = lines.pop(0)[4:5].strip("\n")
    rows = list(_rows(lines, sign or find_sign(lines)))
    found = tuple(blocks(Grid("", rows[:_MOST_ROWS], cut=len(rows) > _MOST_ROWS)))
    first = found[0] if found else None
    title = first.text if first is not None and not first.row and len(first.text) <= _LONGEST_TITLE else ""
    return Extract(found, title, notices=_cut(len(rows)), encoding=decoded.encoding)


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
        reader = csv.reader(lines[at:], delimiter=sign, strict=True)
        done = at
        try:
            for cells in reader:
                done = at + reader.line_num
                yield cells
            return
        except csv.Error:
            yield lines[done].rstrip("\n").split(sign)
            at = done + 1


def _cut(rows: int) -> tuple[Notice, ...]:
    if rows <= _MOST_ROWS:
        return ()
    zh = f"共 {rows:,} 行，只读取了前 {_MOST_ROWS:,} 行。"
    return (Notice(f"Of {rows:,} rows the first {_MOST_ROWS:,} were read.", zh),)


FORMAT = IsolatedFormat(("表格文本", "table"), (".csv", ".tsv"), _extract)
