"""Questions for what official texts put under a heading: the procedure, the conditions, the papers needed."""

import re
from dataclasses import dataclass

from bot.language.lexicon import HOW, HOW_FEW, HOW_MANY, WHAT, WHICH_ONES, WHO, any_of, words
from bot.language.rules import Rule, first_made

_WHAT = any_of(WHICH_ONES, (WHAT, f"{WHAT}样的"))
_TO_DO = any_of(
    words("申请 申领 申报 办理 报名 报销 登记 预约 领取 缴纳 提交 注册 投标 投诉 支付 付款 付 缴费 缴 退款 退费 退 领")
)
_PAPERS = any_of(words("材料 资料 证件 证明 单据 票据"))
_DEMANDS = any_of(words("条件 资格要求 资格 要求"))

_NEEDING = re.compile(
    "[我们咱还都一共用]*(?:需要|应当|应该|必须|得|要|该|须|需)?"
    rf"{any_of(words('提交 提供 准备 携带 交 带 备 拿 出示'))}?些?$"
)
"""Says that papers are to be brought, and nothing of for what."""
_PROCEDURE, _CONDITIONS = r"(?:程序|流程|步骤|手续|方式|办法)$", r"(?:条件|资格|要求|对象|范围)$"
_NEEDED, _ENGLISH = r"(?:材料|资料|证件|证明|单据|清单)$", r"\b(?:procedure|how to|application|steps)\b"

RULES: tuple[Rule[str], ...] = (
    Rule(
        "procedure",
        re.compile(rf"流程|步骤|程序|{any_of(HOW)}(?:来)?{_TO_DO}|(?P<english>\bhow (?:do|can|to)\b|\bprocedure\b)"),
        lambda m: _ENGLISH if m["english"] else _PROCEDURE,
        (("补贴怎么申请", _PROCEDURE), ("报名流程", _PROCEDURE), ("租金怎么付", _PROCEDURE)),
        ("怎么处罚", "怎么样", "逾期怎么办"),
    ),
    Rule(
        "conditions",
        re.compile(
            rf"{_WHAT}{_DEMANDS}|{_DEMANDS}(?:有{_WHAT}|是{WHAT})|符合{_WHAT}|{any_of((WHO,))}(?:可以|能){_TO_DO}"
        ),
        lambda m: _CONDITIONS,
        (("投标人有什么资格要求", _CONDITIONS), ("申领条件是什么", _CONDITIONS)),
        ("什么时候要求", "有哪些措施"),
    ),
    Rule(
        "papers",
        re.compile(rf"{_WHAT}{_PAPERS}|{_PAPERS}(?:有{_WHAT}|是{WHAT})"),
        lambda m: _NEEDED,
        (("申请要哪些材料", _NEEDED),),
        ("材料什么时候交",),
    ),
)  # fmt: skip
"""What a heading ends with under which the answer stands, in folded text."""


@dataclass(frozen=True, slots=True)
class HeadedAsked:
    """What stands under a heading is asked for.

    ``heading`` is an expression for the heading, ``rest`` what else the question says; both for folded text.
    """

    heading: str
    rest: str


def _named(match: re.Match[str]) -> HeadedAsked:
    """Return the heading that is named: all words around the interrogative, those in front left out or not."""
    before, after = match["before"], match["after"] or ""
    name = after or before.rpartition("的")[2]
    front = before if after else before.removesuffix(name)
    return HeadedAsked(rf"(?<!\w)(?:{re.escape(front)})?{re.escape(name)}$", front or name)


NAMED: tuple[Rule[HeadedAsked], ...] = (
    Rule(
        "which",
        re.compile(
            rf"^(?P<before>\w*?)(?:都?(?:有|包括|包含|是))?"
            rf"(?:{any_of(WHICH_ONES)}(?P<after>(?:\w{{2,12}})?)|(?:{HOW_FEW}|{HOW_MANY})[项条点])\W*$"
        ),
        _named,
        (
            ("禁止哪些行为?", HeadedAsked(r"(?<!\w)(?:禁止)?行为$", "禁止")),
            ("渡船补贴的注意事项有哪些", HeadedAsked(r"(?<!\w)(?:渡船补贴的)?注意事项$", "渡船补贴的")),
            ("禁止行为有几项?", HeadedAsked(r"(?<!\w)(?:)?禁止行为$", "禁止行为")),
        ),
        ("哪些人, 哪些事", "第几条说了罚款, 罚多少"),
    ),
)
"""A heading that a question names itself, in folded text."""


def headed_asked(folded: str) -> HeadedAsked | None:
    """Return which heading a question asks for; None where it asks for none."""
    found = first_made(RULES, folded)
    if found is None:
        named = first_made(NAMED, folded)
        return named[1] if named is not None else None
    rest = folded
    for rule in RULES:
        rest = rule.pattern.sub(" ", rest)
    return HeadedAsked(found[1], "" if _NEEDING.fullmatch(rest.strip(" ?？。")) else rest)
