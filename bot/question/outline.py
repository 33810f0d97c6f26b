"""Questions about a document's structure ("讲话分哪几部分？", "第三章讲什么"): which part of which document."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.language.lexicon import (
    CONTRACTS,
    HOW_FEW,
    HOW_MANY,
    HOW_SPOKEN,
    PAPERS,
    TEXTS,
    WHAT,
    WHAT_COLLOQUIAL,
    WHICH,
    WHICH_OF_ALL,
    any_of,
    words,
)
from bot.language.numerals import NUMBER, numeral
from bot.language.titles import title_key

LAST = -1
"""The number of the last part."""
_UNIT = r"(?:大部分|部分|大点|小点|方面|个?问题|点|条款|条|章|节|编|篇)"
# Either a Chinese unit with its number, or the last one, or an English one.
_STEP = re.compile(
    rf"第\s*(?P<number>{NUMBER})\s*个?(?P<unit>{_UNIT})|最后一?个?(?P<last>{_UNIT})"
    r"|\b(?P<english>part|chapter|section)\s+(?P<digits>\d{1,3})\b"
)
_DOTTED = re.compile(r"(?<![\d.])第?\s*(?P<number>\d{1,3}(?:\.\d{1,3}){1,3})(?![\d.%‰]|\s*[万亿元米倍])\s*[节章条款]?")
"""A part by the number of its heading: 3.1.2, 第3.2节."""
# "几点意见" counts what the text itself counts ("我讲四点意见"): a search finds that.
_PARTS = re.compile(
    rf"(?:{WHICH}[几些]?|{HOW_MANY}|{HOW_FEW})个?大?(?P<unit>{_UNIT})(?!意见|建议|要求|措施|举措|任务|(?<!条)规定)(?:规定$)?"
    r"|(?:what are the|how many) (?:parts|sections|chapters)"
)
_CONTENTS = re.compile(
    r"目录|大纲|提纲|小标题|(?:文章|全文|讲话|报告|文件|文档|》)的?(?:结构|框架)|table of contents|outline"
)
_DEEP = re.compile(r"大纲|提纲|outline")
_FULL = re.compile(r"讲|说|写|内容|详细|全文|say")
_KIND = re.compile(
    rf"{any_of(TEXTS, CONTRACTS, PAPERS, words('条例 法 规定 办法 细则 章程 制度 方案 意见 通知 致辞 全文'))}"
    r"|document|text"
)
_QUOTED_TITLE = re.compile(r"《.*》")
# Nothing but these, and words of the title, may stand in a question about structure.
_SAID = re.compile(
    r"这[篇份部个]|该|本|此|整[篇个]|请问|请|帮我|列出|给出|显示|看看|告诉我|一下|一共|总共|共|主要|具体|大概|分别|分为|分成|分|包括|包含|"
    rf"{any_of((WHICH_OF_ALL, WHAT, WHAT_COLLOQUIAL, HOW_SPOKEN))}|由|组成|构成|划分|有|是|为|成|了|的|里|中|都|"
    r"讲述|讲解|讲(?!话)|说明|说|写|谈|提到|介绍|概括|总结|简述|概述|内容|意思|要点|标题|那么|那|呢|吗|吧|和|"
    r"\b(?:what|which|are|is|does|do|the|of|this|in|say|says|about|show|me|give|list|how|many|it|have|a|an|there)\b|"
    r"[\s?!.。,:;、\"“”]"
)


class Step(NamedTuple):
    """A step down the outline: the unit as written (部分, chapter) and its number, ``LAST`` for the last one."""

    unit: str
    number: int


@dataclass(frozen=True, slots=True)
class OutlineRequest:
    """A question about structure.

    ``steps`` lead to one part, or the number of its heading does (``dotted``: 3.1.2); without any, the table of
    contents is asked for (``contents``) or all parts, of a ``unit`` where one is named. ``deep`` wants leads among the
    headings, ``full`` all that a part says. The document is one that has one of ``names`` in its title (compare
    ``title_key``); without names, one that is called ``kind`` (条例), and any without that.
    """

    steps: tuple[Step, ...]
    unit: str
    contents: bool
    deep: bool
    full: bool
    names: tuple[str, ...] = ()
    kind: str = ""
    dotted: str = ""

    @property
    def rule(self) -> Literal["part", "contents", "parts"]:
        """What is asked for: one part, the table of contents, or all parts."""
        return "part" if self.steps or self.dotted else "contents" if self.contents else "parts"


def outline_request(folded: str) -> OutlineRequest | None:
    """Return what a folded question asks of an outline; None where it asks of none, or for more than structure."""
    steps = tuple(_step(match) for match in _STEP.finditer(folded))
    parts = _PARTS.search(folded)
    contents = _CONTENTS.search(folded) is not None
    dotted = _DOTTED.search(folded)
    if not (steps or parts or contents or dotted):
        return None
    rest = folded
    for pattern in (_STEP, _PARTS, _CONTENTS, _DOTTED):
        rest = pattern.sub(" ", rest)
    kinds = _KIND.findall(rest)
    names = _names(rest, kinds)
    if names is None:
        return None
    return OutlineRequest(
        steps=steps,
        unit=(parts["unit"] or "") if parts else "",
        contents=contents,
        deep=_DEEP.search(folded) is not None,
        full=_FULL.search(folded) is not None,
        names=names,
        kind=kinds[0] if kinds and not names else "",
        dotted=dotted["number"] if dotted else "",
    )


def _step(match: re.Match[str]) -> Step:
    if match["last"]:
        return Step(match["last"], LAST)
    return Step(match["unit"] or match["english"], numeral(match["number"] or match["digits"]))


def _names(rest: str, kinds: list[str]) -> tuple[str, ...] | None:
    """Return what names a document in a question without its words for parts; None where that is no name alone."""
    quoted = _QUOTED_TITLE.search(rest)
    if quoted:
        more = _SAID.sub("", _KIND.sub("", rest.replace(quoted[0], "")))
        return None if more else (title_key(quoted[0]),)
    without_kinds = title_key(_KIND.sub("", _SAID.sub("", rest)))
    if not without_kinds:
        return ()
    return (title_key(_SAID.sub("", rest)), without_kinds) if kinds else None
