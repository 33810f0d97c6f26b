"""Markdown: headings by signs, by underlines and in bold; the numbers of lists and what is in code open no section."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.documents.formats.contract import Content, Format, Line
from bot.documents.formats.plain import LINE, empty, read_text
from bot.documents.markers import Marker, find_marker
from bot.tree import Kind

_HASHES = re.compile(r"#{1,6}(?:[ \t]+|$)|#{2,6}(?=[^#\s])")
_FENCE = re.compile(r"`{3,}|~{3,}")
_UNDERLINE = re.compile(r"(=+|--+)$")
_NOT_SETEXT = re.compile(r"[-*+>|#]|\d+[.)]\s")
_BOLD = re.compile(r"\*\*[^*\s][^*]*\*\*$")
_FRONT_MATTER = re.compile(r"---\n(?:[^\n]+\n){0,30}?title:[ \t]*[\"']?(?P<title>[^\n\"']{0,200}[^\s\"'])")
_LONGEST_HEADING = 200


def read(source: str, data: bytes) -> Content:
    """Read a file of Markdown; see ``Format``. The span of a heading leaves its signs out."""
    decoded = read_text(source, data)
    lines = tuple(_lines(decoded.text))
    if not lines:
        raise empty(source)
    return Content(decoded.text, lines, decoded.encoding, decoded.lost, _title(decoded.text, lines))


def _lines(text: str) -> Iterator[Line]:
    found = list(LINE.finditer(text))
    fence = ""
    front_matter = found[0].start() == 0 and found[0][0] == "---"
    for i, match in enumerate(found):
        line, start, end = match[0], match.start(), match.end()
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
            if start < end:
                heading = end - start <= _LONGEST_HEADING
                marker = Marker(Kind.ATX + hashes[0].count("#"), 0, heading=True) if heading else None
                yield Line(start, end, marker, find_marker(text[start:end]))
            continue
        else:
            next_start = found[i + 1].start() if i + 1 < len(found) else len(text)
            below = found[i + 1][0] if text.count("\n", end, next_start) == 1 and next_start < len(text) else ""
            yield _text_line(line, start, below)
            continue
        yield Line(start, end, None, find_marker(line))


def _without_closing_hashes(line: str) -> str:
    bare = line.rstrip("#")
    return bare.rstrip() if bare.endswith((" ", "\t")) else line


def _text_line(line: str, start: int, below: str) -> Line:
    """Return a line that is no ``#`` heading and no code, given the line right below it."""
    if _BOLD.match(line):
        line, start = line[2:-2], start + 2
    underlined = len(line) <= _LONGEST_HEADING and _UNDERLINE.match(below) and not _NOT_SETEXT.match(line)
    opens = find_marker(line)
    marker = opens
    if underlined:
        marker = Marker(Kind.ATX + (1 if below[0] == "=" else 2), 0, heading=True)
    elif opens is not None and Kind.DIGIT <= opens.rank < Kind.LEAD:
        marker = replace(opens, heading=False)
    return Line(start, start + len(line), marker, opens)


def _title(text: str, lines: tuple[Line, ...]) -> str:
    """Return the title in the front matter, else the first heading of level 1; empty where there is neither."""
    if front := _FRONT_MATTER.match(text):
        return front["title"]
    first = next((line for line in lines if line.marker and line.marker.rank == Kind.ATX + 1), None)
    return text[first.start : first.end] if first else ""


FORMAT = Format((".md", ".markdown"), read)
