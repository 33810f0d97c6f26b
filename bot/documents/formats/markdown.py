"""Markdown: headings by signs, by underlines and in bold; the numbers of lists and what is in code open no section.

markdown-it tells code and headings apart from text; a few things that people write, and CommonMark does not know, are
headings here all the same ("##安装", a line in bold).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from bot.documents.formats.contract import Content, Format, Line
from bot.documents.formats.plain import LINE, empty, read_text
from bot.documents.formats.wrapped import join_wrapped
from bot.documents.markers import Marker, find_marker
from bot.tree import Kind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HASHES = re.compile(r"#{1,6}(?:[ \t]+|$)|#{2,6}(?=[^#\s])")
_UNDERLINE = re.compile("=+|--+")
_NO_UNDERLINED_HEADING = re.compile(r"[-*+>|#]|\d+[.)]\s")
_BOLD = re.compile(r"\*\*[^*\s][^*]*\*\*$")
_FRONT_MATTER = re.compile(r"---\n(?:[^\n]+\n){0,30}?title:[ \t]*[\"']?(?P<title>[^\n\"']{0,200}[^\s\"'])")
_LISTED = frozenset({Kind.DIGIT, Kind.DIGIT_BRACKET, Kind.CIRCLE})
"""What counts the items of a list; "1 范围" and "1.2 范围" count none in Markdown."""
_LONGEST_HEADING, _LONGEST_BOLD = 200, 60
_NO_BOLD_HEADING = re.compile(r"[。！；;!….,，、]$|[：:].|[。；;]|^[-\W\d]*$")


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Numbers of lines: what is ``code`` (or front matter), and the level of what is ``underlined``."""

    code: frozenset[int]
    underlined: dict[int, int]


def read(source: str, data: bytes) -> Content:
    """Read a file of Markdown; see ``Format``. The span of a heading leaves its signs out."""
    decoded = read_text(source, data)
    raw = decoded.text.split("\n")
    blocks = _blocks(raw)
    lines = tuple(_lines(raw, blocks))
    if not lines:
        raise empty(source)
    lines = join_wrapped(decoded.text, lines, _apart(raw, blocks))
    return Content(decoded.text, lines, decoded.encoding, decoded.lost, _title(decoded.text, lines))


def _lines(raw: list[str], blocks: _Blocks) -> Iterator[Line]:
    offset = 0
    bold = {number for number, line in enumerate(raw) if number not in blocks.code and _BOLD.fullmatch(line.strip())}
    for number, whole in enumerate(raw):
        if match := LINE.search(whole):
            line, start = match[0], offset + match.start()
            if number in blocks.code:
                yield Line(start, start + len(line), None, find_marker(line))
            elif hashes := _HASHES.match(line):
                yield from _signed(line, start, hashes)
            else:
                heads = number in bold and _heads_text(raw, number, bold)
                yield _text_line(line, start, blocks.underlined.get(number, 0), heads=heads)
        offset += len(whole) + 1


def _apart(raw: list[str], blocks: _Blocks) -> set[int]:
    """Return where the lines begin that are a paragraph by themselves: headings, code, those that end with a break."""
    apart: set[int] = set()
    offset = 0
    for number, whole in enumerate(raw):
        match = LINE.search(whole)
        if match and (
            number in blocks.code or number in blocks.underlined or match[0][0] in "#>*" or whole.endswith(("  ", "\\"))
        ):
            apart.add(offset + match.start() + len(match[0]) - len(match[0].lstrip("# \t")))
            apart.add(offset + match.start())
        offset += len(whole) + 1
    return apart


def _blocks(raw: list[str]) -> _Blocks:
    body = _front_matter_end(raw)
    code = set(range(body))
    underlined: dict[int, int] = {}
    for token in _parser().parse("\n".join(raw[body:])):
        if token.map is None:
            continue
        first, end = token.map[0] + body, token.map[1] + body
        if token.type == "fence":
            code.update(range(first, end))
        elif token.type == "heading_open" and _UNDERLINE.fullmatch(raw[end - 1].strip()):
            underlined[end - 2] = int(token.tag[1])
    return _Blocks(frozenset(code), underlined)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # here: who asks and adds nothing need not wait for it

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    # Without the others, a heading or code that stands in a list is found whatever its indentation.
    parser.block.ruler.enableOnly(["fence", "heading", "lheading", "paragraph"])
    return parser


def _front_matter_end(raw: list[str]) -> int:
    """Return the number of lines of front matter; the whole file where it does not end."""
    if raw[0].strip() != "---" or raw[0].startswith((" ", "\t")):
        return 0
    return next((n + 1 for n, line in enumerate(raw[1:], 1) if line.strip() == "---"), len(raw))


def _signed(line: str, start: int, hashes: re.Match[str]) -> Iterator[Line]:
    """Yield a heading that begins with signs; one of nothing else is no line."""
    end = len(_without_closing_hashes(line))
    name = line[hashes.end() : end]
    if name:
        marker = Marker(Kind.ATX + hashes[0].count("#"), 0, heading=True) if len(name) <= _LONGEST_HEADING else None
        yield Line(start + hashes.end(), start + end, marker, find_marker(name))


def _without_closing_hashes(line: str) -> str:
    bare = line.rstrip("#")
    return bare.rstrip() if bare.endswith((" ", "\t")) else line


def _heads_text(raw: list[str], number: int, bold: set[int]) -> bool:
    """Tell whether a line in bold begins a paragraph, and stands above something that is not in bold."""
    if number and raw[number - 1].strip() and not _HASHES.match(raw[number - 1].strip()):
        return False
    below = next((at for at in range(number + 1, len(raw)) if raw[at].strip()), None)
    return below is not None and below not in bold and not _HASHES.match(raw[below].strip())


def _text_line(line: str, start: int, level: int, *, heads: bool = False) -> Line:
    """Return a line that is no ``#`` heading and no code.

    ``level`` is above 0 where it is underlined as a heading; ``heads`` tells that it is in bold above other text.
    """
    if _BOLD.match(line):
        line, start = line[2:-2], start + 2
    opens = find_marker(line)
    marker = opens
    if level and len(line) <= _LONGEST_HEADING and not _NO_UNDERLINED_HEADING.match(line):
        marker = Marker(Kind.ATX + level, 0, heading=True)
    elif heads and opens is None and len(line) <= _LONGEST_BOLD and not _NO_BOLD_HEADING.search(line):
        marker = Marker(Kind.LABEL, 0, heading=True)
    elif opens is not None and not heads and opens.rank in _LISTED and not line[: opens.length].strip().isdecimal():
        marker = replace(opens, heading=False)
    return Line(start, start + len(line), marker, opens)


def _title(text: str, lines: tuple[Line, ...]) -> str:
    """Return the title in the front matter, else the first heading of level 1; empty where there is neither."""
    if front := _FRONT_MATTER.match(text):
        return front["title"]
    first = next((line for line in lines if line.marker and line.marker.rank == Kind.ATX + 1), None)
    return text[first.start : first.end] if first else ""


FORMAT = Format(("Markdown", "Markdown"), (".md", ".markdown"), read)
