"""What a question may ask of a table: which column its interrogative means, and what is to be done with a column."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.language.folding import runs
from bot.language.lexicon import (
    COLUMNS_OF_CALLS,
    COLUMNS_OF_COUNTS,
    COLUMNS_OF_DURATION,
    COLUMNS_OF_MONEY,
    COLUMNS_OF_PERSONS,
    COLUMNS_OF_PLACES,
    COLUMNS_OF_REMEDIES,
    COLUMNS_OF_TIME,
    FUNCTION_CHARACTERS,
    HOW_FEW,
    HOW_FORMAL,
    HOW_MANY,
    HOW_SPOKEN,
    HOW_STEM,
    INTERROGATIVE_STEMS,
    LARGEST,
    LISTING,
    PERSONS_ASKED,
    REQUESTS,
    SMALLEST,
    TOTALS,
    WHAT,
    WHEN,
    WHERE,
    WHICH,
    WHICH_ONES,
    WHO,
    any_of,
    words,
)
from bot.language.numerals import AMOUNT
from bot.language.rules import Rule, first_made
from bot.question.query import Query, query_of

Operation = Literal["largest", "smallest", "sum", "count", "above", "below", "list"]

_HOW_MUCH = rf"(?:{HOW_MANY}|{HOW_FEW}多|{HOW_FEW}(?!多))"
WANTED: tuple[Rule[tuple[str, ...]], ...] = (
    Rule(
        "phone", re.compile(r"电话|手机|号码|联系方式|怎么联系|\bphone\b"), lambda m: COLUMNS_OF_CALLS,
        (("财务部怎么联系", COLUMNS_OF_CALLS),), ("财务部在哪",),
    ),
    Rule(
        "place", re.compile(rf"{any_of(WHERE)}|在{WHICH}|{_HOW_MUCH}[楼层]|\bwhere\b|which floor"),
        lambda m: COLUMNS_OF_PLACES,
        (("眼科在几楼", COLUMNS_OF_PLACES), ("档案室在哪", COLUMNS_OF_PLACES)), ("几个人",),
    ),
    Rule(
        "money", re.compile(rf"{_HOW_MUCH}(?:块|元|钱|万)|收费|\bhow much\b"), lambda m: COLUMNS_OF_MONEY,
        (("华北续重多少钱一公斤", COLUMNS_OF_MONEY),), ("多少人",),
    ),
    Rule(
        "duration", re.compile(rf"多久|多长时间|{_HOW_MUCH}个?(?:天|月|年|小时|工作日)|\bhow long\b"),
        lambda m: COLUMNS_OF_DURATION, (("江浙沪多久到", COLUMNS_OF_DURATION),), ("几点",),
    ),
    Rule(
        "time", re.compile(rf"{any_of(WHEN)}|{HOW_FEW}[点号]|{WHICH}[天日]|\bwhen\b"), lambda m: COLUMNS_OF_TIME,
        (("防水什么时候修完", COLUMNS_OF_TIME),), ("多久",),
    ),
    Rule(
        "person", re.compile(rf"{any_of(PERSONS_ASKED)}|\bwho\b"), lambda m: COLUMNS_OF_PERSONS,
        (("请三天假谁批", COLUMNS_OF_PERSONS),), ("哪天",),
    ),
    Rule(
        "remedy", re.compile(rf"{any_of((HOW_SPOKEN, HOW_FORMAL))}(?:办(?!理)|处理|处置|解决)|\bwhat to do\b"),
        lambda m: COLUMNS_OF_REMEDIES, (("报E3怎么办", COLUMNS_OF_REMEDIES),), ("怎么办理",),
    ),
    Rule(
        "measure", re.compile(rf"{_HOW_MUCH}(?P<unit>[^\W\da-z种类])"), lambda m: (m["unit"], *COLUMNS_OF_COUNTS),
        (("价格占几分", ("分", *COLUMNS_OF_COUNTS)), ("有多少台", ("台", *COLUMNS_OF_COUNTS))), ("首重是多少",),
    ),
)  # fmt: skip
"""Which headers an interrogative means, in folded text; the first that matches counts."""

_STRICTLY = r"(?:(?<!不)(?:超过|高于|大于|多于|低于|少于|小于)|不到|不足)"
_ABOVE = r"(?:(?<!不)(?:超过|高于|大于|多于)|不低于|不少于|至少)"
_BELOW = r"(?:(?<!不)(?:低于|少于|小于)|不超过|不多于|不到|不足)"
_ASKED = rf"(?:{any_of(INTERROGATIVE_STEMS)}|\bwhich\b|\bwho\b|\bwhat\b)"
OPERATIONS: tuple[Rule[Operation], ...] = (
    Rule(
        "largest", re.compile(rf"(?=.*{_ASKED}).*(?:最{any_of(LARGEST)}|\b(?:highest|largest|most|longest|latest)\b)"),
        lambda m: "largest",
        (("哪个地区首重最高？", "largest"), ("谁的任务最多", "largest")), ("最高限额", "首重最低的是哪里"),
    ),
    Rule(
        "smallest",
        re.compile(rf"(?=.*{_ASKED}).*(?:最{any_of(SMALLEST)}|\b(?:lowest|smallest|least|shortest|cheapest|earliest)\b)"),
        lambda m: "smallest", (("首重最低的是哪里", "smallest"),), ("首重最高的是哪里",),
    ),
    Rule(
        "above", re.compile(rf"^(?=.*{WHICH}).*?(?:{_ABOVE}(?={AMOUNT})|{AMOUNT}\w{{0,3}}以上)"), lambda m: "above",
        (("哪些城市超过500元", "above"), ("500元以上的有哪些", "above")), ("超过500元怎么办",),
    ),
    Rule(
        "below", re.compile(rf"^(?=.*{WHICH}).*?(?:{_BELOW}(?={AMOUNT})|{AMOUNT}\w{{0,3}}以[下内])"), lambda m: "below",
        (("哪些城市低于500元", "below"), ("500元以下的有哪些", "below")), ("低于500元怎么办",),
    ),
    Rule(
        "count", re.compile(rf"{_HOW_MUCH}[家个名项台间座所处种类条位]|\bhow many\b"),
        lambda m: "count", (("有几家门店", "count"),), ("门店有哪些",),
    ),
    Rule(
        "sum",
        re.compile(rf"(?:总共|一共|总数|总额|加起来|共有?).*{_HOW_MUCH}|{any_of(TOTALS)}|\bin total\b"),
        lambda m: "sum", (("人数合计是多少", "sum"), ("四个部门一共多少人", "sum")), ("研发部多少人",),
    ),
    Rule(
        "list",
        re.compile(
            rf"{any_of(WHICH_ONES)}|^(?:请|{any_of(REQUESTS)})*{any_of(LISTING)}|^list\b|\bwhich\b.*\bare there\b"
        ),
        lambda m: "list", (("有哪些门店", "list"), ("列出所有门店的地址", "list"), ("list all stores", "list")),
        ("哪个门店", "清单列出的门店在哪里"),
    ),
)  # fmt: skip
"""What a question has done with a column, in folded text."""

_BEYOND = re.compile(
    rf"{any_of((HOW_SPOKEN, HOW_STEM))}样|{any_of((HOW_SPOKEN, HOW_FORMAL))}(?:办|处理)|后果|为{any_of((WHAT, '何'))}"
    r"|吗\W*$|能不能|可不可以|是不是|会不会|要不要|是否"
)
_BOUND_ASKED = re.compile(rf"(?:(?:至少|最少|至多|最多)(?:[能可]以?\w{{0,2}}?)?|每\w{{1,5}}?)[有要需]?{_HOW_MUCH}")
"""Asks for a rule, or for each row: no column is counted."""
_WHICH_THING = re.compile(rf"{any_of((WHICH, WHO, WHAT))}|\bwhich\b|\bwho\b")
_AMOUNT_OF_LIMIT = re.compile(
    rf"(?:{_ABOVE}|{_BELOW})(?P<over>{AMOUNT}[万亿]?)|(?P<bound>{AMOUNT}[万亿]?)(?=\w{{0,3}}以[上下内])"
)
_IS_STRICT = re.compile(rf"{_STRICTLY}{AMOUNT}")
_ASKING_FOR = (
    *words("规定 按照 根据 回事 需要 应该 应当 可以 显示 一下 我想 知道 咨询 查询 全部 所有 分别 联系 号码"),
    *words("以上 以下 以内 总共 一共 总数 总额"),
)
_MEASURED = "个件家名项台间座所处种类条位元块钱"
_FILLER = re.compile(
    rf"{any_of(LISTING, REQUESTS, TOTALS, _ASKING_FOR)}|{_ABOVE}|{_BELOW}|最{any_of(LARGEST, SMALLEST)}"
    r"|[钱块元]?[一每]\w{1,2}"
    rf"|[{FUNCTION_CHARACTERS}的了吗呢吧啊请我你占时各{_MEASURED}]"
    r"|\b(?:all|list|there|many|much|long|highest|lowest|largest|smallest|cheapest|has|have|than)\b"
)


@dataclass(frozen=True, slots=True)
class CellsAsked:
    """What a question may ask of a table.

    ``text`` is the folded question; ``beyond`` tells that it asks whether, why or what then, which no row as it stands
    tells. ``wanted`` are words that the header of the column asked for has, by the interrogative; ``which`` tells that
    a thing or a person is asked for. ``operation`` is what is done with a column, ``limit`` the number that a value
    must be above or below, and not equal to where that is ``strict``.
    """

    text: str
    beyond: bool
    which: bool
    wanted: tuple[str, ...]
    operation: Operation | None
    limit: str
    strict: bool


def cells_asked(query: Query) -> CellsAsked:
    """Read a question as one for cells of a table; whether it is one, the tables decide."""
    folded = query.folded
    operation = first_made(OPERATIONS, folded) if _BOUND_ASKED.search(folded) is None else None
    wanted = first_made(WANTED, folded)
    limit = _AMOUNT_OF_LIMIT.search(folded) if operation and operation[1] in ("above", "below") else None
    return CellsAsked(
        text=folded,
        beyond=_BEYOND.search(folded) is not None,
        which=_WHICH_THING.search(folded) is not None,
        wanted=wanted[1] if wanted else (),
        operation=operation[1] if operation else None,
        limit=(limit["over"] or limit["bound"]) if limit else "",
        strict=limit is not None and _IS_STRICT.search(folded) is not None,
    )


def says(rest: str) -> tuple[str, ...]:
    """Return what a piece of a folded question says without its interrogatives and fillers, by runs."""
    return tuple(piece for run in query_of(rest).content.split() for piece in runs(_FILLER.sub(" ", run)))
