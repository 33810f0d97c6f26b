"""What a document is called."""

import re
from collections.abc import Sequence

from bot.documents.markers import find_marker
from bot.types import Paragraph

_FRONT_MATTER = re.compile(r"---\n(?:[^\n]+\n){0,30}?title:[ \t]*[\"']?([^\n\"']{0,200}[^\s\"'])")
_OFFICIAL_NUMBER = re.compile(r".{0,20}[〔\[（(【]\d{4}[〕\]）)】].{0,10}号$")
_NO_TITLE = re.compile(r"[。；;]|[：:，,、.．…]$|^.{0,9}[！!]$")
_WORDS = re.compile(r"[^\W\d_年月日]{2}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SALUTATION = re.compile(r"[^。！？!?\n]{1,30}[：:，,]$")
_FIRST_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_LONGEST = 60
_LONGEST_ENGLISH = 120
_OPENING = 20


def find_title(text: str, paragraphs: Sequence[Paragraph], stem: str, *, markdown: bool) -> str:
    """Return the document's title, verbatim.

    In order: the first Markdown heading of level 1 (or a title in front matter), a first line that looks like a
    title, the file's ``stem`` where it says something, the opening of the first sentence.
    """
    named = _markdown_title(text, paragraphs) if markdown else ""
    if named:
        return named
    lines = [text[p.start : p.end] for p in paragraphs[:3]]
    first = next((k for k, line in enumerate(lines) if _WORDS.search(line) and not _OFFICIAL_NUMBER.match(line)), None)
    if first is not None and not paragraphs[first].level and _looks_like_title(lines[first]):
        return lines[first]
    return stem if _says_something(stem) else _opening(text, paragraphs)


def _markdown_title(text: str, paragraphs: Sequence[Paragraph]) -> str:
    if front := _FRONT_MATTER.match(text):
        return front[1]
    for paragraph, below in zip(paragraphs, (*paragraphs[1:], None), strict=True):
        if paragraph.level == 1:
            line_start = text.rfind("\n", 0, paragraph.start) + 1
            underlined = below is not None and text.startswith("=", below.start)
            if text[line_start : paragraph.start].strip() == "#" or (line_start == paragraph.start and underlined):
                return text[paragraph.start : paragraph.end]
    return ""


def _looks_like_title(line: str) -> bool:
    longest = _LONGEST_ENGLISH if line.isascii() else _LONGEST
    return len(line) <= longest and not _NO_TITLE.search(line) and find_marker(line) is None


def _says_something(stem: str) -> bool:
    """Tell a name from a hash or a number: it has a Chinese character, or a word that holds no digit."""
    words = re.split(r"[\W_]+", stem)
    return any(_HAN.search(word) or (len(word) > 2 and word.isalpha()) for word in words)


def _opening(text: str, paragraphs: Sequence[Paragraph]) -> str:
    """Return the opening of the first sentence that is no salutation, cut to about 20 characters."""
    lines = [text[p.start : p.end] for p in paragraphs[:5]]
    line = next((line for line in lines if _WORDS.search(line) and not _SALUTATION.match(line)), lines[0])
    sentence = _FIRST_SENTENCE.match(line)
    opening = sentence[0].strip() if sentence else line
    return opening if len(opening) <= _OPENING else opening[:_OPENING].rstrip() + "…"
