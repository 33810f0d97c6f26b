"""Terms that mean the same, and a text in the words of another that says the same with them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.folding import LETTER, fold, runs
from bot.language.lexicon import DIGITS, MYRIADS, TENS, ZEROS
from bot.types import YoujuError

LONGEST = 60
"""Characters of a term."""
MOST_TERMS = 20
"""Terms of a group."""
_NUMERAL = rf"[\d{DIGITS}{ZEROS}{TENS}{MYRIADS}]"
_FIRST = re.compile(rf"(?P<number>[\d{DIGITS}{ZEROS}{TENS[0]}])|(?P<letter>{LETTER})")  # 千克 begins with no number
_LAST = re.compile(rf"(?P<number>{_NUMERAL})|(?P<letter>{LETTER})")


class SynonymError(YoujuError):
    """Terms cannot be kept as ones that mean the same."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """A term of a question, and others that mean the same and are not in it; all as somebody has written them."""

    term: str
    same: tuple[str, ...]


class Thesaurus:
    """Groups of terms that mean the same; a term may stand in several: 人大 is a congress and a university."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._same: dict[str, dict[str, str]] = {}
        for group in groups:
            written = {fold(term): term for term in group}
            for term in written:
                self._same.setdefault(term, {}).update(written)
        self._lengths = sorted({len(term) for term in self._same}, reverse=True)

    def used(self, folded: str) -> tuple[Synonym, ...]:
        """Return the terms that stand in a folded text, in order, the longest where several do."""
        found: dict[str, None] = {}
        at = 0
        while at < len(folded) and self._lengths:
            term = next((t for n in self._lengths if self._stands(t := folded[at : at + n], folded, at)), None)
            if term is not None:
                found[term] = None
            at += 1 if term is None else len(term)
        return tuple(
            Synonym(self._same[term][term], same)
            for term in found
            if (same := tuple(written for other, written in self._same[term].items() if other not in found))
        )

    def _stands(self, term: str, folded: str, at: int) -> bool:
        return term in self._same and re.compile(bounded(term)).match(folded, at) is not None


def group_of(terms: Iterable[str]) -> tuple[str, ...]:
    """Return terms as a group: without white space around them, each once, whatever its width, case or script.

    Raises:
        SynonymError: fewer than two are left, or one of them cannot be a term.
    """
    shown = (" ".join("".join(c for c in term if c.isprintable() or c.isspace()).split()) for term in terms)
    written: dict[str, str] = {}
    for term in filter(None, shown):
        written.setdefault(fold(term), term)
    group = tuple(written.values())
    for term in group:
        if len(term) > LONGEST:
            begun = f"{term[:LONGEST]}…"
            raise SynonymError(
                f"“{begun}” is over {LONGEST} characters: shorten it.", f"“{begun}”超过 {LONGEST} 字：请改短。"
            )
        if len(term) < 2 or not runs(fold(term)):
            raise SynonymError(
                f"“{term}” stands in too many words: write a term of two characters or more.",
                f"“{term}”会出现在太多的词里：请写两个字以上的词。",
            )
    if not 2 <= len(group) <= MOST_TERMS:
        raise SynonymError(
            f"A line holds 2 to {MOST_TERMS} different terms that mean the same, not {len(group)}.",
            f"一组要有 2 到 {MOST_TERMS} 个不同的同义词，这里有 {len(group)} 个。",
        )
    return group


def bounded(folded: str, written: str | None = None) -> str:
    """Return an expression for a term where it is no part of a longer word or number: "SI", not in "basic".

    ``written`` is the expression for the term itself, where that is another than its characters.
    """
    before, after = _FIRST.match(folded[0]), _LAST.match(folded[-1])
    opened = closed = ""
    if before is not None:
        opened = rf"(?<!{_NUMERAL})(?<!\d[.,])" if before["number"] else f"(?<!{LETTER})"
    if after is not None:
        closed = rf"(?!{_NUMERAL})(?![.,]\d)" if after["number"] else f"(?!{LETTER})"
    return f"{opened}{re.escape(folded) if written is None else written}{closed}"


def reword(text: str, synonyms: tuple[Synonym, ...]) -> str:
    """Return a text with the terms of ``synonyms`` in the place of what means the same; all else stays as it is."""
    if not synonyms:
        return text
    pattern, terms = _rewording(synonyms)
    folded = fold(text)
    if pattern.search(folded) is None:
        return text
    pieces: list[str] = []
    at = 0
    for match in pattern.finditer(folded):
        pieces += (text[at : match.start()], terms[match[0].replace(" ", "")])
        at = match.end()
    return "".join((*pieces, text[at:]))


def wordings(text: str, synonyms: Sequence[Synonym]) -> list[tuple[str, str]]:
    """Return a text in other words, one term in the place of another each time, with the term that it has instead."""
    found: list[tuple[str, str]] = []
    folded = fold(text)
    for synonym in synonyms:
        match = re.search(bounded(fold(synonym.term)), folded)
        if match is not None:
            found += [(text[: match.start()] + other + text[match.end() :], other) for other in synonym.same]
    return found


@lru_cache(maxsize=64)
def _rewording(synonyms: tuple[Synonym, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return an expression for all terms, the longest first, and by what each, without spaces, is replaced."""
    terms: dict[str, str] = {}
    for synonym in synonyms:
        for term in (synonym.term, *synonym.same):  # its own term too: a shorter one may be part of it
            terms.setdefault(fold(term), fold(synonym.term))
    longest = sorted(terms, key=len, reverse=True)
    spaced = (bounded(term, re.sub(r"(?<=\d)(?=[^\d.,])", " ?", re.escape(term))) for term in longest)
    return re.compile("|".join(spaced)), {term.replace(" ", ""): own for term, own in terms.items()}
