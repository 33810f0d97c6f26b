"""Exactness: evidence about another year, building or code than the question names is evidence of something else.

What a sentence speaks of is named in it, or before it in its paragraph, in a heading above it, or in the title; the
nearest of these that names any one of the series decides.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.documents.passages import split_sentences
from bot.evidence.judge import Evidence, RankedPassage, Verdict
from bot.language.designators import YEAR, Designator, designators, relative_years
from bot.language.folding import fold, fold_plain

PENALTY = 8.0
"""So far what speaks of another one stands behind the best of what does not."""
_MOST_OTHERS = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sentence stands to what a question names: ``other`` tells that it speaks of another one of a series.

    ``same`` tells that it speaks of the very one; of most sentences neither is so.
    """

    same: bool
    other: bool


def standing(named: Sequence[Designator], evidence: Evidence, sure: Collection[str] = ()) -> Standing:
    """Compare what a question names with what a sentence speaks of.

    Of the families in ``sure`` it must speak: one that does not is taken to speak of another one.
    """
    same = other = False
    for family in dict.fromkeys(one.family for one in named):
        wanted = [one for one in named if one.family == family]
        own = next(filter(None, ([d for d in level if d.family == family] for level in _levels(evidence))), [])
        met = [d for d in own if any(one.meets(d) for one in wanted)]
        # What is said of five years together is said of none of them.
        here = any(not (d.family == YEAR and d.bounded) for d in met)
        same = same or here
        other = other or (not here if family in sure else bool(own) and not met)
    return Standing(same and not other, other)


def hold_to(named: Sequence[Designator], verdict: Verdict, sure: Collection[str] = ()) -> Verdict:
    """Put what speaks of another one than the question names behind what does not; ``sure`` as for ``standing``.

    Where the best sentence does, and nothing that was found speaks of the one that is named, the question is not
    answered.
    """
    if not named or not verdict.sentences:
        return verdict
    stands = {(e.stored.passage_id, e.start): standing(named, e, sure) for e in verdict.sentences}

    def other(evidence: Evidence) -> bool:
        return stands[evidence.stored.passage_id, evidence.start].other

    # However much likelier it looks than the best of the rest.
    best = {flag: max((e.score for e in verdict.sentences if other(e) is flag), default=0.0) for flag in (True, False)}
    fall = PENALTY + max(0.0, best[True] - best[False])
    lowered = [replace(e, score=e.score - fall) if other(e) else e for e in verdict.sentences]
    elsewhere = {e.stored.passage_id for e in verdict.sentences} - {
        e.stored.passage_id for e in verdict.sentences if not other(e)
    }
    passages = [
        RankedPassage(stored, score - fall * (stored.passage_id in elsewhere)) for stored, score in verdict.passages
    ]
    missing = other(verdict.sentences[0]) and not any(stand.same for stand in stands.values())
    return replace(
        verdict,
        sentences=tuple(sorted(lowered, key=lambda e: -e.score)),
        passages=tuple(sorted(passages, key=lambda ranked: -ranked.score)),
        answered=verdict.answered and not missing,
        confidence=min(verdict.confidence, verdict.threshold / 2) if missing else verdict.confidence,
    )


class Missing(NamedTuple):
    """What a question names that no sentence speaks of, with the nearest others of its series, as they are written."""

    named: Designator
    others: tuple[str, ...]
    more: bool
    """Whether there are more of the series than ``others``."""


def missing(named: Sequence[Designator], sentences: Iterable[Evidence]) -> list[Missing]:
    """Return what a question names that no sentence speaks of, where others of its series are there."""
    spoken = [d for e in sentences for d in designators(fold_plain(e.text))]
    found: list[Missing] = []
    for one in named:
        series = sorted((d for d in spoken if d.family == one.family and d.text), key=lambda d: (d.first, d.last))
        if series and not any(one.meets(d) for d in series):
            there = sorted(dict.fromkeys(series), key=lambda d: abs(d.first[0] - one.first[0]))
            near = sorted(there[:_MOST_OTHERS], key=lambda d: (d.first, d.last))
            found.append(Missing(one, tuple(d.text.strip() for d in near), len(there) > len(near)))
    return found


def _levels(evidence: Evidence) -> Iterator[tuple[Designator, ...]]:
    """Yield what is named in the sentence, in those before it, nearest first, in headings, in title and file name."""
    passage, title = evidence.stored.passage, fold(f"{evidence.stored.title}\n{evidence.stored.source}")
    years = {d.first[0] for d in designators(title) if d.family == YEAR and d.single}
    year = next(iter(years)) if len(years) == 1 else None
    start = evidence.start - passage.start
    spans = split_sentences(passage.text, 0, len(passage.text))
    for begin, end in reversed([span for span in spans if span[0] <= start]):
        yield _named(fold_plain(passage.text[begin:end]), year)
    for heading in reversed(passage.section):
        yield _named(fold(heading), year)
    yield designators(title)


def _named(folded: str, year: int | None) -> tuple[Designator, ...]:
    return designators(folded) if year is None else (*designators(folded), *relative_years(folded, year))
