"""A number that a question gives, asked of the range that it falls in: 12 years are 满十年不满二十年.

What reads in context knows no arithmetic. So a passage that has no such number but a range around it is asked in the
words of that range.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from bot.language.folding import fold_plain
from bot.language.lexicon import any_of, words
from bot.language.spellings import Amount, amounts, value_of
from bot.storage.store import StoredPassage

_FROM = any_of(
    words("不少于 不低于 不小于 至少 达到 已满 年满 达 满"), ("at least ", "no less than ", "not less than ")
)
_ABOVE = any_of(words("超过 超出 高于 多于 大于 长于"), ("more than ", "longer than ", "over ", "above ", "exceeding "))
_TO = any_of(
    words("不超过 未超过 不高于 不多于 不大于 至多 最多"), ("up to ", "at most ", "within "),
    ("no more than ", "not more than ", "no longer than ", "not exceeding "),
)  # fmt: skip
_BELOW = any_of(words("不满 未满 不足 低于 少于 小于 短于 未达到 未达 不到"), ("less than ", "under ", "below "))
_BEFORE = re.compile(rf"(?:(?P<to>{_TO})|(?P<below>{_BELOW})|(?P<from>{_FROM})|(?P<above>{_ABOVE}))$")
_BEHIND = re.compile(
    r"(?:\(含\))?(?:(?P<from>及?以上|或以上|起| or (?:more|longer|over)\b| and over\b)"
    r"|(?P<to>及?以下|或以下|以内|之内| or (?:less|fewer|under)\b))"
)
_BETWEEN = re.compile(
    r"(?P<number>[\d.,]+|[零〇一二两三四五六七八九十百千万]+)(?:至|到|[-~—–]|(?: years?| months?| days?)? (?:to|and) )$"
)
_TO_THE_NEXT = ("至", "到", "-", "~", "—", "–", " to ", " and ")
_LONGEST_CUE = 16
_JOINED = re.compile(r"[,，、]?(?:但|而|且|并)?")


@dataclass(frozen=True, slots=True)
class Range:
    """A range of numbers of one ``unit`` that a text speaks of at ``start``..``end``; None: it has no such bound."""

    start: int
    end: int
    unit: str
    low: Fraction | None = None
    high: Fraction | None = None
    with_low: bool = True
    with_high: bool = True

    def holds(self, value: Fraction) -> bool:
        """Tell whether a number lies within."""
        if self.low is not None and (value < self.low or (value == self.low and not self.with_low)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.with_high)

    @property
    def width(self) -> float:
        """How wide it is: of several that hold a number the narrowest is meant."""
        return float("inf") if self.low is None or self.high is None else float(self.high - self.low)


def ranges(folded: str) -> list[Range]:
    """Return the ranges that a folded text speaks of, in order."""
    found: list[Range] = []
    there = list(amounts(folded))
    for before, amount in zip((None, *there), there, strict=False):
        one = _range(folded, amount, before)
        if one is None:
            continue
        last = found[-1] if found else None
        if last and _are_one(folded, last, one):
            found[-1] = Range(last.start, one.end, one.unit, last.low, one.high, last.with_low, one.with_high)
        else:
            found.append(one)
    return found


def _range(folded: str, amount: Amount, last: Amount | None) -> Range | None:
    """Return the range that a number bounds, by what stands before and behind it; ``last`` is the number before it."""
    start, end, unit, value = amount.start, amount.end, amount.unit, amount.value
    if last and last.unit == unit and last.value < value and folded[last.end : start] in _TO_THE_NEXT:
        return Range(last.start, end, unit, last.value, value)
    before, behind = _BEFORE.search(folded, max(0, start - _LONGEST_CUE), start), _BEHIND.match(folded, end)
    between = _BETWEEN.search(folded, max(0, start - _LONGEST_CUE), start)
    low = value_of(between["number"]) if between else None
    if between and low is not None and low < value:
        return Range(between.start(), end, unit, low, value)
    if before:
        begin, kind = before.start(), before.lastgroup
    elif behind:
        begin, kind, end = start, behind.lastgroup, behind.end()
    else:
        return None
    if kind in ("from", "above"):
        return Range(begin, end, unit, low=value, with_low=kind == "from")
    return Range(begin, end, unit, high=value, with_high=kind == "to")


def _are_one(folded: str, one: Range, other: Range) -> bool:
    """Tell whether two bounds that stand side by side are those of one range."""
    if one.unit != other.unit or one.low is None or one.high is not None or other.high is None or other.low is not None:
        return False
    return one.low < other.high and _JOINED.fullmatch(folded, one.end, other.start) is not None


def asked_in_range(question: str) -> Callable[[StoredPassage], str] | None:
    """Return what gives the words in which a passage is asked ``question``; None where it gives no number with a unit.

    A passage that has the very number, or no range that holds it, is asked in the question's own words.
    """
    folded = fold_plain(question)
    given = list(amounts(folded)) if len(folded) == len(question) else []
    if not given:
        return None

    def words_for(stored: StoredPassage) -> str:
        text = fold_plain(stored.passage.text)
        there = {(amount.unit, amount.value) for amount in amounts(text)}
        spoken = ranges(text)
        asked = question
        for amount in reversed(given):
            around = [one for one in spoken if one.unit == amount.unit and one.holds(amount.value)]
            if around and (amount.unit, amount.value) not in there:
                nearest = min(around, key=lambda one: one.width)
                asked = asked[: amount.start] + text[nearest.start : nearest.end] + asked[amount.end :]
        return asked

    return words_for
