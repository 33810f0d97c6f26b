"""Heads, feet and page numbers inside a text that was printed to pages: they are left out, and told.

A page ends at a form feed and at its number, where numbers count on from line to line; what stands beside such ends
again and again is a head or a foot. Without numbers that is a line that comes again and again within sentences.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.documents.formats.wrapped import LABEL, columns, is_ended
from bot.documents.markers import find_marker
from bot.pages import Notice

_DASH = r"[-–—－·~]{1,2}"
_TOTAL = r"\s*[,，/、|]?\s*"
_NUMBER = re.compile(
    rf"{_DASH}\s*(?P<dashed>\d{{1,4}})\s*{_DASH}"
    rf"|第\s*(?P<page>\d{{1,4}})\s*[页頁](?P<of>{_TOTAL}共\s*\d{{1,4}}\s*[页頁])?"
    rf"|共\s*\d{{1,4}}\s*[页頁]{_TOTAL}第\s*(?P<last>\d{{1,4}})\s*[页頁]"
    r"|(?i:page|p\.)\s*(?P<english>\d{1,4})(?P<total>\s*(?:of|/)\s*\d{1,4})?"
    r"|(?P<bare>\d{1,4})(?:\s?/\s?\d{1,4})?"
)
_SURE = ("dashed", "of", "last", "total")
"""What is a page's number by its form; of the others a form feed or a broken sentence must show it."""
_LONGEST_NUMBER, _LONGEST = 30, 60
_DEEPEST = 3
"""Lines of a head, and of a foot."""
_MOSTLY = 0.4
"""Of the ends of pages, beside which a head stands: those of left and right pages may differ."""
_NARROWEST = 30
"""Columns of a line behind which a page may break a sentence."""
_FEWEST, _APART, _ALIKE = 3, 4, 6
"""How often a head comes that no number shows, lines between two, columns by which lines of one width differ."""
_DIGITS = re.compile(r"\d+")
_SENTENCE = re.compile("[，。；]")


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a text that are not blank: their ``words``, and their numbers among all (``at``).

    ``feeds`` are those that begin a page.
    """

    words: tuple[str, ...]
    at: tuple[int, ...]
    feeds: frozenset[int]

    def breaks(self, index: int) -> bool:
        """Tell whether a line is wide and ends within a sentence."""
        return index >= 0 and not is_ended(self.words[index]) and columns(self.words[index]) >= _NARROWEST


def without_page_edges(text: str) -> tuple[str, tuple[Notice, ...]]:
    """Return a text without heads, feet and numbers of pages, and what is to be told of it.

    The very first line stays: it may be the title. Blank lines around what is left out go where it broke a sentence.
    """
    raw = text.split("\n")
    at = tuple(number for number, line in enumerate(raw) if line and not line.isspace())
    feeds = (index for index, number in enumerate(at) if _begins_page(raw, number))
    lines = _Lines(tuple(raw[number].strip() for number in at), at, frozenset(feeds if "\f" in text else ()))
    numbers = set(_page_numbers(lines))
    borders = sorted({*(index + 1 for index in numbers), *lines.feeds})
    gone = (_beside(lines, borders, numbers) if borders else set(_repeated(lines))) - {0}
    if not gone and not lines.feeds:
        return text, ()
    notices = (_notice(lines.words[index] for index in sorted(gone)),) if gone else ()
    return "\n".join(_kept(raw, lines, gone)), notices


def _begins_page(raw: Sequence[str], number: int) -> bool:
    """Tell whether a form feed stands before the words of a line, or alone above it."""
    while number and (not raw[number - 1] or raw[number - 1].isspace()) and "\f" not in raw[number]:
        number -= 1
    return "\f" in raw[number]


def _page_numbers(lines: _Lines) -> Iterator[int]:
    """Yield the lines that are numbers of pages: those that count on, and are shown to be such."""
    runs: list[list[tuple[int, int, bool]]] = []
    for index, words in enumerate(lines.words):
        if len(words) > _LONGEST_NUMBER or not (found := _NUMBER.fullmatch(words)):
            continue
        at_feed = bool(lines.feeds) and (index in lines.feeds or index + 1 in lines.feeds or index + 1 == len(lines.at))
        if found["bare"] and not at_feed:
            continue
        number = int(next(found[kind] for kind in ("dashed", "page", "last", "english", "bare") if found[kind]))
        sure = at_feed or any(found[kind] for kind in _SURE) or lines.breaks(index - 1)
        if not runs or runs[-1][-1][1] + 1 != number:
            runs.append([])
        runs[-1].append((index, number, sure))
    for run in runs:
        if len(run) > 1 and 3 * sum(sure for _, _, sure in run) >= len(run):
            yield from (index for index, _, _ in run)


def _beside(lines: _Lines, borders: Sequence[int], numbers: set[int]) -> set[int]:
    """Return the numbers of pages with what stands beside their ends again and again; ``borders`` are before a line."""
    gone = set(numbers)
    for _ in range(_DEEPEST):
        above = {_nearest(border - 1, -1, gone) for border in borders} - {-1}
        below = {_nearest(border, 1, gone) for border in borders} - {len(lines.at)}
        found = {*_alike(lines, above), *_alike(lines, below)}
        if not found:
            break
        gone |= found
    return gone


def _nearest(index: int, step: int, gone: Collection[int]) -> int:
    while index in gone:
        index += step
    return index


def _alike(lines: _Lines, near: Collection[int]) -> Iterator[int]:
    """Yield those lines that say the same, but for their numbers, beside many ends of pages."""
    same: dict[str, list[int]] = defaultdict(list)
    for index in near:
        words = lines.words[index]
        if _may_be_head(words):
            same[_DIGITS.sub("#", "".join(words.split()))].append(index)
    for found in same.values():
        if len(found) > 1 and len(found) >= _MOSTLY * len(near):
            yield from found


def _repeated(lines: _Lines) -> Iterator[int]:
    """Yield the lines that come again and again, apart from one another, always within sentences."""
    counts = Counter(lines.words)
    places: dict[str, list[int]] = {words: [] for words, count in counts.items() if count >= _FEWEST}
    for index, words in enumerate(lines.words if places else ()):
        if words in places:
            places[words].append(index)
    for words, found in places.items():
        alone = _may_be_head(words) and not LABEL.match(words) and not find_marker(words)
        alone = alone and all(two - one >= _APART for one, two in pairwise(found))
        if alone and all(_is_inside(lines, index) for index in found if index) and _are_wrapped(lines, found):
            yield from found


def _may_be_head(words: str) -> bool:
    return len(words) <= _LONGEST and not is_ended(words) and not _SENTENCE.search(words) and not words.isdecimal()


def _is_inside(lines: _Lines, index: int) -> bool:
    """Tell whether a line stands within a sentence: the one before breaks off, the one behind begins none."""
    if not lines.breaks(index - 1) or index + 1 == len(lines.at):
        return False
    before, behind = lines.words[index - 1], lines.words[index + 1][0]
    return behind.islower() if before.isascii() else _SENTENCE.search(before) is not None and not behind.isupper()


def _are_wrapped(lines: _Lines, found: Sequence[int]) -> bool:
    """Tell whether the lines before these differ and are of one width, and most that break off are."""
    words_before = [lines.words[index - 1] for index in found if index]
    if len(set(words_before)) < len(words_before):
        return False
    before = [columns(words) for words in words_before]
    widths = [columns(words) for index, words in enumerate(lines.words) if lines.breaks(index)]
    alike = sum(abs(width - max(before)) <= _ALIKE for width in widths)
    return max(before) - min(before) <= _ALIKE and 2 * alike >= len(widths)


def _kept(raw: Sequence[str], lines: _Lines, gone: Collection[int]) -> Iterator[str]:
    """Yield the lines that stay, with the blank ones between them."""
    kept = [index for index in range(len(lines.at)) if index not in gone]
    yield from raw[: lines.at[0]]
    for one, two in pairwise([*kept, len(lines.at)]):
        yield raw[lines.at[one]].replace("\f", "")
        between = raw[lines.at[one] + 1 : lines.at[two] if two < len(lines.at) else len(raw)]
        if two == one + 1 and two not in lines.feeds:
            yield from between
        elif two == len(lines.at) or (is_ended(lines.words[one]) and any(not line.strip() for line in between)):
            yield ""


def _notice(lines: Iterable[str]) -> Notice:
    kinds = [words for words, _ in Counter(_DIGITS.sub("#", words)[:40] for words in lines).most_common()]
    shown = "; ".join(kinds[:3]) + (" …" if len(kinds) > 3 else "")
    return Notice(f"Left out at the head or foot of pages: {shown}.", f"略去页眉、页脚和页码：{shown}。")
