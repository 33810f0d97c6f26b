"""Questions for the gist of a document: "总结一下", "这份合同主要讲了什么", "summarize this policy"."""

import re
from dataclasses import dataclass

from bot.language.lexicon import HOW, WHAT, WHAT_COLLOQUIAL, WHICH_OF_ALL, any_of, words
from bot.language.titles import names_a_paper

_WHAT = any_of((WHAT, WHAT_COLLOQUIAL, WHICH_OF_ALL))
_DECISIONS = re.compile(r"决定|决议|议定|decisions?")
_LENGTH = r"(?:用|以|请用)?[一二两三四五六七八九十\d]{1,3}(?:句话?|点|段|百?字)(?:以?内|左右)?"
_ASKED = re.compile(
    rf"(?:{_LENGTH})?(?:总结(?!报告|会|大会|工作|材料)|概括|概述|归纳|提炼|摘要|梗概|大意|主旨|中心思想|要点)(?:一下)?(?:出|成|为)?(?:{_LENGTH})?"
    r"|\bsummar(?:y|i[sz]e)|\b(?:main|key) (?:points?|ideas?)\b|\bgist\b|\boverview of\b"
)
"""Words for a gist whatever it is of."""
_ASKED_OF_A_PAPER = re.compile(
    rf"(?:主要|大致|大概|大体|到底|究竟|都|基本)*(?<!(?<!主)要)(?<![应须该])(?:讲|说|写|谈|介绍|规定)(?:的?是|了)?(?:些)?{_WHAT}(?:内容|事情?|东西)?$"
    rf"|(?:主要|核心|基本|大致)的?(?:内容|观点|意思|精神|思想|决定|结论)|主要(?:有|包括|包含|涉及)(?:了)?{_WHAT}(?:主要)?(?:内容|方面)"
    r"|重点内容|^what (?:is|are|does) .*\b(?:about|say)$|\bmain content\b"
)
"""Words for a gist where what they are said of is a paper: of other things they ask for a fact."""
_MORE = re.compile(
    rf"请|帮我?|给我?|麻烦|一下|下|简要|简单|简短|全文|整篇|文章|文中|内容|的|地|了|呢|吗|吧|在|里|中|是|有|为|{_WHAT}|{any_of(HOW)}"
    r"|这次|这[篇份个部条项]?|那[篇份个部条项]?|该|此|本[文篇]|上面|上述|主要|都|和|与|对|把|将|来|我|一[篇份个]|进行|做|作|个|出|讲(?!话)|说(?!明)|写"
    r"|\b(?:what|is|are|does|do|the|of|this|that|these|me|please|give|an?|in|about|main|key|points?|to|for|can|you|it|say|brief(?:ly)?"
    r"|document|text|file|article)\b|[\s?!.。,:;、\"“”《》'’]"
)
_TITLE = re.compile(r"《[^《》]+》")
_ANY_PAPER = frozenset(words("文件 文档 材料 资料 文本"))
"""These name no kind of paper: whichever there is is meant."""


@dataclass(frozen=True, slots=True)
class GistRequest:
    """A question for a gist; ``about`` is what is left of it to name a document (folded), "" where nothing is.

    ``decisions``: what a meeting decided is wanted.
    """

    about: str
    decisions: bool


def gist_request(folded: str) -> GistRequest | None:
    """Return what a folded question wants the gist of; None where it asks for something else."""
    asked = folded.rstrip("?？。!！ ")
    decisions = _DECISIONS.search(asked) is not None
    rest = asked
    for pattern in (_ASKED, _ASKED_OF_A_PAPER, *((_DECISIONS,) if decisions else ())):
        rest = pattern.sub(" ", rest)
    about = _MORE.sub("", rest)
    if about in _ANY_PAPER:
        about = ""
    if _ASKED.search(asked):
        return GistRequest(about, decisions)
    of_a_paper = not about or _TITLE.search(asked) or names_a_paper(about)
    return GistRequest(about, decisions) if _ASKED_OF_A_PAPER.search(asked) and of_a_paper else None
