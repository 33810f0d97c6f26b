"""The answer, and the hits, that are made of exact places."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers.citations import quoting
from bot.evidence.judge import Verdict
from bot.structure.places import Place, sentences
from bot.types import Answer, Citation, Hit, ItemCount


def quote(question: str, query: str, places: Iterable[Place], note: str = "", items: ItemCount | None = None) -> Answer:
    """Answer with every sentence of ``places``, verbatim and in the order given.

    Args:
        question: as typed.
        query: as searched.
        places: at least one.
        note: a line that is no quotation, put in front.
        items: the numbers in it, where it tells how many there are and are shown.
    """
    found = [sentence for place in places for sentence in sentences(place)]
    citations = tuple(
        Citation(
            number=number,
            document_id=place.document.document_id,
            source=place.document.source,
            title=place.document.title,
            section=place.document.paragraphs[place.paragraph].section,
            paragraph=place.paragraph,
            start=place.start,
            end=place.end,
            quote=place.text,
        )
        for number, place in enumerate(found, 1)
    )
    return quoting(question, query, citations, note=note, items=items)


def put_first(places: Sequence[Place], hits: Sequence[Hit]) -> list[Hit]:
    """Return ``hits`` with the places in front, each paragraph of a document once, best first."""
    best = max((hit.score for hit in hits), default=0.0)
    first = [_as_hit(place, best + len(places) - rank) for rank, place in enumerate(places)]
    seen = {(hit.document_id, hit.paragraph) for hit in first}
    return first + [hit for hit in hits if (hit.document_id, hit.paragraph) not in seen]


def prefer(verdict: Verdict, places: Sequence[Place]) -> Verdict:
    """Return the verdict with what stands in the paragraphs of ``places`` in front; the confidence stays."""
    paragraphs = {(place.document.document_id, place.paragraph) for place in places}
    return replace(
        verdict,
        passages=tuple(
            sorted(verdict.passages, key=lambda p: (p[0].document_id, p[0].passage.paragraph) not in paragraphs)
        ),
        sentences=tuple(
            sorted(
                verdict.sentences, key=lambda e: (e.stored.document_id, e.stored.passage.paragraph) not in paragraphs
            )
        ),
    )


def _as_hit(place: Place, score: float) -> Hit:
    document = place.document
    section = document.paragraphs[place.paragraph].section
    return Hit(
        document_id=document.document_id,
        source=document.source,
        title=document.title,
        section=section,
        paragraph=place.paragraph,
        start=place.start,
        end=place.end,
        text=place.text,
        score=score,
    )
