"""Every number of a text with what it measures: one value however it is written, for comparing two texts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.language.lexicon import AREAS, DIGITS, LENGTHS, MYRIADS, TENS, TWO, WEIGHTS, ZEROS, any_of, words
from bot.language.mentions import DATES, Date
from bot.language.numerals import numeral
from bot.language.spellings import value_of
from bot.writing.bounds import Bound, bound_of
from bot.written import LackKind

Value = Fraction | tuple[int, ...]

DATE, TIME, CLOCK, MONTHS, WORKDAYS, MONEY, SHARE = "date", "time", "clock", "months", "workdays", "money", "share"
COUNT, BARE, POINTS, WEEKDAY, ORDINAL = "count", "bare", "points", "weekday", "ordinal"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text: ``value`` in the base unit of ``family``; of a date year, month, day, 0 for what is unsaid.

    ``bound`` tells whether it is the least ("up") or the most ("down"); ``sure`` that this was said in so many words:
    "within" is not. ``start`` and ``end`` are its span in the folded text.
    """

    kind: LackKind
    family: str
    value: Value
    start: int
    end: int
    bound: Bound = ""
    sure: bool = False


_HAN = f"{ZEROS}{DIGITS}{TENS}{MYRIADS}{TWO}"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ENGLISH = {word: number for number, word in enumerate(
    words("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
          " seventeen eighteen nineteen twenty"))} | {
    word: 10 * number for number, word in enumerate(words("thirty forty fifty sixty seventy eighty ninety"), 3)
}  # fmt: skip
_ENGLISH_SIZES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_SPELLED = rf"\b(?:{'|'.join(_ENGLISH)})(?:[- ](?:{'|'.join(words('one two three four five six seven eight nine'))}))?"
_NUMBER = (
    rf"(?P<digits>{_DIGITS})(?:(?P<size>[{TENS[1:]}]?[{MYRIADS}]{{1,2}}|[{TENS[1:]}](?=[元多余人]))"
    rf"| (?P<english_size>{'|'.join(_ENGLISH_SIZES)})\b)?"
    rf"|(?P<han>[{_HAN}]+(?:点[{ZEROS}{DIGITS}]+)?)|(?P<half>半)"
    rf"|(?P<english>{_SPELLED}\b)(?: (?P<spelled_size>{'|'.join(_ENGLISH_SIZES)})\b)?"
)
_MINUTE, _HOUR, _DAY, _WEEK = 1, 60, 1440, 7 * 1440
_UNITS: dict[str, tuple[LackKind, str, Fraction]] = {}


def _unit(kind: LackKind, family: str, sizes: Mapping[str, int | Fraction]) -> None:
    for name, size in sizes.items():
        _UNITS[name] = (kind, family, Fraction(size))


_unit("amount", MONEY, dict.fromkeys(words("元 块 块钱 元人民币 圆 yuan rmb cny"), 1))
_unit("amount", MONEY, dict.fromkeys(words("角 毛 毛钱"), Fraction(1, 10)))
_unit("amount", "美元", dict.fromkeys(words("美元 美金 usd dollar dollars"), 1))
_unit("amount", "欧元", dict.fromkeys(words("欧元 eur euro euros"), 1))
_unit("amount", "港元", dict.fromkeys(words("港元 港币 hkd"), 1))
_unit("amount", "英镑", dict.fromkeys(words("英镑 gbp pound pounds"), 1))
_unit("amount", "日元", dict.fromkeys(words("日元 jpy yen"), 1))
_unit("percentage", SHARE, dict.fromkeys((*"%％", "percent", "per cent"), 1) | {"‰": Fraction(1, 10), "成": 10})
_unit("percentage", POINTS, dict.fromkeys(("个百分点", "百分点", "percentage points", "percentage point"), 1))
_unit("number", TIME, {
    "秒": Fraction(1, 60), "秒钟": Fraction(1, 60), "second": Fraction(1, 60), "seconds": Fraction(1, 60),
    **dict.fromkeys(words("分钟 minute minutes mins min"), _MINUTE),
    **dict.fromkeys(words("小时 个小时 钟头 个钟头 个钟 hour hours hrs h"), _HOUR),
    **dict.fromkeys(words("天 日 个自然日 自然日 日历日 day days 昼夜"), _DAY), "calendar days": _DAY,
    **dict.fromkeys(words("周 星期 个星期 礼拜 个礼拜 week weeks"), _WEEK),
})  # fmt: skip
_unit(
    "number",
    WORKDAYS,
    dict.fromkeys(("工作日", "个工作日", "工作天", "working day", "working days", "business day", "business days"), 1),
)
_unit("number", MONTHS, {
    **dict.fromkeys(words("个月 个整月 month months"), 1), **dict.fromkeys(words("个季度 quarters"), 3),
    **dict.fromkeys((*words("年 周年 个年度 个整年 岁 周岁 year years"), "years old"), 12),
})  # fmt: skip
for _family, _sizes in (("length", LENGTHS), ("weight", WEIGHTS), ("area", AREAS)):
    _unit("number", _family, dict(_sizes))
