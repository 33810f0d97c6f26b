"""The question before with one part replaced: "那第二点呢", "下一条呢", "那2024年呢"."""

import re
from collections.abc import Sequence

from bot.language.folding import fold
from bot.language.lexicon import (
    BINDING,
    DIGITS,
    HALF_YEARS,
    HOW,
    KINDS_OF_DAY,
    MAY,
    MUST,
    NEAR,
    SIDES,
    TIMES_OF_DAY,
    VERBS,
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
from bot.question.light_words import TERM

_LONG_SIDE = re.compile(rf"{any_of([side for side in SIDES if len(side) > 1])}$")
"""One character may belong to the thing: 试用期."""
_SIDE = 4
"""Characters of a side at most: A10的|购买网址."""
_HEAD = 2
"""Characters of a head noun."""
_RANK = {"编": 0, "部分": 0, "方面": 0, "章": 1, "节": 2, "点": 2, "个": 2, None: 2, "条": 3, "款": 4, "项": 5}
_ORDINALS = re.compile(rf"(?:{ORDINAL.pattern})+")
_TIME = re.compile(
    rf"(?:\d{{4}}|[{NEAR}后])年(?:(?:修[订正改])?[版稿]|修[订正改])?|\d{{4}}[版稿]|[\d{DIGITS}十]+月|"
    rf"{any_of(HALF_YEARS, TIMES_OF_DAY, WEEKDAYS, (WEEKEND,), WEEKDAYS_IN_FULL, KINDS_OF_DAY)}|"
    rf"第{NUMBER}次|[初首再多]次"
)
_ACTS = re.compile(any_of(MUST, MAY, HOW, "要应须能会得"))
_YEAR = re.compile(r"\d{4}")
_CODE = re.compile(r"(?i:(?<![a-z\d])[a-z]+[-_/]?\d+(?:[-.]?[a-z\d]+)*(?![a-z\d]))")
_CLASSES = (
    rf"(?:{any_of(BINDING)})",
    r"[室区馆厅楼院校塔桥站场园店局部所科]",
    r"(?:[人者员生师童民工方]|干部|经理|主管|主任|领导)",
)
"""Ends of things that can take each other's place."""
_BY_ACTION = re.compile(rf"(?:{any_of([verb for verb in VERBS if len(verb) > 1])})$")
"""What is done to a thing is asked of it as its sides are: "那保修呢"."""
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
    for kind in (TERM, _TIME, _CODE):
        if kind.match(new):
            old = kind.search(last)
            return _put(_in_form(new, old.group()), last, slice(*old.span())) if old else f"{new}{last}？"
    parts = list(phrases(last))
    phrase = _replaced(new, last, parts)
    if phrase is not None:
        return _put(new, last, phrase)
    if is_side(new) or _WHEN_OR_WHO.search(fold(last)):
        thing = subject(last)
        return new if "的" in new else f"{_owner(thing) or _LONG_SIDE.sub('', thing) or thing}的{new}"
    return f"{new}{last}？"


def in_case(new: str, last: str) -> str:
    """Put a case ("甲方提前收回房子") in the place of the one before that it speaks of in part, or in front of it."""
    shared = _sharing(new, last, list(phrases(last)))
    return _put(new, last, shared) if shared else f"{new}{last}？"


def is_side(new: str) -> bool:
    """Tell whether something is asked for as a side of a thing."""
    return bool(SIDE.search(new) or _BY_ACTION.search(new))


def _in_form(new: str, old: str) -> str:
    """Return a year written as the one before is: "2024版" for "2024年修订的" after "2023版"."""
    years = _YEAR.match(new), _YEAR.match(old)
    return (
        f"{years[0].group()}{old[years[1].end() :]}"
        if years[0] and years[1] and _TIME.fullmatch(new.removesuffix("的"))
        else new
    )


def _put(new: str, last: str, place: slice) -> str:
    rest = last[place.stop :]
    return f"{last[: place.start]}{new.removesuffix('的') if rest.startswith('的') else new}{rest}？"


def _owner(thing: str) -> str:
    """Return what one side is said of: "A10的亮度"; "" where none is."""
    owner, _, side = thing.rpartition("的")
    return owner if len(owner) > 1 and len(side) <= _SIDE else ""


def _sharing(new: str, last: str, parts: Sequence[slice]) -> slice | None:
    """Return the phrase that shares most pairs of characters with ``new``."""
    pairs = {new[at : at + 2] for at in range(len(new) - 1)}
    shared = [sum(last[at : at + 2] in pairs for at in range(part.start, part.stop - 1)) for part in parts]
    return parts[shared.index(max(shared))] if any(shared) else None


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
    for part in parts:
        # "一线城市|住宿标准", "加班|费"
        if len(new) > _HEAD and (at := last[part].find(new[-_HEAD:])) >= 0:
            return slice(part.start, part.start + at + _HEAD)
    if is_side(new):
        return next((part for part in parts if SIDE.fullmatch(last[part])), None)
    for ending in _CLASSES:
        if re.search(rf"{ending}$", new):
            for part in parts:
                # A thing may stand with its verb: "公务员|辞职".
                if there := re.match(rf".*?{ending}(?=$|..)", last[part]):
                    return slice(part.start, part.start + there.end())
    if not parts or _WHEN_OR_WHO.search(fold(last)):
        return None
    if (time := _TIME.match(last[parts[0]])) and time.end() < len(last[parts[0]]) - 1:
        parts = [slice(parts[0].start + time.end(), parts[0].stop)]  # "2021年|财政收入"
    elif time or _CODE.match(last[parts[0]]):
        return parts[-1] if len(parts) > 1 else None
    first = parts[0]
    rest = last[: first.start] + last[first.stop :]
    if not re.search(r"\w", CUT.sub("", rest)):
        return None  # nothing were left of what was asked
    # A thing that stands with its verb, "上海|养狗要", is replaced by one of its length.
    acts = len(new) + 1 < first.stop - first.start <= 2 * len(new) + 1 and _ACTS.match(last, first.stop)
    compound = acts or last[first.start] == new[0]
    return slice(first.start, first.start + len(new)) if compound and len(new) > 1 else first
