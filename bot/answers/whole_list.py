"""Questions for several things ("有哪些措施？"), answered with every item of the list that the evidence belongs to.

Only numbers, bullets and headings make a list here; where the best sentence neither stands in one nor introduces one,
there is nothing to gather.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.answers.counted_items import asked_items
from bot.answers.quoting import quote
from bot.evidence.judge import Verdict
from bot.language.folding import fold, is_han, runs
from bot.language.languages import language_of
from bot.question.reading import Question
from bot.structure.lists import Listed, count_line, introduces, lists_after, lists_with
from bot.structure.places import Place
from bot.types import Answer, Document, ItemCount

MOST_ITEMS = 60
"""Items that are shown, of those that are counted."""

_NUMBER = "[二两三四五六七八九十]{1,3}"
_WHICH = rf"(?:哪些|哪几|哪{_NUMBER}(?![个项种类条点]?(?:年|月|日|天))|(?:有|包括|包含|采取|做好?)了?(?:什么|何))"
_SEVERAL = (
    "任务|措施|举措|要求|步骤|条件|职责|义务|权利|职权|原则|流程|程序|做法|方面|事项|要点|目标|材料|情形|途径|环节"
    "|办法|工作|内容|规定|安排|部署|建议|意见|重点"
)
_ASKED = re.compile(
    rf"{_WHICH}|(?:列出|列举|罗列)|(?:{_SEVERAL})(?:分别|具体|主要|都)*是什么"
    r"|\bwhat (?:are|were)\b|\bwhich (?:are|were)\b|\b(?:list|enumerate|name) (?:all|the|every|each)\b"
    r"|\b(?:what|which)(?: \w+){0,2}? (?!is\b|was\b|does\b|has\b)\w+[^\Ws]s\b"
)
_OTHER = re.compile(
    rf"第(?:一|{_NUMBER}|\d+)[个项种条点类]|最(?!近)|哪一|\b(?:first|last|most)\b"
    r"|为什么|为何|除了|除外|以外|之外|\b(?:why|except|besides|other than)\b"
)
"""A question with one of these is for one thing, for a reason, or for what is left of a list."""
_PLAIN = r"(?:主要|具体|重要|基本|重点|相关|有关|所有|全部|各项|一共|分别|都|共|各|的|个|项|种|类|条|点|大)*"
_AFTER = re.compile(rf"(?:哪些|哪几|哪{_NUMBER}|什么|何|列出|列举|罗列){_PLAIN}(?P<noun>[^\s,。?的是有了]{{2,4}})")
_BEFORE = re.compile(rf"(?P<noun>[^\s,。?、]{{2}}){_PLAIN}(?:有|包括|包含|是|为|指|分为|涉及)了?(?:哪|什么|何)")
_ENGLISH_NOUN = re.compile(r"\b(?:what|which|list|enumerate|name)\b(?P<noun>.*)")
# "捐赠物资注意事项" is about 事项; "主要任务是抓好以下工作" and "任务和要求" are about 任务 too.
_OTHER_HEAD = re.compile(rf"[^是为有和及与、,:;]*(?:{_SEVERAL})")
_ENDS = re.compile(r"\W*$|[是为有和及与、,:;(]")
"""What may follow the noun in a heading that names a list: "主要任务", not "任务分工"."""
_TITLE_TAIL = re.compile(r"(?:的?(?:通知|公告|决定|意见))?[》\s]*(?:\([^()]*\))?[》\s]*$")
_FILLER = re.compile(
    rf"(?:{_SEVERAL})[下中里时]?|[的了有是要应须和与及、个项种类条点]|需要|应当|必须|包括|包含|分别|主要|具体|重点"
)
"""Cuts a question into what an introduction in its own words must say: 明年, 办理居住证; not how it is asked."""
_NEGATION = re.compile(r"[不没未非勿无]|禁止|除外|以外|\b(?:not?|never|without|except)\b|n't\b")
_LITTLE = frozenset(("all", "every", "each", "are", "were", "main", "the", "of", "to", "in", "for", "must", "should"))


def gather(question: str, asked: Question, verdict: Verdict, document: Callable[[str], Document]) -> Answer | None:
    """Answer with all items of the list that the best sentence introduces or belongs to, and their count.

    Args:
        question: as typed; its language is the answer's.
        asked: the question as searched, a follow-up completed.
        verdict: the judged evidence.
        document: a document by its id.

    Returns:
        None where the question does not ask for several things, or the best sentence has no such list; or where the
        verdict is a refusal, unless the best sentence repeats the question and a list follows it.
    """
    if not verdict.sentences or not _ASKED.search(asked.folded) or _OTHER.search(asked.folded):
        return None
    best = verdict.sentences[0]
    found = document(best.stored.document_id)
    top = Place(found, best.stored.passage.paragraph, best.start, best.end)
    listed = next(_meant(asked, top), None)
    if listed is None:
        return None
    confidence = verdict.confidence
    if not verdict.answered:
        # An introduction that repeats the question says nothing by itself, so the judge refuses; its list does.
        if not _repeats(asked, listed, top):
            return None
        confidence = 1.0
    items = ItemCount(len(listed.items), min(len(listed.items), MOST_ITEMS))
    line = count_line(items.total, items.shown, language_of(question))
    answer = quote(question, asked.text, _places(listed, top), line, items)
    return replace(
        answer,
        confidence=confidence,
        sentences=tuple(replace(sentence, support=confidence) for sentence in answer.sentences),
    )


def _places(listed: Listed, top: Place) -> list[Place]:
    """The items' leads in order, with the best sentence among them where it is none; no place twice."""
    places = list(dict.fromkeys(item.lead for item in listed.items[:MOST_ITEMS]))
    if not any(place.start <= top.start and top.end <= place.end for place in places):
        places.append(top)
    return sorted(places, key=lambda place: place.start)


