"""What the marker that opens a line says: its number, and its place in a list."""

import re
import unicodedata
from functools import lru_cache

from bot.documents.markers import Marker, MarkerRule, find_marker, one_expression
from bot.language.folding import fold
from bot.language.numerals import NUMBER, numeral
from bot.tree import ANY, NEXT, Kind, Opening

ITEM_RULES = (
    MarkerRule(
        "bullet", r"•●▪■◆○◦·*+–\-", Kind.BULLET, r"[•●▪■◆○◦·*+–-](?=\s|[\u2e80-\uffef])",
        (("- shelving books", "-"), ("●安全第一", "●"), ("* item", "*")), ("-5 度", "**粗体**", "——粮食丰收。"),
    ),
    MarkerRule(
        "roman", "(", Kind.LETTER, r"\((?:i|ii|iii|iv|vi|vii|viii|ix|xi|xii|xiii|xiv|xv)\)\s",
        (("(i) each month", "(i) "), ("(xiv) yards", "(xiv) ")), ("(v) shops", "(i)each", "i) each"),
    ),
    MarkerRule(
        "letter", "(a-z", Kind.LETTER, r"(?:\([a-z]\)|[a-z]\))\s",
        (("(a) shops", "(a) "), ("b) yards", "b) "), ("(v) shops", "(v) ")), ("(A) shops", "(a)shops", "(ab) shops"),
    ),
)  # fmt: skip
"""What opens an item of a list and is no marker: headings and leads never begin so."""

_ITEM = one_expression(ITEM_RULES)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_WORDS = {
    **dict.fromkeys(("首先", "first", "firstly"), 1), **dict.fromkeys(("其次", "second", "secondly"), 2),
    **dict.fromkeys(("再次", "再者", "third", "thirdly"), 3), "fourth": 4,
    **dict.fromkeys(("最后", "finally", "lastly"), ANY),
    **dict.fromkeys(("然后", "接着", "随后", "接下来", "then", "next"), NEXT),
}  # fmt: skip
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_FIRST = re.compile(rf"{NUMBER}|[①-⑳]")
_INSERTED = re.compile(rf"条之(?P<inserted>{NUMBER})")
_DOTTED = re.compile(r"\d+(?:\.\d+)+")
_NO_ITEMS = frozenset({Kind.LABEL, Kind.QUESTION, Kind.INNER_ARTICLE})


def find_opening(line: str) -> Opening | None:
    """Return what opens a trimmed line, or a part of one; None where nothing does."""
    return read_opening(line, find_marker(line))


def read_opening(line: str, marker: Marker | None) -> Opening | None:
    """Return what opens a line, given what ``find_marker`` finds in it."""
    if marker is not None:
        return _marked(marker.rank, line[: marker.length])
    item = _ITEM.match(line)
    return None if item is None else _item(item.lastgroup or "", item[0])


@lru_cache(maxsize=1 << 13)
def _marked(rank: int, head: str) -> Opening:
    """Read a marker; those of one document are met again in the next."""
    folded = fold(head)
    number = _number(folded)
    inserted = _INSERTED.search(folded)
    series, place = "", ANY
    if rank == Kind.LEAD and (word := _WORD.match(folded)):
        series, place = "word", _WORDS[word[0]]
    elif number is not None and Kind.HAN <= rank <= Kind.LEAD and rank not in _NO_ITEMS:
        # "第一，" and "一是" may stand one inside the other.
        series = (
            f"{rank}{folded[0] if rank == Kind.LEAD and folded[0] in '第其' else ''}{'步' if '步' in folded else ''}"
        )
        place = number
    return Opening(int(rank), len(head), number, numeral(inserted["inserted"]) if inserted else 0, series, place)


def _number(folded: str) -> int | None:
    """Return the number of a folded marker, the last one of 1.2.3; None of "首先" and of Roman numbers."""
    first = _FIRST.search(folded)
    if first is None:
        return None
    if "①" <= first[0] <= "⑳":
        return int(unicodedata.numeric(first[0]))
    dotted = _DOTTED.match(folded)
    return numeral(dotted[0].rpartition(".")[2] if dotted else first[0])


@lru_cache(maxsize=1 << 10)
def _item(rule: str, head: str) -> Opening:
    if rule == "bullet":
        return Opening(int(Kind.BULLET), len(head), series=head)
    mark = head[:-1].strip("()")
    place = _ROMAN.index(mark) + 1 if rule == "roman" else ord(mark) - ord("a") + 1
    return Opening(int(Kind.LETTER), len(head), series=rule, place=place)