_unit("number", "area", {"㎡": 1, "平米": 1, "m2": 1, "亩": Fraction(2000, 3)})
_unit("number", "length", {"m": 1000, "cm": 10, "mm": 1, "里": 500000})
for _name in words("倍 度 ℃ 级 层 楼 折 页 号 期 届 版 吨 瓦 千瓦 伏 安 赫兹 kg kw mb gb tb"):
    _UNITS.setdefault(_name, ("number", _name, Fraction(1)))
_UNITS["℃"] = _UNITS["摄氏度"] = _UNITS["度"]
_COUNTERS = (
    *words(
        "人次 人 名 位 个 项 件 家 所 次 种 类 条 款 章 节 点 步 册 本 部 台 辆 套 份 张 间 栋 幢"
        " 座 字 课 门 户 口 组 批"
    ),
    *words(
        "只 头 支 枚 颗 棵 瓶 箱 袋 包 盒 片 块 根 株 道 班 队 场 轮 方面 部分 阶段 环节 学时 课时 学分 分 课 席 床 车"
    ),
    *words("persons people person times time copies copy items employees students members books rooms"),
)
for _name in _COUNTERS:
    _UNITS.setdefault(_name, ("number", COUNT, Fraction(1)))
_AFTER_UNIT = any_of(words("元 块 天 日 周 年 个月 月 小时"))
_QUANTITY = re.compile(
    rf"(?<![\d.第{_HAN}a-z几])(?<!\d,)(?:(?P<sign>[¥$€£]|(?:rmb|cny|usd|eur|gbp|hkd|jpy"
    rf"|us\$)) ?)?(?:{_NUMBER})(?P<more>[多余几])?"
    rf"(?: ?(?P<unit>{any_of(u for u in _UNITS if not u.isascii())})(?P<and_half>半)?"
    rf"|[ -]?(?P<latin>(?:{'|'.join(sorted((u for u in _UNITS if u.isascii()), key=len, reverse=True))})(?![a-z])))?"
)
_PER_CENT = re.compile(rf"(?P<base>百|千)分之(?P<number>{_DIGITS}|[{_HAN}]+(?:点[{ZEROS}{DIGITS}]+)?)")
_SIGNS = {
    **dict.fromkeys(("¥", "rmb", "cny"), "元"), **dict.fromkeys(("$", "us$", "usd"), "美元"), "hkd": "港元",
    "jpy": "日元",
    **dict.fromkeys(("€", "eur"), "欧元"), **dict.fromkeys(("£", "gbp"), "英镑"),
}  # fmt: skip
_ORDINAL = re.compile(
    rf"(?<![\d{_HAN}])第(?P<number>\d{{1,4}}"
    rf"|[{_HAN}]{{1,5}})(?P<unit>[个名位届期季批次轮步阶期天周年楼层号版组类]?)(?![条款项章节编])"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        words("january february march april may june july august september october november december"), 1
    )
}
_MONTH_NAME = rf"(?P<name>{'|'.join(f'{name}|{name[:3]}(?![a-z])' for name in _MONTHS)})\.?"
_WEEKS = ("周", "星期", "礼拜")
_WEEKDAYS = {
    **{f"{week}{day}": number for week in _WEEKS for number, day in enumerate("一二三四五六日", 1)},
    **{f"{week}天": 7 for week in _WEEKS},
    **dict(zip(words("monday tuesday wednesday thursday friday saturday sunday"), range(1, 8), strict=True)),
}
_WEEKDAY = re.compile(
    rf"(?:(?<![每双])|(?<=每)(?=..[至到~—上下中凌早晚夜、-]|周日|.{2}天))(?P<day>{any_of(_WEEKDAYS)})(?!次)(?:(?:至|到|-|—|~|、|和|及)(?P<more>[一二三四五六日]))?"
)
_TO = r"\s*(?:至|到|[-–—~]+|to|and|和|、)\s*"
_CLOCK = re.compile(
    rf"(?P<part>上午|下午|早上|晚上|晚|中午|凌晨|早"
rf"|傍晚)?(?:每[天日])?(?<![\d.:])(?P<hour>\d{{1,2}}"
rf"|[{ZEROS}{DIGITS}{TENS[0]}{TWO}]{{1,3}})"
    rf"(?:[:：](?P<minute>\d{{2}})(?!\d)|[点时](?!间|候|期|点)(?:(?P<half>半)"
rf"|(?P<han_minute>\d{{1,2}}|[{ZEROS}{DIGITS}{TENS[0]}]{{1,3}})分)?)"
    r"\s*(?P<english>[ap]\.?m\b\.?)?|(?<![\d.])(?P<english_hour>\d{1,2})\s?(?P<alone>[ap]\.?m\b\.?)"
)  # fmt: skip
_AFTERNOON = frozenset(("下午", "晚上", "晚", "傍晚"))


