"""How an answer was found, and why the passages shown with a refusal do not answer."""

from collections.abc import Mapping
from dataclasses import replace

from bot.documents.passages import indexed_text
from bot.evidence.judge import Verdict
from bot.language.folding import fold
from bot.language.folding import terms as terms_of
from bot.language.kinds import is_met
from bot.question.reading import Reading
from bot.types import Answer, Hit, Shortfall, Trace, TracedPassage, Way

_PASSAGES = 5
_KINDS = ("number", "date", "person", "place", "organisation")
"""Kinds of answer that are told by their form; a list or a reason can take any."""


def trace(reading: Reading, verdict: Verdict, way: Way) -> Trace:
    """Tell by which words and from which passages a verdict came; nothing is searched again.

    Args:
        reading: the question.
        verdict: with its candidates.
        way: which way answered.
    """
    of = {candidate.stored.passage_id: candidate for candidate in verdict.candidates}
    lexical = max((c.lexical for c in of.values()), default=0.0) or 1.0
    document = max((c.document for c in of.values()), default=0.0) or 1.0
    passages: list[TracedPassage] = []
    for stored, score in verdict.passages:
        candidate = of.get(stored.passage_id)
        if candidate is None or len(passages) == _PASSAGES:
            continue
        passage = stored.passage
        passages.append(
            TracedPassage(
                document_id=stored.document_id,
                title=stored.title,
                section=passage.section,
                paragraph=passage.paragraph,
                start=passage.start,
                end=passage.end,
                text=passage.text,
                lexical=round(candidate.lexical / lexical, 4),
                dense=round(candidate.dense, 4),
                document=round(candidate.document / document, 4),
                evidence=round(score, 4),
            )
        )
    return Trace(way, _weighed(reading, verdict.rarity), tuple(passages), verdict.threshold)


def explain(refusal: Answer, reading: Reading) -> Answer:
    """Say of each of a refusal's nearest passages why it falls short: by the words of its trace, rarest first."""
    by_weight = sorted(refusal.trace.terms, key=lambda term: -term[1])
    return replace(
        refusal, nearest=tuple(_fall_short(hit, reading, [word for word, _ in by_weight]) for hit in refusal.nearest)
    )


def _fall_short(hit: Hit, reading: Reading, words: list[str]) -> Hit:
    around = fold(indexed_text(hit.title, hit.section, hit.text))
    lacks = tuple(word for word in words if fold(word) not in around)
    kinds = [kind for kind in _KINDS if kind in reading.query.kinds]
    why: Shortfall = "weak"
    if lacks:
        why = "lacks_words"
    elif kinds and not any(is_met(kind, reading.query.folded, fold(hit.text)) for kind in kinds):
        why = "other_kind"
    return replace(hit, lacks=lacks, why=why)


def _weighed(reading: Reading, rarity: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the words of the question in order, each with the weight of the rarest search term in it.

    A word of several characters weighs what its pairs do: single characters are common in any text.
    """
    weighed: list[tuple[str, float]] = []
    for word in reading.content_words:
        known = [(term, rarity[term]) for term in terms_of(fold(word)) if term in rarity]
        longer = [weight for term, weight in known if len(term) > 1] or [weight for _, weight in known]
        weighed.append((word, round(max(longer, default=0.0), 4)))
    return tuple(weighed)
