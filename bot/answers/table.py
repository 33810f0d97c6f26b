"""Questions for a cell of a table ("眼科在几楼？"), or for what a whole column says ("哪个地区首重最高？").

The row is cited with its header; the note names row and column, and says what was compared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.evidence.exactness import standing
from bot.language.designators import designators
from bot.language.folding import fold
from bot.language.lexicon import COLUMNS_OF_NAMES, TOTALS
from bot.question.cells import says
from bot.question.reading import Reading
from bot.structure.cells import (
    Grid,
    Meant,
    Row,
    amount,
    columns_named,
    columns_wanted,
    grid_of,
    is_explained,
    meant,
    order,
    unexplained,
    value,
)
from bot.structure.lists import count_line
from bot.structure.places import whole
from bot.structure.tables import cells, table_at
from bot.types import ItemCount, Language

MOST_ROWS = 60
_MOST_SAID = 6
"""Rows that the note names."""
_MOST_TABLES = 12
_LASTING = re.compile(r"(?:\s*[\d.半一二两三四五六七八九十百]+\s*(?:年|个?月|周|个?工作日|日|天|个?小时|分钟?|秒))+内?")
"""A time or a day in folded text: of these the quickest is the smallest."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows that answer, what the note says of them, and by which rule they were found."""

    grid: Grid
    rows: tuple[Row, ...]
    note: str
    rule: str
    sure: int = 0
    counted: int = 0


def table(reading: Reading, material: Material) -> Draft | None:
    """Answer from the table that the question means; None where it means none, or more than a table says."""
    if reading.everywhere is not None or reading.gist is not None or reading.comparison is not None:
        return None
    grids = list(_grids(reading, material))
    column = next((found for grid in grids if (found := _of_column(reading, grid))), None)
    found = column or max(_cells(reading, grids), key=lambda one: one.sure, default=None)
    found = found or _each_row(reading, material, grids)
    if found is None:
        return None
    rows = found.rows[:MOST_ROWS]
    indices = [*(row.paragraph for row in rows), *([] if found.counted else [found.grid.table.header])]
    return Draft(
        way="table",
        rule=found.rule,
        citations=cite_sentences(whole(found.grid.document, index) for index in indices),
        note=found.note,
        items=ItemCount(found.counted, len(rows)) if found.counted else None,
        verdict=material.verdict,
    )


def _grids(reading: Reading, material: Material) -> Iterator[Grid]:
    """Yield the tables among what was found, best first, those of another year or thing than is named left out."""
    seen: set[tuple[str, int]] = set()
    for evidence in material.verdict.sentences:
        passage = evidence.stored.passage
        if len(cells(passage.text)) < 2 or standing(reading.named, evidence).other:
            continue
        document = material.load(evidence.stored.document_id)
        found = table_at(document, passage.paragraph)
        if found is None or (document.document_id, found.header) in seen:
            continue
        seen.add((document.document_id, found.header))
        yield grid_of(document, found)
        if len(seen) == _MOST_TABLES:
            return


def _cells(reading: Reading, grids: Sequence[Grid]) -> Iterator[_Found]:
    """Yield what each table says in the cells that the question means."""
    for grid in grids:
        found = meant(grid, reading.cells, reading.mentions.quantities)
        if found is None or not is_explained(found) or len(found.rows) > _MOST_SAID:
            continue
        columns = found.columns
        if not columns and (
            reading.cells.beyond or found.unexplained or reading.cells.wanted or not _says_all_named(reading, found)
        ):
            continue
        sure = 2 * found.held + 4 * bool(columns) - found.unexplained
        yield _Found(grid, found.rows, _said(grid, found, columns, reading.language), "cell of a table", sure)


def _each_row(reading: Reading, material: Material, grids: Sequence[Grid]) -> _Found | None:
    """Say of every row what is asked, where the best sentence stands in the table and the question tells none apart.

    "滤芯多久换一次？" over a table of three of them.
    """
    asked, best = reading.cells, material.verdict.sentences[0] if material.verdict.sentences else None
    if best is None or not grids or asked.operation is not None or asked.beyond:
        return None
    grid = grids[0]
    rows = tuple(row for row in grid.rows if not _is_total(row))
    lines = {grid.table.header, *(row.paragraph for row in rows)}
    among = best.stored.document_id == grid.document.document_id and best.stored.passage.paragraph in lines
    columns = tuple(c for c in columns_wanted(grid, asked) or columns_named(grid, asked.text) if c)
    if not among or not columns or not 1 < len(rows) <= _MOST_SAID or meant(grid, asked, reading.mentions.quantities):
        return None
    if all(len(run) < 2 for run in says(asked.text)) or unexplained(grid, asked.text, rows):
        return None
    found = Meant(rows, 0, columns, 0, 0)
    return _Found(grid, rows, _said(grid, found, columns, reading.language), "a column, row by row", counted=len(rows))


def _says_all_named(reading: Reading, found: Meant) -> bool:
    """Tell whether the rows say each day, year or code that the question names."""
    own = [one for row in found.rows for one in designators(fold(" ".join(row.cells)))]
    return all(any(one.meets(other) for other in own) for one in reading.named)


