"""The numbered lists of a document: which items follow one another, what introduces them, what stands above them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language.folding import fold_plain
from bot.language.lexicon import ENGLISH_NUMERALS, any_of
from bot.language.numerals import NUMBER, numeral
from bot.structure.places import Place, first_sentence, sentences, whole
from bot.structure.sections import section_of
from bot.tree import ANY, ItemList
from bot.types import Document, Language, Paragraph

_COUNTED = re.compile(
    rf"(?<![第\d])(?P<han>{NUMBER})(?:个|大|项|种|条|点|类|方面|步)|\b(?P<english>{any_of(ENGLISH_NUMERALS)})\b"
)
_OPEN = re.compile(r"[:：][”」』]?$|如下|以下|下列|下述|\b(?:the )?following\b|as follows")
_FEWEST = 2
_LONGEST_LEAD, _LONGEST_ITEM = 16, 240
_FIRST = 12
_LONGEST_NAME = 40
_IN_STEPS = re.compile(r"首先|第[一1]步|step 1|first,|firstly,")
_POINT = re.compile(r"一[是要]")
_STEPS = re.compile(r"步骤|流程|程序|\b(?:steps|procedure|process|how to)\b")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: ``lead`` is its opening sentence or heading; ``start`` to ``end`` is all that belongs to it."""

    lead: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of at least two items in document order.

    ``intro`` is the sentence before the first item that says that items follow ("要抓好以下工作："), if there is one;
    ``path`` holds the headings above, outermost first.
    """

    intro: Place | None
    path: tuple[str, ...]
    items: tuple[Item, ...]


def said_of(document: Document, item: Item) -> Place:
    """Return what is cited of an item: its lead, or all of a short one whose lead is a mere name ("（二）审核。")."""
    text = document.text[item.start : item.end].rstrip()
    lead = item.lead.end - item.lead.start
    if lead > _LONGEST_LEAD or len(text) > _LONGEST_ITEM or "\n" in text:
        return item.lead
    return Place(document, item.lead.paragraph, item.start, item.start + len(text))


def lists_with(document: Document, place: Place) -> Iterator[Listed]:
    """Yield the lists that have ``place`` in one of their items, the innermost first."""
    for listed in _inside(document, place.paragraph):
        if any(item.start < place.end and place.start < item.end for item in listed.items):
            yield listed
    runs = _runs(document)
    seen: set[str] = set()
    for index in range(place.paragraph, -1, -1):
        opening = document.paragraphs[index].opening
        if opening is None or not opening.series or opening.series in seen:
            continue
        seen.add(opening.series)
        run = _run(document, index, runs)
        if run is not None and run.items[0].start <= place.start < run.items[-1].end:
            yield run


def lists_after(document: Document, place: Place) -> Iterator[Listed]:
    """Yield the lists that stand right behind ``place`` or under it: the rest of its paragraph, the next ones."""
    for listed in _inside(document, place.paragraph):
        if listed.items[0].lead.start <= place.start <= listed.items[0].start or (
            listed.intro is not None and listed.intro.start <= place.start < listed.intro.end
        ):
            yield listed
    section = section_of(document, place.paragraph)
    if section is None:
        at = place.paragraph + 1
        if at < len(document.paragraphs) and _may_begin(document.paragraphs[at]):
            run = _run(document, at, _runs(document))
            if run is not None and run.items[0].start == document.paragraphs[at].start:
                yield run
        return
    runs = _runs(document)
    for index in range(section.first + 1, section.end):
        paragraph = document.paragraphs[index]
        if _may_begin(paragraph) and len(paragraph.parent) == section.level:
            run = _run(document, index, runs)
            if run is not None and run.items[0].start == paragraph.start:
                yield run
                return
    if len(section.children) >= _FEWEST:
        path = (*document.paragraphs[section.first].section, section.heading)
        yield _listed(document, [child.first for child in section.children], path)


def steps_at(document: Document, index: int) -> Iterator[Listed]:
    """Yield the lists of steps in a paragraph, around it or right behind it.

    Steps are told by their words ("首先", "第一步"), or by what stands above: "申请流程".
    """
    place = whole(document, index)
    for listed in (*_inside(document, index), *lists_with(document, place), *lists_after(document, place)):
        before = listed.items[0].lead.paragraph - 1
        above = [*listed.path[-1:], listed.intro.text if listed.intro else ""]
        above += [whole(document, before).text] if before >= 0 else [document.title]
        # Headings that follow one another are parts of a text, not steps.
        text = not document.paragraphs[listed.items[0].lead.paragraph].level
        named = text and any(len(line) <= _LONGEST_NAME and _STEPS.search(fold_plain(line)) for line in above)
        if calls_itself_steps(document, listed) or (named and not _POINT.match(_opens(document, listed))):
            yield listed


def calls_itself_steps(document: Document, listed: Listed) -> bool:
    """Tell whether the items of a list are steps by their own words: "首先", "第一步"."""
    return _IN_STEPS.match(_opens(document, listed)) is not None


def _opens(document: Document, listed: Listed) -> str:
    start = listed.items[0].start
    return fold_plain(document.text[start : start + _FIRST])


def introduces(text: str, number: int) -> bool:
    """Tell whether a sentence says that a list follows: by a colon, by "如下", or by the ``number`` of its items."""
    folded = fold_plain(text.strip())
    return _OPEN.search(folded) is not None or any(
        number == (ENGLISH_NUMERALS.index(match["english"]) + 2 if match["english"] else numeral(match["han"]))
        for match in _COUNTED.finditer(folded)
    )


def count_line(total: int, shown: int, language: Language) -> str:
    """Say how many items there are and how many of them are shown."""
    if language == "zh":
        return f"共 {total} 项，全部列出。" if shown == total else f"共 {total} 项，显示 {shown} 项。"
    return f"{total} items, all listed." if shown == total else f"{total} items, {shown} shown."


def _may_begin(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph may be the first item of a list."""
    opening = paragraph.opening
    return opening is not None and bool(opening.series) and opening.place in (1, ANY)


