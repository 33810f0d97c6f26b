"""Questions about a document's structure, answered from its outline: its parts, and what one of them says."""

from collections.abc import Sequence

from bot.documents.markers import Kind
from bot.documents.openings import find_opening
from bot.language.folding import fold
from bot.language.titles import title_key
from bot.question.outline import LAST, OutlineRequest
from bot.structure.places import Load, Place, first_sentence, sentences, whole
from bot.types import Document, DocumentInfo, Paragraph

_KINDS = {
    "部分": Kind.PART, "part": Kind.PART, "编": Kind.PART, "篇": Kind.PART,
    "章": Kind.CHAPTER, "chapter": Kind.CHAPTER, "节": Kind.SECTION,
}  # fmt: skip
_STRICT = frozenset({"章", "节", "编", "chapter"})
"""Units that mean the division of that name alone; the others mean the numbered headings, whatever they are called."""
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
    below = _children(document, heading)
    if not below:
        path = _path(document, document.paragraphs[heading])
        below = [p for p in document.paragraphs[heading + 1 :] if p.section[: len(path)] == path]
    return [whole(document, heading), *(first_sentence(document, p.index) for p in below)]


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
    if asked.steps:
        return _part(asked, document)
    if asked.contents:
        headings = [p for p in document.paragraphs if p.level or (asked.deep and _is_lead(document, p))]
        return [first_sentence(document, p.index) for p in headings]
    top = _children(document, None)
    if asked.unit in _STRICT:
        top = [p for p in document.paragraphs if p.level and _rank(document, p) == _KINDS[asked.unit]]
    return [first_sentence(document, p.index) for p in top] if len(top) > 1 else []


def _part(asked: OutlineRequest, document: Document) -> list[Place]:
    """Go down the outline step by step; a division that is named ("第三章") is found wherever it stands."""
    at: int | None = None
    for unit, number in asked.steps:
        below = _children(document, at)
        if unit in _STRICT:
            inside = document.paragraphs if at is None else _under(document, at)
            below = [p for p in inside if p.level and _rank(document, p) == _KINDS[unit]]
        elif unit in _KINDS and any(_rank(document, p) == _KINDS[unit] for p in below):
            below = [p for p in below if _rank(document, p) == _KINDS[unit]]
        found = _pick(document, below, number)
        if found is None:
            return []
        at = found.index
    if at is None:
        return []
    if document.paragraphs[at].level:
        return contents(document, at)
    return sentences(whole(document, at)) if asked.full else [first_sentence(document, at)]


def _pick(document: Document, siblings: Sequence[Paragraph], number: int) -> Paragraph | None:
    """Return the sibling that bears the number, else the one that stands at it."""
    if number == LAST:
        return siblings[-1] if siblings else None
    openings = [(p, find_opening(document.text[p.start : p.end])) for p in siblings]
    for paragraph, opening in openings:
        if opening is not None and opening.number == number:
            return paragraph
    if any(opening is not None for _, opening in openings):
        return None
    return siblings[number - 1] if 0 < number <= len(siblings) else None


def _children(document: Document, heading: int | None) -> list[Paragraph]:
    """Return the headings and leads right under a heading, or those of the document, below its title."""
    path = () if heading is None else _path(document, document.paragraphs[heading])
    start = 0 if heading is None else heading + 1
    found: list[Paragraph] = []
    for paragraph in document.paragraphs[start:]:
        if paragraph.section[: len(path)] != path:
            break
        own = paragraph.section if paragraph.level else paragraph.section[:-1]
        if own == path and (paragraph.level or _is_lead(document, paragraph)):
            found.append(paragraph)
    headings = [p for p in found if p.level]
    if heading is None and headings:
        if len(headings) == 1 and fold(document.text[headings[0].start : headings[0].end]) == fold(document.title):
            return _children(document, headings[0].index)
        return headings
    return found


def _under(document: Document, heading: int) -> list[Paragraph]:
    path = _path(document, document.paragraphs[heading])
    return [p for p in document.paragraphs[heading + 1 :] if p.section[: len(path)] == path]


def _path(document: Document, paragraph: Paragraph) -> tuple[str, ...]:
    """Return the section path of what stands under a heading."""
    line = document.text[paragraph.start : paragraph.end]
    return (*paragraph.section, line) if paragraph.level else paragraph.section


def _is_lead(document: Document, paragraph: Paragraph) -> bool:
    """Tell a paragraph that opens with its own name: a lead phrase or an article's number."""
    section = paragraph.section
    return not paragraph.level and bool(section) and document.text.startswith(section[-1], paragraph.start)


def _rank(document: Document, paragraph: Paragraph) -> int:
    opening = find_opening(document.text[paragraph.start : paragraph.end])
    return -1 if opening is None else opening.rank
