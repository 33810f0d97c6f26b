"""How a number is bounded: whether it is the least or the most, from what stands in front of it and behind it."""

import re
from typing import Literal

Bound = Literal["", "up", "down"]
_UP: Bound = "up"
_DOWN: Bound = "down"
_AMONG = (
    (
        r"不得?(?:应|能|可|予|会)?(?:超过?|多于|高于|大于|晚于|超出)|没有?超过|未超过|上限|≤|(?:最多|至多|最高|最长|最大|最晚|最迟)(?!不得?[低少小早短]|[超高多大])[\u4e00-\u9fff]{0,4}"
        r"|no (?:more|later) than|not (?:to )?exceed(?:ing)?|at most|maximum(?: of)?|not more than"
        r"|(?<!goes )(?<!rises )(?<!go )(?<!rise )(?<!raised )(?<!increases )up to",
        _DOWN,
        True,
    ),
    (
        r"不得?(?:应|能|可|会)?(?:少于|低于|小于|早于|短于)|下限|≥|(?:至少|最少|最低|最短|最小|最早|起码)(?!不得?[超多高大晚]|[低少小])[\u4e00-\u9fff]{0,4}"
        r"|at least|no (?:less|fewer|earlier) than|not less than|minimum(?: of)?",
        _UP,
        True,
    ),
    (
        r"不足|不满|未满|不到|未达到?|尚?未超过|少于|低于|小于|短于|<|less than|fewer than|under|below",
        _DOWN,
        True,
    ),
    (r"超过|超出|高于|多于|大于|逾|超|长于|>|more than|over|exceed(?:s|ing)?|above", _UP, True),
    (r"可达到?|高达|多达|as (?:many|much|long|high) as", _DOWN, False),
    (r"年?满|达到|达|自|从|since|from|after", _UP, False),
    (r"限(?:额|量|流|载|购|报|重|高|速|乘|坐|制在)?|截至|截止|before|by|until|within", _DOWN, False),
)
_BEFORE: tuple[tuple[re.Pattern[str], Bound, bool], ...] = tuple(
    (re.compile(rf"(?:{pattern})[为是在达到的过]{{0,2}}\s*(?:人民币|the|约)?\s*$"), bound, sure)
    for pattern, bound, sure in _AMONG
)
_BEHIND: tuple[tuple[re.Pattern[str], Bound, bool], ...] = (
    (
        re.compile(r"\s*(?:\(?含[^)]{0,6}\)|及其?|\(含\))?(?:以上|之上|or (?:more|above|over|older)|and above)"),
        _UP,
        True,
    ),
    (
        re.compile(
            r"\s*(?:\(?含[^)]{0,6}\)|及其?|\(含\))?(?:以下|之下|or (?:less|fewer|below|under|younger)|and below)"
        ),
        _DOWN,
        True,
    ),
    (re.compile(r"(?:之|以)?内|为限|封顶|(?:之|以)?前"), _DOWN, False),
    (re.compile(r"(?:之|以)?后|起"), _UP, False),
)


_RANGE_BEHIND = re.compile(
    r"\s*(?:至|到|[-–—~～]+|to|and)\s*(?:第|[上下]午|次年|(?:rmb|usd|eur)?\s?[¥$€£]?)?[\d一二三四五六七八九十百千两]"
)
_RANGE_BEFORE = re.compile(
    r"[\d万亿元日月年号%天倍个周岁时分点\]]\s*(?:至|到|[-–—~～]+|to|and)\s*(?:次年|[上下]午)?[¥$€£]?$"
)
_OF = re.compile(
    r"(?:(?P<most>不[得能应可]?(?:超过|高于|多于)|最多|至多|最高)|不[得能应可]?(?:低于|少于)|至少|最少|最低)"
    r"[\u4e00-\u9fff]{1,12}的?$"
)
"""A share is bounded through the name of what it is a share of: 不超过合同总价的百分之十."""


def bound_of(folded: str, start: int, end: int, *, share: bool) -> tuple[Bound, bool]:
    """Return the bound of the number at a span of a folded text, and whether it is said in so many words."""
    bound, sure = _said(folded, start, end, share=share)
    if sure:
        return bound, sure
    if _RANGE_BEHIND.match(folded, end):
        return _UP, False
    if _RANGE_BEFORE.search(folded, max(0, start - 8), start):
        return _DOWN, False
    return bound, sure


def _said(folded: str, start: int, end: int, *, share: bool) -> tuple[Bound, bool]:
    if share and (match := _OF.search(folded, max(0, start - 18), start)):
        return (_DOWN if match["most"] else _UP), True
    for pattern, bound, sure in _BEHIND:
        if pattern.match(folded[end : end + 14]):
            return bound, sure
    for pattern, bound, sure in _BEFORE:
        if pattern.search(folded[max(0, start - 22) : start]):
            return bound, sure
    return "", False
