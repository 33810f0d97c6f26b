"""Questions for several things ("有哪些措施？"): what they are called, and what their introduction must say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.language.folding import fold, is_han, runs
from bot.language.lexicon import (
    COUNTABLE,
    HOW_FEW,
    HOW_MANY,
    LISTED,
    LISTING,
    WHAT,
    WHAT_FORMAL,
    WHICH,
    WHICH_ONES,
    WHY,
    any_of,
)
from bot.language.synonyms import Synonym
from bot.question.query import Query

_NUMBER = rf"[{COUNTABLE}]{{1,3}}"
_WHAT = any_of((WHAT, WHAT_FORMAL))
_WHICH = (
    rf"(?:{any_of(WHICH_ONES)}|{WHICH}{_NUMBER}(?![个项种类条点]?[年月日天])"
    rf"|(?:有|包括|包含|采取|做好?)了?{_WHAT}"
    rf"|(?:有|共|分|包括)(?:{HOW_FEW}|{HOW_MANY})(?:[项种类条点家位名间台处]|个(?!月|小时|工作日|百分点|人)))"
)
_FOR_SEVERAL = re.compile(
    rf"{_WHICH}|{any_of(LISTING)}|{any_of(LISTED)}(?:分别|具体|主要|都)*是{WHAT}"
    r"|\bwhat (?:are|were)\b|\bwhich (?:are|were)\b|\b(?:list|enumerate|name) (?:all|the|every|each)\b"
    r"|\b(?:what|which)(?: \w+){0,2}? (?!is\b|was\b|does\b|has\b)\w+[^\Ws]s\b"
)
_FOR_OTHER = re.compile(
    rf"第(?:一|{_NUMBER}|\d+)[个项种条点类]|最(?!近)|{WHICH}一|\b(?:first|last|most)\b"
    rf"|{any_of(WHY)}|除了|除外|以外|之外|\b(?:why|except|besides|other than)\b"
)
"""A question with one of these is for one thing, for a reason, or for what is left of a list."""
_PLAIN = r"(?:主要|具体|重要|基本|重点|相关|有关|所有|全部|各项|一共|分别|都|共|各|的|个|项|种|类|条|点|大)*"
_NOUN_AFTER = re.compile(
    rf"(?:{any_of(WHICH_ONES, LISTING, (WHAT, WHAT_FORMAL))}|{WHICH}{_NUMBER}"
    rf"|(?:{HOW_FEW}|{HOW_MANY})[个项种类条家位名间台处])"
    rf"{_PLAIN}(?P<noun>[^\s,。?的是有了]{{2,4}})"
)
_NOUN_BEFORE = re.compile(
    rf"(?P<noun>[^\s,。?、]{{2}}){_PLAIN}(?:有|包括|包含|是|为|指|分为|涉及)了?(?:{WHICH}|{_WHAT}|{HOW_FEW}|{HOW_MANY})"
)
_ENGLISH_NOUN = re.compile(r"\b(?:what|which|list|enumerate|name)\b(?P<noun>.*)")
_FILLER = re.compile(
    rf"{any_of(LISTED)}[下中里时]?|[的了有是要应须和与及、个项种类条点]|需要|应当|必须|包括|包含|分别|主要|具体|重点"
)
"""Cuts a question into what an introduction in its own words must say: 明年, 办理居住证; not how it is asked."""
_NEGATION = re.compile(r"[不没未非勿无]|禁止|除外|以外|\b(?:not?|never|without|except)\b|n't\b")
_LITTLE = frozenset(("all", "every", "each", "are", "were", "main", "the", "of", "to", "in", "for", "must", "should"))


@dataclass(frozen=True, slots=True)
class Several:
    """Several things that are asked for.

    ``nouns`` are what they are called: pairs of characters next to the interrogative, or English words' stems.
    ``pieces`` are the Chinese parts of the question that say of what, ``negations`` counts its words like 不.
    """

    nouns: frozenset[str]
    pieces: tuple[str, ...]
    negations: int

    def or_called(self, synonyms: Iterable[Synonym]) -> "Several":
        """Return it with what means the same as its nouns among them."""
        same = (other for synonym in synonyms if fold(synonym.term)[-2:] in self.nouns for other in synonym.same)
        return replace(self, nouns=self.nouns | {fold(other)[-2:] for other in same if is_han(other)})


def several(query: Query) -> Several | None:
    """Return what a question asks for several of; None where it asks for one thing, or for something else."""
    if not _FOR_SEVERAL.search(query.folded) or _FOR_OTHER.search(query.folded):
        return None
    pieces = (piece for run in query.content.split() if is_han(run) for piece in _FILLER.split(run))
    return Several(_nouns(query), tuple(piece for piece in pieces if piece), negations(query.folded))


def negations(folded: str) -> int:
    """Count the words of a folded text that turn a sentence into its opposite."""
    return len(_NEGATION.findall(folded))


def _nouns(query: Query) -> frozenset[str]:
    pairs: set[str] = set()
    for pattern in (_NOUN_AFTER, _NOUN_BEFORE):
        if not pairs:
            nouns = [match["noun"] for match in pattern.finditer(query.folded)]
            pairs.update(noun[at : at + 2] for noun in nouns for at in range(len(noun) - 1))
    if not pairs and (match := _ENGLISH_NOUN.search(query.folded)):
        words = [word for word in runs(match["noun"]) if word not in _LITTLE and word in query.words]
        return frozenset(word.removesuffix("s") for word in words[:2])
    return frozenset(pairs)
