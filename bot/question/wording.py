"""One wording for questions that are worded nearly the same: what a person says of one then holds of the others.

Nothing is compared by likeness. Questions are the same where the rules of rewording leave the very same of them, in the
same order.
"""

import re
import unicodedata
from functools import lru_cache

from bot.language.folding import fold, is_han
from bot.language.rules import rewrite
from bot.question.rewording import CHINESE, ENGLISH

_MEANT = frozenset("%‰#@&*/")
"""Marks that say something: 5% is not 5, C# is not C."""
_JOINED = frozenset(".'-")
"""Marks that say something within a word or number: 3.5 is not 35, ZX-17 is not ZX 17."""
_EMPTY_SIGNS = frozenset("<>~^`|")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_RANGE = re.compile(r"(?<=\d)\s*[-–—―~至到]+\s*(?=\d)")
_ASKS = re.compile(r"<[^>]*>")
"""What the rules write for words that ask; ``_bare`` leaves no such sign in a text."""


@lru_cache(maxsize=1 << 12)
def wording_of(text: str) -> str | None:
    """Return the one wording of a question; None where it is of nothing but words that ask.

    It is for comparing with others alone.
    """
    wording = _bare(fold(text))
    for rule in (*ENGLISH, *CHINESE):
        wording = rewrite(rule, wording)
    whether = "<whether>" in wording
    wording = wording.replace("<whether>", "")
    if not _ASKS.sub("", wording).strip():
        return None
    return f"{wording}<whether>" if whether else wording


def _bare(folded: str) -> str:
    """Take away white space and marks, but those that say something; words and numbers stay apart."""
    text = _RANGE.sub("-", _THOUSANDS.sub("", folded.replace("’", "'")))
    kept: list[str] = []
    apart = False
    for before, char, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if _is_empty(char) and not (char in _JOINED and _joins(before, char, after)):
            apart = True
            continue
        if apart and kept and _is_of_word(kept[-1]) and _is_of_word(char):
            kept.append("," if kept[-1].isdigit() and char.isdigit() else " ")
        kept.append(char)
        apart = False
    return "".join(kept)


def _is_empty(char: str) -> bool:
    return char in _EMPTY_SIGNS or (unicodedata.category(char)[0] in "PZC" and char not in _MEANT)


def _joins(before: str, char: str, after: str) -> bool:
    return _is_of_word(after) and (_is_of_word(before) or (char == "-" and after.isdigit()))


def _is_of_word(char: str) -> bool:
    return char.isalnum() and not is_han(char)
