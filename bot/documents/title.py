"""What a document is called."""

import re
from collections.abc import Sequence

from bot.language.folding import fold, plain
from bot.language.lexicon import BODIES, any_of
from bot.language.titles import names_a_paper
from bot.tree import Kind
from bot.types import Paragraph

_OFFICIAL_NUMBER = re.compile(r".{0,20}[〔\[（(【]\d{4}[〕\]）)】].{0,10}号$")
_NO_TITLE = re.compile(r"[。；;]| \| |[：:，,、.．…]$|^.{0,9}[！!]$")
_WORDS = re.compile(r"[^\W\d_年月日]{2}")
_LETTERHEAD = re.compile(rf"[\u4e00-\u9fff]{{2,24}}{any_of(BODIES)}")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]\s*$")
_LONGEST = 60
_LONGEST_ENGLISH = 120


def find_title(text: str, paragraphs: Sequence[Paragraph], stem: str) -> str:
    """Return the title of a document whose format marks none, verbatim.

    A first line that looks like a title, or the one behind it where it only says whose the paper is; else the file's
    ``stem``: never a sentence, for that is what is cited.
    """
    lines = [plain(text[p.start : p.end]) for p in paragraphs[:3]]
    first = next((k for k, line in enumerate(lines) if _WORDS.search(line) and not _OFFICIAL_NUMBER.match(line)), None)
    if first is not None and not paragraphs[first].level and _looks_like_title(lines[first], paragraphs[first]):
        behind = lines[first + 1 : first + 2]
        if _LETTERHEAD.fullmatch(lines[first]) and any(_names_a_paper(line) for line in behind):
            return behind[0] if _looks_like_title(behind[0], paragraphs[first + 1]) else lines[first]
        return lines[first]
    return stem


def _names_a_paper(line: str) -> bool:
    return names_a_paper(fold(_ASIDE.sub("", line)))


def _looks_like_title(line: str, paragraph: Paragraph) -> bool:
    longest = _LONGEST_ENGLISH if line.isascii() else _LONGEST
    marked = paragraph.opening is not None and paragraph.opening.rank <= Kind.LEAD
    return len(line) <= longest and not _NO_TITLE.search(line) and not marked
