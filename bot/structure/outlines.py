"""Questions about a document's structure, answered from its outline: its parts, and what one of them says."""

import re
from collections.abc import Sequence

from bot.language.folding import fold
from bot.language.titles import title_key
from bot.question.outline import LAST, OutlineRequest
from bot.structure.places import Load, Place, first_sentence, sentences, whole
from bot.structure.sections import below, children, named
from bot.tree import Kind
from bot.types import Document, DocumentInfo, Paragraph

_KINDS = {
    "部分": Kind.PART, "part": Kind.PART, "编": Kind.PART, "篇": Kind.PART,
    "章": Kind.CHAPTER, "chapter": Kind.CHAPTER, "节": Kind.SECTION,
}  # fmt: skip
_STRICT = frozenset({"章", "节", "编", "chapter"})
"""Units that mean the division of that name alone; the others mean the numbered headings, whatever they are called."""
_ARTICLES = frozenset({"条", "条款"})
_NUMBERED = (Kind.HAN, Kind.DIGIT, Kind.DECIMAL)
_MOST_DOCUMENTS = 3


def answer_outline(request: OutlineRequest, infos: Sequence[DocumentInfo], load: Load) -> list[Place] | None:
    """Answer a question about structure with headings and what stands under them, in order.

    Args:
        request: what is asked for.
        infos: the documents in scope; one is chosen by the words of its title, else by what it is called ("条例").
        load: gives a document by its id.

    Returns:
        None where none of at most three documents meant has such a part.
    """
    chosen = _meant(request, infos)
    if len(chosen) > _MOST_DOCUMENTS:
        return None
    return [place for info in chosen for place in _answer(request, load(info.document_id))] or None


def contents(document: Document, heading: int) -> list[Place]:
    """Return a heading and the openings of what is under it: sub-headings and leads, else first sentences."""
    inside = [p.index for p in children(document, heading)] or below(document, heading)
    return [whole(document, heading), *(first_sentence(document, index) for index in inside)]


def _meant(request: OutlineRequest, infos: Sequence[DocumentInfo]) -> list[DocumentInfo]:
    """Return the documents that the question is about: by name those with the shortest title that holds it."""
    titles = [(title_key(info.title), info) for info in infos]
    if request.names:
        held = [(len(title), info) for title, info in titles if any(name in title for name in request.names)]
        shortest = min((size for size, _ in held), default=0)
        return [info for size, info in held if size == shortest]
    called = [info for title, info in titles if request.kind and request.kind in title]
    return called or [info for _, info in titles]


def _answer(asked: OutlineRequest, document: Document) -> list[Place]:
    if asked.dotted:
        return _numbered(asked, document)
    if asked.steps:
        return _part(asked, document)
    if asked.contents:
        headings = [p for p in document.paragraphs if p.level or (asked.deep and p.lead)]
        return [first_sentence(document, p.index) for p in headings]
    parts = top(document)
    if asked.unit in _STRICT:
        parts = _divisions(document, asked.unit)
    elif asked.unit in _ARTICLES:
        # What counts its articles is a law or the like; of another text the points are meant.
        parts = [p for p in document.paragraphs if p.opening and p.opening.rank == Kind.ARTICLE] or parts
    return [first_sentence(document, p.index) for p in parts] if len(parts) > 1 else []


def _numbered(asked: OutlineRequest, document: Document) -> list[Place]:
    """Return what stands under the heading, or in the paragraph, that begins with a number such as 3.1.2."""
    number = re.compile(rf"第?\s*{re.escape(asked.dotted)}(?![\d%]|\.\d)")
    for paragraph in document.paragraphs:
        opening = paragraph.opening
        marked = opening is not None and Kind.DECIMAL <= opening.rank < Kind.DIGIT_BRACKET
        place = whole(document, paragraph.index)
        if (marked or paragraph.level) and number.match(fold(place.text)):
            return contents(document, paragraph.index) if paragraph.level else sentences(place)
    return []


def _part(asked: OutlineRequest, document: Document) -> list[Place]:
    """Go down the outline step by step; a division that is named ("第三章") is found wherever it stands."""
    at: int | None = None
    for unit, number in asked.steps:
        parts = top(document) if at is None else children(document, at)
        if unit in _STRICT:
            inside = range(len(document.paragraphs)) if at is None else below(document, at)
            parts = [p for p in _divisions(document, unit) if p.index in inside]
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


def _divisions(document: Document, unit: str) -> list[Paragraph]:
    """Return the divisions of a name; of a text that names none so, its numbered outermost parts are its chapters."""
    named_so = [p for p in document.paragraphs if p.level and _rank(p) == _KINDS[unit]]
    if named_so or _KINDS[unit] != Kind.CHAPTER:
        return named_so
    parts = [p for p in top(document) if p.level and p.opening is not None and p.opening.number is not None]
    return parts if all(_rank(p) in _NUMBERED for p in parts) else []


def _pick(siblings: Sequence[Paragraph], number: int) -> Paragraph | None:
    """Return the sibling that bears the number, else the one that stands at it."""
    if number == LAST:
        return siblings[-1] if siblings else None
    numbers = [p.opening.number if p.opening else None for p in siblings]
    if number in numbers:
        return siblings[numbers.index(number)]
    if any(known is not None for known in numbers):
        return None
    return siblings[number - 1] if 0 < number <= len(siblings) else None


def top(document: Document) -> list[Paragraph]:
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