def quantities(folded: str) -> tuple[Quantity, ...]:
    """Return the quantities of a folded text, in order; one that only names something (第三方, 一般) is none."""
    found: list[Quantity] = []
    rest = folded
    for read in (_shares, _clocks, _dates, _ordinals, _amounts):
        taken = list(read(rest))
        found += taken
        for quantity in taken:
            rest = f"{rest[: quantity.start]}{' ' * (quantity.end - quantity.start)}{rest[quantity.end :]}"
    bounded = []
    for one in sorted(found, key=lambda one: one.start):
        bound, sure = bound_of(folded, one.start, one.end, share=one.kind == "percentage")
        bounded.append(replace(one, bound=bound, sure=sure))
    return tuple(bounded)


def _clocks(folded: str) -> Iterator[Quantity]:
    before: re.Match[str] | None = None
    for match in _CLOCK.finditer(folded):
        hour = _small(match["english_hour"] or match["hour"])
        if hour is None:
            continue
        if match["english_hour"]:
            minute, late = 0, match["alone"].startswith("p")
        else:
            minute = 30 if match["half"] else _small(match["minute"] or match["han_minute"] or "0") or 0
            # 下午2点到5点 is until five in the afternoon.
            ranged = before and re.fullmatch(_TO, folded[before.end() : match.start()])
            part = match["part"] or (before["part"] if before and ranged else "")
            late = part in _AFTERNOON or bool(match["english"] and match["english"].startswith("p"))
            if _no_clock(match):
                continue
            before = match
        if hour <= 24 and minute < 60:
            hour += 12 if late and hour < 12 else 0
            yield Quantity("date", CLOCK, (hour % 24, minute), match.start(), match.end())


def _no_clock(match: re.Match[str]) -> bool:
    """Tell whether it counts points, or is no time at all: 以下三点, 高二时, 一点."""
    if match["part"] or match["minute"] or match["english"]:
        return False
    written, text = match["hour"], match.string
    around = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + 2]
    if re.search(r"以下|如下|下列|这|几|哪|有|[共为]$", around[0]) or re.match(r"[要内意建：:原措]", around[1]):
        return True
    plain = not written.isdecimal() and len(written) == 1
    return plain and not match["half"] and not re.match(r"[前后至到整钟以之~-]", around[1])


def _small(written: str) -> int | None:
    try:
        return numeral(written)
    except ValueError:
        return None


_RANGE_OF_YEARS = re.compile(rf"(?<![\d.])(?P<first>[12]\d{{3}})年?{_TO}(?=[12]\d{{3}}年)")
_LIFE = re.compile(r"(?<=\()(?P<first>[12]\d{3})[-–—~]+(?P<last>[12]\d{3})(?=\))")
_DAY_TO_DAY = re.compile(rf"{_TO}(?P<day>\d{{1,2}}|[{DIGITS}{TENS[0]}]{{1,3}})[日号]")
_MONTH_TO_MONTH = re.compile(
    rf"{_TO}(?P<month>\d{{1,2}}|[{DIGITS}{TENS[0]}]{{1,3}})月(?:(?P<day>\d{{1,2}}|[{DIGITS}{TENS[0]}]{{1,3}})[日号])?"
)
_MONTH = re.compile(rf"(?<![\d.个第年{_HAN}])(?P<month>1[0-2]|[1-9]|十[一二]?|[{DIGITS}])月(?!\d|[{_HAN}]+[日号])")
_ENGLISH_DATE = re.compile(
    rf"\b(?:{_MONTH_NAME}(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,? (?P<year>[12]\d{{3}}))?"
    rf"|(?P<first>\d{{1,2}})(?:st|nd|rd"
    rf"|th)? (?:of )?{_MONTH_NAME.replace('name', 'second')}(?:,? (?P<last>[12]\d{{3}}))?)\b"
)


