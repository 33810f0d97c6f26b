"""Numbers with their units, and the other ways of writing the same: 1200万元, 12,000,000元, 一千二百万元."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bot.language.lexicon import (
    AREAS,
    DIGITS,
    DURATIONS,
    ENGLISH_PERCENT,
    LENGTHS,
    MEASURES,
    MYRIADS,
    TENS,
    TWO,
    WEIGHTS,
    ZEROS,
    any_of,
)
from bot.language.numerals import han_numeral, numeral
from bot.language.synonyms import Synonym

_SIZES = {unit: family for family in (LENGTHS, WEIGHTS, AREAS, DURATIONS) for unit in family}
_SAME_UNIT = {"周岁": "岁", "日": "天", "周年": "年", "个月": "月"}
_ENGLISH = {"year": ("年", 1), "month": ("月", 1), "day": ("天", 1), "hour": ("分钟", 60), "minute": ("分钟", 1)}
_ENGLISH_AMOUNT = re.compile(rf"(?<![\w.])(?P<number>\d+(?:\.\d+)?)[ -](?P<unit>{'|'.join(_ENGLISH)})s?\b")
_HAN_DIGIT = f"{ZEROS}{DIGITS}"
_MYRIAD = {MYRIADS[0]: 10**4, MYRIADS[1]: 10**8}
_DIGITAL = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?[{MYRIADS}]?"
_NUMERAL = f"{_HAN_DIGIT}{TENS}{MYRIADS}{TWO}"
_WRITTEN = rf"[{_NUMERAL}]+"
_UNIT = any_of(MEASURES, _SIZES)
_YEAR = re.compile(rf"(?<![\d.{_HAN_DIGIT}])(?P<year>[12]\d{{3}}|[{DIGITS[:2]}][{_HAN_DIGIT}]{{3}})年")
_PERCENT = re.compile(
    rf"(?<![\d.])(?<!\d,)(?P<digits>\d+(?:\.\d+)?)(?: ?%| (?:{'|'.join(ENGLISH_PERCENT)})\b)"
    rf"|百分之(?P<written>{_WRITTEN}|\d+(?:\.\d+)?)"
)
_AMOUNT = re.compile(
    rf"(?<![\d.{_NUMERAL}几第])(?<!\d,)(?P<number>{_DIGITAL}|{_WRITTEN})"
    rf"(?: ?(?P<unit>{_UNIT})|(?:(?<=[{MYRIADS}])|(?<=,\d\d\d))(?![{_NUMERAL}]))"
)
_SPOKEN = re.compile(rf"[{TENS[1:]}{MYRIADS}][{DIGITS}]$")
"""一万二 is 12,000 to most, and 10,002 to none: such a number is left alone."""
_MOST = 8
"""Other ways of writing a number; the likeliest come first."""
_MOST_DECIMALS = 4
_LARGEST = 10**12
_GROUPED = 1000
_HAN_TWO = DIGITS[1]
_LEAST_SHARE = Fraction(1, 10)
"""From here on a number is written as a decimal of 亿: 0.12亿 is, 0.012亿 is not."""


def spellings(folded: str) -> tuple[Synonym, ...]:
    """Return the amounts of a folded text, with the other ways to write them.

    An amount has a unit, or it ends in 万 or 亿, or its digits stand in groups: 12345 may be a telephone.
    """
    found: dict[str, tuple[str, ...]] = {}
    rest = folded
    for pattern, written in ((_YEAR, _years), (_PERCENT, _percents), (_AMOUNT, _amounts)):
        for match in pattern.finditer(rest):
            others = dict.fromkeys(written(match))
            others.pop(match[0], None)
            if others:
                found.setdefault(match[0], tuple(others)[:_MOST])
        rest = pattern.sub(lambda match: " " * len(match[0]), rest) if pattern is not _AMOUNT else rest
    return tuple(Synonym(term, same) for term, same in found.items())


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at ``start``..``end`` of a text; units of one family have the smallest one of it."""

    start: int
    end: int
    unit: str
    value: Fraction


