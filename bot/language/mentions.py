"""What a question names exactly: titles, dates, years, numbers, codes. The nearest such thing is not the one meant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from bot.language.lexicon import DIGITS, MEASURES, MYRIADS, TENS, TWO, ZEROS, any_of
from bot.language.numerals import numeral
from bot.language.rules import Rule

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Date:
    """A date; 0 for what is not said of it."""

    year: int = 0
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit or measure word that follows it ("%", "万元", "天"); "" where none does."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a question names, each once and in order.

    ``titles`` stand in 《》 and are as typed; ``years`` are those of ``dates`` too. A number that is part of a date or
    of a code is not among ``quantities``. ``codes`` are folded: names of letters and digits, numbers of documents.
    """

    titles: tuple[str, ...] = ()
    dates: tuple[Date, ...] = ()
    years: tuple[int, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    codes: tuple[str, ...] = ()


def _date(match: re.Match[str]) -> Date | None:
    """Return the date of the groups that a rule has of ``year``, ``han_year``, ``month`` and ``day``."""
    groups = match.groupdict()
    written = (groups.get("year") or groups.get("han_year"), groups.get("month"), groups.get("day"))
    date = Date(*(numeral(number) if number else 0 for number in written))
    return date if date.month <= 12 and date.day <= 31 else None


_HAN_DIGIT = ZEROS + DIGITS
_YEAR = rf"(?<![\d.])(?:(?P<year>1\d{{3}}|2\d{{3}})|(?P<han_year>[{DIGITS[:2]}][{_HAN_DIGIT}]{{3}}))"
_SMALL = rf"(?:\d{{1,2}}|[{_HAN_DIGIT}{TENS[0]}]{{1,3}})"
_UNIT = any_of(MEASURES)
_TITLE = re.compile(r"《(?P<title>[^《》]+(?:《[^《》]*》[^《》]*)*)》")

CODES: tuple[Rule[str], ...] = (
    Rule(
        "number of a document",
        re.compile(r"[\[(〔【](?P<year>\d{4})[\])〕】]第?(?P<number>\d{1,5})号"),
        lambda m: f"〔{m['year']}〕{m['number']}号",
        (("国办发〔2024〕5号讲什么", "〔2024〕5号"), ("见(2023)12号", "〔2023〕12号")),
        ("2024年5号", "第5号"),
    ),
    Rule(
        "letters with digits",
        re.compile(
            r"(?<![a-z0-9])(?=[a-z/]*[-./·_ ]?\d)[a-z]+(?:/[a-z]+)?[-./·_ ]?\d+(?:[-./·_]?[a-z0-9]+)*(?![a-z0-9])"
        ),
        lambda m: (
            None if re.match(r"(?:article|part|chapter|section|paragraph|item|in|of|on|by|the)\b", m[0]) else m[0]
        ),
        (("zx-17水库多大", "zx-17"), ("gb/t 7714-2015的格式", "gb/t 7714-2015"), ("a4纸多大", "a4")),
        ("article 5", "2024年", "tidb 是什么", "in 2024"),
    ),
)
"""Names of one thing alone, on folded text."""

DATES: tuple[Rule[Date], ...] = (
    Rule(
        "year, month, day",
        re.compile(rf"{_YEAR}年(?:(?P<month>{_SMALL})月(?:(?P<day>{_SMALL})[日号])?)?"),
        _date,
        (
            ("2024年3月5日的会议", Date(2024, 3, 5)),
            ("二〇二四年十二月", Date(2024, 12, 0)),
            ("2025年有哪些任务", Date(2025, 0, 0)),
        ),
        ("12024年", "三年"),
    ),
    Rule(
        "month, day",
        re.compile(rf"(?<![\d年])(?P<month>{_SMALL})月(?:(?P<day>{_SMALL})[日号])"),
        _date,
        (("3月5日开什么会", Date(0, 3, 5)), ("十月一日", Date(0, 10, 1))),
        ("3个月", "15月3日"),
    ),
    Rule(
        "digits",
        re.compile(
            r"(?<![\d.])(?P<year>[12]\d{3})(?P<dash>[-/.])(?P<month>\d{1,2})(?:(?P=dash)(?P<day>\d{1,2}))?(?![\d-])"
        ),
        _date,
        (("2024-03-05的会议", Date(2024, 3, 5)), ("2024/3", Date(2024, 3, 0))),
        ("2024-2025", "1.2.3"),
    ),
    Rule(
        "year alone",
        re.compile(r"(?<![\d.a-z\[(〔【/-])(?P<year>19\d\d|20\d\d)(?![\d.%‰]|\s*(?:年|元|个|人|名|-|/))"),
        _date,
        (("what changed in 2024?", Date(2024)),),
        ("2024元", "12024", "国办发〔2024〕5号"),
    ),
)
"""Dates and years, on folded text without codes."""

QUANTITIES: tuple[Rule[Quantity], ...] = (
    Rule(
        "digits",
        re.compile(rf"(?<![\d.第])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>{_UNIT})?"),
        lambda m: Quantity(float(m["number"].replace(",", "")), m["unit"] or ""),
        (
            ("罚款500元", Quantity(500, "元")),
            ("增长5.5%", Quantity(5.5, "%")),
            ("1,200 人", Quantity(1200, "人")),
        ),
        ("第5条", "三十天"),
    ),
    Rule(
        "Chinese numerals",
        re.compile(
            rf"(?<![第几{_HAN_DIGIT}{TENS}{MYRIADS[0]}{TWO}])(?P<number>[{_HAN_DIGIT}{TENS}{TWO}]{{1,7}})(?P<unit>{_UNIT})"
        ),
        lambda m: None if m["number"] == "一" or m["unit"] == "分" else Quantity(numeral(m["number"]), m["unit"]),
        (("三十天内", Quantity(30, "天")), ("一百二十元", Quantity(120, "元"))),
        ("第三条", "十分重要", "一个", "几十年"),
    ),
)
"""Numbers that are no dates, on folded text without codes and dates."""


def mentions(text: str, folded: str) -> Mentions:
    """Return what a question names; ``folded`` is ``text`` folded."""
    titles = (text[slice(*match.span("title"))].strip() for match in _TITLE.finditer(folded))
    codes, rest = _take(CODES, folded)
    dates, rest = _take(DATES, rest)
    quantities, _ = _take(QUANTITIES, rest)
    return Mentions(
        titles=tuple(dict.fromkeys(title for title in titles if title)),
        dates=tuple(dict.fromkeys(dates)),
        years=tuple(dict.fromkeys(date.year for date in dates if date.year)),
        quantities=tuple(dict.fromkeys(quantities)),
        codes=tuple(dict.fromkeys(codes)),
    )


def _take(rules: Iterable[Rule[Made]], folded: str) -> tuple[list[Made], str]:
    """Return what the rules make of a text, in order, and the text with what they matched blanked out."""
    taken: list[tuple[int, Made]] = []
    for rule in rules:
        for match in rule.pattern.finditer(folded):
            made = rule.make(match)
            if made is not None:
                taken.append((match.start(), made))
                folded = f"{folded[: match.start()]}{' ' * len(match[0])}{folded[match.end() :]}"
    return [made for _, made in sorted(taken, key=lambda pair: pair[0])], folded