def _meant(asked: Question, top: Place) -> Iterator[Listed]:
    """Yield the lists that the question means, the likeliest first."""
    wanted = asked_items(asked)
    nouns = _nouns(asked)

    def fits(listed: Listed) -> bool:
        return wanted is None or wanted[1] == len(listed.items)

    for listed in lists_after(top.document, top):
        # A sentence says that a list follows; a heading or an item's lead need only name what is asked for.
        if fits(listed) and (introduces(top.text, len(listed.items)) or (_is_name(top) and _heads(top.text, nouns))):
            yield listed
    for listed in lists_with(top.document, top):
        if fits(listed) and _is_named(listed, top.document.title, nouns) and _is_general(asked, listed, top):
            yield listed


def _is_name(top: Place) -> bool:
    """Tell a heading, or the lead that opens a numbered paragraph."""
    paragraph = top.document.paragraphs[top.paragraph]
    return bool(paragraph.level) or (
        bool(paragraph.section) and top.start == paragraph.start and top.text.startswith(paragraph.section[-1])
    )


def _is_named(listed: Listed, title: str, nouns: frozenset[str]) -> bool:
    """Tell whether what introduces a list, or stands right above it, names what is asked for."""
    if listed.intro is not None and _names(listed.intro.text, nouns):
        return True
    return _heads(listed.path[-1] if listed.path else _TITLE_TAIL.sub("", fold(title)), nouns)


def _heads(heading: str, nouns: frozenset[str]) -> bool:
    """Tell whether a heading is one for the nouns: it ends with one of them, or an English one stands in it."""
    folded = fold(heading)
    return any(
        not is_han(noun) or _ENDS.match(folded, match.end())
        for noun in nouns
        for match in re.finditer(re.escape(noun), folded)
    )


def _repeats(asked: Question, listed: Listed, top: Place) -> bool:
    """Tell whether the best sentence, its title and headings helping, introduces the list in the question's words."""
    if not introduces(top.text, len(listed.items)) or not _names(top.text, _nouns(asked)):
        return False
    if any(item.start <= top.start for item in listed.items):
        return False
    paragraph = top.document.paragraphs[top.paragraph]
    context = fold("\n".join((top.document.title, *paragraph.section, top.text)))
    said = frozenset(runs(context))
    if any(word not in said for word in asked.words):
        return False
    # "不需要提交哪些材料" shares every word with the introduction of those that are needed.
    if len(_NEGATION.findall(asked.folded)) != len(_NEGATION.findall(fold(top.text))):
        return False
    pieces = [piece for run in asked.content.split() if is_han(run) for piece in _FILLER.split(run)]
    return all(piece in context for piece in pieces)


def _names(text: str, nouns: frozenset[str]) -> bool:
    """Tell whether one of the nouns stands in ``text`` and no other noun takes its place there."""
    folded = fold(text)
    return any(
        not _OTHER_HEAD.match(folded, match.end()) for noun in nouns for match in re.finditer(re.escape(noun), folded)
    )


def _is_general(asked: Question, listed: Listed, top: Place) -> bool:
    """Tell whether the question is about the list, not about what one of its items alone says."""
    document = top.document
    intro = "" if listed.intro is None else listed.intro.text
    context = fold("\n".join((document.title, *listed.path, intro)))
    texts = [fold(document.text[item.start : item.end]) for item in listed.items]
    own = next((text for item, text in zip(listed.items, texts, strict=True) if item.start <= top.start < item.end), "")
    special = [
        term
        for term in (*asked.pairs, *asked.words)
        if term in own and term not in context and 2 * sum(term in text for text in texts) <= len(texts)
    ]
    return len(special) <= 1


def _nouns(asked: Question) -> frozenset[str]:
    """What the question wants several of: pairs of characters next to the interrogative, or English words' stems."""
    found: set[str] = set()
    for pattern in (_AFTER, _BEFORE):
        if not found:
            nouns = [match["noun"] for match in pattern.finditer(asked.folded)]
            found.update(noun[at : at + 2] for noun in nouns for at in range(len(noun) - 1))
    if not found and (match := _ENGLISH_NOUN.search(asked.folded)):
        words = [word for word in runs(match["noun"]) if word not in _LITTLE and word in asked.words]
        found.update(word.removesuffix("s") for word in words[:2])
    return frozenset(found)
