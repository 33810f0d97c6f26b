"""A question that names a year, asked of what is of that year: there the year is not said, or said otherwise."""

from collections.abc import Callable, Sequence

from bot.evidence.exactness import standing
from bot.evidence.judge import Verdict
from bot.evidence.versions import version_year
from bot.language.designators import YEAR, Designator, relative_years
from bot.language.folding import fold
from bot.storage.store import StoredPassage

_FOREMOST = 12
"""Sentences, best first, among which one must be of the year that a question's 今年 or 去年 may mean."""
_WORDS = {0: "今年", -1: "过去一年"}
"""How a text of a year says that year, and the one before it."""


def meant_years(text: str, verdict: Verdict, this_year: int) -> tuple[Designator, ...]:
    """Return the years that 今年 and 去年 of a question mean, none where it has no such words.

    They are meant from the day of asking, and where nothing that was found is of such a year, from the year of the
    document that was found first.
    """
    folded, foremost = fold(text), verdict.sentences[:_FOREMOST]
    for year in (this_year, next((version_year(e.stored) for e in foremost), None)):
        meant = tuple(one for one in relative_years(folded, year) if one.single) if year is not None else ()
        if meant and any(standing(meant, evidence).same for evidence in foremost):
            return meant
    return ()


def of_the_year(named: Sequence[Designator], verdict: Verdict) -> list[str]:
    """Return the ids of the documents that have a sentence of the year that a question names, the likeliest first."""
    years = [one for one in named if one.family == YEAR]
    if not years:
        return []
    return list(dict.fromkeys(e.stored.document_id for e in verdict.sentences if standing(years, e).same))


def in_its_words(undated: str, named: Sequence[Designator], verdict: Verdict) -> Callable[[StoredPassage], str]:
    """Return what gives the words in which a passage is asked ``undated``: 今年 of a report of the year that is named.

    So are documents asked that speak so themselves.
    """
    speaking = {
        stored.document_id
        for stored, _ in verdict.passages
        if (year := version_year(stored)) is not None and relative_years(fold(stored.passage.text), year)
    }
    (asked,) = (one.first[0] for one in named if one.family == YEAR)

    def words(stored: StoredPassage) -> str:
        year = version_year(stored) if stored.document_id in speaking else None
        return undated if year is None else _WORDS.get(asked - year, "") + undated

    return words
