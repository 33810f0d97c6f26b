"""What the reading pane shows for a link: the document, its outline, and where the cited sentence stands."""

from typing import Any

from bot.conversations.permalinks import Found, paragraph_at
from bot.documents.passages import split_sentences
from bot.engine import Bot
from bot.structure.articles import cite_form
from bot.types import Document, NotFoundError, Paragraph, QuestionError, YoujuError

Json = dict[str, Any]

_MOST = 200_000
"""Characters that are shown at a time; of a longer document, those around the cited paragraph."""


def source_of(bot: Bot, target: str) -> Json:
    """Return what a link leads to, as JSON.

    ``cite-…``, ``near-…`` (a citation's or hit's place) and ``read-<document_id>[.<paragraph>]`` give the document:
    ``paragraphs`` hold ``text`` and ``level``; ``at`` is the place of the cited one in that list, ``from``/``to`` the
    cited sentence in it (code points, equal where nothing is marked). ``state`` is that of ``Relocated``: ``changed``
    where the words no longer stand there, ``moved`` where they stand elsewhere. ``quote`` holds the words cited, where
    known. ``outline`` lists all headings: ``level``, ``text``, their place in ``paragraphs`` (``at``, None where that
    part is not there) and in the document (``paragraph``). ``cut``: only the part around the citation is there.

    ``card-…`` gives the cited ``sentence`` with the one ``before`` and ``after``.

    An error is ``{"error": {"zh": ..., "en": ...}, "quote": ...}``.
    """
    kind, _, name = target.partition("-")
    try:
        if kind == "read":
            return _read(bot, name)
        found = bot.links.find(name)
    except YoujuError as error:
        quote = error.quote if isinstance(error, NotFoundError) else None
        return {"error": {"zh": error.zh, "en": error.en}, "quote": quote}
    return _card(found) if kind == "card" else _cited(found, marked=kind == "cite")


def _read(bot: Bot, name: str) -> Json:
    document_id, _, number = name.partition(".")
    document = bot.document(document_id)
    if not number:
        return _shown(document, None)
    if not number.isascii() or not number.isdigit():
        raise QuestionError(
            "This link is damaged; open the document from the list.", "这个链接不完整，请从列表中打开文档。"
        )
    last = len(document.paragraphs) - 1
    return _shown(document, document.paragraphs[min(int(number[:12]), last)])


def _cited(found: Found, *, marked: bool) -> Json:
    place, paragraph = found.place, found.paragraph
    shown = _shown(found.document, paragraph) | _state(found)
    if marked and place.end > place.start:
        shown["from"] = place.start - paragraph.start
        shown["to"] = min(place.end, paragraph.end) - paragraph.start
    return shown


def _state(found: Found) -> Json:
    state = found.place.state
    return {"state": state, "changed": state in ("changed", "gone"), "moved": state == "moved", "quote": found.cited}


def _shown(document: Document, paragraph: Paragraph | None) -> Json:
    shown = _around(document, paragraph.start if paragraph else 0)
    first = shown[0].index
    inside = range(first, first + len(shown))
    return {
        **_place(document, paragraph),
        "document_id": document.document_id,
        "source": document.source,
        "number": paragraph.index + 1 if paragraph else None,
        "total": len(document.paragraphs),
        "paragraphs": [{"text": document.text[p.start : p.end], "level": p.level} for p in shown],
        "at": paragraph.index - first if paragraph else None,
        "from": 0,
        "to": 0,
        "state": "same",
        "changed": False,
        "moved": False,
        "quote": None,
        "outline": [
            {
                "level": p.level,
                "text": document.text[p.start : p.end],
                "at": p.index - first if p.index in inside else None,
                "paragraph": p.index,
            }
            for p in document.paragraphs
            if p.level
        ],
        "cut": len(shown) < len(document.paragraphs),
    }


def _place(document: Document, paragraph: Paragraph | None) -> Json:
    return {
        "title": document.title,
        "section": list(paragraph.section) if paragraph else [],
        "address": cite_form(document, paragraph.index) if paragraph else None,
    }


def _around(document: Document, middle: int) -> list[Paragraph]:
    """Return the paragraphs that begin within the part of the text that is shown; ``middle`` begins one of them."""
    low = max(0, min(middle - _MOST // 2, len(document.text) - _MOST))
    return [p for p in document.paragraphs if low <= p.start < low + _MOST]


def _card(found: Found) -> Json:
    document, place, paragraph = found.document, found.place, found.paragraph
    return {
        **_place(document, paragraph),
        **_state(found),
        "document_id": document.document_id,
        "source": document.source,
        "paragraph": paragraph.index,
        "before": _neighbour(document, paragraph.index, place.start, before=True),
        "sentence": document.text[place.start : place.end],
        "after": _neighbour(document, paragraph_at(document, max(place.end - 1, 0)).index, place.end, before=False),
    }


def _neighbour(document: Document, index: int, offset: int, *, before: bool) -> str:
    """Return the sentence that ends before or begins after ``offset``, in the next paragraph if need be; else ""."""
    step = -1 if before else 1
    while 0 <= index < len(document.paragraphs):
        paragraph = document.paragraphs[index]
        spans = split_sentences(document.text, paragraph.start, paragraph.end)
        if beyond := [span for span in spans if (span[1] <= offset if before else span[0] >= offset)]:
            start, end = beyond[-1 if before else 0]
            return document.text[start:end]
        index += step
    return ""
