"""What a text names as one of a series: a year, a day, a code, the third quarter, building 2, room 101.

Two texts that name different ones of a series speak of different things, however alike they are otherwise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.language.lexicon import (
    DIGITS,
    HUNDREDS,
    MEASURES,
    ORDERED,
    POSTS,
    SERIES,
    SPANS_OF_TIME,
    TENS,
    ZEROS,
    any_of,
    words,
)
from bot.language.mentions import CODES, DATES
from bot.language.numerals import numeral
from bot.language.rules import Rule

Value = tuple[int, ...]

YEAR = "年"
"""The family of years and of versions that a year names."""
_FIRST_OF_ALL: Value = (0,)
_LAST_OF_ALL: Value = (9999,)


@dataclass(frozen=True, slots=True)
class Designator:
    """One of the series ``family``, or all from ``first`` to ``last``; ``text`` is how it was written."""

    family: str
    first: Value
    last: Value
    text: str = field(default="", compare=False)

    @property
    def single(self) -> bool:
        """Whether it is one alone, not all from one to another."""
        return self.first == self.last

    @property
    def bounded(self) -> bool:
        """Whether it is several, from one to another, neither all that were nor all to come."""
        return not self.single and self.first != _FIRST_OF_ALL and self.last != _LAST_OF_ALL

    def meets(self, other: "Designator") -> bool:
        """Tell whether both may be the same one; "v2" and "v2.1" may."""
        if self.family != other.family:
            return False
        size = min(len(self.first), len(other.first))
        return self.first[:size] <= other.last[:size] and other.first[:size] <= self.last[:size]


def _one(family: str, value: Value, text: str) -> Designator:
    return Designator(family, value, value, text)


_HAN_DIGIT = ZEROS + DIGITS
_TO_TEN = _HAN_DIGIT + TENS[0]
_SMALL = rf"(?:\d{{1,4}}|[{_HAN_DIGIT}{HUNDREDS}]{{1,4}})"
_TO = r"\s*(?:至|到|[-–—~])+\s*"
_AND = r"\s*[、,和与及或]\s*"
_YEAR = rf"(?:(?:19|20)\d\d|[{DIGITS[:2]}][{_HAN_DIGIT}]{{3}})"
_BOUNDARY = re.compile(rf"(?P<to>{_TO})|{_AND}")
_OPEN_AFTER = re.compile(r"以来|以后|之后|年?起|年?后|至今|及以后")
_OPEN_BEFORE = re.compile(r"以前|之前|年?底?前")
_WEEKDAY = {day: number for number, day in enumerate("一二三四五六日", 1)} | {"天": 7}
_LAST_MONTH, _LAST_DAY = 12, 31


def _members(family: str, numbers: str, text: str) -> tuple[Designator, ...]:
    """Return the ones of "一、二、三", and all of "1至3"."""
    members: list[Designator] = []
    at, joined = 0, False
    for match in (*_BOUNDARY.finditer(numbers), None):
        written = re.sub(r"[^\d" + _HAN_DIGIT + TENS + "]", "", numbers[at : match.start() if match else None])
        if not written:
            return ()
        value: Value = (numeral(written),)
        if joined and members[-1].first < value:
            members[-1] = Designator(family, members[-1].first, value, text)
        else:
            members.append(_one(family, value, text))
        if match:
            at, joined = match.end(), match["to"] is not None
    return tuple(members)


def _series(match: re.Match[str]) -> tuple[Designator, ...] | None:
    return _members(match["unit"], match["numbers"], match[0])


def _several(number: str, unit: str) -> str:
    """Return an expression for numbers before a unit, which may follow each of them: "一期、二期", "1-3号"."""
    return rf"{number}(?:(?:{unit})?(?:{_TO}|{_AND})第?{number})*"


_SERIES_UNIT, _ORDERED_UNIT = any_of(SERIES), any_of(ORDERED)
_NOT_BEFORE = rf"(?<![\d.前{_HAN_DIGIT}{HUNDREDS}月年〔〕)\]条])"

SERIES_RULES: tuple[Rule[tuple[Designator, ...]], ...] = (
    Rule(
        "one of a series",
        re.compile(rf"{_NOT_BEFORE}第?(?P<numbers>{_several(_SMALL, _SERIES_UNIT)})(?P<unit>{_SERIES_UNIT})(?!前|间)"),
        _series,
        (
            ("二号楼报修电话", (_one("号楼", (2,), "二号楼"),)),
            ("第三季度", (_one("季度", (3,), "第三季度"),)),
            ("1至3号楼停水", (Designator("号楼", (1,), (3,)),)),
            ("一期、二期工程", (_one("期", (1,), ""), _one("期", (2,), ""))),
        ),
        ("3月5号", "两期", "〔2024〕5号", "几号楼", "学期"),
    ),
    Rule(
        "an ordinal",
        re.compile(rf"第(?P<numbers>{_several(_SMALL, _ORDERED_UNIT)})(?P<unit>{_ORDERED_UNIT})"),
        _series,
        (
            ("第二批名单", (_one("批", (2,), "第二批"),)),
            ("第一、第二产业", (_one("产业", (1,), ""), _one("产业", (2,), ""))),
        ),
        ("分三批", "第三条", "第一书记"),
    ),
    Rule(
        "quarters up to one",
        re.compile(r"前(?P<number>[二三23])季度"),
        lambda m: (Designator("季度", (1,), (numeral(m["number"]),), m[0]),),
        (("前三季度", (Designator("季度", (1,), (3,)),)),),
        ("前几季度",),
    ),
    Rule(
        "half of a year",
        re.compile(r"(?P<half>[上下])半年"),
        lambda m: (_one("半年", (1 + (m["half"] == "下"),), m[0]),),
        (("下半年重点工作", (_one("半年", (2,), ""),)),),
        ("半年",),
    ),
    Rule(
        "day of the week",
        re.compile(
            r"(?:周|星期|礼拜)(?P<first>[一二三四五六日天])(?:(?P<to>至|到|[-–—~])(?:周|星期|礼拜)?(?P<last>[一二三四五六日天]))?"
            r"(?!次|天|个|小时|节|回|遍|趟|年)"
        ),
        lambda m: (
            Designator("周", (_WEEKDAY[m["first"]],), (_WEEKDAY[m["last"] or m["first"]],), m[0]),
        ),
        (
            ("星期三食堂供应什么", (_one("周", (3,), ""),)),
            ("周一至周五开放", (Designator("周", (1,), (5,)),)),
        ),
        ("每周三次", "一周", "周年"),
    ),
    Rule(
        "month",
        re.compile(
            rf"(?<![\d.个{_TO_TEN}])(?P<numbers>{_several(_SMALL, '月份?')})月(?![\d{_TO_TEN}]+[日号])"
        ),
        lambda m: tuple(d for d in _members("月", m["numbers"], m[0]) if d.last <= (_LAST_MONTH,)),
        (("2月份用电量", (_one("月", (2,), ""),)), ("一至三月", (Designator("月", (1,), (3,)),))),
        ("3个月", "3月5日"),
    ),
)  # fmt: skip
"""Members of series that a unit names."""


RANK_RULES: tuple[Rule[tuple[Designator, ...]], ...] = (
    Rule(
        "one who deputises",
        re.compile(rf"(?P<deputy>副|常务副)?(?P<post>{any_of(POSTS)})"),
        lambda m: (_one(f"职务:{m['post']}", (int(bool(m["deputy"])),), m[0]),),
        (
            ("副董事长是谁", (_one("职务:董事长", (1,), "副董事长"),)),
            ("由市长签发", (_one("职务:市长", (0,), "市长"),)),
        ),
        ("董事会", "副本"),
    ),
)
"""A deputy is another one than whom it deputises for."""


def _years(match: re.Match[str]) -> tuple[Designator, ...] | None:
    first: Value = (numeral(match["first"]),)
    last: Value = (numeral(match["last"] or match["first"]),)
    behind = match["behind"] or ""
    if _OPEN_AFTER.fullmatch(behind):
        last = _LAST_OF_ALL
    elif _OPEN_BEFORE.fullmatch(behind):
        first = _FIRST_OF_ALL
    return (Designator(YEAR, first, last, match[0]),) if first <= last else None


YEAR_RULES: tuple[Rule[tuple[Designator, ...]], ...] = (
    Rule(
        "years",
        re.compile(
            rf"(?<![\d.])(?P<first>{_YEAR})(?:年?{_TO}(?P<last>{_YEAR}))?(?:年度?|版|(?=修订|修正|修改))"
            rf"(?:(?:[{_TO_TEN}\d]{{1,3}}月)?(?:[{_TO_TEN}\d]{{1,3}}[日号])?)?"
            rf"(?P<behind>{_OPEN_AFTER.pattern}|{_OPEN_BEFORE.pattern})?"
        ),
        _years,
        (
            ("2021年招生多少人", (_one("年", (2021,), ""),)),
            ("二〇二三年招生", (_one("年", (2023,), ""),)),
            ("办法(2024修订版)", (_one("年", (2024,), ""),)),
            ("2019-2022年", (Designator("年", (2019,), (2022,)),)),
            ("自2020年1月1日起施行", (Designator("年", (2020,), _LAST_OF_ALL),)),
            ("2020年以前", (Designator("年", _FIRST_OF_ALL, (2020,)),)),
        ),
        ("3年", "12024年", "二十年"),
    ),
    Rule(
        "a year alone",
        re.compile(r"(?:(?<![^\s(\[])|(?<=[在于到至自从]))(?P<first>(?:19[5-9]|20[0-4])\d)(?P<last>(?!))?(?P<behind>(?!))?(?=[\s)\],.?!:;]|$)"),
        _years,
        (("what changed in 2024?", (_one("年", (2024,), ""),)),),
        ("代码2010", "2024元", "2024号"),
    ),
)  # fmt: skip
"""Years and spans of them."""

_PLAN_YEARS, _FIRST_PLAN = 5, 1951
"""The thirteenth plan begins with 2016; the first five or so began otherwise, and are asked for by nobody."""


def _plan(match: re.Match[str]) -> tuple[Designator, ...]:
    first = _FIRST_PLAN + _PLAN_YEARS * numeral(match["number"])
    return (Designator(YEAR, (first,), (first + _PLAN_YEARS - 1,), match[0]),)


PLAN_RULES: tuple[Rule[tuple[Designator, ...]], ...] = (
    Rule(
        "a five-year plan",
        re.compile(rf"(?P<open>[“\"'])?(?P<number>十[{DIGITS}])五(?(open)[”\"']|(?=时期|期间|规划|以来|末))"),
        _plan,
        (
            ("“十三五”时期", (Designator(YEAR, (2016,), (2020,)),)),
            ("十四五规划", (Designator(YEAR, (2021,), (2025,)),)),
        ),
        ("十五天", "二十五", "十三五个"),
    ),
)
"""Spans of years that have a name."""

_QUANTITY_BEHIND = any_of(MEASURES, SPANS_OF_TIME)
_NO_NAME = re.compile(
    r"超过|不足|少于|多于|高于|低于|大于|小于|达到|至少|至多|最多|最少|不超|大约|[约近共满为是有第等或逾达过于到至计了仅及和与每前后内]$"
)
"""What stands before an amount, and names nothing."""


def _numbered(match: re.Match[str]) -> tuple[Designator, ...] | None:
    if _NO_NAME.search(match["stem"]):
        return None
    return _members(f"{match['stem']}#", match["numbers"], match[0])


NUMBER_RULES: tuple[Rule[tuple[Designator, ...]], ...] = (
    Rule(
        "a number as a name",
        re.compile(
            rf"(?P<stem>[\u4e00-\u9fff]{{2}})[ :#]?(?P<numbers>\d{{1,8}}(?:(?:{_TO}|{_AND})\d{{1,8}})*)"
            rf"(?![\d.,%‰]|\s*(?:{_QUANTITY_BEHIND}))"
        ),
        _numbered,
        (
            ("房间10的住客是谁", (_one("房间#", (10,), ""),)),
            ("故障代码2088：风扇停转", (_one("代码#", (2088,), ""),)),
        ),
        ("工期10天", "超过100", "比例3.5", "第3"),
    ),
)
"""Numbers that are the names of things."""

_RELATIVE = {"今年": 0, "本年度": 0, "去年": -1, "上年": -1, "上一年": -1, "过去一年": -1, "前年": -2, "明年": 1}
_RELATIVE_YEAR = re.compile(rf"(?<![比较同]){any_of(_RELATIVE)}")
"""比去年提高 speaks of this year."""
_PAST_YEARS = re.compile(rf"(?:过去|近|这|前)(?P<before>[{DIGITS}])年|(?P<number>[{DIGITS}])年(?:来|间|年均|累计)")
_NO_CODE = frozenset(
    words(
        "within over under than least most about after before for or and from to until every next last first per only "
        "are is was were has have all up with since between page these those other any top day days"
    )
)
"""Before a number these make no name of it."""
_LETTERS = re.compile(r"[a-z/]+")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=1 << 12)
def designators(folded: str) -> tuple[Designator, ...]:
    """Return what a folded text names of series, in no order, each once."""
    return tuple(dict.fromkeys(_all(folded)))


def relative_years(folded: str, year: int) -> tuple[Designator, ...]:
    """Return the years that a folded text of ``year`` names by words: 今年, 去年, 过去五年."""
    names = (match[0] for match in _RELATIVE_YEAR.finditer(folded))
    single = [_one(YEAR, (year + _RELATIVE[name],), name) for name in names]
    past = ((match[0], numeral(match["before"] or match["number"])) for match in _PAST_YEARS.finditer(folded))
    return (*single, *(Designator(YEAR, (year - size,), (year - 1,), name) for name, size in past if size > 1))


def _all(folded: str) -> Iterator[Designator]:
    rest = folded
    for code in CODES:
        for match in code.pattern.finditer(rest):
            made = code.make(match)
            letters = " ".join(_LETTERS.findall(made)) if made else ""
            if made and letters not in _NO_CODE:
                family = f"{letters}#" if letters else "〔〕号"
                yield _one(family, tuple(map(int, _DIGITS.findall(made)))[:4], made)
                rest = f"{rest[: match.start()]}{' ' * len(match[0])}{rest[match.end() :]}"
    for date in DATES:
        for made_date in date.all(rest):
            if made_date.day:
                yield _one("日", (made_date.month, made_date.day), f"{made_date.month}月{made_date.day}日")
            if made_date.month:
                yield _one("月", (made_date.month,), f"{made_date.month}月")
    for table in (YEAR_RULES, PLAN_RULES, RANK_RULES, SERIES_RULES, NUMBER_RULES):
        for rule in table:
            for members in rule.all(rest):
                yield from members
