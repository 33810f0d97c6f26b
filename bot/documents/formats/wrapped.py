"""Text that was wrapped at a fixed width: lines that are one paragraph are read as one.

A line goes on in the next where it is as wide as the text's lines are and ends within a sentence, or where the next can
begin nothing: with a small letter, or with a mark that no sentence begins with. Indented lines, lines that something
opens, labels and rows of tables begin anew.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import compress, islice, pairwise
from typing import NamedTuple

from bot.documents.formats.contract import Line
from bot.documents.markers import find_marker
from bot.documents.openings import read_opening
from bot.language.folding import plain
from bot.tree import Kind

_ENDS, _CLOSERS = frozenset("。！？!?；;：:…"), "”’」』）】》)\"'"
_POINT, _POINT_CLOSERS = ".", "\"')”"
_MARKS = "，。、；：！？）】》”’」』,;:!?)]…—"
"""Marks that may hang over the edge, and with which no line begins but one that goes on."""
_ROW = re.compile(r"[|\t]|\S[ \u3000]{2,}\S")
_ROW_SIGNS = re.compile(r"  |\||\t|\u3000")
"""Stands in every row; it is looked for in a fraction of the time."""
LABEL = re.compile(r"[^，。；！？,;!?\s]{1,12}[：:]|[A-Z][\w ]{0,20}: ")
"""What opens a line that says one thing of a form."""
_WORD = re.compile(r"[^\s\u2e80-\uffef]+|.")
_INSIDE = re.compile(r"[，。；、,.;](?=.)")
_NARROWEST, _WIDEST = 20, 140
"""Columns of a wrapped text: a Chinese character takes two."""
_NARROWEST_WESTERN = _NARROWEST_COMMA = 40
"""Columns of a line that goes on by itself: in a small letter, or behind a comma, where verses are shorter."""
_HANGING = 8
_SLACK = 4
_WIDER = 0.05
"""Share of the lines that may be wider, as addresses of pages are."""
_FEWEST = 2
"""Lines that must end at the same width within a sentence before a text counts as wrapped."""


class _Measured(NamedTuple):
    """A line: its words, and its indentation in columns.

    ``item`` tells that something opens it, ``lead`` that this may stand within a sentence too ("其次，", "12 人")."""

    line: Line
    words: str
    indent: int
    ended: bool
    apart: bool
    item: bool
    lead: bool

    @property
    def width(self) -> int:
        """Its width in columns, marks at its end left out."""
        return self.indent + columns(self.words.rstrip(_MARKS))

    def is_wider(self, width: int) -> bool:
        """Tell whether it is wider; for most lines the count of characters tells."""
        return self.indent + 2 * len(self.words) > width and self.width > width


def join_wrapped(text: str, lines: Sequence[Line], apart: Collection[int] = ()) -> tuple[Line, ...]:
    """Return the lines with those joined that are one paragraph; lines that start at one of ``apart`` stay alone.

    A joined line opens with what its first one opens with. Where nothing is wrapped, the lines stay as they are.
    """
    measured = [_measure(text, line, line.start in apart) for line in lines]
    near = [text.count("\n", one.end, two.start) == 1 for one, two in pairwise(lines)]
    may = [close and _may_go_on(one, two) for close, (one, two) in zip(near, pairwise(measured), strict=True)]
    width = _wrapped_at(measured, list(compress(measured, may)))
    parted = any(
        not close or two.indent > one.indent for close, (one, two) in zip(near, pairwise(measured), strict=True)
    )
    joined = list(lines[:1])
    for goes, (one, two) in zip(may, pairwise(measured), strict=True):
        if goes and _goes_on(one, two, width, parted=parted):
            joined[-1] = replace(joined[-1], end=two.line.end)
        else:
            joined.append(two.line)
    return tuple(_opened_anew(text, line) if "\n" in text[line.start : line.end] else line for line in joined)


def _opened_anew(text: str, line: Line) -> Line:
    """Return a joined line with its marker read again: what is a heading depends on all of its words."""
    marker = line.marker and find_marker(plain(text[line.start : line.end]))
    if line.marker and marker:
        marker = replace(marker, length=line.marker.length, heading=marker.heading and line.marker.heading)
    return replace(line, marker=marker, opens=marker or line.opens)


class _Widths(dict[str, int]):
    """Character -> the columns it takes, filled as characters are met."""

    def __missing__(self, char: str) -> int:
        self[char] = width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        return width


_WIDTHS = _Widths()


def is_ended(words: str) -> bool:
    """Tell whether a line ends with the end of a sentence."""
    return words.rstrip(_CLOSERS)[-1:] in _ENDS or words.rstrip(_POINT_CLOSERS)[-1:] == _POINT


def columns(text: str) -> int:
    """Return how many columns a text takes: two for each wide character."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def _measure(text: str, line: Line, apart: bool) -> _Measured:
    words = text[line.start : line.end]
    begin = text.rfind("\n", 0, line.start) + 1
    opening = read_opening(words, line.opens)
    return _Measured(
        line=line,
        words=words,
        indent=columns(text[begin : line.start].expandtabs(4)) if begin < line.start else 0,
        ended=is_ended(words),
        apart=apart or (_ROW_SIGNS.search(words) is not None and _ROW.search(words) is not None),
        item=opening is not None,
        lead=opening is not None and (opening.rank == Kind.LEAD or words[: opening.length].strip().isdecimal()),
    )


