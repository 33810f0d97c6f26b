"""Which rows and columns of a table a question means.

A row is meant where the question holds one of its cells, whole or one entry of it ("眼科" of "眼科、口腔科"), or a
number within its bounds ("5天" of "3天以上10天以内"); a column where it holds the header, or where the header has a
word that the interrogative means.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.language.folding import fold, is_han, visible
from bot.language.lexicon import FUNCTION_CHARACTERS
from bot.language.mentions import Quantity
from bot.language.numerals import AMOUNT, numeral
from bot.question.cells import CellsAsked, says
from bot.structure.places import whole
from bot.structure.tables import Table, cells
from bot.types import Document

_ENTRY = re.compile(r"[、,，/;；()（）]|\s{1,}")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_ROOM = re.compile(r"(?P<name>[a-z\d]{2,})[室科]")
"""Where something in Latin letters is done: "CT室"."""
_LEAST = 3
"""Characters of a long cell that must stand together in the question where it is not there whole."""
_UNEXPLAINED = 2
"""What ``unexplained`` may count where row and column are known."""
_NEAR = 8
"""Paragraphs before and behind a table that explain it."""
_NUMBER = re.compile(rf"(?P<number>{AMOUNT})\s*(?P<unit>[^\d\s,，、()（）~～—–-]{{0,3}})")
_LOW = re.compile(rf"(?:满|超过|大于|高于|不低于|不少于)(?P<a>{AMOUNT})|(?P<b>{AMOUNT})[^\d至到~～-]{{0,3}}以上")
_HIGH = re.compile(
    rf"(?:不满|不足|不超过|低于|小于|少于)(?P<a>{AMOUNT})|(?P<b>{AMOUNT})[^\d至到~～-]{{0,3}}(?:以[下内]|以?下)"
)
_RANGE = re.compile(rf"(?P<low>{AMOUNT})[^\d至到~～—–-]{{0,3}}[至到~～—–-]+(?P<high>{AMOUNT})")
_LARGE = {"万": 10_000.0, "亿": 100_000_000.0}


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its cells as written."""

    paragraph: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its cells: ``names`` are those of the header."""

    document: Document
    table: Table
    names: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a question means of a table: ``rows`` by what it holds of their cells in the column ``given``.

    ``columns`` are those asked for, none where it names none. ``held`` counts the characters that the question and the
    row share, ``unexplained`` the terms of the question that stand nowhere around.
    """

    rows: tuple[Row, ...]
    given: int
    columns: tuple[int, ...]
    held: int
    unexplained: int


def grid_of(document: Document, table: Table) -> Grid:
    """Return a table with its cells."""
    names = tuple(cells(visible(whole(document, table.header).text)))
    rows = (Row(index, tuple(cells(visible(whole(document, index).text)))) for index in table.rows)
    return Grid(document, table, names, tuple(row for row in rows if len(row.cells) == len(names)))


def meant(grid: Grid, asked: CellsAsked, quantities: Sequence[Quantity]) -> Meant | None:
    """Return the rows and columns that a question means; None where it holds nothing of one row more than another."""
    scored = [(_held(row, asked.text, quantities), row) for row in grid.rows]
    most = max((sum(map(len, held.values())) for held, _ in scored), default=0)
    best = [(held, row) for held, row in scored if sum(map(len, held.values())) == most]
    # "3天以内（含3天）" and "3天以上" both hold three days; the one that says so is meant.
    named = [one for one in best if any(f"含{q.value:g}{q.unit}" in fold(c) for c in one[1].cells for q in quantities)]
    best = named or best
    if not most or len(best) == len(grid.rows) > 1:
        return None
    held = best[0][0]
    rest = asked.text
    for text in held.values():
        rest = rest.replace(text, " ", 1)
    given = max(held, key=lambda column: (len(held[column]), -column))
    columns = columns_named(grid, rest, held) or columns_wanted(grid, asked, held)
    if not columns and given and asked.which and not asked.wanted:
        columns = (0,)
    rows = tuple(row for _, row in best)
    # Where no column is asked for, the row itself must say what is: the prose beside it would answer better.
    return Meant(rows, given, columns, most, unexplained(grid, rest, rows, prose=bool(columns)))


def columns_named(grid: Grid, folded: str, beside: Collection[int] = ()) -> tuple[int, ...]:
    """Return the columns, but those ``beside``, of whose headers the most stands in a folded text."""
    sizes: dict[int, int] = {}
    for column, name in enumerate(grid.names):
        if column not in beside:
            shared = [len(c) for part in _parts(fold(name)) if _is_most(c := _common(part, folded), part)]
            sizes[column] = max(shared, default=0)
    most = max(sizes.values(), default=0)
    return tuple(column for column, size in sizes.items() if size == most) if most else ()


def columns_wanted(grid: Grid, asked: CellsAsked, beside: Collection[int] = ()) -> tuple[int, ...]:
    """Return the columns, but those ``beside``, whose header has a word that the interrogative means."""
    for word in asked.wanted:
        found = tuple(c for c, name in enumerate(grid.names) if c not in beside and word in fold(name))
        if found:
            return found
    return ()


def unexplained(grid: Grid, rest: str, rows: Sequence[Row], *, prose: bool = True) -> int:
    """Count what the rest of a question speaks of and neither these rows nor what stands around them does.

    ``prose``: the paragraphs beside the table stand around them too. Of a run of Han characters all but one count, of
    other words each one.
    """
    around = fold("\n".join(_around(grid, rows, prose)))
    count = 0
    for run in says(rest):
        if not is_han(run):
            count += run not in around
            continue
        covered = [False] * len(run)
        for at in range(len(run) - 1):
            if run[at : at + 2] in around:
                covered[at] = covered[at + 1] = True
        bare = "".join(" " if known else char for char, known in zip(run, covered, strict=True))
        count += sum(len(piece) - 1 for piece in bare.split())
    return count


