"""Folding and terms: the one way in which text is compared, counted and searched."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from operator import add

import opencc

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f〇"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:[.'’][^\W_{_HAN}]+)*")
HIDDEN = "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Characters that are not seen, as in the brackets of an expression."""
_HIDDEN = re.compile(f"[{HIDDEN}]+")
_JOINER = "\u034f"
_WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_IS_WIDE = re.compile(f"[{_WIDE}]")
_CHINESE_LINE_END = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n\s*(?=[{_WIDE}])")
_LINE_END = re.compile(r"[ \t]*\n\s*")
_IS_HAN = re.compile(rf"[{_HAN}]")
_TRADITIONAL = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df]")
"""Characters among which are traditional ones."""
LETTER = rf"[^\W_{_HAN}]"
"""A letter or digit of a script that parts its words, as a regular expression."""


class _FoldTable(dict[int, str]):
    """Code point -> one folded character, filled as characters are met."""

    def __init__(self) -> None:
        super().__init__()
        self.simplified: Callable[[str], str] = opencc.OpenCC("t2s").convert

    def __missing__(self, code: int) -> str:
        char = chr(code)
        wide = unicodedata.normalize("NFKC", char)
        folded = (wide if len(wide) == 1 else char).lower()
        folded = self._simple(folded if len(folded) == 1 else char)
        self[code] = folded
        return folded

    def _simple(self, char: str) -> str:
        if not _TRADITIONAL.match(char):
            return char
        simple = self.simplified(char)
        return simple if len(simple) == 1 else char


@cache
def _table() -> _FoldTable:
    return _FoldTable()


def is_wide(char: str) -> bool:
    """Tell whether a character is Chinese or a Chinese mark: between two of these a line's end is nothing."""
    return _IS_WIDE.match(char) is not None


def visible(text: str) -> str:
    """Return a text without the characters that no reader sees: zero-width ones, soft hyphens, marks of direction."""
    # All but one of them count as not printable, which Python tells five times as fast.
    return text if text.isprintable() and _JOINER not in text else _HIDDEN.sub("", text)


def plain(text: str) -> str:
    """Return a text as it is read: without what is not seen, and with the lines of one paragraph joined."""
    return in_one_line(visible(text))


def in_one_line(text: str) -> str:
    """Join the lines of one paragraph: between two Chinese characters or marks by nothing, elsewhere by a space."""
    return _LINE_END.sub(" ", _CHINESE_LINE_END.sub("", text)) if "\n" in text else text


def fold(text: str) -> str:
    """Fold width, case and traditional characters; the result has the same length, so spans stay valid."""
    return text.translate(_table())


def fold_each(chars: Sequence[str]) -> list[str]:
    """Fold characters, of which none ends a line: as ``fold`` does, some times as fast, and none is kept."""
    wide = unicodedata.normalize("NFKC", "\n".join(chars)).split("\n")
    lower = [(w if len(w) == 1 else char).lower() for char, w in zip(chars, wide, strict=True)]
    folded = [low if len(low) == 1 else char for char, low in zip(chars, lower, strict=True)]
    at = [place for place, char in enumerate(folded) if _TRADITIONAL.match(char)]
    # A line each: nothing is taken for a part of a phrase.
    simple = _table().simplified("\n".join(folded[place] for place in at)).split("\n")
    for place, char in zip(at, simple, strict=True):
        folded[place] = char if len(char) == 1 else folded[place]
    return folded


def fold_plain(text: str) -> str:
    """Fold a text as it is read (``plain``): what a document's words are compared in; spans do not stay valid."""
    return fold(plain(text))


def runs(folded: str) -> list[str]:
    """Split folded text into runs of Han characters and words of other scripts; numbers are words."""
    return _RUN.findall(folded)


def is_han(char: str) -> bool:
    """Tell whether the first character of ``char`` is a Han character."""
    return _IS_HAN.match(char) is not None


def mostly_han(text: str) -> bool | None:
    """Tell whether ``text`` holds at least as many Han characters as words of letters; None where it holds neither."""
    found = runs(text)
    others = [run for run in found if not is_han(run)]
    han = sum(map(len, found)) - sum(map(len, others))
    words = sum(any(map(str.isalpha, run)) for run in others)
    return han >= words if han or words else None


def terms(folded: str) -> list[str]:
    """Return the search terms of folded text in order: Han characters and their pairs, words of other scripts."""
    out: list[str] = []
    for run in _RUN.findall(folded):
        if _IS_HAN.match(run):
            out.extend(run)
            out.extend(map(add, run, run[1:]))
        else:
            out.append(run)
    return out


def joined_terms(folded: str) -> str:
    """Return the terms of folded text in one string, a space between two: half the time of joining ``terms``."""
    out: list[str] = []
    for run in _RUN.findall(folded):
        if _IS_HAN.match(run):
            out += (" ".join(run), " ".join(map(add, run, run[1:]))) if len(run) > 1 else (run,)
        else:
            out.append(run)
    return " ".join(out)
