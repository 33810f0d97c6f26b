"""What a document is called."""

import re
from collections.abc import Sequence

from bot.language.folding import plain
from bot.tree import Kind
from bot.types import Paragraph

_OFFICIAL_NUMBER = re.compile(r".{0,20}[〔\[（(【]\d{4}[〕\]）)】].{0,10}号$")
_NO_TITLE = re.compile(r"[。；;]| \| |[：:，,、.．…]$|^.{0,9}[！!]$")
_WORDS = re.compile(r"[^\W\d_年月日]{2}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SALUTATION = re.compile(r"[^。！？!?\n]{1,30}[：:，,]$")
_FIRST_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_LONGEST = 60
_LONGEST_ENGLISH = 120
_OPENING = 20


def find_title(text: str, paragraphs: Sequence[Paragraph], stem: str) -> str:
    """Return the title of a document whose format marks none, verbatim.

    In order: a first line that looks like a title, the file's ``stem`` where it says something, the opening of the
    first sentence.
    """
    lines = [plain(text[p.start : p.end]) for p in paragraphs[:3]]
    first = next((k for k, line in enumerate(lines) if _WORDS.search(line) and not _OFFICIAL_NUMBER.match(line)), None)
    if first is not None and not paragraphs[first].level and _looks_like_title(lines[first], paragraphs[first]):
        return lines[first]
    return stem if _says_something(stem) else _opening(text, paragraphs)


def _looks_like_title(line: str, paragraph: Paragraph) -> bool:
    longest = _LONGEST_ENGLISH if line.isascii() else _LONGEST
    marked = paragraph.opening is not None and paragraph.opening.rank <= Kind.LEAD
    return len(line) <= longest and not _NO_TITLE.search(line) and not marked


def _says_something(stem: str) -> bool:
    """Tell a name from a hash or a number: it has a Chinese character, or a word that holds no digit."""
    words = re.split(r"[\W_]+", stem)
    return any(_HAN.search(word) or (len(word) > 2 and word.isalpha()) for word in words)


def _opening(text: str, paragraphs: Sequence[Paragraph]) -> str:
    """Return the opening of the first sentence that is no salutation, cut to about 20 characters."""
    lines = [plain(text[p.start : p.end]) for p in paragraphs[:5]]
    line = next((line for line in lines if _WORDS.search(line) and not _SALUTATION.match(line)), lines[0])
    sentence = _FIRST_SENTENCE.match(line)
    opening = sentence[0].strip() if sentence else line
    return opening if len(opening) <= _OPENING else opening[:_OPENING].rstrip() + "…"
