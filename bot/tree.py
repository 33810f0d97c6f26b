"""The structure of a document: what opens a line, the lists, and the tree of sections.

It is found once, while a file is read (``bot.documents``), and kept with the document. Whoever needs structure walks
it; nobody reads markers out of a document's lines again.
"""

from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """Kinds of markers; of two kinds in a document the smaller stands outside the larger."""

    ATX = 0  # Markdown headings take ATX + 1 to ATX + 6
    ANNEX = 10
    PART = 11
    SUBPART = 12
    CHAPTER = 13
    SECTION = 14
    ARTICLE = 15
    HAN = 20
    HAN_BRACKET = 21
    LABEL = 22  # 【…】 alone on its line
    DIGIT = 23
    DECIMAL = 24  # 1.2; each further number stands one deeper, up to 1.2.3.4
    DIGIT_BRACKET = 27
    CIRCLE = 28
    QUESTION = 29  # 问：… of questions and answers
    INNER_ARTICLE = 30  # an article in a text whose list numbers stand outside its articles
    LEAD = 99
    BULLET = 100
    LETTER = 101  # (a), b), (iv)


ANY = 0
"""The place of an item that follows any other: a bullet, "最后"."""
NEXT = -1
"""The place of an item that follows any other, and that others may follow: "然后"."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a line.

    ``rank`` is a ``Kind``, or a depth between two; ``length`` counts the characters of the marker. ``number`` is what
    the marker says in figures (30 of 第三十条), None of "首先" or a bullet; ``inserted`` is M of 第N条之M, else 0.
    ``series`` is what the items of one list share, empty where the line can be no item; ``place`` is where in the
    series it stands, from 1, or ``ANY``, or ``NEXT``.
    """

    rank: int
    length: int
    number: int | None = None
    inserted: int = 0
    series: str = ""
    place: int = ANY


@dataclass(frozen=True, slots=True)
class ItemList:
    """At least two items of one series that count on, in document order.

    ``paragraphs`` are the indices of the paragraphs that the items open (the same one again and again where they are
    parts of one paragraph: "一是…。二是…。"), ``starts`` are where the items begin in the text.
    """

    paragraphs: tuple[int, ...]
    starts: tuple[int, ...]

    @property
    def inside(self) -> bool:
        """Whether all items stand in one paragraph."""
        return self.paragraphs[0] == self.paragraphs[-1]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it: the paragraphs from ``first`` (the heading) up to, not with, ``end``.

    ``heading`` is its line, ``opening`` what opens that, ``level`` 1 for the outermost. ``leads`` are the paragraphs
    right under it that open with a name of their own: an article's number, a lead phrase. The document itself is a
    section too, of level 0: it has no heading, so its ``first`` is -1.
    """

    heading: str
    opening: Opening | None
    level: int
    first: int
    end: int
    leads: tuple[int, ...] = ()
    children: tuple["Section", ...] = ()


NO_OUTLINE = Section("", None, 0, -1, 0)
"""The tree of a document without paragraphs."""
