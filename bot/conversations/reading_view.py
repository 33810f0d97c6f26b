"""What is shown where a link leads: the part of the document around it with its outline, or a sentence's neighbours."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.conversations.finding import FoundPlaces, find_in
from bot.conversations.looks import PLAIN, Look, looks
from bot.conversations.page_view import shown_format
from bot.conversations.permalinks import Permalinks
from bot.documents.passages import split_sentences
from bot.language.folding import plain
from bot.pages import Box
from bot.structure.articles import article_keys, cite_form
from bot.structure.boxes import boxes_at
from bot.structure.imprints import UNNAMED, Imprint, find_imprint
from bot.structure.places import Load
from bot.structure.relocating import State, paragraph_at
from bot.types import Document, Paragraph, QuestionError, digest

_MOST = 200_000
"""Characters that are shown at a time; of a longer document, those around the paragraph that a link leads to."""
_BEGINS = 30
"""Characters of an article that its line of the outline shows."""
_PLACE = re.compile(r"(?:(?P<paragraph>\d{1,12})|p(?P<page>\d{1,12})|h(?P<heading>.+))?", re.ASCII | re.DOTALL)
"""What of a document a link names: a paragraph by its index, a page or slide by its number, a heading by its words."""
_BROKEN = QuestionError(
    "This link is damaged; open the document from the list.", "这个链接不完整，请从列表中打开文档。"
)


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph's text; ``level`` as in ``types.Paragraph``, ``recognised`` as in ``Citation``; how it ``looks``."""

    text: str
    level: int
    recognised: float | None = None
    look: Look = PLAIN


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A heading with the index of its paragraph in the document, and its page where there are such.

    An article has ``numbers``, by which it is asked for ("30", "三十"); where it is no heading, ``text`` is what it is
    called, and ``begins`` how its text begins.
    """

    text: str
    level: int
    paragraph: int
    page: int | None = None
    numbers: tuple[str, ...] = ()
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a paragraph's text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A document, opened where a link leads.

    ``paragraphs`` are those of the document (``total``) from index ``first`` on: all, or a part of a very long one.
    ``paragraph`` is the index in the document of the one that the link leads to (None: to the whole document),
    ``section`` and ``address`` are its own, ``mark`` is the cited sentence in it (None: nothing is marked). ``state``
    is that of ``Relocated``, ``cited`` the words that were cited, where they are known. ``outline`` lists the headings
    and articles of the whole document, ``imprint`` is what it says of who issued it, and when.

    ``pages`` counts those that can be shown as pictures, 0 where there are none; the link leads to ``page``, and
    ``boxes`` are where what is marked stands (without a mark, the paragraph). ``version`` is another one where the
    document is.
    """

    document_id: str
    source: str
    title: str
    section: tuple[str, ...]
    address: str | None
    paragraph: int | None
    first: int
    total: int
    paragraphs: tuple[ShownParagraph, ...]
    outline: tuple[OutlineLine, ...]
    mark: Mark | None = None
    state: State = "same"
    cited: str | None = None
    pages: int = 0
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    version: str = ""
    imprint: Imprint = UNNAMED


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A cited sentence between its neighbours, each "" where there is none; the other fields as in ``ReadingView``.

    ``page`` and ``recognised`` are those of the sentence, as in ``Citation``.
    """

    document_id: str
    source: str
    title: str
    section: tuple[str, ...]
    address: str | None
    paragraph: int
    before: str
    sentence: str
    after: str
    state: State
    cited: str | None
    page: int | None = None
    recognised: float | None = None


class Reader:
    """Opens documents where links lead. ``load`` gives a document by its id.

    Its methods raise NotFoundError where the document is not there (``quote`` holds the words, where they are known),
    and QuestionError where a link is none.
    """

    def __init__(self, load: Load, links: Permalinks, page_places: Callable[[str], tuple[int, list[Box]]]) -> None:
        self._load = load
        self._links = links
        self._page_places = page_places

    def view(self, target: str) -> ReadingView:
        """Open what a link of the page leads to.

        ``cite-`` or nothing before a citation's ``target`` marks the sentence, ``near-`` before a hit's does not;
        ``read-<document_id>`` names a document; behind it stand ``.`` and a paragraph's index in it, or ``p`` with the
        number of a page or slide, or ``h`` with the words of a heading or sheet; a heading that is not there is "gone".
        """
        kind, _, name = target.partition("-")
        if kind == "read":
            return self._read(name)
        found = self._links.find(target)
        place, paragraph = found.place, found.paragraph
        marked = kind != "near" and place.end > place.start
        mark = Mark(place.start - paragraph.start, min(place.end, paragraph.end) - paragraph.start) if marked else None
        view = replace(_view(found.document, paragraph), mark=mark, state=place.state, cited=found.cited)
        span = (place.start, place.end) if marked else (paragraph.start, paragraph.end)
        return self._with_page(view, found.document, *span)

    def find(self, document_id: str, words: str) -> FoundPlaces:
        """Return where some words stand in a document."""
        document = self._load(document_id)
        shown = shown_format(document.source) is not None
        return find_in(document, words, self._page_places(document_id)[1] if shown else ())

    def imprint(self, document_id: str) -> Imprint:
        """Return what a document says of its issuer and date."""
        return find_imprint(self._load(document_id))

    def sentence(self, target: str) -> SentenceView:
        """Return the sentence that a citation's ``target`` leads to, between its neighbours."""
        found = self._links.find(target)
        document, place, paragraph = found.document, found.place, found.paragraph
        return SentenceView(
            document_id=document.document_id,
            source=document.source,
            title=document.title,
            section=paragraph.section,
            address=cite_form(document, paragraph.index),
            paragraph=paragraph.index,
            before=_before(document, paragraph.index, place.start),
            sentence=document.text[place.start : place.end],
            after=_after(document, paragraph_at(document, max(place.end - 1, 0)).index, place.end),
            state=place.state,
            cited=found.cited,
            page=document.page_at(place.start),
            recognised=document.confidence_at(place.start, place.end),
        )

    def _read(self, name: str) -> ReadingView:
        document_id, _, place = name.partition(".")
        document = self._load(document_id)
        match = _PLACE.fullmatch(place)
        if match is None:
            raise _BROKEN
        index = _index(document, match)
        paragraph = None if index is None else document.paragraphs[index]
        start, end = (paragraph.start, paragraph.end) if paragraph and not match["page"] else (0, 0)
        view = self._with_page(_view(document, paragraph), document, start, end)
        if match["page"]:
            return replace(view, page=max(1, min(int(match["page"]), view.pages)), boxes=()) if view.pages else view
        return replace(view, state="gone") if match["heading"] and paragraph is None else view

    def _with_page(self, view: ReadingView, document: Document, start: int, end: int) -> ReadingView:
        """Add where a span stands on the pages, where these can be shown."""
        if shown_format(document.source) is None:
            return view
        pages, boxes = self._page_places(document.document_id)
        return replace(
            view, pages=pages, page=document.page_at(start), boxes=boxes_at(boxes, start, end),
            version=digest(document.text),
        )  # fmt: skip


