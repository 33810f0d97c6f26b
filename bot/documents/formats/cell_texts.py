"""How a cell of a spreadsheet shows its value: "12.5%", "¥1,234.00", "2024年3月5日"."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

Value = str | int | float | bool | date | datetime | time | timedelta | None

GENERAL = "General"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0', 6: '"¥"#,##0', 7: '"¥"#,##0.00', 8: '"¥"#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    50: 'yyyy"年"m"月"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The codes that files give by number alone, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<elapsed>\[[hms]+\])|\[[^\]]*\]|[_*].'
    r"|(?P<noon>AM/PM|A/P|上午/下午)|(?P<weekday>aaaa?|dddd?(?=[^d]|$))|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)"
    r"|(?P<number>General|G/通用格式|[#0?][#0?,.]*(?:E[+-]0+)?|\.0+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[[<>=]")
_LONGEST_CODE = 255  # Excel writes no longer one.
_EPOCH = datetime(1899, 12, 30)
_LAST_DAY = 2_958_466
_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    """A part of a number format; ``mark`` is what stands for the digits, with what is written ``before`` and ``after``.

    ``percent`` is by what the number is multiplied. ``plain`` tells that the number is to be written as it is,
    ``moment`` that it is a date or a time, ``elapsed`` one that counts on past 24 hours.
    """

    tokens: tuple[_Token, ...]
    mark: str
    before: str
    after: str
    percent: int
    plain: bool
    moment: bool
    elapsed: bool


def shown(value: Value, code: str = GENERAL) -> str:
    """Return the text of a cell with a number format; one that is not understood shows the value plainly."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if code == GENERAL or len(code) > _LONGEST_CODE:
        return plain(value)
    sections = _sections(code)
    first = sections[0]
    if isinstance(value, int | float):
        if not abs(value) < 1e15 or (first.moment and not 0 <= value < _LAST_DAY):
            return plain(value)
        if not first.moment:
            return _number(value, sections)
        value = timedelta(days=value) if first.elapsed else _EPOCH + timedelta(days=value)
    return _moment(value, first) if first.moment else plain(value)


def plain(value: int | float | date | datetime | time | timedelta) -> str:
    """Return a value as it shows without a number format."""
    if isinstance(value, int | float):
        if abs(value) < 1e15 and value == int(value):
            return str(int(value))
        return f"{value:.15g}"
    if isinstance(value, datetime):
        day = f"{value:%Y-%m-%d}" if value.year >= 1900 else ""
        clock = plain(value.time()) if value.time() != time() or not day else ""
        return f"{day} {clock}".strip()
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return value.isoformat()


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    """Return what a code says of positive numbers, then of negative ones, of zero, of text, as far as it does."""
    sections: list[list[_Token]] = [[]]
    # Sections that hold under a condition of their own are left to plain writing.
    for match in _TOKEN.finditer(GENERAL if _CONDITION.search(code) else code):
        kind = match.lastgroup or "skipped"
        text = match[kind] if kind != "skipped" else ""
        if kind == "other" and text == ";":
            sections.append([])
        elif kind != "skipped":
            sections[-1].append(_Token("literal" if kind in {"quoted", "escaped", "currency"} else kind, text))
    return tuple(map(_section, sections))


def _section(tokens: Sequence[_Token]) -> _Section:
    kinds = [token.kind for token in tokens]
    at = kinds.index("number") if "number" in kinds else len(tokens)
    before, after = ("".join(text for _, text in part if text != "?") for part in (tokens[:at], tokens[at + 1 :]))
    return _Section(
        tuple(tokens),
        tokens[at].text if at < len(tokens) else "",
        before,
        after,
        100 ** tokens.count(_Token("other", "%")),
        # Fractions, telephone numbers in groups, numbers shown as text.
        kinds.count("number") > 1 or not tokens or _Token("other", "/") in tokens or _Token("other", "@") in tokens,
        any(kind in {"date", "elapsed", "weekday"} for kind in kinds),
        "elapsed" in kinds,
    )