_NO_YEAR = re.compile(r"(?<=[每次当今去明前后翌二])年(?=\d|[一二三四五六七八九十])|(?<=\d年的)(?=\d)")


def _dates(folded: str) -> Iterator[Quantity]:
    # 每年3月5日 is a day, of no year that is named.
    rest = folded = _NO_YEAR.sub("#", folded)
    for match in _WEEKDAY.finditer(folded):
        yield Quantity("date", WEEKDAY, (_WEEKDAYS[match["day"]],), match.start(), match.end("day"))
        if match["more"]:
            yield Quantity("date", WEEKDAY, (_WEEKDAYS["周" + match["more"]],), match.start("more"), match.end())
    for match in _LIFE.finditer(rest):
        for name in ("first", "last"):
            yield Quantity("date", DATE, (int(match[name]), 0, 0), match.start(name), match.end(name))
    for match in _RANGE_OF_YEARS.finditer(rest):
        yield Quantity("date", DATE, (int(match["first"]), 0, 0), match.start(), match.start() + 4)
    for match in _ENGLISH_DATE.finditer(rest):
        name = match["name"] or match["second"]
        if not (match["day"] or match["year"] or match["first"] or name[:3] != "may"):
            continue
        month = next(number for full, number in _MONTHS.items() if full.startswith(name[:3]))
        day, year = int(match["day"] or match["first"] or 0), int(match["year"] or match["last"] or 0)
        yield Quantity("date", DATE, (year, month, day), match.start(), match.end())
        rest = f"{rest[: match.start()]}{'#' * len(match[0])}{rest[match.end() :]}"
    for rule in DATES:
        for match in rule.pattern.finditer(rest):
            made = rule.make(match)
            if made is not None and not folded.startswith(tuple(MYRIADS), match.end()):
                yield _dated(made, match.start(), match.end())
                yield from _to_another(rest, match.end(), made)
                rest = f"{rest[: match.start()]}{'#' * len(match[0])}{rest[match.end() :]}"
    for match in _MONTH.finditer(rest):
        yield Quantity("date", DATE, (0, numeral(match["month"]), 0), match.start(), match.end())


def _dated(date: Date, start: int, end: int) -> Quantity:
    return Quantity("date", DATE, (date.year, date.month, date.day), start, end)


def _to_another(folded: str, at: int, date: Date) -> Iterator[Quantity]:
    """Yield the end of a span of days or months that is written short: 3月1日至5日."""
    if date.day and (match := _DAY_TO_DAY.match(folded, at)):
        yield _dated(Date(date.year, date.month, numeral(match["day"])), match.start("day"), match.end())
    elif date.month and (match := _MONTH_TO_MONTH.match(folded, at)):
        day = numeral(match["day"]) if match["day"] else 0
        yield _dated(Date(date.year, numeral(match["month"]), day), match.start("month"), match.end())


_FRACTION = re.compile(rf"(?P<below>[{_HAN}]+|\d+)分之(?P<above>[{_HAN}]+|\d+)")


_TENTHS = re.compile(rf"(?P<tens>[{DIGITS}])成(?P<ones>[{DIGITS}])")
_RATIO = re.compile(rf"(?<![\d:{_HAN}])(?P<left>\d+|[{_HAN}]+)(?:比|:)(?P<right>\d+|[{_HAN}]+)(?![\d:{_HAN}])")


def _shares(folded: str) -> Iterator[Quantity]:
    for match in _RATIO.finditer(folded):
        left, right = _written(match["left"]), _written(match["right"])
        if left and right and not re.search(r":\d\d", match[0]):
            yield Quantity("number", "ratio", left / right, match.start(), match.end())
    for match in _TENTHS.finditer(folded):
        share = Fraction(10 * numeral(match["tens"]) + numeral(match["ones"]))
        yield Quantity("percentage", SHARE, share, match.start(), match.end())
    for match in _FRACTION.finditer(folded):
        below, above = _written(match["below"]), _written(match["above"])
        if below and above is not None and match["below"] not in ("百", "千"):
            yield Quantity("percentage", "fraction", above / below, match.start(), match.end())
    for match in _PER_CENT.finditer(folded):
        value = _written(match["number"])
        if value is not None:
            share = value / (1 if match["base"] == TENS[1] else 10)
            yield Quantity("percentage", SHARE, share, match.start(), match.end())


