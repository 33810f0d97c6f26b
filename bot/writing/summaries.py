"""Summing up a long document: by sections, and then from what carries them. No request holds more than a few quotes."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.structure.gist import central
from bot.structure.outlines import top
from bot.structure.places import Load, Place, sentences, whole
from bot.structure.sections import below
from bot.types import Answer, Citation, Document, Mode, NotFoundError
from bot.writing.chosen import MOST_QUOTES, SECTION_QUOTES
from bot.writing.evidence import cited

MOST_SECTIONS = 12
"""Requests that one summary makes at most, but for the last one; neighbours are put together where there are more."""
_LONG = 3_000
"""Characters from which on a document is summed up by sections."""
_SHORTEST = 6
_RUN = 40
"""Sentences that are a section of a document without any."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: its ``heading``, and sentences of it that stand for it."""

    heading: str
    quotes: tuple[Citation, ...]


def sections_of(answer: Answer, mode: Mode, load: Load) -> tuple[Section, ...]:
    """Return the sections by which an answer is to be written: none unless it is the summary of one long document."""
    if answer.trace.way != "summary" or mode == "table":
        return ()
    try:
        document = load(answer.citations[0].document_id)
    except NotFoundError:
        return ()
    if len(document.text) < _LONG:
        return ()
    parts = [(heading, places) for heading, places in _parts(document) if places]
    if len(parts) < 2 or sum(len(places) for _, places in parts) <= MOST_QUOTES:
        return ()
    return tuple(Section(heading, cited(central(places, SECTION_QUOTES), load)) for heading, places in _together(parts))


def _parts(document: Document) -> list[tuple[str, list[Place]]]:
    """Return the headings of the outermost sections with the sentences below each; of a document without, runs."""
    heads = top(document)
    if len(heads) > 1:
        return [
            (document.text[head.start : head.end].strip(), _body(document, (head.index, *below(document, head.index))))
            for head in heads
        ]
    body = _body(document, range(len(document.paragraphs)))
    return [("", body[at : at + _RUN]) for at in range(0, len(body), _RUN)]


def _body(document: Document, paragraphs: Sequence[int]) -> list[Place]:
    return [
        place
        for index in paragraphs
        if not document.paragraphs[index].level
        for place in sentences(whole(document, index))
        if len(place.text) >= _SHORTEST
    ]


def _together(parts: Sequence[tuple[str, list[Place]]]) -> list[tuple[str, list[Place]]]:
    """Return at most ``MOST_SECTIONS`` parts: neighbours are put together under the heading of the first."""
    size = -(-len(parts) // MOST_SECTIONS)
    runs = [parts[at : at + size] for at in range(0, len(parts), size)]
    return [(run[0][0], [place for _, places in run for place in places]) for run in runs]
