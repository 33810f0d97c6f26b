"""Forms in sheets: labels with what was filled in beside them, several in a row, read as "姓名：张三；性别：男"."""

import re
from collections.abc import Iterator

from bot.documents.formats.extract import Block
from bot.documents.formats.regions import Region, distinct, is_number
from bot.language.folding import is_han
from bot.language.lexicon import FORM_LABELS, any_of

_LONGEST_LABEL = 15
_FEWEST_ROWS = 2
_COLON = re.compile(r"[:：]\s*$")
_ASKING = re.compile(rf"(?:{any_of(FORM_LABELS)})(?:\s*[（(][^（()）]*[)）])?[:：]?$", re.IGNORECASE)
_PHOTO = re.compile(r"(?:贴?照片|相片|photo)\S{0,4}", re.IGNORECASE)


def without_form(region: Region) -> tuple[Region, list[Block]]:
    """Return what stands below a form, and the blocks of the form; all of the region where it begins with none.

    Each row of a form has labels, none twice, each with a cell behind it. Labels are told by colons, or by words that
    forms ask with in most of the rows below the first, for that may name columns.
    """
    rows = list(_form_rows(region))
    end = len(rows)
    if 0 < end < len(region.rows) and _heads_table(region, end - 1):
        end -= 1
    filled = [pairs for pairs in rows[:end] if pairs]
    if len(filled) < _FEWEST_ROWS or not _is_form(filled):
        return region, []
    blocks = [Block(_said(pairs) if pairs else _text(region, at)) for at, pairs in enumerate(rows[:end])]
    return region.part(end, len(region.rows), region.columns), blocks


def _form_rows(region: Region) -> Iterator[list[tuple[str, str]]]:
    """Yield the pairs of each row, none for a line of text, up to the first row that is of no form."""
    seen: set[str] = set()
    for at, cells in enumerate(region.rows):
        pairs = _pairs(region, at)
        if distinct(cells) == 1 and not any(_asks(label) for label, _ in pairs):
            yield []
            continue
        labels = {label for label, _ in pairs}
        if not pairs or labels & seen:
            return
        seen |= labels
        yield pairs


def _cells(region: Region, at: int) -> list[str]:
    """Return the cells of a row, merged ones once, without the place for a photograph."""
    cells: list[str] = []
    covered = -1
    for column in region.columns:
        if column > covered:
            cells.append(region.rows[at][column])
            covered = region.ends.get(at, {}).get(column, (1, column))[1]
    return cells[:-1] if len(cells) % 2 and _PHOTO.fullmatch(cells[-1]) else cells


def _pairs(region: Region, at: int) -> list[tuple[str, str]]:
    """Return the labels of a row with what is filled in behind each; none where its cells are no such pairs."""
    cells = _cells(region, at)
    while len(cells) > 1 and not any(cells[-2:]):
        cells = cells[:-2]
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    return [] if len(cells) % 2 or not all(_is_label(label) for label, _ in pairs) else pairs


def _is_label(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LABEL and not any(map(str.isdigit, text)) and text[-1] not in "。，；,;"


def _asks(label: str) -> bool:
    return _COLON.search(label) is not None or _ASKING.search(label) is not None


def _is_form(rows: list[list[tuple[str, str]]]) -> bool:
    labels = [[label for label, _ in pairs] for pairs in rows]
    if all(_COLON.search(label) for line in labels for label in line):
        return True
    below = [label for line in labels[1:] for label in line]
    return 2 * sum(map(_asks, below)) >= len(below)


def _heads_table(region: Region, at: int) -> bool:
    """Tell whether the last row that may be a form's is the header of the table below it."""
    cells, below = _cells(region, at), _cells(region, at + 1)
    return len(cells) == len(below) and all(cells) and not any(map(is_number, cells))


def _said(pairs: list[tuple[str, str]]) -> str:
    han = any(is_han(label) for label, _ in pairs)
    colon, between = ("：", "；") if han else (": ", "; ")
    return between.join(f"{_COLON.sub('', label)}{colon}{value}".strip() for label, value in pairs)


def _text(region: Region, at: int) -> str:
    return " ".join(dict.fromkeys(text for text in region.rows[at] if text))
