"""The question before with one part replaced: "那第二点呢", "下一条呢", "那2024年呢"."""

import re
from collections.abc import Sequence

from bot.language.folding import fold
from bot.language.lexicon import (
    BINDING,
    DIGITS,
    HALF_YEARS,
    KINDS_OF_DAY,
    NEAR,
    TIMES_OF_DAY,
    WEEKDAYS,
    WEEKDAYS_IN_FULL,
    WEEKEND,
    WHEN,
    WHERE,
    WHERE_FORMAL,
    WHICH,
    WHICH_DATE,
    WHO,
    any_of,
    spelled,
)
from bot.language.numerals import NUMBER, han_numeral, numeral
from bot.question.followup.subject import CUT, LAW, OPENING, ORDINAL, SIDE, phrases, subject, topic
from bot.question.followup.wording import TERM

_RANK = {"编": 0, "部分": 0, "方面": 0, "章": 1, "节": 2, "点": 2, "个": 2, None: 2, "条": 3, "款": 4, "项": 5}
_ORDINALS = re.compile(rf"(?:{ORDINAL.pattern})+")
_TIME = re.compile(
    rf"(?:\d{{4}}|[{NEAR}后])年|[\d{DIGITS}十]+月|"
    rf"{any_of(HALF_YEARS, TIMES_OF_DAY, WEEKDAYS, (WEEKEND,), WEEKDAYS_IN_FULL, KINDS_OF_DAY)}"
)
_CLASSES = (
    re.compile(rf"{any_of(BINDING)}$"),
    re.compile(r"[室区馆厅楼院校塔桥站场园店局部所]$"),
    re.compile(r"[人者员生师童民工方]$"),
)
"""Things that can take each other's place."""
_WHEN_OR_WHO = re.compile(
    any_of(
        WHEN,
        WHICH_DATE,
        WHERE,
        (WHERE_FORMAL, "何人", WHO),
        spelled((WHICH, f"{WHICH}一"), "里儿"),
        (f"{WHICH}个", f"{WHICH}位"),
    )
)


def with_next(direction: str, unit: str, last: str) -> str | None:
    """``last`` with its innermost place of ``unit`` counted on ("下", "后") or back ("上", "前"); None without one."""
    places = [place for place in ORDINAL.finditer(fold(last)) if place["unit"] == unit]
    if not places or places[-1].group()[0] != "第":
        return None
    start = places[-1].start()
    rest = _ORDINALS.sub("", last[start:], count=1)  # what was asked within that place is not asked of the next
    number = numeral("".join(re.findall(NUMBER, places[-1].group()))) + (1 if direction in "下后" else -1)
    return f"{last[:start]}第{han_numeral(number)}{unit}{rest}？" if number > 0 else None


def with_other(new: str, last: str) -> str:
    """Put ``new`` in the place of what it corresponds to in the question before, or in front of that question."""
    ordinal = ORDINAL.match(fold(new))
    if ordinal and _ORDINALS.fullmatch(fold(new)):
        return _with_place(new, ordinal, last)
    new = OPENING.sub("", new)
    for kind in (TERM, _TIME):
        if kind.match(new):
            old = kind.search(last)
            return f"{last[: old.start()]}{new}{last[old.end() :]}？" if old else f"{new}{last}？"
    phrase = _replaced(new, last, list(phrases(last)))
    if phrase is not None:
        return f"{last[: phrase.start]}{new}{last[phrase.stop :]}？"
    if SIDE.search(new) or _WHEN_OR_WHO.search(fold(last)):
        thing = subject(last)
        return new if "的" in new else f"{SIDE.sub('', thing) or thing}的{new}"
    return f"{new}{last}？"


def holder(ordinal: re.Match[str], last: str) -> str:
    """The title and the higher places of ``last`` ("《…》第二章") under which a lower place is to be looked up."""
    rank = _RANK[ordinal["unit"]]
    law = LAW.search(last)
    higher = [m.group() for m in ORDINAL.finditer(fold(last)) if m["unit"] and _RANK[m["unit"]] < rank]
    return (law.group() if law else "") + "".join(higher)


def _with_place(new: str, ordinal: re.Match[str], last: str) -> str:
    same = [m for m in ORDINAL.finditer(fold(last)) if m["unit"] == ordinal["unit"] or not ordinal["unit"]]
    if not same:
        return f"{holder(ordinal, last) or topic(last)}{new}是什么？"
    unit = "" if ordinal["unit"] else same[-1]["unit"] or ""
    old = _ORDINALS.match(fold(last), same[-1].start()) or same[-1]
    return f"{last[: old.start()]}{new}{unit}{last[old.end() :]}？"


def _replaced(new: str, last: str, parts: Sequence[slice]) -> slice | None:
    """The phrase of ``last`` that ``new`` replaces: with the same head noun, of the same class, else the first."""
    for size in (2, 1):
        for part in parts:
            if last[part].endswith(new[-size:]):
                return part
    if SIDE.search(new):
        return None
    for kind in _CLASSES:
        if kind.search(new):
            for part in parts:
                if kind.search(last[part]):
                    return part
    if not parts or _WHEN_OR_WHO.search(fold(last)):
        return None
    if _TIME.match(last[parts[0]]):
        return parts[-1] if len(parts) > 1 else None
    rest = last[: parts[0].start] + last[parts[0].stop :]
    return parts[0] if re.search(r"\w", CUT.sub("", rest)) else None  # else nothing were left of what was asked