def _index(document: Document, place: re.Match[str]) -> int | None:
    """Return the index of the paragraph that a place in a link names; None where it names none."""
    last = len(document.paragraphs) - 1
    if place["paragraph"]:
        return min(int(place["paragraph"]), last)
    if place["page"]:
        page = int(place["page"])
        return next((p.index for p in document.paragraphs if (document.page_at(p.end - 1) or page) >= page), last)
    name = plain(place["heading"] or "")
    return next(
        (p.index for p in document.paragraphs if p.level and plain(document.text[p.start : p.end]) == name), None
    )


def _view(document: Document, paragraph: Paragraph | None) -> ReadingView:
    text = document.text
    shown = _around(document, paragraph.start if paragraph else 0)
    return ReadingView(
        document_id=document.document_id,
        source=document.source,
        title=document.title,
        section=paragraph.section if paragraph else (),
        address=cite_form(document, paragraph.index) if paragraph else None,
        paragraph=paragraph.index if paragraph else None,
        first=shown[0].index,
        total=len(document.paragraphs),
        paragraphs=tuple(
            ShownParagraph(text[p.start : p.end], p.level, document.confidence_at(p.start, p.end), look)
            for p, look in zip(shown, looks(document, shown), strict=True)
        ),
        outline=tuple(_outline(document)),
        imprint=find_imprint(document),
    )


def _outline(document: Document) -> Iterator[OutlineLine]:
    """Yield the headings and the articles; an article that is no heading stands one below the heading above it."""
    above = 0
    for paragraph in document.paragraphs:
        numbers = article_keys(paragraph)
        line = document.text[paragraph.start : paragraph.end]
        page = document.page_at(paragraph.start)
        if paragraph.level:
            above = paragraph.level
            yield OutlineLine(line, above, paragraph.index, page, numbers)
        elif numbers and paragraph.opening:
            name, rest = line[: paragraph.opening.length].rstrip(), line[paragraph.opening.length :].lstrip()
            yield OutlineLine(name, above + 1, paragraph.index, page, numbers, plain(rest)[:_BEGINS])


def _around(document: Document, middle: int) -> Sequence[Paragraph]:
    """Return the paragraphs that begin within the part of the text that is shown; ``middle`` begins one of them."""
    low = max(0, min(middle - _MOST // 2, len(document.text) - _MOST))
    return [p for p in document.paragraphs if low <= p.start < low + _MOST]


def _before(document: Document, index: int, offset: int) -> str:
    """Return the sentence that ends before ``offset``, in an earlier paragraph than ``index`` if need be; else ""."""
    for paragraph in reversed(document.paragraphs[: index + 1]):
        for start, end in reversed(split_sentences(document.text, paragraph.start, paragraph.end)):
            if end <= offset:
                return document.text[start:end]
    return ""


def _after(document: Document, index: int, offset: int) -> str:
    """Return the sentence that begins after ``offset``, in a later paragraph than ``index`` if need be; else ""."""
    for paragraph in document.paragraphs[index:]:
        for start, end in split_sentences(document.text, paragraph.start, paragraph.end):
            if start >= offset:
                return document.text[start:end]
    return ""