def _number(value: int | float, sections: tuple[_Section, ...]) -> str:
    section, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if section.plain:
        return plain(value)
    digits = _digits(abs(value) * section.percent, section.mark) if section.mark else ""
    if sign and not digits.strip("0.,E+-"):
        sign = ""
    return f"{sign}{section.before}{digits}{section.after}".strip()


def _digits(value: float, mark: str) -> str:
    """Write a number that is not negative as a mark such as "#,##0.00" says; each comma at its end divides by 1000."""
    if mark[0] == "G":
        return plain(value)
    whole, _, rest = mark.rstrip(",").partition(".")
    if "E" in mark.upper():
        return f"{value:.{rest.upper().partition('E')[0].count('0')}E}"
    value /= 1000 ** (len(mark) - len(mark.rstrip(",")))
    places, needed = sum(char in "0#?" for char in rest), rest.count("0")
    # Excel rounds the number that it shows with 15 digits, halves away from zero.
    exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-min(places, 15)), ROUND_HALF_UP)
    head, _, tail = f"{exact:f}".partition(".")
    tail = tail[:needed] + tail[needed:].rstrip("0")
    head = head.rjust(whole.count("0"), "0")
    if head == "0" and "0" not in whole:
        head = ""
    if "," in whole and head:
        head = f"{int(head):,}".rjust(len(head), "0")
    return f"{head}.{tail}" if tail else head


def _moment(value: date | datetime | time | timedelta, section: _Section) -> str:
    if isinstance(value, timedelta) and not section.elapsed:
        value = _EPOCH + value
    if isinstance(value, timedelta):
        total, at = round(value.total_seconds()), _EPOCH
        at += timedelta(seconds=total)
    else:
        day = value if isinstance(value, date) else _EPOCH.date()
        clock = value.time() if isinstance(value, datetime) else value if isinstance(value, time) else time()
        at = datetime.combine(day, clock)
        total = round((at - _EPOCH).total_seconds())
    tokens = section.tokens
    half = any(token.kind == "noon" for token in tokens)
    return "".join(_part(at, total, tokens, n, half) for n in range(len(tokens))).strip()


def _part(at: datetime, total: int, section: tuple[_Token, ...], n: int, half: bool) -> str:
    kind, text = section[n]
    letter, width = text[:1].lower(), len(text)
    if kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[text[1].lower()]
        return str(total // unit).rjust(width - 2, "0")
    if kind == "noon":
        before = at.hour < 12
        return ("上午" if before else "下午") if "上" in text else ("AM" if before else "PM")
    if kind == "weekday":
        if letter == "a":
            return ("星期" if width == 4 else "") + _WEEKDAYS[at.weekday()]
        return _ENGLISH_DAYS[at.weekday()][: None if width == 4 else 3]
    if kind != "date":
        return text if kind in {"literal", "other"} else ""
    if letter == "y":
        return f"{at.year:04}" if width > 2 else f"{at.year % 100:02}"
    if letter == "m" and not _minutes(section, n):
        return f"{at.month:0{min(width, 2)}}" if width < 3 else _MONTHS[at.month - 1][: None if width == 4 else 3]
    hour = (at.hour % 12 or 12) if half else at.hour
    number = {"d": at.day, "h": hour, "m": at.minute, "s": at.second}[letter]
    return f"{number:0{2 if width > 1 else 1}}"


def _minutes(section: tuple[_Token, ...], n: int) -> bool:
    """Tell minutes from months: they stand after hours or before seconds."""
    units = [(at, token) for at, token in enumerate(section) if token.kind in {"date", "elapsed"}]
    times = [(at, token.text.strip("[")[:1].lower()) for at, token in units]
    here = next(k for k, (at, _) in enumerate(times) if at == n)
    return (here > 0 and times[here - 1][1] == "h") or (here + 1 < len(times) and times[here + 1][1] == "s")
