"""Every place of some words in one document, to be gone through in the reading pane."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.pages import Box
from bot.structure.boxes import boxes_at
from bot.structure.occurrences import occurrences
from bot.types import Document, Text

MOST_FOUND = 1000


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place: a span of the text of the paragraph with this index; on its ``page`` it is where the ``boxes`` are."""

    paragraph: int
    start: int
    end: int
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """The places in order, and how many there are in all: of more than ``MOST_FOUND`` the first are given."""

    total: int
    places: tuple[FoundPlace, ...]


def find_in(document: Document, words: str, boxes: Sequence[Box]) -> FoundPlaces:
    """Return where some words stand in a document, compared as everywhere: width, case, traditional characters.

    ``boxes`` are those of the whole document. Where nothing is to be looked for, nothing is found.
    """
    words = words.strip()
    if not words:
        return FoundPlaces(0, ())
    text = Text(document.document_id, document.source, document.text)
    (found,) = occurrences([words], [text], MOST_FOUND, load=lambda _: document)
    places: list[FoundPlace] = []
    for spot in found.places:
        at = bisect_right(document.paragraphs, spot.start, key=lambda paragraph: paragraph.start) - 1
        if at < 0 or spot.end > document.paragraphs[at].end:
            continue  # between two paragraphs stand signs that are not shown
        start = document.paragraphs[at].start
        where = boxes_at(boxes, spot.start, spot.end) if boxes else ()
        places.append(
            FoundPlace(at, spot.start - start, spot.end - start, document.page_at(spot.start), where)
        )  # fmt: skip
    return FoundPlaces(found.total - len(found.places) + len(places), tuple(places))
