"""Where words that stood in a document stand now: in their place, elsewhere in it, or nearest to what they were."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.documents.passages import split_sentences
from bot.types import Document, Paragraph, digest

State = Literal["same", "moved", "changed", "gone"]

ALIKE = 60.0
"""From this share of common characters in order on (per cent), a sentence is taken for what the cited one became.

The likest sentence of an unrelated policy document reaches 48 for one in a hundred sentences of 20 to 40 characters.
"""


@dataclass(frozen=True, slots=True)
class Relocated:
    """A span of the present text.

    ``state``: "same" (the words stand in their place), "moved" (the very words stand elsewhere), "changed" (the nearest
    sentence), "gone" (nothing is like them, or they are not known: an empty span at the paragraph in their place).
    """

    start: int
    end: int
    state: State


def find_quote(document: Document, quote: str, start: int, end: int) -> Relocated:
    """Find ``quote``, which stood at ``start``..``end`` of an earlier text of ``document``."""
    text = document.text
    if text[start:end] == quote:
        return Relocated(start, end, "same")
    exact = [(found.start(), found.end()) for found in re.finditer(re.escape(quote), text)]
    if exact:
        return Relocated(*_nearest(exact, start), "moved")
    from rapidfuzz import fuzz, process  # here: who asks need not wait for it

    spans = list(_runs(document, len(quote)))
    alike = process.extract(quote, [text[a:b] for a, b in spans], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    if not alike:
        return _gone(document, start)
    best = max(score for _, score, _ in alike)
    return Relocated(*_nearest((spans[index] for _, score, index in alike if score == best), start), "changed")


def find_digest(document: Document, cited: str, start: int, end: int) -> Relocated:
    """Find the words of digest ``cited`` that stood at ``start``..``end`` of an earlier text of ``document``."""
    text, length = document.text, end - start
    if digest(text[start:end]) == cited:
        return Relocated(start, end, "same")
    begins = (a for p in document.paragraphs for a, _ in split_sentences(text, p.start, p.end))
    exact = [(a, a + length) for a in begins if digest(text[a : a + length]) == cited]
    return Relocated(*_nearest(exact, start), "moved") if exact else _gone(document, start)


def paragraph_at(document: Document, offset: int) -> Paragraph:
    """Return the paragraph that holds ``offset``, or else the one before it, or the first."""
    starts = [paragraph.start for paragraph in document.paragraphs]
    return document.paragraphs[max(bisect_right(starts, offset) - 1, 0)]


def _runs(document: Document, length: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences, and the runs of them within a paragraph of up to half as long again as ``length``."""
    for paragraph in document.paragraphs:
        spans = split_sentences(document.text, paragraph.start, paragraph.end)
        for first, (start, end) in enumerate(spans):
            yield start, end
            for _, further in spans[first + 1 :]:
                if further - start > length * 1.5:
                    break
                yield start, further


def _nearest(spans: Iterable[tuple[int, int]], start: int) -> tuple[int, int]:
    return min(spans, key=lambda span: abs(span[0] - start))


def _gone(document: Document, start: int) -> Relocated:
    place = paragraph_at(document, start).start
    return Relocated(place, place, "gone")
