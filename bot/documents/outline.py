"""From lines to paragraphs with their section paths."""

import re
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from bot.documents.markers import Kind, Marker, find_marker, is_sentence_heading
from bot.types import Paragraph

_BLANK = r"\s\ufeff\u200b-\u200f\u2060"
_LINE = re.compile(rf"[^{_BLANK}](?:[^\n]*[^{_BLANK}])?")
_HASHES = re.compile(r"#{1,6}(?:[ \t]+|$)|#{2,6}(?=[^#\s])")
_FENCE = re.compile(r"`{3,}|~{3,}")
_UNDERLINE = re.compile(r"(=+|--+)$")
_NOT_SETEXT = re.compile(r"[-*+>|#]|\d+[.)]\s")
_BOLD = re.compile(r"\*\*[^*\s][^*]*\*\*$")
_CONTENTS = re.compile(r"目\s*[录錄次]|(?:Table of )?Contents|CONTENTS")
_LONGEST_MARKDOWN_HEADING = 200
_LONGEST_ENTRY = 100
_LIST_KINDS = frozenset({Kind.HAN_BRACKET, Kind.DIGIT, Kind.DIGIT_BRACKET, Kind.CIRCLE, Kind.QUESTION})
_ARTICLES = frozenset({Kind.ARTICLE, Kind.INNER_ARTICLE})
_LEAD_PHRASE = re.compile(r"[^。！？；：!?;]{1,50}?(?:[。！？：!?]|\.(?=\s))(?=..)")
_LEAD_CLAUSE = re.compile(r"[^，。！？；：!?;]{1,40}(?=，)")
_PARALLEL = re.compile(r"([^，。！？；：\s]{4,20})，[^。！？；：]{2,40}(?=[。！])(?=..)")

Lines = list[tuple[int, int, Marker | None]]


class _Open(NamedTuple):
    """A heading whose section goes on; ``body`` is an article that begins on the line of its number."""

    rank: int
    name: str
    body: bool = False


def outline(text: str, *, markdown: bool) -> tuple[Paragraph, ...]:
    """Return the non-empty lines of a text with their section paths and levels.

    A heading's own path ends with the heading above it. The span of a Markdown heading leaves its signs out.
    """
    lines = _markdown_lines(text) if markdown else _plain_lines(text)
    _leave_out_contents(text, lines)
    _settle_articles(lines)
    return _name_parallel_leads(text, _nest(text, lines))


def _plain_lines(text: str) -> Lines:
    return [(m.start(), m.end(), find_marker(m[0])) for m in _LINE.finditer(text)]


def _markdown_lines(text: str) -> Lines:
    """Return the lines of Markdown with their markers: the numbers of lists and what is in code are none."""
    found = list(_LINE.finditer(text))
    lines: Lines = []
    fence = ""
    front_matter = bool(found) and found[0].start() == 0 and found[0][0] == "---"
    for i, match in enumerate(found):
        line, start, end = match[0], match.start(), match.end()
        marker: Marker | None = None
        opened = _FENCE.match(line)
        if front_matter:
            front_matter = i == 0 or line != "---"
        elif fence:
            if opened and opened[0].startswith(fence) and opened[0] == line:
                fence = ""
        elif opened:
            fence = opened[0]
        elif hashes := _HASHES.match(line):
            start, end = start + hashes.end(), start + len(_without_closing_hashes(line))
            if start >= end:
                continue
            if end - start <= _LONGEST_MARKDOWN_HEADING:
                marker = Marker(Kind.ATX + hashes[0].count("#"), 0, heading=True)
        else:
            next_start = found[i + 1].start() if i + 1 < len(found) else len(text)
            below = found[i + 1][0] if text.count("\n", end, next_start) == 1 and next_start < len(text) else ""
            marker = _markdown_marker(line, below)
            if _BOLD.match(line):
                start, end, marker = start + 2, end - 2, _markdown_marker(line[2:-2], below)
        lines.append((start, end, marker))
    return lines


def _without_closing_hashes(line: str) -> str:
    bare = line.rstrip("#")
    return bare.rstrip() if bare.endswith((" ", "\t")) else line


def _markdown_marker(line: str, below: str) -> Marker | None:
    """Return the marker of a line of Markdown that is no ``#`` heading, given the line right below it."""
    if len(line) <= _LONGEST_MARKDOWN_HEADING and _UNDERLINE.match(below) and not _NOT_SETEXT.match(line):
        return Marker(Kind.ATX + (1 if below[0] == "=" else 2), 0, heading=True)
    marker = find_marker(line)
    if marker is not None and Kind.DIGIT <= marker.rank < Kind.LEAD:
        return replace(marker, heading=False)
    return marker


