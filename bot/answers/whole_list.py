"""Questions for several things ("有哪些措施？"), answered with every item of the list that the evidence belongs to.

Only numbers, bullets and headings make a list here; where the best sentence neither stands in one nor introduces one,
there is nothing to gather.
"""

import re
from collections.abc import Iterator

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.evidence.judge import Verdict
from bot.language.folding import fold, fold_plain, is_han, plain, runs
from bot.language.lexicon import LISTED, any_of
from bot.question.query import Query
from bot.question.reading import Reading
from bot.question.several import Several, negations
from bot.structure.lists import Listed, count_line, introduces, lists_after, lists_with
from bot.structure.places import Place, whole
from bot.structure.tables import Table, table_at
from bot.types import Document, ItemCount

MOST_ITEMS = 60
_LONGEST_NAME = 20
"""Items that are shown, of those that are counted."""

# "捐赠物资注意事项" is about 事项; "主要任务是抓好以下工作" and "任务和要求" are about 任务 too.
_OTHER_HEAD = re.compile(rf"[^是为有和及与、,:;]*{any_of(LISTED)}")
_ENDS = re.compile(r"\W*$|[是为有和及与、,:;(]")
"""What may follow the noun in a heading that names a list: "主要任务", not "任务分工"."""
_TITLE_TAIL = re.compile(r"(?:的?(?:通知|公告|决定|意见))?[》\s]*(?:\([^()]*\))?[》\s]*$")


def whole_list(reading: Reading, material: Material) -> Draft | None:
    """Answer with all items of the list that the best sentence introduces or belongs to, and their count.

    None where the question does not ask for several things, or the best sentence has no such list; or where the
    evidence is not enough, unless the best sentence repeats the question and a list follows it.
    """
    several, verdict = reading.several, material.verdict
    if several is None or not verdict.sentences:
        return None
    best = verdict.sentences[0]
    top = Place(material.load(best.stored.document_id), best.stored.passage.paragraph, best.start, best.end)
    table = table_at(top.document, top.paragraph)
    if table is not None:
        return _rows(reading, several, verdict, top.document, table) if verdict.answered else None
    rule, listed = "introduced list", next(_introduced(reading, several, top), None)
    if listed is None:
        rule, listed = "surrounding list", next(_around(reading, several, top), None)
    if listed is None:
        return None
    confidence = verdict.confidence
    if not verdict.answered:
        # An introduction that repeats the question says nothing by itself, so the judge refuses; its list does.
        if not _repeats(reading.query, several, listed, top):
            return None
        rule, confidence = "introduction repeats the question", 1.0
    items = ItemCount(len(listed.items), min(len(listed.items), MOST_ITEMS))
    return Draft(
        way="list",
        rule=rule,
        citations=cite_sentences(_places(listed, top)),
        confidence=confidence,
        note=count_line(items.total, items.shown, reading.language),
        items=items,
        verdict=verdict,
    )


def _rows(reading: Reading, several: Several, verdict: Verdict, document: Document, table: Table) -> Draft | None:
    """Answer with all rows of a table whose header, or what stands above it, names what is asked for."""
    header = whole(document, table.header)
    above = document.paragraphs[table.header].section[-1:] or (document.title,)
    if not any(_names(text, several.nouns) for text in (header.text, *above)):
        return None
    items = ItemCount(len(table.rows), min(len(table.rows), MOST_ITEMS))
    return Draft(
        way="list",
        rule="rows of a table",
        citations=cite_sentences(whole(document, index) for index in table.rows[: items.shown]),
        confidence=verdict.confidence,
        note=count_line(items.total, items.shown, reading.language),
        items=items,
        verdict=verdict,
    )


def _places(listed: Listed, top: Place) -> list[Place]:
    """The items' leads in order, with the best sentence among them where it is none; no place twice."""
    places = list(dict.fromkeys(item.lead for item in listed.items[:MOST_ITEMS]))
    if not any(place.start <= top.start and top.end <= place.end for place in places):
        places.append(top)
    return sorted(places, key=lambda place: place.start)


