"""Lines to paragraphs: which line goes on in the next, over the ends of columns and pages too."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.documents.layout.characters import SENTENCE_END, WIDE, takes_space
from bot.documents.layout.lines import TextLine
from bot.documents.layout.tables import Table
from bot.documents.markers import find_marker
from bot.documents.openings import find_opening

_INDENT = 0.8
"""Times the size of the font by which a first line stands in."""
_WIDER = 1.35
_SOMEWHAT_WIDER = 1.12
"""Times the usual distance of lines: what parts paragraphs, what does so after the end of a sentence."""
_OTHER_SIZE = 1.1
_OTHER_SIZE_ROUGH = 1.35
_LARGER = 1.12
_FAR = 4.0
_SHORT = 0.6
"""A line that stands in so many times its size and is that short is a date or a name at the end."""
_OPENING = r"“‘（《〈「『【〔(\["
_CLOSING = r"”’）》〉」』】〕)\]，。、；：！？,.;:!?%％…"
_TOKEN = rf"[{_OPENING}]*(?:[^\s{_OPENING}{_CLOSING}{WIDE}][^\s{_OPENING}{WIDE}]*|.)[{_CLOSING}]*"
# Some programs let no line end beside a quotation mark, nor between a mark and a number.
_UNPARTED = re.compile(rf"{_TOKEN}(?:(?<=[{_CLOSING}])\d+[{_CLOSING}]*)?(?:(?=[“‘]){_TOKEN})?")
_HYPHENATED = re.compile(r"(\w*[^\W\d_])[-\u2010\u00ad]$")
_COMPOUND = re.compile(r"\b(?:non|self)-$", re.IGNORECASE)
"""What words are put together with by a hyphen, and which is no syllable of others."""
LEADER = re.compile(r"(?:[.．·…] ?){4,}\s*(?:\d+|[ivxlc]+)$")
"""The dots and the page behind an entry of a table of contents."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/\-_.?=&]$")


@dataclass(slots=True)
class Paragraph:
    """Lines that make one; ``spans`` are where each of them stands in ``text``."""

    lines: list[TextLine]
    text: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)