_DISCOURSE = re.compile(r"(?:^|[。；;:：，,\s])$")


_ENGLISH_ORDINAL = re.compile(
    r"\b(?:(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    r"|(?P<digits>\d{1,3})(?:st|nd|rd|th))\b"
)
_ORDINALS = {
    word: n for n, word in enumerate(words("first second third fourth fifth sixth seventh eighth ninth tenth"), 1)
}


def _ordinals(folded: str) -> Iterator[Quantity]:
    for match in _ENGLISH_ORDINAL.finditer(folded):
        place = Fraction(_ORDINALS[match["word"]] if match["word"] else int(match["digits"]))
        yield Quantity("number", ORDINAL, place, match.start(), match.end())
    for match in _ORDINAL.finditer(folded):
        value = _written(match["number"])
        if value is not None and not _names_or_orders(match):
            yield Quantity("number", ORDINAL, value, match.start(), match.end())


_NO_ORDINAL = ("三方", "三人", "一书记", "一时间")


def _names_or_orders(match: re.Match[str]) -> bool:
    """Tell whether an ordinal says nothing: 第三方 is a name, 第一， opens what is said first."""
    text, behind = match.string, match.string[match.end() : match.end() + 1]
    opens = _DISCOURSE.search(text, 0, match.start()) is not None and behind in (*"，,、:：",)
    return opens or text.startswith(_NO_ORDINAL, match.end("number") - 1)


_TIMES = re.compile(r"\b(?:(?P<twice>twice)|thrice)\b")


def _amounts(folded: str) -> Iterator[Quantity]:
    for match in _TIMES.finditer(folded):
        yield Quantity("number", COUNT, Fraction(2 if match["twice"] else 3), match.start(), match.end())
    for match in _QUANTITY.finditer(folded):
        quantity = _amount(match)
        if quantity is not None:
            yield quantity


def _amount(match: re.Match[str]) -> Quantity | None:
    unit = match["unit"] or match["latin"] or _SIGNS.get(match["sign"] or "", "")
    kind, family, size = _UNITS.get(unit, ("number", BARE, Fraction(1)))
    value = _value(match)
    if value is None:
        return None
    if value == 1 and family in (TIME, MONTHS) and _ANOTHER.search(match.string, 0, match.start()):
        return None
    if match["half"]:
        if family not in (TIME, MONTHS) or not unit:
            return None
    elif match["han"]:
        idle = match["han"] == DIGITS[0] and family not in (TIME, MONTHS, WORKDAYS, MONEY, "倍", SHARE)
        if idle or (not unit and not _COMPOSED.fullmatch(match["han"])) or (unit == "分" and match["han"] == TENS[0]):
            return None
    elif match["english"] and match["english"] == "one" and family in (BARE, COUNT):
        return None
    if match["and_half"]:
        value += Fraction(1, 2)
    return Quantity(kind, family, value * size, match.start(), match.end())


_ANOTHER = re.compile(r"(?<![之以])[前上次同]$")
_COMPOSED = re.compile(
    rf"[{DIGITS}{TWO}][{TENS[1:]}{MYRIADS}][{_HAN}]*|[{DIGITS}]?十[{DIGITS}]|[{DIGITS}]{{2,}}"
    rf"|[{DIGITS}]+点[{ZEROS}{DIGITS}]+"
)


def _value(match: re.Match[str]) -> Fraction | None:
    if match["half"]:
        return Fraction(1, 2)
    if match["english"]:
        parts = re.split("[- ]", match["english"])
        return Fraction(sum(_ENGLISH[part] for part in parts) * _ENGLISH_SIZES.get(match["spelled_size"] or "", 1))
    if match["digits"]:
        value = Fraction(match["digits"].replace(",", ""))
        for char in match["size"] or "":
            value *= {"百": 100, "千": 1000, MYRIADS[0]: 10**4, MYRIADS[1]: 10**8}[char]
        return value * _ENGLISH_SIZES.get(match["english_size"] or "", 1)
    return _written(match["han"])


def _written(number: str) -> Fraction | None:
    """Return the value of a number, of Chinese numerals with a point too: 三点五."""
    whole, point, part = number.partition("点")
    value = value_of(whole)
    if value is None or not point:
        return value
    return value + Fraction(int("".join(str(numeral(char)) for char in part)), 10 ** len(part))
