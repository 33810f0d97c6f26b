"""What a language model wrote of an answer's quotes, and what is told of each sentence held against them."""

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


Mode = Literal["quotes", "paragraph", "points", "table"]
"""How an answer is given: by its quotes alone, or written besides as a paragraph, as points, as a table."""
Unsupported = Literal["struck", "left_out"]
"""What is done with a sentence that no quote carries: it is shown struck through, or not at all."""
Outcome = Literal[
    "writing", "whole", "nothing", "stopped", "slow", "too_long", "broken", "garbage",
    "unreachable", "key", "no_model", "busy", "failed",
]  # fmt: skip
"""How the writing ended. Only while it goes on: "writing"."""


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence, a point or a table's row that a model wrote: plain text in one line, without any mark-up or number.

    ``standing`` says what it is: "verbatim" (a quote's own words), "supported" (the quotes carry it) or "unsupported",
    and then ``lacks`` says what they do not carry. ``citations`` are the numbers of what carries it, ``evidence`` its
    positions in ``Answer.citations``, ``support`` (0..1) how surely it does. Of a table's row ``cells`` has as many
    as ``Written.header``, and ``text`` is what was checked. ``point`` counts the points from 1, 0 where there are none:
    one may have several sentences. ``part`` is the heading that it stands under, in a
    summary by sections.
    """

    text: str
    standing: Standing
    citations: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()
    lacks: tuple[Lack, ...] = ()
    support: float = 0.0
    cells: tuple[str, ...] = ()
    point: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote of an answer's quotes.

    ``model`` was asked at ``host`` (``here``: this machine), which was sent the question and ``quotes`` quotes in
    ``requests`` requests. Of all that it wrote ``supported`` sentences stand (verbatim or supported) and
    ``unsupported`` do not; these are among ``sentences`` too, unless they were ``left_out``. ``outcome`` is how it
    ended, and ``message`` the line that says so where it is not "whole", in the question's language. ``header``: a
    table's.
    """

    mode: Mode
    model: str
    host: str
    here: bool
    sentences: tuple[WrittenSentence, ...] = ()
    header: tuple[str, ...] = ()
    quotes: int = 0
    requests: int = 0
    supported: int = 0
    unsupported: int = 0
    left_out: int = 0
    outcome: Outcome = "writing"
    message: str = ""
    milliseconds: float = 0.0
