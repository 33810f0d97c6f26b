"""What a number is said of: five days of one thing are not the five days of another in the same quote."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.language.folding import is_han
from bot.writing.exact import Said
from bot.writing.quantities import CLOCK, Quantity
from bot.written import Lack

_ENDS = re.compile(r"[。；;！？\n]")
_CLAUSE = re.compile(r"[，,：:、。；;！？\n]")
_IDLE = frozenset("的为是在了其中和及与或者以上下内不超过得至少多到约达于按每个共由对处则均各")
_MARGIN = 0.34
"""By how much of the words around a number others of the quotes must fit better than its own."""
_LEAST = 0.5
_WEIGHT = 3


def attachment_lacks(sentence: Said, quotes: Sequence[Said]) -> Iterator[Lack]:
    """Yield the quantities that the quotes say of something else than the sentence does."""
    given = [(quote, one) for quote in quotes for one in quote.quantities]
    for own in sentence.quantities:
        kin = [(quote, one) for quote, one in given if one.family == own.family]
        same = [(quote, one) for quote, one in kin if _value(one) == _value(own)]
        other = [(quote, one) for quote, one in kin if _value(one) != _value(own)]
        # Of hours that a day is open, it is written in many ways what each is said of.
        if not same or not other or own.family == CLOCK:
            continue
        said = _around(sentence, own)
        # Only the words by which they differ can tell them apart.
        fits = [(_around(quote, one), True) for quote, one in same] + [
            (_around(quote, one), False) for quote, one in other
        ]
        if not all(words for words, own_value in fits if own_value):
            continue  # 2019年，某某创办…: nothing stands beside it
        shared = set.intersection(*(words for words, _ in fits))
        telling = {word for word in said if any(word in words for words, _ in fits)} - shared
        if len(telling) < 2:
            continue
        best = {
            flag: max(len(telling & words) / len(telling) for words, f in fits if f is flag) for flag in (True, False)
        }
        if best[False] >= _LEAST and best[False] - best[True] >= _MARGIN:
            yield Lack(own.kind, sentence.folded[own.start : own.end].strip())


def _value(one: Quantity) -> object:
    return one.value


def _around(text: Said, one: Quantity) -> set[str]:
    """Return the words that a quantity is said of: back to the one before it, or to the clause's beginning."""
    folded = text.folded
    before = [other.end for other in text.quantities if other.end <= one.start]
    # Of "from A to B" and "over A and under B" both are said of what stands before the first.
    start = max(before, default=0)
    if (
        start
        and not _CLAUSE.search(folded, start, one.start)
        and not re.search(r"[\u4e00-\u9fffa-z]{2}.*[\u4e00-\u9fffa-z]", _BETWEEN.sub("", folded[start : one.start]))
    ):
        first = next(other for other in text.quantities if other.end == start)
        return _around(text, first)
    ends = [match.end() for match in _ENDS.finditer(folded, start, one.start)]
    start = max([start, *ends])
    clause = max([match.end() for match in _CLAUSE.finditer(folded, start, one.start)], default=start)
    if len(_words(folded[clause : one.start])) > any(map(is_han, folded)):
        start = clause
    # What follows it may be what it is said of too: 5% of all.
    after = [other.start for other in text.quantities if other.start >= one.end]
    stop = min([*after, *(match.start() for match in _CLAUSE.finditer(folded, one.end))], default=len(folded))
    said = _words(f"{folded[start : one.start]} {folded[one.end : stop]}")
    before_it = [other for other in text.quantities if other.end <= one.start and other.family != one.family]
    if before_it and not _ENDS.search(folded, before_it[-1].end, one.start):
        # After ten years ten days: what is said before it counts for more than a word.
        said |= {f"{before_it[-1].value}/{place}" for place in range(_WEIGHT)}
    return said


_BETWEEN = re.compile(r"以上|以下|以内|至|到|不满|不足|超过|元|the|and|to|or|罚款|左右")


def _words(text: str) -> set[str]:
    if any(map(is_han, text)):
        return {a + b for a, b in pairwise(text) if is_han(a) and is_han(b) and not (a in _IDLE and b in _IDLE)}
    return set(re.findall(r"[a-z]{3,}", text)) - {"the", "and", "for", "are", "with", "must", "from"}
