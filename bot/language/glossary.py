"""English terms with their Chinese ones: what a question in one language calls otherwise in documents of the other.

They translate for reading alone; nothing is searched for, counted or claimed by them. A term belongs here that has one
sense in most texts. The last word of an English term may be inflected.
"""

from collections.abc import Iterator
from functools import cache
from itertools import chain

from bot.language import glossary_general, glossary_office
from bot.language.folding import fold, is_han, runs
from bot.language.synonyms import Synonym

_LONGEST = 4
"""Words of an English term; a Chinese one has at most twice as many characters."""
_MARKS = ".,;:!?()\"“”'"
_VOWELS = frozenset("aeiou")


@cache
def glossary() -> dict[str, tuple[str, ...]]:
    """Return the Chinese terms of each English one."""
    lines = chain(glossary_office.LINES.strip().split("\n"), glossary_general.LINES.strip().split("\n"))
    entries = (entry.split(": ") for line in lines for entry in line.split("; "))
    return {term: tuple(same.split(", ")) for terms, same in entries for term in terms.split(", ")}


@cache
def _inverted() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for term, same in glossary().items():
        for other in same:
            found.setdefault(other, {})[term] = None
    return {term: tuple(others) for term, others in found.items()}


def translations(folded: str) -> tuple[Synonym, ...]:
    """Return the terms of a folded question that the glossary holds, each with what the other language calls it.

    A question with Han characters is Chinese: its Latin words are names.
    """
    return tuple(_of_chinese(folded) if any(map(is_han, runs(folded))) else _of_english(folded))


def _of_chinese(folded: str) -> Iterator[Synonym]:
    known, at, seen = _inverted(), 0, set[str]()
    while at < len(folded):
        term = next((t for n in range(2 * _LONGEST, 1, -1) if (t := folded[at : at + n]) in known), None)
        if term is not None and term not in seen:
            seen.add(term)
            yield Synonym(term, tuple(form for other in known[term] for form in inflected(other)))
        at += 1 if term is None else len(term)


def _of_english(folded: str) -> Iterator[Synonym]:
    words, at, seen = [word.strip(_MARKS) for word in folded.split()], 0, set[str]()
    while at < len(words):
        for count in range(_LONGEST, 0, -1):
            said = " ".join(words[at : at + count])
            term = next(filter(glossary().__contains__, _uninflected(said)), None)
            if term is not None:
                break
        else:
            at += 1
            continue
        if said not in seen:
            seen.add(said)
            yield Synonym(said, tuple(map(fold, glossary()[term])))
        at += len(said.split())


def _uninflected(said: str) -> Iterator[str]:
    """Yield what an English term may be an inflection of, itself first."""
    yield said
    said = said.removesuffix("'s").removesuffix("’s")
    yield said
    for ending in ("s", "es", "ed", "ing", "d"):
        if said.endswith(ending) and len(stem := said.removesuffix(ending)) > 2:
            yield stem
            if ending in ("es", "ed") and stem.endswith("i"):
                yield f"{stem[:-1]}y"
            if ending == "ing":
                yield f"{stem}e"
            if ending in ("ed", "ing") and stem[-1] == stem[-2]:
                yield stem[:-1]


def inflected(term: str) -> tuple[str, ...]:
    """Return an English term and its inflections, some of which nobody writes: they are found nowhere."""
    last = term[-1]
    if last == "y" and term[-2] not in _VOWELS:
        return term, f"{term[:-1]}ies", f"{term[:-1]}ied", f"{term}ing"
    if last == "e":
        return term, f"{term}s", f"{term}d", f"{term[:-1]}ing"
    doubled = f"{term}{last}"
    return term, f"{term}s", f"{term}es", f"{term}ed", f"{term}ing", f"{doubled}ed", f"{doubled}ing"
