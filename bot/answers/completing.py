"""What belongs to a sentence: the items that it introduces, its stem, its exception, its header, the reply to it."""

import re

from bot.language.folding import fold_plain
from bot.structure.breaches import broken
from bot.structure.lists import introduces, lists_after
from bot.structure.places import Place, sentences, whole
from bot.structure.stems import stems
from bot.structure.tables import table_at

MOST_ITEMS = 60
_LIMITS = re.compile(
    r"(?:但|但是|except\b|unless\b|provided\b|however\b)(?=.*(?:除外|不适用|不受|例外|不在此限|\bnot\b|\bexcept|\bunless\b))"
    r"|前款|前项|有前款"
)
"""A sentence that limits the one before it."""
_ALLOWS = re.compile(r"\b(?:can|may|is allowed|are allowed|is entitled|are entitled)\b")
_NARROWS = re.compile(r"[^.;]*\bonly (?:if|where|when|in the case|with the)\b")
"""A sentence that says when else, or when alone, what the one before it allows is allowed."""
_EXCEPTS = re.compile(
    r"不受(?:本条|前款|前述|上述|前两款)[^，。]{0,12}限制|(?:本条|前款|前两款|上述)规定[^。]{0,20}(?:除外|不适用)"
    r"|不适用(?:本条|前款)"
)
_ASKS = re.compile(r"[?](?:[”’\"'」』)]|\s)*$")
_ANNOUNCES = re.compile(
    r"(?:通知|通告|公告|公示|公布|通报|报告|汇报|纪要|批复|函复|答复|说明|介绍|安排|事项)如下:$"
    r"|(?:议定|商定|决定|决议|明确|研究)(?:了?(?:以下|有关|下列|如下)?(?:事项|意见|问题|议题))?(?:如下)?:$"
    r"|(?:遵守|注意|执行|遵照|依照|按照?)(?:以下|下列|如下)(?:规定|事项|要求|几点|须知|规则|制度|纪律|约定|条款|内容)?:$"
)
"""A sentence that opens a whole document says nothing of what its parts are parts of."""
_NEAR = 3
"""Paragraphs behind a rule in which its article may except somebody from it."""
_BEFORE = re.compile(r"前款|有前款")
"""Speaks of the paragraph before, not of the sentence before."""


def complete(top: Place) -> list[Place]:
    """Return a sentence with what belongs to it, so that together they are whole.

    A stem has all its items, an item its stem behind it, a row its header behind it, a rule its exception, and the
    other way round the rule first; a question stands behind its reply.
    """
    table = table_at(top.document, top.paragraph)
    if table is not None:
        return [top, whole(top.document, table.header)] if top.paragraph in table.rows else [top]
    for listed in lists_after(top.document, top):
        if introduces(top.text, len(listed.items)):
            return [top, *(item.lead for item in listed.items[:MOST_ITEMS])]
    own = sentences(whole(top.document, top.paragraph))
    here = next((n for n, sentence in enumerate(own) if sentence.start <= top.start < sentence.end), 0)
    if _ASKS.search(fold_plain(top.text)) and (reply := _reply(top, own, here)) is not None:
        return [reply, top]
    # The sentence that answers goes first; what it is an item of stands behind it, and the duty whose breach it is of.
    above = stems(top.document, top.paragraph, headings=True)[-1:]
    stem = [place for place in above if _ANNOUNCES.search(fold_plain(place.text)) is None]
    places = [top, *stem, *broken(top)]
    if _LIMITS.match(fold_plain(top.text)):
        rule = _rule(top, own, here)
        return [rule, *places] if rule is not None else places
    if here + 1 < len(own) and _is_limited(fold_plain(top.text), fold_plain(own[here + 1].text)):
        places.insert(1, own[here + 1])
    return [places[0], *_exceptions(top), *places[1:]]


def _is_limited(rule: str, behind: str) -> bool:
    """Tell whether the sentence behind a rule (both folded) limits it."""
    if _LIMITS.match(behind):
        return True
    return _ALLOWS.search(rule) is not None and _NARROWS.match(behind) is not None


def _reply(top: Place, own: list[Place], here: int) -> Place | None:
    """Return what follows a question: the next sentence, or the next paragraph whole; None where a heading does."""
    if here + 1 < len(own):
        return own[here + 1]
    after = top.paragraph + 1
    paragraphs = top.document.paragraphs
    return whole(top.document, after) if after < len(paragraphs) and not paragraphs[after].level else None


def _exceptions(top: Place) -> list[Place]:
    """Return the sentences of the same article's later paragraphs that say to whom it does not apply."""
    document, section = top.document, top.document.paragraphs[top.paragraph].section
    found: list[Place] = []
    for paragraph in document.paragraphs[top.paragraph + 1 : top.paragraph + 1 + _NEAR]:
        if not section or paragraph.section != section or paragraph.level:
            break
        said = sentences(whole(document, paragraph.index))
        found += [sentence for sentence in said if _EXCEPTS.search(fold_plain(sentence.text))]
    return found[:1]


def _rule(top: Place, own: list[Place], here: int) -> Place | None:
    """Return the sentence that ``top`` limits: the one before it, or the last one of the paragraph before."""
    if here and not _BEFORE.match(fold_plain(top.text)):
        return own[here - 1]
    before = top.paragraph - 1
    if before < 0 or top.document.paragraphs[before].level:
        return None
    said = sentences(whole(top.document, before))
    return said[-1] if said else None