def _around(grid: Grid, rows: Sequence[Row], prose: bool) -> Iterator[str]:
    """Yield the document's title and name, the headings, the prose of the section, the header and the rows."""
    document, header = grid.document, grid.document.paragraphs[grid.table.header]
    yield from (document.title, document.source, *header.section)
    near = range(max(0, header.index - _NEAR), min(len(document.paragraphs), grid.table.rows[-1] + _NEAR))
    for index in near:
        paragraph = document.paragraphs[index]
        if index == header.index or (prose and index not in grid.table.rows and paragraph.section == header.section):
            yield whole(document, index).text
    yield from (whole(document, row.paragraph).text for row in rows)


def is_explained(found: Meant) -> bool:
    """Tell whether a question asks for nothing but what was found."""
    return found.unexplained <= _UNEXPLAINED


def value(cell: str) -> float | None:
    """Return the number of a cell that holds one alone, with 万 and 亿; None of any other."""
    numbers = list(_NUMBER.finditer(_ASIDE.sub("", fold(cell))))
    return amount(numbers[0]["number"], numbers[0]["unit"]) if len(numbers) == 1 else None


def order(cell: str) -> tuple[float, ...]:
    """Return what cells with dates or times are ordered by: their numbers in turn."""
    numbers = (amount(match["number"], "") for match in _NUMBER.finditer(fold(cell)))
    return tuple(number for number in numbers if number is not None)


def amount(written: str, unit: str = "") -> float | None:
    """Return the value of a folded number; None where it is none."""
    large = _LARGE.get(written[-1:], 0.0) or _LARGE.get(unit[:1], 0.0) or 1.0
    bare = written.rstrip("万亿").replace(",", "").rstrip(".")
    try:
        return (float(bare) if re.fullmatch(r"[\d.]+", bare) else float(numeral(bare))) * large
    except ValueError:
        return None


def _held(row: Row, folded: str, quantities: Sequence[Quantity]) -> dict[int, str]:
    """Return what of each cell the question holds, by column."""
    held: dict[int, str] = {}
    for column, cell in enumerate(row.cells):
        text = max(_entries_in(fold(cell), folded, key=column == 0), key=len, default="")
        if not text:
            text = next((_written(q, folded) for q in quantities if _is_within(q, fold(cell))), "")
        if text:
            held[column] = text
    return held


def _entries_in(cell: str, folded: str, *, key: bool) -> Iterator[str]:
    """Yield the parts of a folded cell that stand in the question: itself, an entry of it, a long piece of it."""
    for entry in (cell, _ASIDE.sub("", cell).strip(), *_ENTRY.split(cell)):
        if _stands(entry, folded):
            yield entry
            return
    for room in _ROOM.finditer(cell):
        if _stands(room["name"], folded):
            yield room["name"]
            return
    common = _common(cell, folded)
    if len(common) < _LEAST or common.isascii() or not _is_most(common, cell):
        return
    # "南山区" is not "西山区": a name that differs in front is another one's.
    at, inside = folded.find(common), cell.find(common)
    if key and inside and at and folded[at - 1] not in FUNCTION_CHARACTERS and folded[at - 1].isalnum():
        return
    yield common


def _stands(entry: str, folded: str) -> bool:
    """Tell whether an entry stands in a text as a word: numbers and Latin words whole."""
    if len(entry) < 2 and not (entry.isascii() and entry.isalpha()):
        return False
    before = r"(?<![a-z\d.])" if entry[0].isascii() and entry[0].isalnum() else ""
    after = r"(?![a-z\d]|\.\d)" if entry[-1].isascii() and entry[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(entry)}{after}", folded) is not None


def _written(quantity: Quantity, folded: str) -> str:
    """Return the number as it is written in the question; its unit counts for it."""
    return next(
        (m[0] for m in _NUMBER.finditer(folded) if amount(m["number"], m["unit"]) in (quantity.value, None)),
        quantity.unit,
    )


def _is_within(quantity: Quantity, cell: str) -> bool:
    """Tell whether a cell gives bounds of the quantity's unit that hold it: "3天以上10天以内", "1-5万元"."""
    if quantity.unit and quantity.unit not in cell:
        return False
    bare = _ASIDE.sub("", cell)
    low, high = _bound(_LOW, bare), _bound(_HIGH, bare)
    if between := _RANGE.search(bare):
        low, high = amount(between["low"]), amount(between["high"])
    if low is None and high is None:
        return False
    above = low is None or quantity.value > low or (quantity.value == low and not (high is None and "超过" in bare))
    below = (
        high is None
        or quantity.value < high
        or (quantity.value == high and not re.search("不满|不足|低于|小于|少于", bare))
    )
    return above and below


def _bound(pattern: re.Pattern[str], cell: str) -> float | None:
    match = next((m for m in pattern.finditer(cell) if cell[max(0, m.start() - 1) : m.start()] not in ("不",)), None)
    return amount(match["a"] or match["b"]) if match else None


def _parts(name: str) -> Iterator[str]:
    bare = _ASIDE.sub("", name).strip()
    yield bare
    yield from (part for part in bare.split() if part != bare)


def _common(one: str, other: str) -> str:
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size].strip()


def _is_most(common: str, text: str) -> bool:
    """Tell whether a piece of a text is at least half of it, and more than one character."""
    return len(common) > 1 and 2 * len(common) >= len(text)
