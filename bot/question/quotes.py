"""Phrases that a question puts in quotation marks."""

import re
from dataclasses import dataclass

from bot.language.folding import fold

QUOTED = re.compile(
    r"“([^“”]+)”|「([^「」]+)」|『([^『』]+)』|‘([^‘’]+)’|《([^《》]+)》|\"([^\"]+)\"|(?<!\w)'([^']+)'(?!\w)"
)
"""A phrase in quotation marks of any kind, or a title in its marks; on folded text. One group a kind: ``inner``."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands between quotation marks, as typed, and its span in the question as searched."""

    text: str
    start: int
    end: int


def inner(match: re.Match[str]) -> tuple[int, int]:
    """Return the span of what stands between the marks that ``QUOTED`` matched."""
    return match.span(match.lastindex or 0)


def quoted_phrases(text: str, folded: str | None = None) -> tuple[Phrase, ...]:
    """Return the phrases in quotation marks, marks left out, white space trimmed; ``folded`` where it is known."""
    phrases: list[Phrase] = []
    for match in QUOTED.finditer(fold(text) if folded is None else folded):
        start, end = inner(match)
        phrase = text[start:end].strip()
        if phrase:
            start = text.index(phrase, start)
            phrases.append(Phrase(phrase, start, start + len(phrase)))
    return tuple(phrases)
