"""What is told of a sentence that a language model wrote, held against its quotes."""

from dataclasses import dataclass
from typing import Literal

Standing = Literal["verbatim", "supported", "unsupported"]
LackKind = Literal[
    "number", "date", "amount", "percentage", "name", "code", "address", "negation", "condition", "scope", "meaning",
    "quote",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lack:
    """What of a written sentence stands in none of its quotes: the words as written, and of which kind they are.

    ``meaning``: no word of it is wrong by rule, yet the quotes do not say it. ``quote``: there is no quote at all.
    """

    kind: LackKind
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How a written sentence stands to its quotes.

    ``quotes`` are the positions of those that carry it, best first; empty where none does. ``lacks`` tell why it is
    unsupported, empty where it is not. ``support`` (0..1) is how sure it is that the quotes say it.
    """

    standing: Standing
    quotes: tuple[int, ...]
    lacks: tuple[Lack, ...]
    support: float
