"""The kinds of answer that questions ask for: how each is asked for, and what it looks like."""

import re

from bot.language.lexicon import (
    ASKING_PARTICLES,
    COUNTED_UNITS,
    HOW,
    HOW_FAR,
    HOW_MUCH,
    MAY,
    MUST_NOT,
    NEAR,
    OFFICES,
    PERSONS_ASKED,
    WEEKDAYS,
    WHAT,
    WHAT_IS,
    WHEN,
    WHERE,
    WHERE_FORMAL,
    WHETHER,
    WHICH,
    WHICH_DATE,
    WHICH_ONES,
    WHY,
    any_of,
)
from bot.language.numerals import AMOUNT

_ASKED: dict[str, str] = {
    "number": rf"{any_of(HOW_MUCH, (HOW_FAR,))}|百分之几|(?<!{WHICH})几[^乎何]"
    r"|how (?:many|much|long|far|big|old)|percentage",
    "date": rf"{any_of(WHEN, WHICH_DATE)}|几[年月日号]|时间[是为]|日期|时间[？?]?$"
    r"|\bwhen\b|what (?:year|date|time)",
    "person": rf"{any_of(PERSONS_ASKED)}|姓名|名字|\bwho\b|\bwhom\b",
    "place": rf"{any_of(WHERE, (WHERE_FORMAL, f'在{WHICH}'))}|{WHICH}个[国省市县区地城]"
    r"|位于|地点|地址|地方|场所|\bwhere\b",
    "list": rf"{any_of(WHICH_ONES)}|(?:有|包括){WHAT}|包含|列[出举]|分别|\bwhich\b|\blist\b",
    "reason": rf"{any_of(WHY)}|原因|\bwhy\b",
    "manner": rf"{any_of(HOW)}|方式|途径|措施|\bhow\b(?! (?:many|much|long|far|big|old))",
    "definition": rf"{any_of(WHAT_IS)}|是指|含义|定义|意思|\bmeans?\b|definition|^what (?:is|are) ",
    "yesno": rf"{any_of(WHETHER)}|{ASKING_PARTICLES[0]}[？?]?$|^(?:is|are|was|were|do|does|did|can) ",
    "organisation": rf"(?:{WHICH}个|{WHAT}){any_of(OFFICES, ('公司', '组织'))}|{WHICH}家|负责",
}
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((name, re.compile(form)) for name, form in _ASKED.items())
"""How each kind of answer is asked for, in folded text."""

SHAPES: dict[str, re.Pattern[str]] = {
    "number": re.compile(rf"\d[\d,.]*|{AMOUNT}(?=[{COUNTED_UNITS}])|百分之"),
    "date": re.compile(rf"{AMOUNT}[年月日号时点]|世纪|年代|\b(?:1\d|20)\d\d\b|[{NEAR}][年天日]|{any_of(WEEKDAYS)}"),
    "person": re.compile(
        r"[^\s，。\0]{1,6}(?:同志|先生|女士|教授|主任|书记|市长|省长|局长|主席|总理|院长|博士)|[一-鿿]·[一-鿿]|由[^，。\0]{2,12}"
    ),
    "place": re.compile(
        r"[一-鿿](?:省|市|县|区|镇|乡|村|街|路|州|国|岛|山|河|湖|城|港|站|馆|楼|厅|园|号|家|所|室|中心|平台)|位于|地处"
    ),
    "list": re.compile(r"[^、\0]+、[^、\0]+、|(?:一|二)是|①|；[^\n\0]*；|以及|\d[.)）][^\n\0]*\d[.)）]"),
    "reason": re.compile(r"因为|由于|因此|因而|所以|为了|以便|原因|鉴于|导致|致使|旨在|的目的|because|due to|since"),
    "manner": re.compile(
        r"通过|采取|采用|利用|运用|按照|依照|以[^，。\0]{2,20}方式|加强|建立|健全|推进|应当|必须|要|可以|by "
    ),
    "definition": re.compile(r"是指|指的是|所称|即|称为|是一[种个项位部座]|意思|定义|\bis an?\b|means|refers to"),
    "yesno": re.compile(any_of(MUST_NOT, MAY, ("应当", "必须", "没有", "不"))),
    "organisation": re.compile(r"(?:部|局|委|厅|院|会|办|公司|机构|机关|中心|单位|集团|大学|学校|政府|处|署|行)"),
}
"""What an answer of a kind looks like. Texts that are in one are parted by NUL: nothing is found across it."""


def met_at(kind: str, question: str, text: str) -> list[int]:
    """Return where ``text`` holds what an answer of ``kind`` looks like, and ``question`` does not; both folded."""
    return [match.start() for match in SHAPES[kind].finditer(text) if match.group() not in question]


def is_met(kind: str, question: str, text: str) -> bool:
    """Tell whether ``text`` holds what an answer of ``kind`` looks like, and ``question`` does not; both folded."""
    return bool(met_at(kind, question, text))
