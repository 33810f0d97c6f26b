"""What a document is called."""

import re
from collections.abc import Sequence

from bot.language.folding import plain
from bot.tree import Kind
from bot.types import Paragraph

_OFFICIAL_NUMBER = re.compile(r".{0,20}[〔\[（(【]\d{4}[〕\]）)】].{0,10}号$")
_NO_TITLE = re.compile(r"[。；;]| \| |[：:，,、.．…]$|^.{0,9}[！!]$")
_WORDS = re.compile(r"[^\W\d_年月日]{2}")
_LONGEST = 60
_LONGEST_ENGLISH = 120


def find_title(text: str, paragraphs: Sequence[Paragraph], stem: str) -> str:
    """Return the title of a document whose format marks none, verbatim.

    A first line that looks like a title, else the file's ``stem``: never a sentence, for that is what is cited.
    """
    lines = [plain(text[p.start : p.end]) for p in paragraphs[:3]]
    first = next((k for k, line in enumerate(lines) if _WORDS.search(line) and not _OFFICIAL_NUMBER.match(line)), None)
    if first is not None and not paragraphs[first].level and _looks_like_title(lines[first], paragraphs[first]):
        return lines[first]
    return stem


def _looks_like_title(line: str, paragraph: Paragraph) -> bool:
    longest = _LONGEST_ENGLISH if line.isascii() else _LONGEST
    marked = paragraph.opening is not None and paragraph.opening.rank <= Kind.LEAD
    return len(line) <= longest and not _NO_TITLE.search(line) and not marked
