"""Where the words of a link stand now: in their place, elsewhere in the document, or nearest to what was cited.

A link names a document, a span and the first digits of the SHA-256 of the text that stood there. Where the text has
changed since, the words themselves help: they are known of every citation of a kept conversation.
"""

import re
from dataclasses import dataclass

from bot.storage.cited import CitedTable
from bot.structure.articles import cite_form
from bot.structure.places import Load
from bot.structure.relocating import Relocated, State, find_digest, find_quote, paragraph_at
from bot.types import Document, NotFoundError, Paragraph, QuestionError

_TARGET = re.compile(r"(?:(?:cite|near|card)-)?([^.]+)\.(\d{1,12})\.(\d{1,12})\.([0-9a-f]{8})")
_DAMAGED = ("This link is damaged; ask the question again.", "这个链接不完整，请重新提问。")


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