def _introduced(reading: Reading, several: Several, top: Place) -> Iterator[Listed]:
    """Yield the lists that follow the best sentence, where it says so or is their heading."""
    for listed in lists_after(top.document, top):
        # A sentence says that a list follows; a heading or an item's lead need only name what is asked for.
        says = introduces(top.text, len(listed.items)) or (_is_name(top) and _heads(top.text, several.nouns))
        if says and _fits(reading, listed):
            yield listed


def _around(reading: Reading, several: Several, top: Place) -> Iterator[Listed]:
    """Yield the lists that the best sentence stands in, the innermost first, where they are what is asked for."""
    for listed in lists_with(top.document, top):
        named = _is_named(listed, top.document.title, several.nouns)
        if named and _fits(reading, listed) and _is_general(reading.query, listed, top):
            yield listed


def _fits(reading: Reading, listed: Listed) -> bool:
    return reading.items is None or reading.items.number == len(listed.items)


def _is_name(top: Place) -> bool:
    """Tell a heading, the lead that opens a numbered paragraph, or an item of a few words."""
    paragraph = top.document.paragraphs[top.paragraph]
    if paragraph.level or (paragraph.opening is not None and paragraph.end - paragraph.start <= _LONGEST_NAME):
        return True
    return bool(paragraph.section) and top.start == paragraph.start and top.text.startswith(paragraph.section[-1])


def _is_named(listed: Listed, title: str, nouns: frozenset[str]) -> bool:
    """Tell whether what introduces a list, or stands right above it, names what is asked for."""
    if listed.intro is not None and _names(listed.intro.text, nouns):
        return True
    return _heads(listed.path[-1] if listed.path else _TITLE_TAIL.sub("", fold(title)), nouns)


def _heads(heading: str, nouns: frozenset[str]) -> bool:
    """Tell whether a heading is one for the nouns: it ends with one of them, or an English one stands in it."""
    folded = fold_plain(heading)
    return any(
        not is_han(noun) or _ENDS.match(folded, match.end())
        for noun in nouns
        for match in re.finditer(re.escape(noun), folded)
    )


def _repeats(query: Query, several: Several, listed: Listed, top: Place) -> bool:
    """Tell whether the best sentence, its title and headings helping, introduces the list in the question's words."""
    if not introduces(top.text, len(listed.items)) or not _names(top.text, several.nouns):
        return False
    if any(item.start <= top.start for item in listed.items):
        return False
    paragraph = top.document.paragraphs[top.paragraph]
    context = query.as_asked(fold("\n".join((top.document.title, *paragraph.section, plain(top.text)))))
    said = frozenset(runs(context))
    if any(word not in said for word in query.words):
        return False
    # "不需要提交哪些材料" shares every word with the introduction of those that are needed.
    if several.negations != negations(fold_plain(top.text)):
        return False
    return all(piece in context for piece in several.pieces)


def _names(text: str, nouns: frozenset[str]) -> bool:
    """Tell whether one of the nouns stands in ``text`` and no other noun takes its place there."""
    folded = fold_plain(text)
    return any(
        not _OTHER_HEAD.match(folded, match.end()) for noun in nouns for match in re.finditer(re.escape(noun), folded)
    )


def _is_general(query: Query, listed: Listed, top: Place) -> bool:
    """Tell whether the question is about the list, not about what one of its items alone says."""
    document = top.document
    intro = "" if listed.intro is None else listed.intro.text
    context = query.as_asked(fold("\n".join((document.title, *listed.path, intro))))
    texts = [query.as_asked(fold_plain(document.text[item.start : item.end])) for item in listed.items]
    own = next((text for item, text in zip(listed.items, texts, strict=True) if item.start <= top.start < item.end), "")
    special = [
        term
        for term in (*query.pairs, *query.words)
        if term in own and term not in context and 2 * sum(term in text for text in texts) <= len(texts)
    ]
    return len(special) <= 1
