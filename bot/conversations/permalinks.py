"""Where the words of a link stand now: in their place, elsewhere in the document, or nearest to what was cited.

A link names a document, a span and the first digits of the SHA-256 of the text that stood there. Where the text has
changed since, the words themselves help: they are known of every citation of a kept conversation.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from bot.documents.passages import split_sentences
from bot.storage.cited import CitedTable
from bot.structure.articles import cite_form
from bot.structure.places import Load
from bot.types import Document, NotFoundError, Paragraph, QuestionError, digest

State = Literal["same", "moved", "changed", "gone"]

ALIKE = 60.0
"""From this share of common characters in order on (per cent), a sentence is taken for what the cited one became.

The likest sentence of an unrelated policy document reaches 48 for one in a hundred sentences of 20 to 40 characters.
"""

_TARGET = re.compile(r"(?:(?:cite|near|card)-)?([^.]+)\.(\d{1,12})\.(\d{1,12})\.([0-9a-f]{8})")
_DAMAGED = ("This link is damaged; ask the question again.", "这个链接不完整，请重新提问。")


@dataclass(frozen=True, slots=True)
class Relocated:
    """A span of the present text.

    ``state``: "same" (the words stand in their place), "moved" (the very words stand elsewhere), "changed" (the nearest
    sentence), "gone" (nothing is like them, or they are not known: an empty span at the paragraph in their place).
    """

    start: int
    end: int
    state: State


@dataclass(frozen=True, slots=True)
class LinkedPlace:
    """A document with the place in it that a link leads to; ``cited`` are the words that it cited, where known."""

    document: Document
    place: Relocated
    cited: str | None

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph in which the place begins."""
        return paragraph_at(self.document, self.place.start)


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """Where a link leads: ``text`` stands at ``start``..``end`` now, ``cited`` is what was cited (None: not known).

    ``address`` is the place as a lawyer cites it, None outside numbered articles. ``state`` as in ``Relocated``.
    """

    document_id: str
    source: str
    title: str
    section: tuple[str, ...]
    address: str | None
    paragraph: int
    start: int
    end: int
    text: str
    cited: str | None
    state: State


def find_quote(document: Document, quote: str, start: int, end: int) -> Relocated:
    """Find ``quote``, which stood at ``start``..``end`` of an earlier text of ``document``."""
    text = document.text
    if text[start:end] == quote:
        return Relocated(start, end, "same")
    exact = [(found.start(), found.end()) for found in re.finditer(re.escape(quote), text)]
    if exact:
        return Relocated(*_nearest(exact, start), "moved")
    spans = list(_runs(document, len(quote)))
    alike = process.extract(quote, [text[a:b] for a, b in spans], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    if not alike:
        return _gone(document, start)
    best = max(score for _, score, _ in alike)
    return Relocated(*_nearest((spans[index] for _, score, index in alike if score == best), start), "changed")


def find_digest(document: Document, cited: str, start: int, end: int) -> Relocated:
    """Find the words of digest ``cited`` that stood at ``start``..``end`` of an earlier text of ``document``."""
    text, length = document.text, end - start
    if digest(text[start:end]) == cited:
        return Relocated(start, end, "same")
    begins = (a for p in document.paragraphs for a, _ in split_sentences(text, p.start, p.end))
    exact = [(a, a + length) for a in begins if digest(text[a : a + length]) == cited]
    return Relocated(*_nearest(exact, start), "moved") if exact else _gone(document, start)


def paragraph_at(document: Document, offset: int) -> Paragraph:
    """Return the paragraph that holds ``offset``, or else the one before it, or the first."""
    starts = [paragraph.start for paragraph in document.paragraphs]
    return document.paragraphs[max(bisect_right(starts, offset) - 1, 0)]


class Permalinks:
    """Opens links to citations, over the documents and the words that kept conversations cited."""

    def __init__(self, load: Load, cited: CitedTable) -> None:
        self._load = load
        self._cited = cited

    def find(self, target: str) -> LinkedPlace:
        """Find what a link (``<document_id>.<start>.<end>.<digest>``, with or without ``cite-``) leads to.

        Raises:
            QuestionError: it is no such link.
            NotFoundError: the document is not there; ``quote`` holds the words, where they are known.
        """
        parts = _TARGET.fullmatch(target)
        if parts is None:
            raise QuestionError(*_DAMAGED)
        document_id, start, end, cited = parts[1], int(parts[2]), int(parts[3]), parts[4]
        quote = self._cited.quote(document_id, start, end, cited)
        try:
            document = self._load(document_id)
        except NotFoundError as error:
            raise NotFoundError(
                "The document of this link is no longer here: add its file again under the same name to open it.",
                "链接所指的文档已被移除：请以同样的文件名重新添加，即可打开。",
                quote,
            ) from error
        if quote is None:
            place = find_digest(document, cited, start, end)
            quote = None if place.state == "gone" else document.text[place.start : place.end]
        else:
            place = find_quote(document, quote, start, end)
        return LinkedPlace(document, place, quote)

    def open(self, target: str) -> CitedPlace:
        """Return the place that a link leads to; see ``find``."""
        found = self.find(target)
        document, place, paragraph = found.document, found.place, found.paragraph
        return CitedPlace(
            document_id=document.document_id,
            source=document.source,
            title=document.title,
            section=paragraph.section,
            address=cite_form(document, paragraph.index),
            paragraph=paragraph.index,
            start=place.start,
            end=place.end,
            text=document.text[place.start : place.end],
            cited=found.cited,
            state=place.state,
        )


def _runs(document: Document, length: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences, and the runs of them within a paragraph of up to half as long again as ``length``."""
    for paragraph in document.paragraphs:
        spans = split_sentences(document.text, paragraph.start, paragraph.end)
        for first, (start, end) in enumerate(spans):
            yield start, end
            for _, further in spans[first + 1 :]:
                if further - start > length * 1.5:
                    break
                yield start, further


def _nearest(spans: Iterable[tuple[int, int]], start: int) -> tuple[int, int]:
    return min(spans, key=lambda span: abs(span[0] - start))


def _gone(document: Document, start: int) -> Relocated:
    place = paragraph_at(document, start).start
    return Relocated(place, place, "gone")
