"""What people say for what official texts call by terms of their own: a question with 老板 asks what says 用人单位.

The words are data: ``everyday_zh.txt`` and ``everyday_en.txt``, and ``finding_zh.txt`` and ``finding_en.txt`` for those
that find alone. One way only: nobody who writes 用人单位 asks for 老板.
Such words find and read, and nothing is counted or claimed by them. A pair belongs there that holds in most texts;
names of the very same thing are in ``abbreviations.py``. One that only often holds finds alone: read for the other
word, it makes what does not answer look as if it did. A line is

- ``打架: 斗殴, 殴打``: words that people say, and the terms of texts, the most likely first;
- ``质保期 = 保修期 = 保修期限``: words of one register, of which any text may use any: each asks for the others;
- ``罚*: 罚款``: a short word that means many things elsewhere. ``*`` stands for how much or by whom: it counts in
  罚多少 and 怎么罚, not in 罚则;
- ``管?: 负责``: the same, by whom or how alone: it counts in 谁管 and 怎么管, not in 保管多久;
- ``# …``: what the lines below it are about.

A verb and its object may come apart: 打人 is said as 打了人 and 把人打了, too. The first and the last word of English
ones may be inflected, as may the last word of their terms.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from bot.language.folding import fold, is_han
from bot.language.glossary import inflected
from bot.language.lexicon import HOW, HOW_COLLOQUIAL, HOW_FEW, HOW_MUCH, WHO, any_of
from bot.language.synonyms import Synonym, bounded

Table = Literal["everyday", "finding"]
_ASKED = "*"
_ASKED_BY_WHOM = "?"
_MARKS = _ASKED + _ASKED_BY_WHOM
_SAID_BEHIND = "的了吗呢啊呀吧我你他她它这那"
"""Behind a short word: it is no part of a longer one, as 管 is of 怎么管理."""
_HOW = any_of(HOW, HOW_COLLOQUIAL)
_WILL = "[来会该要被]?"
_SO_MUCH = any_of(HOW_MUCH, (HOW_FEW,))
_PARTED = re.compile("把(?P<object>.)(?P<verb>.)|(?P<first>.)[了过着完]?个?(?P<last>.)")


def read_lines(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the words of a table, each with its terms."""
    for line in text.split("\n"):
        if line.startswith("#"):
            continue
        words, colon, terms = line.partition(": ")
        if colon:
            said = tuple(terms.split(", "))
            yield from ((word, said) for word in words.split(", "))
        elif len(group := line.split(" = ")) > 1:
            yield from ((word, tuple(other for other in group if other != word)) for word in group)


@cache
def everyday_words(table: Table = "everyday") -> dict[str, tuple[str, ...]]:
    """Return the official terms of each everyday word; ``*`` is left at its end."""
    names = (f"{table}_zh.txt", f"{table}_en.txt")
    texts = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)
    return dict(pair for text in texts for pair in read_lines(text))


def everyday_of(folded: str, known: tuple[Synonym, ...] = (), table: Table = "everyday") -> tuple[Synonym, ...]:
    """Return the everyday words of a folded question, with the official terms that are not in it.

    ``known`` are its terms that have synonyms: a word inside one of them is none of its own (公司 of 物业公司).
    """
    found = dict(_found(folded, table))
    for said, word in _asked(folded, table):
        if not any(said in longer for longer in found):
            found[said] = word
    return tuple(
        Synonym(said, others)
        for said, word in found.items()
        if not any(said in fold(synonym.term) for synonym in known)
        if (others := tuple(form for form, plain in _terms(word, table) if plain not in folded))
    )


def both_of(folded: str, known: tuple[Synonym, ...] = ()) -> tuple[tuple[Synonym, ...], tuple[Synonym, ...]]:
    """Return the everyday words of a folded question that find and are read, and those that find alone."""
    return everyday_of(folded, known), everyday_of(folded, known, "finding")


@cache
def _forms(table: Table) -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """Return the words that stand anywhere by how each may be written, and by first character the lengths of these."""
    words = [word for word in everyday_words(table) if word[-1] not in _MARKS]
    forms = dict(zip(fold("\n".join(words)).split("\n"), words, strict=True))
    for said, word in tuple(forms.items()):
        if said.isascii():
            first, _, rest = said.partition(" ")
            forms |= {form: word for form in inflected(said) if form not in forms}
            forms |= {f"{form} {rest}": word for form in inflected(first) if rest and f"{form} {rest}" not in forms}
    lengths: dict[str, set[int]] = {}
    for said in forms:
        lengths.setdefault(said[0], set()).add(len(said))
    return forms, {first: tuple(sorted(several, reverse=True)) for first, several in lengths.items()}


def _found(folded: str, table: Table) -> Iterator[tuple[str, str]]:
    """Yield what stands in a folded question, the longest where several do, each with the word of the table."""
    forms, lengths = _forms(table)
    at = 0
    while at < len(folded):
        here = (folded[at : at + length] for length in lengths.get(folded[at], ()))
        said = next((s for s in here if s in forms and _alone(s).match(folded, at)), None)
        word = None if said is None else forms[said]
        if said is None and (parted := _PARTED.match(folded, at)):
            word = forms.get((parted["verb"] or parted["first"]) + (parted["object"] or parted["last"]))
            said = parted[0] if word is not None and is_han(word) else None
        if said is not None and word is not None:
            yield said, word
        at += len(said or " ")


@cache
def _alone(said: str) -> re.Pattern[str]:
    """Return the expression for a word where it is no part of a longer one."""
    return re.compile(bounded(said))


@cache
def _asking(table: Table) -> tuple[dict[str, str], tuple[re.Pattern[str], ...]]:
    """Return the short words that are asked, and an expression for each way of asking them."""
    asked = {word[:-1]: word for word in everyday_words(table) if word[-1] in _MARKS}
    much = any_of(said for said, word in asked.items() if word.endswith(_ASKED))
    ways = (
        rf"{WHO}{_WILL}({any_of(asked)})(?![^\W{_SAID_BEHIND}])",
        rf"{_HOW}{_WILL}({any_of(asked)})(?![^\W{_SAID_BEHIND}])",
        rf"({much}){_SO_MUCH}",
    )
    return asked, tuple(map(re.compile, ways))


def _asked(folded: str, table: Table) -> Iterator[tuple[str, str]]:
    """Yield the short words of a folded question that are asked how, by whom or how much, each as in the table."""
    asked, patterns = _asking(table)
    for pattern in patterns:
        yield from ((match[1], asked[match[1]]) for match in pattern.finditer(folded))


@cache
def _terms(word: str, table: Table) -> tuple[tuple[str, str], ...]:
    """Return the terms of a word of the table, English ones inflected, too: each as written, and folded."""
    terms = everyday_words(table)[word]
    every = (form for term in terms for form in (inflected(term) if term.isascii() else (term,)))
    return tuple((form, fold(form)) for form in dict.fromkeys((*terms, *every)))
