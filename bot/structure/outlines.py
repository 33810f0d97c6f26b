"""Questions about a document's structure, answered from its outline: its parts, and what one of them says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.folding import fold
from bot.language.numerals import NUMBER, numeral
from bot.structure.places import Load, Place, first_sentence, sentences, whole
from bot.structure.sections import below, children, named
from bot.tree import Kind
from bot.types import Document, DocumentInfo, Paragraph

_UNIT = r"(?:大部分|部分|大点|小点|方面|个?问题|点|条|章|节|编|篇)"
_STEP = re.compile(rf"第\s*({NUMBER})\s*个?({_UNIT})|最后一?个?({_UNIT})|\b(part|chapter|section)\s+(\d{{1,3}})\b")
_KINDS = {
    "部分": Kind.PART, "part": Kind.PART, "编": Kind.PART, "篇": Kind.PART,
    "章": Kind.CHAPTER, "chapter": Kind.CHAPTER, "节": Kind.SECTION,
}  # fmt: skip
_STRICT = frozenset({"章", "节", "编", "chapter"})
"""Units that mean the division of that name alone; the others mean the numbered headings, whatever they are called."""
# "几点意见" counts what the text itself counts ("我讲四点意见"): a search finds that.
_PARTS = re.compile(
    rf"(?:哪[几些]?|多少|几)个?大?({_UNIT})(?!意见|建议|要求|措施|举措|任务|规定)"
    r"|(?:what are the|how many) (?:parts|sections|chapters)"
)
_CONTENTS = re.compile(
    r"目录|大纲|提纲|小标题|(?:文章|全文|讲话|报告|文件|文档|》)的?(?:结构|框架)|table of contents|outline"
)
_DEEP = re.compile(r"大纲|提纲|outline")
_FULL = re.compile(r"讲|说|写|内容|详细|全文|say")
_DOCUMENT = re.compile(
    r"讲话|发言|致辞|文件|文章|文档|材料|报告|全文|条例|法|规定|办法|合同|协议|方案|规划|意见|通知|制度|章程|细则|document|text"
)
_NAMED = re.compile(r"《.*》")
# Nothing but these, and words of the title, may stand in a question about structure.
_SAID = re.compile(
    r"这[篇份部个]|该|本|此|整[篇个]|请问|请|帮我|列出|给出|显示|看看|告诉我|一下|一共|总共|共|主要|具体|大概|分别|分为|分成|分|包括|包含|"
    r"由|组成|构成|划分|有|是|为|成|了|的|里|中|都|讲述|讲解|讲(?!话)|说明|说|写|谈|提到|介绍|概括|总结|简述|概述|内容|意思|要点|标题|怎么|什么|哪些|啥|那么|那|呢|吗|吧|和|"
    r"\b(?:what|which|are|is|does|do|the|of|this|in|say|says|about|show|me|give|list|how|many|it|have|a|an|there)\b|[\s?!.。,:;、\"“”]"
)
_MOST_DOCUMENTS = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """Steps down the outline (unit, number; -1 is the last); none where the parts or the contents are asked for."""

    steps: tuple[tuple[str, int], ...]
    unit: str
    contents: bool
    deep: bool
    full: bool


def answer_outline(question: str, infos: Sequence[DocumentInfo], load: Load) -> list[Place] | None:
    """Answer a question about structure with headings and what stands under them, in order.

    Args:
        question: as searched.
        infos: the documents in scope; one is chosen by the words of its title, else by what it is called ("条例").
        load: gives a document by its id.

    Returns:
        None where the question is not about structure, or none of at most three documents meant has such a part.
    """
    folded = fold(question)
    asked = _read(folded)
    if asked is None:
        return None
    chosen = _meant(folded, infos)
    if len(chosen) > _MOST_DOCUMENTS:
        return None
    return [place for info in chosen for place in _answer(asked, load(info.document_id))] or None


def may_ask_structure(question: str) -> bool:
    """Tell whether ``answer_outline`` is worth calling: the question has a word for a part of a document."""
    return _read(fold(question)) is not None


def asks_for_parts(question: str) -> bool:
    """Tell whether all parts of a document are asked for, or its table of contents, rather than one of them."""
    asked = _read(fold(question))
    return asked is not None and not asked.steps


def contents(document: Document, heading: int) -> list[Place]:
    """Return a heading and the openings of what is under it: sub-headings and leads, else first sentences."""
    inside = [p.index for p in children(document, heading)] or below(document, heading)
    return [whole(document, heading), *(first_sentence(document, index) for index in inside)]


def _read(folded: str) -> _Asked | None:
    steps: list[tuple[str, int]] = []
    for match in _STEP.finditer(folded):
        number, unit, last, english, digits = match.groups()
        steps.append((last, -1) if last else (unit or english, numeral(number or digits)))
    parts = _PARTS.search(folded)
    listed = _CONTENTS.search(folded)
    if not (steps or parts or listed):
        return None
    unit = parts[1] if parts and parts[1] else ""
    deep, full = (pattern.search(folded) is not None for pattern in (_DEEP, _FULL))
    return _Asked(tuple(steps), unit, listed is not None, deep, full)


def _meant(folded: str, infos: Sequence[DocumentInfo]) -> list[DocumentInfo]:
    """Return the documents that the question is about; none where it asks for more than structure."""
    rest = folded
    for pattern in (_STEP, _PARTS, _CONTENTS):
        rest = pattern.sub(" ", rest)
    titles = [(_bare(info.title), info) for info in infos]
    quoted = _NAMED.search(rest)
    kinds = _DOCUMENT.findall(rest)
    name = _bare(quoted[0]) if quoted else _bare(_SAID.sub("", rest))
    without_kinds = _bare(_DOCUMENT.sub("", _SAID.sub("", rest)))
    if quoted and _SAID.sub("", _DOCUMENT.sub("", rest.replace(quoted[0], ""))):
        return []
    if quoted or without_kinds:
        if not quoted and not kinds:
            return []
        names = (name,) if quoted else (name, without_kinds)
        held = [(len(title), info) for title, info in titles if any(text in title for text in names)]
        shortest = min((size for size, _ in held), default=0)
        return [info for size, info in held if size == shortest]
    called = [info for title, info in titles if kinds and kinds[0] in title]
    return called or [info for _, info in titles]


def _bare(title: str) -> str:
    return re.sub(r"[\s《》〈〉「」\"“”·]", "", fold(title)).removeprefix("中华人民共和国")


def _answer(asked: _Asked, document: Document) -> list[Place]:
    if asked.steps:
        return _part(asked, document)
    if asked.contents:
        headings = [p for p in document.paragraphs if p.level or (asked.deep and p.lead)]
        return [first_sentence(document, p.index) for p in headings]
    top = _top(document)
    if asked.unit in _STRICT:
        top = [p for p in document.paragraphs if p.level and _rank(p) == _KINDS[asked.unit]]
    return [first_sentence(document, p.index) for p in top] if len(top) > 1 else []


def _part(asked: _Asked, document: Document) -> list[Place]:
    """Go down the outline step by step; a division that is named ("第三章") is found wherever it stands."""
    at: int | None = None
    for unit, number in asked.steps:
        parts = _top(document) if at is None else children(document, at)
        if unit in _STRICT:
            inside = range(len(document.paragraphs)) if at is None else below(document, at)
            lines = (document.paragraphs[index] for index in inside)
            parts = [p for p in lines if p.level and _rank(p) == _KINDS[unit]]
        elif unit in _KINDS and any(_rank(p) == _KINDS[unit] for p in parts):
            parts = [p for p in parts if _rank(p) == _KINDS[unit]]
        part = _pick(parts, number)
        if part is None:
            return []
        at = part.index
    if at is None:
        return []
    if document.paragraphs[at].level:
        return contents(document, at)
    return sentences(whole(document, at)) if asked.full else [first_sentence(document, at)]


def _pick(siblings: Sequence[Paragraph], number: int) -> Paragraph | None:
    """Return the sibling that bears the number, else the one that stands at it."""
    if number == -1:
        return siblings[-1] if siblings else None
    numbers = [p.opening.number if p.opening else None for p in siblings]
    if number in numbers:
        return siblings[numbers.index(number)]
    if any(known is not None for known in numbers):
        return None
    return siblings[number - 1] if 0 < number <= len(siblings) else None


def _top(document: Document) -> list[Paragraph]:
    """Return the document's outermost parts: its headings (those below its title), else its leads."""
    sections = document.outline.children
    if not sections:
        return named(document, document.outline)
    if len(sections) == 1 and fold(sections[0].heading) == fold(document.title):
        return named(document, sections[0])
    return [document.paragraphs[section.first] for section in sections]


def _rank(paragraph: Paragraph) -> int:
    opening = paragraph.opening
    return -1 if opening is None or opening.number is None else opening.rank