def _leave_out_contents(text: str, lines: Lines) -> None:
    """Take the markers from the entries of a table of contents: from its title to where the first entry comes again."""
    at = next((i for i, (s, e, _) in enumerate(lines) if e - s < 20 and _CONTENTS.fullmatch(text, s, e)), None)
    if at is None or at + 1 == len(lines):
        return
    first = _entry(text, lines[at + 1])
    for i in range(at + 2, len(lines)):
        start, end, _ = lines[i]
        if end - start > _LONGEST_ENTRY:
            return
        if _entry(text, lines[i]) == first:
            lines[at + 1 : i] = [(s, e, None) for s, e, _ in lines[at + 1 : i]]
            return


def _entry(text: str, line: tuple[int, int, Marker | None]) -> str:
    bare = "".join(text[line[0] : line[1]][:_LONGEST_ENTRY].split())
    return bare.rstrip("0123456789").rstrip(".．…·")


def _settle_articles(lines: Lines) -> None:
    """Put articles inside list numbers where the text begins with those and has no chapters: first met, outermost."""
    ranks = [marker.rank for _, _, marker in lines if marker and (marker.heading or marker.rank == Kind.ARTICLE)]
    if Kind.ARTICLE not in ranks or any(Kind.PART <= rank < Kind.ARTICLE for rank in ranks):
        return
    if any(Kind.HAN <= rank <= Kind.HAN_BRACKET for rank in ranks[: ranks.index(Kind.ARTICLE)]):
        for i, (start, end, marker) in enumerate(lines):
            if marker and marker.rank == Kind.ARTICLE:
                lines[i] = start, end, replace(marker, rank=Kind.INNER_ARTICLE)


def _nest(text: str, lines: Lines) -> list[Paragraph]:
    """Give each line the headings above it."""
    stack: list[_Open] = []
    path: tuple[str, ...] = ()
    out: list[Paragraph] = []
    listed = -1  # The rank of the line before where that was an item of a list.
    for i, (start, end, marker) in enumerate(lines):
        if marker is None:
            out.append(Paragraph(i, start, end, path))
            listed = -1
            continue
        line = text[start:end]
        heading = _is_heading(line, marker, lines, i, stack, listed)
        listed = marker.rank if marker.heading and not heading else -1
        if heading or marker.rank in _ARTICLES or Kind.HAN <= marker.rank < Kind.LEAD:
            while stack and _closes(marker.rank, stack[-1].rank, heading):
                stack.pop()
            path = tuple(above.name for above in stack)
        if heading:
            out.append(Paragraph(i, start, end, path, level=len(stack) + 1))
            stack.append(_Open(marker.rank, line))
            path = (*path, line)
        elif marker.rank in _ARTICLES:
            name = line[: marker.length].rstrip(" \u3000\t:：.–—-")
            stack.append(_Open(marker.rank, name, body=True))
            path = (*path, name)
            out.append(Paragraph(i, start, end, path))
        else:
            lead = _lead(line, marker)
            out.append(Paragraph(i, start, end, (*path, lead) if lead else path))
    return out


def _closes(rank: int, above: int, heading: bool) -> bool:
    """Tell whether a line of ``rank`` ends the section of a heading of rank ``above``."""
    if not heading and Kind.DECIMAL <= above < Kind.DIGIT_BRACKET:
        return rank == above  # An item "1." under a heading "1.2" belongs to it.
    return rank <= above


def _is_heading(line: str, marker: Marker, lines: Lines, i: int, stack: list[_Open], listed: int) -> bool:
    """Tell a heading from an item of a list and from an article that is one short line.

    Under a heading stands something; inside the text of an article, numbers count its items.
    """
    if marker.rank >= Kind.HAN and any(above.body and above.rank < marker.rank for above in stack):
        return False
    below = lines[i + 1][2] if i + 1 < len(lines) else None
    leads_on = i + 1 < len(lines) and (below is None or below.rank > marker.rank)
    if marker.heading:
        if marker.rank in _ARTICLES:
            return leads_on or marker.length == len(line)
        return marker.rank not in _LIST_KINDS or (leads_on and listed != marker.rank)
    before = lines[i - 1][2] if i else None
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
            clauses[paragraph.section, match[1]] += 1
    for index, lead in found.items():
        paragraph = paragraphs[index]
        if clauses[paragraph.section, lead.split("，", 1)[0]] > 1:
            paragraphs[index] = replace(paragraph, section=(*paragraph.section, lead))
    return tuple(paragraphs)
