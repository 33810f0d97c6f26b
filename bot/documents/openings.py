"""The number that a line opens with."""

import re
import unicodedata
from dataclasses import dataclass

from bot.documents.markers import find_marker
from bot.language.folding import fold
from bot.language.numerals import NUMBER, numeral

_FIRST = re.compile(rf"{NUMBER}|[①-⑳]")
_INSERTED = re.compile(rf"条之({NUMBER})")


@dataclass(frozen=True, slots=True)
class Opening:
    """The number that opens a line: the marker's rank and length, the number, and M of "第N条之M" (0 without)."""

    rank: int
    length: int
    number: int
    inserted: int = 0


def find_opening(line: str) -> Opening | None:
    """Return the number that opens a trimmed line of a document, or None ("首先" and Roman numbers have none)."""
    marker = find_marker(line)
    if marker is None:
        return None
    head = fold(line[: marker.length])
    found = _FIRST.findall(head)
    if not found:
        return None
    dotted = re.match(r"\d+(?:\.\d+)+", head)
    first = dotted[0].rpartition(".")[2] if dotted else found[0]
    number = int(unicodedata.numeric(first)) if "①" <= first <= "⑳" else numeral(first)
    inserted = _INSERTED.search(head)
    return Opening(marker.rank, marker.length, number, numeral(inserted[1]) if inserted else 0)
