"""Questions for the items of a term that says how many there are: "“三种颜色”是哪三种？"."""

import re
from dataclasses import dataclass

from bot.language.lexicon import DIGITS, ENGLISH_NUMERALS, MYRIADS, TENS, TWO, WHAT, WHICH, WHICH_ONES, any_of
from bot.language.numerals import numeral
from bot.question.quotes import QUOTED, inner

FEWEST, MOST = 2, 20
"""Items that a term can count."""
_NUMERAL = (
    rf"(?:[{DIGITS[1:]}]?{TENS[0]}[{DIGITS}]?|[{TWO}{DIGITS[1:]}]|[1-9]\d?)(?![{DIGITS}{TENS}{MYRIADS}\d年月日号])"
)
_WHICH = re.compile(
    rf"{WHICH}(?P<number>{_NUMERAL})|{any_of(WHICH_ONES)}|(?:包括|包含|指的?是?|有|是){WHAT}"
    rf"|(?:what|which) (?:are|\d+|{any_of(ENGLISH_NUMERALS)})"
)
_COUNTED = re.compile(
    rf"(?<![{DIGITS}{TENS}{MYRIADS[0]}第\d])(?P<number>{_NUMERAL})[^\d\s{DIGITS}{TENS[0]}、,。?的是为有指包哪]+"
)
_MEASURE = re.compile(rf"{_NUMERAL}[个大项种条类点位名]")
_NUMBER_AND_MEASURE = re.compile(rf"^{_NUMERAL}[个大项种条类点位名]?")
_ENGLISH_COUNTED = re.compile(rf"^(?P<number>\d+|{any_of(ENGLISH_NUMERALS)}) \w+")


@dataclass(frozen=True, slots=True)
class Items:
    """A folded term whose items are asked for, and their number (2 to 20)."""

    term: str
    number: int

    @property
    def noun(self) -> str:
        """The term without its number and measure word: 颜色 of 三种颜色."""
        return _NUMBER_AND_MEASURE.sub("", self.term)


def counted_items(folded: str) -> Items | None:
    """Return the term that a folded question asks the items of; None where it asks for none, or says no number."""
    which = _WHICH.search(folded)
    if which is None:
        return None
    quoted = QUOTED.search(folded)
    counted = _COUNTED.search(folded[: which.start()])
    if quoted is not None:
        term = folded[slice(*inner(quoted))].strip()
        own = _COUNTED.match(term) or _ENGLISH_COUNTED.match(term)
    elif counted is not None and _MEASURE.match(counted[0]) and which["number"] in (None, counted["number"]):
        # Without quotation marks a numeral may be part of a name; a measure word and the same number say it is none.
        term, own = counted[0], counted
    else:
        return None
    written = which["number"] or (own["number"] if own else None)
    number = _value(written) if written else 0
    return Items(term, number) if FEWEST <= number <= MOST else None


def _value(written: str) -> int:
    return ENGLISH_NUMERALS.index(written) + 2 if written in ENGLISH_NUMERALS else numeral(written)
