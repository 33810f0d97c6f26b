"""A written sentence laid beside its quotes: what it changes where it else repeats them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.language.folding import is_han
from bot.writing.operators import clauses, nearest, windows
from bot.writing.quantities import quantities

NUMBER = "〓"
"""Stands for a quantity."""
WORD = re.compile(r"[a-z][a-z'-]*")
_TIGHT = 2
"""Characters of the quote that stand on both sides of a change, if no end of the clause does."""
WIDE = 4
"""Characters around a change, of its ``wide`` texts; a number or its unit may reach into them."""
_LONGEST, _LONGEST_GIVEN = 9, 14
_WORDS, _WORDS_GIVEN = 4, 5
_ARTICLE = re.compile(r"第[\d一二三四五六七八九十百]+条\s*")


@dataclass(frozen=True, slots=True)
class Edit:
    """What a ``clause`` has where the ``window`` of a quote has something else: the words ``said``, those ``given``.

    ``around`` are both with a character more on each side, ``wide`` with some more; ``matched`` counts the characters
    (of English: words) of the clause that stand in the quote, ``rest`` (0..1) is how much of the rest of it that is.
    """

    clause: str
    window: str
    said: str
    given: str
    around: tuple[str, str]
    wide: tuple[str, str]
    matched: int
    rest: float


def edits(sentence: str, quotes: Sequence[str]) -> Iterator[Edit]:
    """Yield what a folded sentence changes in clauses that else stand in its quotes."""
    texts = [_ARTICLE.sub("", quote) for quote in quotes]
    # As it is written, a number tells clauses apart; written otherwise, it hides that all else is the same.
    own = _ARTICLE.sub("", sentence)
    for written, said in ((own, texts), (_without_numbers(own), [*map(_without_numbers, texts)])):
        given = [window for text in said for window in windows(text)]
        parts = [(clause, nearest(clause, given)) for clause in clauses(written)]
        # A short clause of which half is new is like none; in the whole sentence it is the one thing that is changed.
        for part, near in (*parts, (written, said)):
            if near:
                yield from _changes(*max((_matched(part, window) for window in near), key=lambda found: found[0]))


def _without_numbers(text: str) -> str:
    """Return a text with a mark in the place of each quantity: these are compared by what they are worth."""
    for one in reversed(quantities(text)):
        text = text[: one.start] + NUMBER + text[one.end :]
    return text


def _units(text: str) -> list[str]:
    """Return the characters of a Chinese text, the words of another."""
    return list(text) if any(map(is_han, text)) else WORD.findall(text)


def _matched(clause: str, window: str) -> tuple[int, list[str], list[str], SequenceMatcher[str]]:
    said, given = _units(clause), _units(window)
    matcher = SequenceMatcher(None, said, given, autojunk=False)
    least = 2 if any(map(is_han, clause)) else 1
    return sum(block.size for block in matcher.get_matching_blocks() if block.size >= least), said, given, matcher


def _changes(matched: int, clause: list[str], window: list[str], matcher: SequenceMatcher[str]) -> Iterator[Edit]:
    codes = _joined(matcher.get_opcodes())
    joint = "" if any(map(is_han, "".join(clause))) else " "
    for place, (code, start, end, first, last) in enumerate(codes):
        if code == "equal":
            continue
        left = _equal(codes[place - 1]) if place else 0
        right = _equal(codes[place + 1]) if place + 1 < len(codes) else 0
        tight = (left >= _TIGHT or start == 0) and (right >= _TIGHT or end == len(clause)) and max(left, right) > 1
        longest = (_LONGEST, _LONGEST_GIVEN) if not joint else (_WORDS, _WORDS_GIVEN)
        if tight and end - start <= longest[0] and last - first <= longest[1]:
            front, behind = joint.join(clause[max(0, start - WIDE) : start]), joint.join(clause[end : end + WIDE])
            yield Edit(
                clause=joint.join(clause),
                window=joint.join(window),
                said=joint.join(clause[start:end]),
                given=joint.join(window[first:last]),
                around=(
                    joint.join(clause[max(0, start - 1) : end + 1]),
                    joint.join(window[max(0, first - 1) : last + 1]),
                ),
                wide=(
                    f"{front}{joint}{joint.join(clause[start:end])}{joint}{behind}",
                    f"{front}{joint}{joint.join(window[first:last])}{joint}{behind}",
                ),
                matched=matched,
                rest=matched / max(len(clause) - (end - start), 1),
            )


def _joined(codes: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps of an alignment; changes between which one character is the same by chance are one."""
    joined: list[tuple[str, int, int, int, int]] = []
    for place, code in enumerate(codes):
        if code[0] == "equal" and (_equal(code) > 1 or place in (0, len(codes) - 1)):
            joined.append(code)
        elif joined and joined[-1][0] != "equal":
            _, start, _, first, _ = joined[-1]
            joined[-1] = ("replace", start, code[2], first, code[4])
        else:
            joined.append(code)
    return joined


def _equal(code: tuple[str, int, int, int, int]) -> int:
    return code[2] - code[1] if code[0] == "equal" else 0
