"""Runs to lines in reading order: columns are found by the empty strip between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, median_low

from bot.documents.layout.characters import takes_space
from bot.documents.layout.sheet import Place, Run, Sheet

_FEWEST = 4
"""Lines on either side of a strip that make columns of them."""
_NARROWEST = 0.15
"""Of the page's width: what is narrower is no column."""
_FULL = 0.8
"""Of its column's width, that a line of running text takes."""
_FULL_SHARE = 0.4
_MOST_ACROSS = 0.6
"""Of all lines, that may lie across the strip: titles, and what stands above or below the columns."""
_DEEPEST = 3
_STEP = 2
_FEW = 8
_STICKING_OUT = 0.02


@dataclass(frozen=True, slots=True)
class Column:
    """Where lines stand: its sides, and its number among those of its page, 0 where there is but one."""

    left: float
    right: float
    number: int = 0

    @property
    def width(self) -> float:
        """From side to side."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: its runs from left to right, with their text joined; ``column`` is where it stands."""

    sheet: Sheet
    runs: tuple[Run, ...]
    text: str
    place: Place
    size: float
    bold: bool
    column: Column
    confidence: float | None = None

    @property
    def page(self) -> int:
        """The number of its page."""
        return self.sheet.number


@dataclass(frozen=True, slots=True)
class _Band:
    """Runs between the same sides."""

    runs: tuple[Run, ...]
    number: int


def in_order(sheet: Sheet, runs: Sequence[Run]) -> list[TextLine]:
    """Return the lines of a page, column after column."""
    bands = list(_bands(list(runs), sheet.span[0], 0, 0))
    sides: dict[int, Column] = {}
    for number in {band.number for band in bands}:
        inside = [run for band in bands if band.number == number for run in band.runs]
        sides[number] = Column(_left([run.place for run in inside]), _right(inside), number)
    return [line for band in bands for line in in_column(sheet, band.runs, sides[band.number])]


