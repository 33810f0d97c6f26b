"""Of two versions of one document the newer one answers, unless the question names a version."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from bot.evidence.judge import Evidence, Verdict
from bot.language.designators import YEAR, Designator, designators
from bot.language.folding import fold
from bot.language.titles import title_key
from bot.storage.store import StoredPassage

_STATED = re.compile(r"\d{4}|修订|修正|修改|试行|暂行|最新|新|旧|[年版稿本度()〔〕\[\]_-]|\.\w{1,5}$")
"""What of a title tells versions of one document apart."""
_ALIKE = 0.6
"""Share of common characters in order from which two sentences of two versions say the same thing."""
_LOOKED_AT = 3
"""Sentences, best first, whose newer version is looked for."""


@dataclass(frozen=True, slots=True)
class Versioned:
    """A verdict in which newer versions stand before older ones.

    ``older`` is the sentence of an older version that says otherwise than the first one, None where none was found.
    """

    verdict: Verdict
    older: Evidence | None = None


def prefer_newer(named: Sequence[Designator], verdict: Verdict) -> Versioned:
    """Put before each of the best sentences the one that a newer version of its document has in its place."""
    if any(one.family == YEAR for one in named):
        return Versioned(verdict)
    sentences = list(verdict.sentences)
    for place in range(min(_LOOKED_AT, len(sentences))):
        old = sentences[place]
        new = _newer(old, sentences[place + 1 :])
        if new is not None:
            sentences.remove(new)
            sentences.insert(place, replace(new, score=old.score))
    if not sentences:
        return Versioned(verdict)
    older = _older(sentences[0], sentences[1:])
    if sentences[0].stored == verdict.sentences[0].stored:
        return Versioned(verdict, older)
    first = sentences[0].stored.passage_id
    passages = sorted(verdict.passages, key=lambda ranked: ranked.stored.passage_id != first)
    return Versioned(replace(verdict, sentences=tuple(sentences), passages=tuple(passages)), older)


def version_year(stored: StoredPassage) -> int | None:
    """Return the one year that a document's title, or the name of its file, gives it."""
    return version_of(stored.title, stored.source)[1]


def are_versions(one: StoredPassage, other: StoredPassage) -> bool:
    """Tell whether two passages are of two versions of one document."""
    (name, year), (other_name, other_year) = version_of(one.title, one.source), version_of(other.title, other.source)
    return None not in (year, other_year) and year != other_year and name == other_name


def _newer(old: Evidence, others: Sequence[Evidence]) -> Evidence | None:
    """Return the likeliest sentence of the newest later version of its document that says what ``old`` says."""
    alike = [found for found in _alike(old, others) if found[0] > 0]
    return max(alike, key=lambda found: found[:2])[2] if alike else None


def _older(new: Evidence, others: Sequence[Evidence]) -> Evidence | None:
    """Return what the version before has in the place of ``new``; None where it has the very same words, or nothing."""
    alike = [found for found in _alike(new, others) if found[0] < 0]
    older = max(alike, key=lambda found: found[:2])[2] if alike else None
    return older if older is not None and fold(older.text) != fold(new.text) else None


def _alike(one: Evidence, others: Sequence[Evidence]) -> Iterator[tuple[int, float, Evidence]]:
    """Yield the sentences of other versions that say what ``one`` says: how many years later, and how alike."""
    name, year = version_of(one.stored.title, one.stored.source)
    if year is None:
        return
    for other in others:
        own_name, own_year = version_of(other.stored.title, other.stored.source)
        if own_year is not None and own_year != year and own_name == name:
            ratio = SequenceMatcher(None, one.text, other.text, autojunk=False).ratio()
            if ratio >= _ALIKE:
                yield own_year - year, ratio, other


@lru_cache(maxsize=1024)
def version_of(title: str, source: str) -> tuple[str, int | None]:
    """Return a document's name without its version, and the one year of it."""
    for text in (title, source.rpartition("/")[2]):
        years = {one.first[0] for one in designators(fold(text)) if one.family == YEAR and one.single}
        if len(years) == 1:
            return title_key(_STATED.sub("", fold(text))), years.pop()
    return title_key(title), None