def _said(grid: Grid, found: Meant, columns: Sequence[int], language: Language) -> str:
    """Say row and column: "西岭区 · 电话：0399-6642202"."""
    shown = columns or [column for column in range(len(grid.names)) if column != found.given]
    label = found.given if 0 in shown else 0
    colon, between = ("：", "；") if language == "zh" else (": ", "; ")
    return between.join(
        f"{row.cells[label]} · {between.join(f'{grid.names[c]}{colon}{row.cells[c]}' for c in shown)}"
        for row in found.rows
    )


def _of_column(reading: Reading, grid: Grid) -> _Found | None:
    """Answer a question that goes through a whole column, or counts the rows."""
    asked = reading.cells
    rows = tuple(row for row in grid.rows if not _is_total(row))
    rest = asked.text.replace(asked.limit, " ", 1) if asked.limit else asked.text
    if asked.operation is None or len(rows) < 2 or unexplained(grid, rest, grid.rows) > 0:
        return None
    found = meant(grid, asked, ())
    if found is not None and asked.operation == "count" and found.given and not columns_wanted(grid, asked):
        return _count(reading, grid, found.rows)
    if found is not None and asked.operation not in ("above", "below"):
        return None  # about one row
    if asked.operation == "count" and (counted := _counted(reading, grid, rows)):
        return counted
    if asked.operation == "list":
        return _count(reading, grid, rows) if columns_named(grid, asked.text) else None
    named = columns_named(grid, asked.text) or columns_wanted(grid, asked)
    numeric = [c for c in range(1, len(grid.names)) if all(order(row.cells[c]) for row in rows)]
    column = next((c for c in named if c in numeric), numeric[0] if len(numeric) == 1 and not named else None)
    if column is None:
        return None
    if asked.operation in ("sum", "count"):
        return _summed(reading, grid, rows, column)
    if asked.operation in ("above", "below"):
        return _limited(reading, grid, rows, column)
    quick = "最快" in asked.text or "最慢" in asked.text
    inverse = quick and all(_LASTING.fullmatch(fold(row.cells[column])) for row in rows)
    pick = max if (asked.operation == "largest") != inverse else min
    best = pick(order(row.cells[column]) for row in rows)
    chosen = tuple(row for row in rows if order(row.cells[column]) == best)
    return _Found(grid, chosen, _compared(reading, grid, chosen, len(rows), column), "compared a column")


def _counted(reading: Reading, grid: Grid, rows: tuple[Row, ...]) -> _Found | None:
    """Count the rows where what is counted is the name of the first column, or that column holds mere names."""
    asked = reading.cells
    names = any(word in fold(grid.names[0]) for word in COLUMNS_OF_NAMES) and not columns_wanted(grid, asked)
    return _count(reading, grid, rows) if names or 0 in columns_named(grid, asked.text) else None


def _count(reading: Reading, grid: Grid, rows: tuple[Row, ...]) -> _Found:
    note = count_line(len(rows), min(len(rows), MOST_ROWS), reading.language)
    return _Found(grid, rows, note, "rows of a table", counted=len(rows))


def _summed(reading: Reading, grid: Grid, rows: tuple[Row, ...], column: int) -> _Found | None:
    """Answer with the row that sums up, else with the sum of the column."""
    colon = "：" if reading.language == "zh" else ": "
    total = tuple(row for row in grid.rows if _is_total(row))
    if total:
        note = f"{total[0].cells[0]} · {grid.names[column]}{colon}{total[0].cells[column]}"
        return _Found(grid, total[:1], note, "row of totals")
    values = [value(row.cells[column]) for row in rows]
    if any(number is None for number in values):
        return None
    added = f"{sum(number or 0.0 for number in values):.10g}"
    if reading.language == "zh":
        note = f"“{grid.names[column]}”一列共 {len(rows)} 行，合计 {added}。"
    else:
        note = f"“{grid.names[column]}”: {len(rows)} rows, {added} in total."
    return _Found(grid, rows, note, "added up a column")


def _limited(reading: Reading, grid: Grid, rows: tuple[Row, ...], column: int) -> _Found | None:
    limit = amount(reading.cells.limit)
    values = [(value(row.cells[column]), row) for row in rows]
    if limit is None or any(number is None for number, _ in values):
        return None
    sign = 1 if reading.cells.operation == "above" else -1
    chosen = tuple(
        row
        for number, row in values
        if number is not None and (sign * number > sign * limit or (number == limit and not reading.cells.strict))
    )
    if not chosen:
        return None
    return _Found(grid, chosen, _compared(reading, grid, chosen, len(rows), column), "filtered a column")


def _compared(reading: Reading, grid: Grid, chosen: Sequence[Row], total: int, column: int) -> str:
    """Say which rows a comparison of a column has chosen of how many."""
    name = grid.names[column]
    if reading.language == "zh":
        said = "、".join(f"{row.cells[0]}（{row.cells[column]}）" for row in chosen[:_MOST_SAID])
        return f"比较了“{name}”一列的 {total} 行：{said}"
    said = ", ".join(f"{row.cells[0]} ({row.cells[column]})" for row in chosen[:_MOST_SAID])
    return f"Compared {total} rows by “{name}”: {said}"


def _is_total(row: Row) -> bool:
    return any(word in fold(row.cells[0]) for word in TOTALS)