def with_common_sides(pages: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """Return the lines of all pages; where a page has but few, the sides of its text are those of the other pages."""
    sides: dict[tuple[object, ...], list[Column]] = {}
    for page in pages:
        for column in {line.column for line in page if line.column.number == 0}:
            sides.setdefault(_kind(page[0].sheet), []).append(column)
    runs: dict[tuple[object, ...], list[Run]] = {}
    for page in pages:
        for line in page:
            if line.column.number == 0:
                runs.setdefault(_kind(line.sheet), []).append(line.runs[-1])
    rights = {kind: _right(last) for kind, last in runs.items()}
    out: list[list[TextLine]] = []
    for page in pages:
        known = sides.get(_kind(page[0].sheet), []) if page else []
        few = sum(line.column.number == 0 for line in page) < _FEW or not (page and page[0].sheet.rough)
        if len(known) > 1 and few:
            common = Column(median_low([column.left for column in known]), rights[_kind(page[0].sheet)])
            page = [replace(line, column=common) if line.column.number == 0 else line for line in page]
        out.append(list(page))
    return out


def _kind(sheet: Sheet) -> tuple[object, ...]:
    """What pages of one make have in common."""
    return sheet.frame, sheet.rough, *(round(side) for side in sheet.span)


def _left(places: Sequence[Place]) -> float:
    """Return the left side that lines share: of a hanging mark or number alone it is not told."""
    lefts = sorted(place.left for place in places)
    return next((a for a, b in pairwise(lefts) if b - a < 2), lefts[0])


def _right(runs: Sequence[Run]) -> float:
    """Return the right side that lines share: of what sticks out (an address, a formula) it is not told."""
    rights = sorted((run.place.right for run in runs), reverse=True)
    near = 2 * median(run.size for run in runs)
    enough = max(min(_FEWEST, len(rights)), int(_STICKING_OUT * len(rights)))
    return next((a for a, b in zip(rights, rights[enough - 1 :], strict=False) if a - b <= near), rights[0])


def _bands(runs: list[Run], width: float, number: int, depth: int) -> Iterator[_Band]:
    """Yield the runs in the order in which they are read."""
    strip = _strip(runs, width) if depth < _DEEPEST else None
    if strip is None:
        if runs:
            yield _Band(tuple(runs), number)
        return
    inside = number * 4
    above: list[Run] = []
    sides: tuple[list[Run], list[Run]] = ([], [])
    for run in sorted(runs, key=lambda run: run.place.top):
        if run.place.left < strip < run.place.right:
            for side, half in enumerate(sides, 1):
                yield from _bands(half, width, inside + side, depth + 1)
            sides = ([], [])
            above.append(run)
            continue
        if above:
            yield _Band(tuple(above), number)
            above = []
        sides[run.place.left >= strip].append(run)
    if above:
        yield _Band(tuple(above), number)
    for side, half in enumerate(sides, 1):
        yield from _bands(half, width, inside + side, depth + 1)


def _strip(runs: Sequence[Run], width: float) -> float | None:
    """Return the middle of the empty strip between two columns of running text, None where there is none."""
    if len(runs) < 2 * _FEWEST:
        return None
    rows = _rows(runs)
    size = median(run.size for run in runs)
    low, high = min(run.place.left for run in runs), max(run.place.right for run in runs)
    best: tuple[int, float] | None = None
    for edge in sorted({run.place.right // _STEP * _STEP + _STEP for run in runs}):
        if not low + _NARROWEST * width < edge < high - _NARROWEST * width:
            continue
        strip = edge + 0.3 * size
        beside = _beside(rows, strip)
        left = [run for row in beside for run in row if run.place.right <= strip]
        right = [run for row in beside for run in row if run.place.left >= strip]
        if not left or not right or len(beside) < (1 - _MOST_ACROSS) * len(rows):
            continue
        ends, starts = max(run.place.right for run in left), min(run.place.left for run in right)
        if starts - ends < 0.7 * size or not (_is_running(left) and _is_running(right)):
            continue
        across = len(rows) - len(beside)
        if best is None or across < best[0]:
            best = across, (ends + starts) / 2
    return None if best is None else best[1]


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Return runs that stand at one height together, from the top."""
    rows: list[list[Run]] = []
    place: Place | None = None
    for run in sorted(runs, key=lambda run: run.place.middle[1]):
        if place is not None and _is_level(place, run.place):
            rows[-1].append(run)
        else:
            rows.append([run])
            place = run.place
    return rows


def _beside(rows: Sequence[Sequence[Run]], strip: float) -> list[Sequence[Run]]:
    """Return the rows that a strip parts, of which many follow each other: words part by chance here and there only."""
    found: list[Sequence[Run]] = []
    waiting: list[Sequence[Run]] = []
    for row in [*rows, ()]:
        if row and not any(run.place.left < strip < run.place.right for run in row):
            waiting.append(row)
            continue
        both = sum(
            any(run.place.right <= strip for run in row) and any(run.place.left >= strip for run in row)
            for row in waiting
        )
        if both >= _FEWEST:
            found.extend(waiting)
        waiting = []
    return found


def _is_running(runs: Sequence[Run]) -> bool:
    """Tell whether runs are the lines of running text: many as wide as the column."""
    low, high = min(run.place.left for run in runs), max(run.place.right for run in runs)
    widths = [max(run.place.right for run in row) - min(run.place.left for run in row) for row in _rows(runs)]
    full = sum(width >= _FULL * (high - low) for width in widths)
    return full >= max(_FULL_SHARE * len(widths), _FEWEST)


def in_column(sheet: Sheet, runs: Sequence[Run], column: Column) -> Iterator[TextLine]:
    """Yield the lines of a column from the top; what stands higher or lower by less than half belongs to a line."""
    waiting: list[Run] = []
    place: Place | None = None
    for run in sorted(runs, key=lambda run: run.place.middle[1]):
        if place is not None and _is_level(place, run.place):
            waiting.append(run)
            place = place if run.size < 0.8 * max(other.size for other in waiting) else place.joined(run.place)
            continue
        if waiting:
            yield line_of(sheet, waiting, column)
        waiting, place = [run], run.place
    if waiting:
        yield line_of(sheet, waiting, column)


def _is_level(line: Place, run: Place) -> bool:
    shared = min(line.bottom, run.bottom) - max(line.top, run.top)
    return shared > 0.5 * min(line.height, run.height)


def line_of(sheet: Sheet, runs: Sequence[Run], column: Column) -> TextLine:
    """Return the line that runs make, from left to right."""
    ordered = sorted(runs, key=lambda run: run.place.left)
    text = ""
    place = ordered[0].place
    last: Run | None = None
    for run in ordered:
        if last is not None:
            gap = run.place.left - last.place.right
            apart = gap > 0.6 * run.size or (gap > 0.15 * run.size and takes_space(last.text, run.text))
            text += " " * apart
        text += run.text
        place, last = place.joined(run.place), run
    main = max(ordered, key=lambda run: len(run.text) * run.size)
    letters = sum(len(run.text) for run in ordered)
    bold = sum(len(run.text) for run in ordered if run.bold) > 0.9 * letters
    sure = [run.confidence for run in ordered if run.confidence is not None]
    return TextLine(sheet, tuple(ordered), text, place, main.size, bold, column, min(sure, default=None))
