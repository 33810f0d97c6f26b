"""Exact places in documents."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.documents.passages import split_sentences
from bot.types import Document

Load = Callable[[str], Document]
"""Gives a document by its id."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of ``document.text`` within one paragraph."""

    document: Document
    paragraph: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there."""
        return self.document.text[self.start : self.end]


def whole(document: Document, paragraph: int) -> Place:
    """Return a paragraph as a place."""
    found = document.paragraphs[paragraph]
    return Place(document, paragraph, found.start, found.end)


def sentences(place: Place) -> list[Place]:
    """Return the sentences of a place, each as a place."""
    spans = split_sentences(place.document.text, place.start, place.end)
    return [Place(place.document, place.paragraph, start, end) for start, end in spans]


def first_sentence(document: Document, paragraph: int) -> Place:
    """Return the first sentence of a paragraph; a paragraph without any, whole."""
    place = whole(document, paragraph)
    return next(iter(sentences(place)), place)