def _runs(document: Document) -> dict[int, ItemList]:
    """Return the lists whose items open paragraphs, by the index of each of these."""
    return {index: known for known in document.lists if not known.inside for index in known.paragraphs}


def _run(document: Document, index: int, runs: Mapping[int, ItemList]) -> Listed | None:
    """Return the list that the paragraph at ``index`` opens an item of."""
    run = runs.get(index)
    return None if run is None else _listed(document, run.paragraphs, document.paragraphs[index].parent)


def _listed(document: Document, indices: Sequence[int], path: tuple[str, ...]) -> Listed:
    paragraphs = [document.paragraphs[index] for index in indices]
    section = section_of(document, indices[-1])
    last = document.paragraphs[section.end - 1] if section else paragraphs[-1]
    ends = [*(paragraph.start for paragraph in paragraphs[1:]), last.end]
    items = tuple(
        Item(first_sentence(document, paragraph.index), paragraph.start, end)
        for paragraph, end in zip(paragraphs, ends, strict=True)
    )
    intro = None
    if indices[0] and not document.paragraphs[indices[0] - 1].level:
        said = sentences(whole(document, indices[0] - 1))
        intro = said[-1] if said and introduces(said[-1].text, len(items)) else None
    return Listed(intro, path, items)


def _inside(document: Document, index: int) -> Iterator[Listed]:
    """Yield the lists whose items are parts of one paragraph ("一是…。二是…。"), in order."""
    inside = [known for known in document.lists if known.inside and known.paragraphs[0] == index]
    said = sentences(whole(document, index)) if inside else []
    for known in inside:
        yield _of_sentences(document, index, known.starts, said)


def _of_sentences(document: Document, index: int, starts: Sequence[int], said: Sequence[Place]) -> Listed:
    leads = [next(sentence for sentence in said if start < sentence.end) for start in starts]
    ends = [*starts[1:], leads[-1].end]
    items = tuple(Item(lead, start, end) for lead, start, end in zip(leads, starts, ends, strict=True))
    before = [sentence for sentence in said if sentence.start < starts[0]]
    intro = before[-1] if before and introduces(document.text[before[-1].start : starts[0]], len(items)) else None
    return Listed(intro, document.paragraphs[index].section, items)
