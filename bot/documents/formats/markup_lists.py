"""The marks that a browser draws before the items of a list; they are no text of the page, but belong to it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.documents.formats.markup_chrome import words_of
from bot.language.numerals import han_numeral

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BULLET = "- "
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(?:(?:inside|outside)\s+)?([\w-]+)")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_CHINESE = words_of(
    "cjk-ideographic cjk-decimal simp-chinese-informal simp-chinese-formal trad-chinese-informal "
    "trad-chinese-formal japanese-informal"
)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_HIGHEST = 4_999


def item_marks(element: "Element") -> Iterator[str]:
    """Yield the mark of each item (``li``) of a list, empty where it has none: "1. ", "（一）", "- "."""
    style = _style(element)
    if element.tag != "ol" and style not in _NUMBERED:
        while True:
            yield "" if style == "none" else BULLET
    items = [child for child in element if child.tag == "li"]
    falling = element.get("reversed") is not None
    number = _whole(element.get("start"), len(items) if falling else 1)
    for item in items:
        number = _whole(item.get("value"), number)
        yield "" if style == "none" else mark(number, style or "decimal")
        number += -1 if falling else 1


def mark(number: int, style: str) -> str:
    """Return a number in a style of CSS, with what a browser draws behind it."""
    if style in _CHINESE and number > 0:
        return f"{han_numeral(number)}、"
    if style in ("lower-alpha", "lower-latin", "upper-alpha", "upper-latin") and 0 < number <= 26:
        return f"{chr((65 if style[0] == 'u' else 97) + number - 1)}. "
    if style in ("lower-roman", "upper-roman") and 0 < number <= _HIGHEST:
        return f"{roman(number) if style[0] == 'l' else roman(number).upper()}. "
    return BULLET if style in _DRAWN else f"{number}. "


_DRAWN = frozenset({"disc", "circle", "square"})
_NUMBERED = _CHINESE | {
    *("decimal", "lower-alpha", "upper-alpha", "lower-latin", "upper-latin", "lower-roman", "upper-roman"),
}


def roman(number: int) -> str:
    """Return a positive number in small Roman letters."""
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said


def _style(element: "Element") -> str:
    said = _STYLE.search(element.get("style", "").lower())
    return said[1] if said else _TYPES.get(element.get("type", ""), element.get("type", "").lower())


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and re.fullmatch(r"-?\d{1,6}", said.strip()) else otherwise
