"""How an answer was found."""

from collections.abc import Mapping

from bot.answers.contract import Draft
from bot.evidence.judge import Verdict
from bot.language.folding import fold
from bot.language.folding import terms as terms_of
from bot.question.reading import Reading
from bot.types import Trace, TracedPassage

_PASSAGES = 5


def trace(reading: Reading, draft: Draft) -> Trace:
    """Tell by which way and rule, by which words and from which passages a draft came; nothing is searched again."""
    verdict = draft.verdict
    synonyms = tuple((synonym.term, *synonym.same) for synonym in reading.query.synonyms)
    if verdict is None:
        terms = tuple((count.term, 1.0) for count in draft.term_counts)
        return Trace(draft.way, terms, rule=draft.rule, synonyms=synonyms)
    weighed = _weighed(reading, verdict.rarity)
    return Trace(draft.way, weighed, _passages(verdict), verdict.threshold, draft.rule, synonyms)


def _passages(verdict: Verdict) -> tuple[TracedPassage, ...]:
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
    return tuple(passages)


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