class Joining:
    """What the lines of a document have in common, and by that which go on in the next."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._pitch = _pitches(lines)
        self._words = Counter(word for line in lines for word in _WORD.findall(line.text)[:-1])
        indents = Counter(round(2 * _indent(line)) / 2 for line in lines if _INDENT < _indent(line) < _FAR)
        self._indents = indents.total() > 0.04 * len(lines)
        """Whether paragraphs begin with an indent."""
        self._usual = max(indents, key=lambda indent: indents[indent], default=0.0)

    def paragraphs(self, items: Iterable[TextLine | Table]) -> list[Paragraph | Table]:
        """Join lines to paragraphs; tables stay where they are."""
        out: list[Paragraph | Table] = []
        for item in items:
            last = out[-1] if out else None
            if isinstance(item, Table):
                out.append(item)
            elif isinstance(last, Paragraph) and self._goes_on(last, item):
                last.lines.append(item)
            else:
                out.append(Paragraph([item]))
        return [item if isinstance(item, Table) else self.written(item.lines) for item in out]

    def _goes_on(self, paragraph: Paragraph, after: TextLine) -> bool:
        before, first = paragraph.lines[-1], len(paragraph.lines) == 1
        if not _same_kind(before, after) or LEADER.search(before.text):
            return False
        apart = self._apart(before, after)
        ends = SENTENCE_END.search(before.text) is not None
        if apart > _WIDER or (apart > _SOMEWHAT_WIDER and ends):
            return False
        if _HYPHENATED.search(before.text) and after.text[0].islower():
            return True
        if before.size > _LARGER * self.body and not ends and _is_centred(after):
            return _is_centred(before) or _is_full(before, after)
        here, there = _indent(before), _indent(after)
        if not _is_full(before, after) or (first and here > _FAR and before.place.width < _SHORT * before.column.width):
            return False
        if there > _INDENT:
            if not first:
                return abs(there - here) <= _INDENT
            same = abs(there - here) <= _INDENT / 2
            # What stands in further than first lines do is set apart as a whole.
            return _hangs(before, after) or (same and not ends and (not self._indents or here > self._usual + 1))
        if not first and here > _INDENT:
            return False
        if self._indents or not ends:
            return not (ends and here <= _INDENT and first and find_marker(after.text) is not None)
        return before.page == after.page and before.column == after.column and find_marker(after.text) is None

    def _apart(self, before: TextLine, after: TextLine) -> float:
        """Return how far apart two lines are, in times of what is usual; 1 where a page or column lies between."""
        if before.sheet is not after.sheet or after.place.bottom <= before.place.bottom:
            return 1.0
        return (after.place.bottom - before.place.bottom) / self._pitch[_rounded(before)]

    @property
    def body(self) -> float:
        """The size of most text."""
        return self._pitch.body

    def written(self, lines: Sequence[TextLine]) -> Paragraph:
        """Return the lines as one paragraph."""
        text = ""
        spans: list[tuple[int, int]] = []
        for line in lines:
            text = self._joined(text, line.text) if text else ""
            # A hyphen that is undone is part of no line any more.
            spans = [(start, min(end, len(text))) for start, end in spans]
            spans.append((len(text), len(text) + len(line.text)))
            text += line.text
        return Paragraph(list(lines), text, spans)

    def _joined(self, before: str, after: str) -> str:
        """Return the text before a line end as it goes on in what is after it."""
        broken = _HYPHENATED.search(before)
        if broken and _COMPOUND.search(before):
            return before
        if broken and after[:1].islower():
            rest = _WORD.match(after)
            word = broken[1].rpartition("-")[2] + (rest[0] if rest else "")
            compound = f"{broken[1]}-{rest[0] if rest else ''}"
            return before if self._words[compound] > self._words[word] else before[:-1]
        if broken or _ADDRESS.search(before):
            return before
        return before + " " * takes_space(before, after)


class _Pitches(dict[float, float]):
    """The usual distance of lines by the size of their font."""

    def __init__(self, body: float, ratio: float, known: dict[float, float]) -> None:
        super().__init__(known)
        self.body = body
        self._ratio = ratio

    def __missing__(self, size: float) -> float:
        return self._ratio * size


def _rounded(line: TextLine) -> float:
    return round(2 * line.size) / 2 or 0.5


def _pitches(lines: Sequence[TextLine]) -> _Pitches:
    letters: Counter[float] = Counter()
    found: dict[float, Counter[float]] = defaultdict(Counter)
    for before, after in pairwise(lines):
        if before.sheet is after.sheet and before.column == after.column and _same_kind(before, after):
            pitch = after.place.bottom - before.place.bottom
            if 0.8 * before.size < pitch < 3.5 * before.size:
                found[_rounded(before)][round(2 * pitch) / 2] += 1 + (_is_full(before, after) and not _ends(before))
    for line in lines:
        letters[_rounded(line)] += len(line.text)
    body = max(letters, key=lambda size: letters[size]) if letters else 10.0
    known = {size: max(counts, key=lambda pitch: (counts[pitch], -pitch)) for size, counts in found.items()}
    return _Pitches(
        body, known.get(body, 1.6 * body) / body, {s: p for s, p in known.items() if sum(found[s].values()) > 3}
    )


def _ends(line: TextLine) -> bool:
    return SENTENCE_END.search(line.text) is not None


def _same_kind(before: TextLine, after: TextLine) -> bool:
    larger, smaller = max(before.size, after.size), min(before.size, after.size)
    most = _OTHER_SIZE_ROUGH if before.sheet.rough else _OTHER_SIZE
    return before.sheet.frame is after.sheet.frame and larger <= most * smaller and before.bold == after.bold


def _indent(line: TextLine) -> float:
    return (line.place.left - line.column.left) / line.size


def _is_centred(line: TextLine) -> bool:
    left, right = line.place.left - line.column.left, line.column.right - line.place.right
    return min(left, right) > 1.5 * line.size and abs(left - right) < 1.5 * line.size


def _hangs(before: TextLine, after: TextLine) -> bool:
    """Tell whether a line begins where the words of the line before it do, behind a number or a mark."""
    opening = find_opening(before.text)
    if opening is None or opening.length >= len(before.text):
        return False
    return abs(_left_of(before, opening.length) - after.place.left) < _INDENT * before.size


def _left_of(line: TextLine, index: int) -> float:
    """Return where the character at ``index`` of a line, or the next one behind a space, begins."""
    while line.text[index : index + 1] == " ":
        index += 1
    at = 0
    for run in line.runs:
        at = line.text.find(run.text, at)
        if at <= index < at + len(run.text):
            return run.lefts[index - at]
    return line.place.right


def _is_full(before: TextLine, after: TextLine) -> bool:
    """Tell whether what the next line begins with, and cannot be parted from, had no room any more."""
    first = _UNPARTED.match(after.text)
    needed = _left_of(after, first.end() if first else 1) - after.place.left
    return before.column.right - before.place.right < needed + 0.8 * before.size
