"""From lines to paragraphs with their section paths."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.documents.formats import Line
from bot.documents.markers import Marker, is_sentence_heading
from bot.documents.openings import read_opening
from bot.language.folding import plain
from bot.tree import Kind
from bot.types import Paragraph

_CONTENTS = re.compile(r"目\s*[录錄次]|(?:Table of )?Contents|CONTENTS")
_LONGEST_ENTRY = 100
_LIST_KINDS = frozenset({Kind.HAN_BRACKET, Kind.DIGIT, Kind.DIGIT_BRACKET, Kind.CIRCLE, Kind.QUESTION})
_ARTICLES = frozenset({Kind.ARTICLE, Kind.INNER_ARTICLE})
_LEAD_PHRASE = re.compile(r"[^。！？；：!?;]{1,50}?(?:[。！？：!?]|\.(?=\s))(?=..)")
_LEAD_CLAUSE = re.compile(r"[^，。！？；：!?;]{1,40}(?=，)")
_PARALLEL = re.compile(r"(?P<clause>[^，。！？；：\s]{4,20})，[^。！？；：]{2,40}(?=[。！])(?=..)")

Markers = list[Marker | None]
"""What each line counts as; None: text."""


class _Open(NamedTuple):
    """A heading whose section goes on; ``body`` is an article that begins on the line of its number."""

    rank: int
    name: str
    body: bool = False


def outline(text: str, lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """Return the lines of a text as paragraphs with their section paths and levels.

    A heading's own path ends with the heading above it.
    """
    markers = [line.marker for line in lines]
    _leave_out_contents(text, lines, markers)
    _settle_articles(markers)
    _settle_names(lines, markers)
    lines = _settle_bare_numbers(text, lines, markers)
    return _name_parallel_leads(text, _nest(text, lines, markers))


def _leave_out_contents(text: str, lines: Sequence[Line], markers: Markers) -> None:
    """Take the markers from the entries of a table of contents: from its title to where the first entry comes again."""
    spans = ((i, line.start, line.end) for i, line in enumerate(lines) if line.end - line.start < 20)
    at = next((i for i, start, end in spans if _CONTENTS.fullmatch(text, start, end)), None)
    if at is None or at + 1 == len(lines):
        return
    first = _entry(text, lines[at + 1])
    for i in range(at + 2, len(lines)):
        if lines[i].end - lines[i].start > _LONGEST_ENTRY:
            return
        if _entry(text, lines[i]) == first:
            markers[at + 1 : i] = [None] * (i - at - 1)
            return


def _entry(text: str, line: Line) -> str:
    bare = "".join(text[line.start : line.end][:_LONGEST_ENTRY].split())
    return bare.rstrip("0123456789").rstrip(".．…·")


def _settle_articles(markers: Markers) -> None:
    """Put articles inside list numbers where the text begins with those and has no chapters: first met, outermost."""
    ranks = [marker.rank for marker in markers if marker and (marker.heading or marker.rank == Kind.ARTICLE)]
    if Kind.ARTICLE not in ranks or any(Kind.PART <= rank < Kind.ARTICLE for rank in ranks):
        return
    if any(Kind.HAN <= rank <= Kind.HAN_BRACKET for rank in ranks[: ranks.index(Kind.ARTICLE)]):
        for i, marker in enumerate(markers):
            if marker and marker.rank == Kind.ARTICLE:
                markers[i] = replace(marker, rank=Kind.INNER_ARTICLE)


def _settle_names(lines: Sequence[Line], markers: Markers) -> None:
    """Take the marker from a mere name ("总则") below a mere number ("第一章"): both together are one heading."""
    for i in range(1, len(lines)):
        above, own = markers[i - 1], markers[i]
        if (
            (own and above)
            and (own.rank == Kind.ANNEX and Kind.PART <= above.rank <= Kind.SECTION)
            and (_is_whole(lines[i], own) and _is_whole(lines[i - 1], above))
        ):
            markers[i] = None


def _is_whole(line: Line, marker: Marker) -> bool:
    return marker.length == line.end - line.start


def _settle_bare_numbers(text: str, lines: Sequence[Line], markers: Markers) -> Sequence[Line]:
    """Take the markers from lines that begin with a mere number ("3 月", "12 人"), unless these count on from 1."""
    bare = [i for i, line in enumerate(lines) if line.opens and _is_bare(text, line, line.opens)]
    counting: list[int] = []
    for i in bare:
        opening = read_opening(text[lines[i].start : lines[i].end], lines[i].opens)
        marker = markers[i]
        if marker and marker.heading and opening is not None and opening.number == len(counting) + 1:
            counting.append(i)
    kept = set(counting) if len(counting) > 1 else set()
    settled = list(lines)
    for i in bare:
        if i not in kept:
            markers[i] = None
            settled[i] = replace(lines[i], opens=None)
    return settled


def _is_bare(text: str, line: Line, marker: Marker) -> bool:
    return text[line.start : line.start + marker.length].strip().isdecimal()


def _nest(text: str, lines: Sequence[Line], markers: Markers) -> list[Paragraph]:
    """Give each line the headings above it, and what opens it."""
    stack: list[_Open] = []
    path: tuple[str, ...] = ()
    out: list[Paragraph] = []
    listed = -1  # The rank of the line before where that was an item of a list.
    for i, (line, marker) in enumerate(zip(lines, markers, strict=True)):
        start, end = line.start, line.end
        words = text[start:end]
        opening = read_opening(words, line.opens)
        if marker is None:
            # A paragraph may begin with the words of the heading above: they are the name that it opens with.
            out.append(Paragraph(i, start, end, path, 0, opening, _own(path, words)))
            listed = -1
            continue
        heading = _is_heading(words, marker, markers, i, stack, listed)
        listed = marker.rank if marker.heading and not heading else -1
        if heading or marker.rank in _ARTICLES or Kind.HAN <= marker.rank < Kind.LEAD:
            while stack and _closes(marker.rank, stack[-1].rank, heading):
                stack.pop()
            path = tuple(above.name for above in stack)
        if heading:
            name = plain(words)
            out.append(Paragraph(i, start, end, path, len(stack) + 1, opening))
            stack.append(_Open(marker.rank, name))
            path = (*path, name)
        elif marker.rank in _ARTICLES:
            name = words[: marker.length].rstrip(" \u3000\t:：.–—-")
            stack.append(_Open(marker.rank, name, body=True))
            path = (*path, name)
            out.append(Paragraph(i, start, end, path, 0, opening, len(name)))
        else:
            lead = _lead(words, marker)
            section = (*path, lead) if lead else path
            out.append(Paragraph(i, start, end, section, 0, opening, len(lead) or _own(path, words)))
    return out


def _own(path: tuple[str, ...], line: str) -> int:
    return len(path[-1]) if path and line.startswith(path[-1]) else 0


def _closes(rank: int, above: int, heading: bool) -> bool:
    """Tell whether a line of ``rank`` ends the section of a heading of rank ``above``."""
    if not heading and Kind.DECIMAL <= above < Kind.DIGIT_BRACKET:
        return rank == above  # An item "1." under a heading "1.2" belongs to it.
    return rank <= above


def _is_heading(line: str, marker: Marker, markers: Markers, i: int, stack: list[_Open], listed: int) -> bool:
    """Tell a heading from an item of a list and from an article that is one short line.

    Under a heading stands something; inside the text of an article, numbers count its items.
    """
    if marker.rank >= Kind.HAN and any(above.body and above.rank < marker.rank for above in stack):
        return False
    below = markers[i + 1] if i + 1 < len(markers) else None
    leads_on = i + 1 < len(markers) and (below is None or below.rank > marker.rank)
    if marker.heading:
        if marker.rank in _ARTICLES:
            return leads_on or marker.length == len(line)
        return marker.rank not in _LIST_KINDS or (leads_on and listed != marker.rank)
    before = markers[i - 1] if i else None
    return is_sentence_heading(line, marker) and leads_on and (before is None or before.rank != marker.rank)


def _lead(line: str, marker: Marker) -> str:
    """Return the phrase that opens a numbered paragraph, without its end mark; empty where there is none."""
    match = _LEAD_PHRASE.match(line, marker.length)
    if match:
        return line[: match.end() - 1]
    if marker.rank == Kind.LEAD:
        match = _LEAD_CLAUSE.match(line, marker.length)
    return line[: match.end()] if match else ""


def _name_parallel_leads(text: str, paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Take the first sentence as lead where paragraphs of one section open with the same clause.

    "X，必须A。…" and "X，必须B。…" under one heading are points as much as "一要A。…" and "二要B。…" are.
    """
    found: dict[int, str] = {}
    clauses: Counter[tuple[tuple[str, ...], str]] = Counter()
    for paragraph in paragraphs:
        if paragraph.level == 0 and (match := _PARALLEL.match(text, paragraph.start, paragraph.end)):
            found[paragraph.index] = match[0]
            clauses[paragraph.section, match["clause"]] += 1
    for index, lead in found.items():
        paragraph = paragraphs[index]
        if clauses[paragraph.section, lead.split("，", 1)[0]] > 1:
            paragraphs[index] = replace(paragraph, section=(*paragraph.section, lead), lead=len(lead))
    return tuple(paragraphs)
