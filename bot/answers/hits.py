"""Hits of a search: ranked passages, and in front of them the places that the question points at."""

from collections.abc import Sequence

from bot.answers.contract import Material
from bot.evidence.judge import Verdict
from bot.storage.store import StoredPassage
from bot.structure.articles import with_places
from bot.structure.places import Place
from bot.structure.resolving import MOST_PLACES
from bot.types import Hit


def rank_hits(material: Material, verdict: Verdict, limit: int) -> list[Hit]:
    """Return at most ``limit`` hits with their addresses, best first.

    Args:
        material: of the question that is searched for.
        verdict: the judged passages.
        limit: most hits.
    """
    places = material.focus.places or material.outline[:MOST_PLACES]
    hits = put_first(places, [as_hit(*ranked) for ranked in verdict.passages[:limit]])[:limit]
    return list(with_places(hits, material.load))


def as_hit(stored: StoredPassage, score: float) -> Hit:
    """Turn a ranked passage into a hit."""
    passage = stored.passage
    return Hit(
        document_id=stored.document_id,
        source=stored.source,
        title=stored.title,
        section=passage.section,
        paragraph=passage.paragraph,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=score,
    )


def put_first(places: Sequence[Place], hits: Sequence[Hit]) -> list[Hit]:
    """Return ``hits`` with the places in front, each paragraph of a document once, best first."""
    best = max((hit.score for hit in hits), default=0.0)
    first = [_as_hit(place, best + len(places) - rank) for rank, place in enumerate(places)]
    seen = {(hit.document_id, hit.paragraph) for hit in first}
    return first + [hit for hit in hits if (hit.document_id, hit.paragraph) not in seen]


def _as_hit(place: Place, score: float) -> Hit:
    document = place.document
    return Hit(
        document_id=document.document_id,
        source=document.source,
        title=document.title,
        section=document.paragraphs[place.paragraph].section,
        paragraph=place.paragraph,
        start=place.start,
        end=place.end,
        text=place.text,
        score=score,
    )
