"""Ordinal numbers: reading "三十", "30" and "①", and the number that a line opens with."""

import re
import unicodedata
from dataclasses import dataclass

from bot.documents.markers import find_marker
from bot.text import fold

NUMBER = r"(?:[〇零一二三四五六七八九十百千两]{1,9}|\d{1,4})"
"""A number in folded text, as a regular expression without groups."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_FIRST = re.compile(rf"{NUMBER}|[①-⑳]")
_INSERTED = re.compile(rf"条之({NUMBER})")


@dataclass(frozen=True, slots=True)
class Opening:
    """The number that opens a line: the marker's rank and length, the number, and M of "第N条之M" (0 without)."""

    rank: int
    length: int
    number: int
    inserted: int = 0


def numeral(text: str) -> int:
    """Return the value of a folded number: "三十", "一百零二", "二〇二一", "30".

    Raises:
        ValueError: ``text`` is no number.
    """
    if text.isdecimal():
        return int(text)
    if not set(text) & set(_UNITS):
        if not text or set(text) - set(_DIGITS):
            raise ValueError(f"{text!r} is not a number such as 三十 or 30")
        return int("".join(str(_DIGITS[char]) for char in text))
    total = digit = 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            raise ValueError(f"{text!r} is not a number such as 三十 or 30")
    return total + digit


def han_numeral(number: int) -> str:
    """Return a number from 0 to 9999 in Chinese: 30 -> "三十", 102 -> "一百零二"; a larger one in digits."""
    if number > 9999:
        return str(number)
    form = ""
    for unit, size in ("千", 1000), ("百", 100), ("十", 10), ("", 1):
        digit, number = divmod(number, size)
        if digit:
            form += "零一二三四五六七八九"[digit] + unit
        elif form and number and not form.endswith("零"):
            form += "零"
    return (form.removeprefix("一") if form.startswith("一十") else form) or "零"


def find_opening(line: str) -> Opening | None:
    """Return the number that opens a trimmed line of a document, or None ("首先" and Roman numbers have none)."""
    marker = find_marker(line)
    if marker is None:
        return None
    head = fold(line[: marker.length])
    found = _FIRST.findall(head)
    if not found:
        return None
    dotted = re.match(r"\d+(?:\.\d+)+", head)
    first = dotted[0].rpartition(".")[2] if dotted else found[0]
    number = int(unicodedata.numeric(first)) if "①" <= first <= "⑳" else numeral(first)
    inserted = _INSERTED.search(head)
    return Opening(marker.rank, marker.length, number, numeral(inserted[1]) if inserted else 0)
