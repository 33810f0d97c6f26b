"""What stands at the head and foot of page after page: titles of the file, addresses, page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.documents.layout.lines import Column, TextLine, line_of
from bot.documents.layout.sheet import Run, Sheet

_MARGIN = 0.13
"""Of the page's height, at the top and at the bottom, where such lines stand."""
_FEWEST_PAGES = 3
_MOSTLY = 0.6
_NUMBERED = re.compile(r"^\d+\s|\s\d+$")
_Key = tuple[str, int, bool]
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-—–·~\s]*(?:第\s*)?(?:page\s*)?\d{1,4}\s*(?:页|頁)?[-—–·~\s]*(?:(?:/|of|共|，|,)+\s*(?:共\s*)?\d{1,4}\s*(?:页|頁)?)?[-—–\s]*"
    r"|[ivxlc]{1,6}",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"\d{1,4}/\d{1,2}/\d{1,4},?\s?\d{1,2}:\d{2}.*|(?:https?|file)://\S+(?:\s+\d+/\d+)?")
"""What browsers print at the edges of a page: date and title, address and number."""


def without_running(sheets: Sequence[Sheet]) -> tuple[dict[int, list[Run]], list[str]]:
    """Return what is left of each sheet (by its place in ``sheets``), and one example of each line that was dropped."""
    margins = [_margin_lines(sheet) for sheet in sheets]
    seen: dict[_Key, set[int]] = defaultdict(set)
    for sheet, lines in zip(sheets, margins, strict=True):
        for line in lines:
            seen[_key(line)].add(sheet.number)
    pages = len({sheet.number for sheet in sheets})
    enough = min(_FEWEST_PAGES, max(pages, 2))
    heads = _heads(seen, enough)
    left: dict[int, list[Run]] = {}
    dropped: Counter[str] = Counter()
    for index, (sheet, lines) in enumerate(zip(sheets, margins, strict=True)):
        gone = [
            line
            for line in lines
            if len(seen[_key(line)]) >= enough
            or (_key(line)[1:] in heads and _NUMBERED.search(line.text))
            or _stands_alone(line, sheet)
        ]
        dropped.update(_DIGITS.sub("#", line.text) for line in gone)
        runs = {id(run) for line in gone for run in line.runs}
        left[index] = [run for run in sheet.runs if id(run) not in runs]
    return left, [text for text, _ in dropped.most_common()]


def _heads(seen: Mapping[_Key, set[int]], enough: int) -> set[tuple[int, bool]]:
    """Return the heights at which nearly all lines repeat: there the name of a short chapter is one of these too."""
    all_pages: Counter[tuple[int, bool]] = Counter()
    repeated: Counter[tuple[int, bool]] = Counter()
    for (_, height, upper), pages in seen.items():
        all_pages[height, upper] += len(pages)
        repeated[height, upper] += len(pages) * (len(pages) >= enough)
    return {place for place, count in repeated.items() if count >= _MOSTLY * all_pages[place]}


def _margin_lines(sheet: Sheet) -> list[TextLine]:
    """Return the lines near the upper and the lower edge; those side by side with a gap between are parts of one."""
    height = sheet.span[1]
    runs = [run for run in sheet.runs if not _MARGIN * height < run.place.middle[1] < (1 - _MARGIN) * height]
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.place.middle[1]):
        if rows and abs(rows[-1][0].place.middle[1] - run.place.middle[1]) < 0.4 * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    lines = [line_of(sheet, row, Column(0, 0)) for row in rows]
    upper = [line for line in lines if line.place.top < height / 2][:3]
    lower = [line for line in lines if line.place.top >= height / 2][-3:]
    return upper + lower


def _key(line: TextLine) -> _Key:
    """What is the same on every page that a line runs through: its words, and how high it stands."""
    words = _DIGITS.sub("#", "".join(line.text.split()))
    return words, round(line.place.middle[1] / 6), line.place.top < line.sheet.span[1] / 2


def _stands_alone(line: TextLine, sheet: Sheet) -> bool:
    """Tell a page number, or what a browser prints, from the last line of a paragraph: nothing stands close to it."""
    if not (_NUMBER.fullmatch(line.text.strip()) or _PRINTED.fullmatch(line.text.strip())):
        return False
    own = {id(run) for run in line.runs}
    upper = line.place.top < sheet.span[1] / 2
    near = line.place.bottom + line.size if upper else line.place.top - line.size
    outside = (run.place for run in sheet.runs if id(run) not in own)
    return not any((place.top < near) if upper else (place.bottom > near) for place in outside)
