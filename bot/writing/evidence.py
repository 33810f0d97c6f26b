"""Which quotes a model is given: those of the answer, and what else was found to speak of it in their documents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers.citations import cite_places
from bot.answers.dating import with_years
from bot.documents.passages import split_sentences
from bot.structure.articles import with_places
from bot.structure.places import Load, Place
from bot.types import Answer, Citation, NotFoundError, TracedPassage
from bot.writing.chosen import MOST_QUOTES
from bot.writing.orders import without_orders

MOST_CHARACTERS = 6_000
"""Characters of all quotes of one request."""
_ENOUGH = 6
"""An answer of so many quotes is whole: nothing is added."""


def quotes_of(answer: Answer, load: Load) -> tuple[Citation, ...]:
    """Return what a model may write from: the answer's citations first, in their order, at most what one request holds.

    Further ones are the sentences of passages that were read and found to speak of the question, from the documents
    that the answer cites: others may be of another year or of another thing. They are numbered on.
    """
    return within(numbered_on(answer.citations, _further(answer, load)))


def cleared(citation: Citation) -> Citation:
    """Return a citation as a model is given it, and as it may carry a sentence: without what speaks to a model."""
    return replace(
        citation,
        quote=without_orders(citation.quote),
        title=without_orders(citation.title),
        section=tuple(map(without_orders, citation.section)),
        address=without_orders(citation.address or "") or None,
    )


def numbered_on(citations: Sequence[Citation], further: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return citations with further ones behind them, each with its paragraph's number; none comes twice."""
    numbers = {(c.document_id, c.paragraph): c.number for c in citations}
    spans = {(c.document_id, c.start, c.end) for c in citations}
    found = list(citations)
    for citation in further:
        if (citation.document_id, citation.start, citation.end) in spans:
            continue
        spans.add((citation.document_id, citation.start, citation.end))
        place = (citation.document_id, citation.paragraph)
        number = numbers.setdefault(place, max(numbers.values(), default=0) + 1)
        found.append(replace(citation, number=number))
    return tuple(found)


def within(citations: Sequence[Citation], most: int = MOST_QUOTES) -> tuple[Citation, ...]:
    """Return the first of them, as many as one request holds."""
    kept: list[Citation] = []
    room = MOST_CHARACTERS
    for citation in citations[:most]:
        room -= len(citation.quote)
        if kept and room < 0:
            break
        kept.append(citation)
    return tuple(kept)


def cited(places: Sequence[Place], load: Load) -> tuple[Citation, ...]:
    """Return places as citations with their addresses, pages and years; their numbers are to be given."""
    return with_years(with_places(cite_places(places), load), load)


def _further(answer: Answer, load: Load) -> tuple[Citation, ...]:
    if len(answer.citations) >= _ENOUGH:
        return ()
    documents = {citation.document_id for citation in answer.citations}
    # The logarithm of a share, beside what was read in context: over 0 is what speaks of the question.
    passages = [p for p in answer.trace.passages if p.evidence > 0 and p.document_id in documents]
    taken = [(c.document_id, c.start, c.end) for c in answer.citations]
    places = [
        place
        for passage in passages
        for place in _sentences(passage, load)
        if not any(d == passage.document_id and place.start < end and start < place.end for d, start, end in taken)
    ]
    return cited(places, load)


def _sentences(passage: TracedPassage, load: Load) -> Iterator[Place]:
    """Yield the sentences of a passage; none where its document has changed since."""
    try:
        document = load(passage.document_id)
    except NotFoundError:
        return
    if document.text[passage.start : passage.end] != passage.text or document.paragraphs[passage.paragraph].level:
        return
    for start, end in split_sentences(document.text, passage.start, passage.end):
        yield Place(document, passage.paragraph, start, end)
