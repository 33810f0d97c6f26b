"""How an answer was found: by which way, of what, and how long it took."""

import time
from dataclasses import dataclass
from typing import Literal

_Found = Literal["evidence", "listing", "address", "outline", "list"]
Way = Literal[_Found, "marked", "talk", "collection", "several", "summary", "comparison", "table", "definition"]


@dataclass(frozen=True, slots=True)
class TracedPassage:
    """A passage that was judged, with the parts of its score.

    ``lexical`` and ``document`` (BM25 of the passage, and of its whole document) are shares (0..1) of the best of them,
    ``dense`` is the cosine of question and passage, ``evidence`` the logarithm of its share, by which they are ordered.
    """

    document_id: str
    title: str
    section: tuple[str, ...]
    paragraph: int
    start: int
    end: int
    text: str
    lexical: float
    dense: float
    document: float
    evidence: float


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer was found.

    ``way``: "marked" (a paragraph that a person marked), "listing" (every place of a term), "address" (an article, a
    chapter), "outline" (the document's structure), "list" (all items of a list, or the sentence with as many as asked
    for), "talk" (a greeting), "collection" (the documents themselves), "several" (questions, one by one), "summary",
    "comparison" (a line for each year, version or document), "table" (cells of one) or "evidence" (the best sentence).
    ``rule`` names what of it decided. ``terms`` are the words of the question with their weights (0..1), ``passages``
    the best five judged: none where nothing was judged. Under ``threshold`` of confidence the bot refuses, unless a
    list that the question repeats the introduction of answers it. ``synonyms`` are terms taken for the same, the
    question's own first. ``scope`` are the ids of the documents that were asked (None: all). ``wordings`` are those
    in which it was searched too, because somebody wanted it.
    """

    way: Way = "evidence"
    terms: tuple[tuple[str, float], ...] = ()
    passages: tuple[TracedPassage, ...] = ()
    threshold: float = 0.0
    rule: str = ""
    synonyms: tuple[tuple[str, ...], ...] = ()
    scope: tuple[str, ...] | None = None
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds a stage, 0.0 for one that did not run; ``total`` is all, what belongs to no stage included."""

    locate: float = 0.0
    search: float = 0.0
    judge: float = 0.0
    read: float = 0.0
    answer: float = 0.0
    prove: float = 0.0
    total: float = 0.0

    @staticmethod
    def since(started: float) -> float:
        """Return the milliseconds since ``started`` (of ``time.perf_counter``)."""
        return round((time.perf_counter() - started) * 1000, 2)


NOT_TRACED, NOT_TIMED = Trace(), Timings()