def _may_go_on(one: _Measured, two: _Measured) -> bool:
    """Tell whether nothing forbids that the second line belongs to the first."""
    if one.apart or two.apart or (two.item and (one.ended or not two.lead)):
        return False
    # The text of an item may hang under its beginning; elsewhere an indented line begins a paragraph.
    if two.indent > one.indent and not (one.item and two.indent <= one.indent + _HANGING):
        return False
    return one.words[-1] in "，、,；;" or LABEL.match(two.words) is None


def _goes_on(one: _Measured, two: _Measured, width: int, *, parted: bool) -> bool:
    if two.words[0] in _MARKS and two.words[0] not in "—…" and not one.ended:
        return one.width >= _NARROWEST
    if _continues_western(one, two) or (one.words[-1] in "，、" and one.width >= _NARROWEST_COMMA):
        return True
    if not width or one.is_wider(width + _SLACK) or two.is_wider(width + _SLACK):
        return False
    first = _WORD.match(two.words)
    word = columns(first[0] if first else "")
    full = one.width + word + _SLACK > width
    # Behind the end of a sentence the next word, with a space before it, had no room.
    return full and (not one.ended or (parted and one.width + max(2, word) >= width))


def _continues_western(one: _Measured, two: _Measured) -> bool:
    """Tell whether a line of English goes on: it does not end, and the next begins with a small letter."""
    return (
        not one.ended
        and one.words.isascii()
        and two.words[0].islower()
        and (one.width >= _NARROWEST_WESTERN or len(one.words.split()) >= 4)
    )


def _wrapped_at(measured: Sequence[_Measured], followed: Sequence[_Measured]) -> int:
    """Return the width at which a text is wrapped; 0 where it is not. ``followed`` are lines that might go on."""
    by_width: defaultdict[int, list[_Measured]] = defaultdict(list)
    for one in followed:
        if not one.ended and _NARROWEST <= (width := one.width) <= _WIDEST:
            by_width[width].append(one)
    for width in sorted(by_width, reverse=True):
        here = [one for near in range(width - _SLACK, width + 1) for one in by_width.get(near, ())]
        # Names in a column are of one width too; sentences have marks inside.
        told = sum(_INSIDE.search(one.words) is not None for one in here)
        if len(here) >= _FEWEST and 3 * told >= len(here):
            wider = (one for one in measured if not one.apart and one.is_wider(width + _SLACK))
            most = int(_WIDER * len(measured))
            return width if next(islice(wider, most, None), None) is None else 0
    return 0