def amounts(folded: str) -> Iterator[Amount]:
    """Yield the numbers of a folded text that have a unit, in order; no years (2024年) and none that counts nothing.

    "12 years" are 12年: a question and a text may differ in language.
    """
    rest = _YEAR.sub(lambda match: " " * len(match[0]), folded)
    found: list[Amount] = []
    for match in _PERCENT.finditer(rest):
        value = value_of(match["digits"] or match["written"])
        if value is not None:
            found.append(Amount(match.start(), match.end(), "%", value))
    rest = _PERCENT.sub(lambda match: " " * len(match[0]), rest)
    for match in _AMOUNT.finditer(rest):
        unit, value = match["unit"], value_of(match["number"])
        if unit and value is not None and not (unit == "分" and not match["number"].isdecimal()):
            scale, size = _measure(unit)
            found.append(Amount(match.start(), match.end(), scale, value * size))
    for match in _ENGLISH_AMOUNT.finditer(rest):
        scale, size = _ENGLISH[match["unit"]]
        found.append(Amount(match.start(), match.end(), scale, Fraction(match["number"]) * size))
    yield from sorted(found, key=lambda amount: amount.start)


def _measure(unit: str) -> tuple[str, int]:
    """Return the unit in which amounts of a unit are compared, and how many of it one is."""
    for myriad, size in _MYRIAD.items():
        if unit.startswith(myriad):
            return unit.removeprefix(myriad), size
    sizes = _SIZES.get(unit)
    if sizes:
        return min(sizes, key=lambda name: sizes[name]), sizes[unit]
    return _SAME_UNIT.get(unit, unit), 1


def value_of(written: str) -> Fraction | None:
    """Return the value of a folded number of any size: "1,200.5", "3.5亿", "一千二百万"; None where it is none."""
    if re.fullmatch(_DIGITAL, written):
        return Fraction(written.rstrip(MYRIADS).replace(",", "")) * _MYRIAD.get(written[-1], 1)
    if _SPOKEN.search(written):
        return None
    total = 0
    try:
        for unit, size in reversed(_MYRIAD.items()):
            head, _, tail = written.rpartition(unit)
            total += numeral(head) * size if head else 0
            written = tail
        return Fraction(total + (numeral(written) if written else 0))
    except ValueError:
        return None


def _years(match: re.Match[str]) -> Iterator[str]:
    year = str(numeral(match["year"]))
    for zero in reversed(ZEROS):
        yield "".join(DIGITS[int(digit) - 1] if digit != "0" else zero for digit in year) + "年"
    yield f"{year}年"


def _percents(match: re.Match[str]) -> Iterator[str]:
    value = value_of(match["digits"] or match["written"])
    if value is None:
        return
    digits = _decimal(value)
    yield f"{digits}%"
    yield from (f"{digits} {word}" for word in ENGLISH_PERCENT)
    yield f"百分之{digits}"
    if value.denominator == 1 and value <= 100:
        yield f"百分之{_han(int(value))}"


def _amounts(match: re.Match[str]) -> Iterator[str]:
    number, unit = match["number"], match["unit"] or ""
    value = value_of(number)
    # 一个 and 十分 count nothing.
    if value is None or not 0 < value < _LARGEST or number == DIGITS[0] or (unit == "分" and not number.isdecimal()):
        return
    sizes = _SIZES.get(unit, {unit: 1})
    for other, size in sizes.items():
        yield from (f"{form}{other}" for form in _forms(value * sizes[unit] / size))


def _forms(value: Fraction) -> Iterator[str]:
    """Yield the ways to write a number: digits, in groups of three too, Chinese numerals, 万 and 亿."""
    digits = _decimal(value)
    if not digits:
        return
    yield digits
    whole, point, part = digits.partition(".")
    if value >= _GROUPED:
        yield f"{int(whole):,}{point}{part}"
    if not part:
        yield (written := _han(int(whole)))
        if written[0] == _HAN_TWO and written[1:2] != TENS[0]:
            yield TWO + written[1:]
    for unit, size in _MYRIAD.items():
        share = _decimal(value / size)
        if share and value >= size * (1 if unit == MYRIADS[0] else _LEAST_SHARE):
            yield f"{share}{unit}"


def _decimal(value: Fraction) -> str:
    """Return a number in digits; "" where it takes more than four decimals."""
    scaled = value * 10**_MOST_DECIMALS
    if scaled.denominator != 1:
        return ""
    whole, part = divmod(int(scaled), 10**_MOST_DECIMALS)
    return f"{whole}.{part:0{_MOST_DECIMALS}}".rstrip("0").rstrip(".")


def _han(number: int) -> str:
    """Return a number in Chinese: 12000000 -> 一千二百万."""
    written = ""
    for unit, size in (*reversed(_MYRIAD.items()), ("", 1)):
        part, number = divmod(number, size)
        if part:
            gap = "零" if written and part < 1000 else ""
            form = han_numeral(part)
            written += gap + (f"一{form}" if gap and form.startswith("十") else form) + unit
    return written or "零"
