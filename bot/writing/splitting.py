"""What a model writes, as it comes, into sentences, points or rows of plain text: what is shown is what is checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.passages import split_sentences
from bot.language.folding import visible
from bot.types import Mode

MOST_CHARACTERS = 600
"""A sentence is no longer; what goes on without an end is cut there."""
MOST_UNITS = 60
"""Of a model that does not end more is not read."""
MOST_CELLS = 12
_LONGEST_LINE = 4 * MOST_CHARACTERS

_THOUGHT = re.compile(r"<think(?:ing)?>", re.I)
_THOUGHT_END = re.compile(r"</think(?:ing)?>", re.I)
_PERHAPS_TAG = re.compile(r"<[a-z/]{0,9}\Z", re.I)
_LONGEST_TAG = 11
_OPENS_MARK = re.compile(r"\s*(?:\Z|[\[［【(（][^\]］】)）]*\Z)")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+[\"'(][^\n]*?[\"')])?\)|\[[^\[\]]*\])")
_NUMBER = r"(?:引文|quote|source|出处)?\s*[\d一二三四五六七八九十]{1,3}"
_MARKS = re.compile(
    rf"\s*(?:\[\^?{_NUMBER}(?:\s*[,，、;-]\s*{_NUMBER})*\]|［{_NUMBER}］|【{_NUMBER}(?:†[^】]*)?】"
    rf"|[(（](?:见|参见|see)?\s*(?:引文|quotes?)\s*[\d、,， 和and]+[)）])",
    re.I,
)
"""Numbers that a model puts behind its sentences: ours are those that the check has found."""
_TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|~~|`+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SPACE = re.compile(r"\s+")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|(?:\*\*|__)[^*_]*(?:\*\*|__)\s*[:：]?\s*$|[-*_=]{3,}\s*$|```|~~~)")
_ITEM = re.compile(
    r"\s*(?:>\s*)*(?:[-*+•·](?!\d)|\d{1,2}[.)、．](?!\d)|[（(]?[一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}、)\s*"
)
_LABEL = re.compile(r"(?:\*\*|__)[^*_]{1,30}(?:[:：]\s*(?:\*\*|__)|(?:\*\*|__)\s*[:：])\s*")
_RULE = re.compile(r"[\s|:+-]*")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_NO_CELL = frozenset(("", "-", "—", "——", "–", "/", "无", "未提及", "未说明", "不详", "n/a", "none"))
_WORDS = re.compile(r"[^\W_]\W*[^\W_]")
"""A single letter is no sentence."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a table's row with its ``cells``; ``point`` counts the points from 1, 0 where there are none."""

    text: str
    cells: tuple[str, ...] = ()
    point: int = 0


class Thoughts:
    """Leaves out what a model thinks aloud before it answers."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False

    def take(self, piece: str) -> str:
        """Return what is said; the beginning of what may be a tag waits for the next piece."""
        self._held += piece
        said = ""
        while found := (_THOUGHT_END if self._thinking else _THOUGHT).search(self._held):
            said += "" if self._thinking else self._held[: found.start()]
            self._held = self._held[found.end() :]
            self._thinking = not self._thinking
        if self._thinking:
            self._held = self._held[-_LONGEST_TAG:]
            return said
        perhaps = _PERHAPS_TAG.search(self._held)
        end = perhaps.start() if perhaps else len(self._held)
        said, self._held = said + self._held[:end], self._held[end:]
        return said


class Splitter:
    """Takes what comes of one answer, and gives each sentence as soon as it is whole."""

    def __init__(self, mode: Mode) -> None:
        self._mode = mode
        self._thoughts = Thoughts()
        self._waiting = ""
        self._points = 0
        self._units = 0
        self.header: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Tell whether no more is read."""
        return self._units >= MOST_UNITS

    def take(self, piece: str) -> Iterator[Unit]:
        """Yield what has become whole with this piece."""
        self._waiting += self._thoughts.take(piece)
        lines, found, self._waiting = self._waiting.rpartition("\n")
        if found:
            for line in lines.split("\n"):
                yield from self._line(line)
        whole = self._whole(self._waiting)
        if whole:
            line, self._waiting = self._waiting[:whole], self._waiting[whole:]
            yield from self._line(line)

    def end(self) -> Iterator[Unit]:
        """Yield what is left when the model has finished; of an answer that was broken off the rest is no sentence."""
        line, self._waiting = self._waiting, ""
        yield from self._line(line)

    def _whole(self, text: str) -> int:
        """Return how many characters of a line that goes on are whole: of a paragraph all sentences but the last."""
        if self._mode != "paragraph":
            return len(text) if len(text) > _LONGEST_LINE else 0
        spans = split_sentences(text, 0, len(text))
        if len(spans) < 2 or _OPENS_MARK.match(text, spans[-1][0]):
            return 0
        return spans[-1][0]

    def _line(self, line: str) -> Iterator[Unit]:
        for unit in self._row(line) if self._mode == "table" else self._sentences(line):
            if not self.full:
                self._units += 1
                yield unit

    def _sentences(self, line: str) -> Iterator[Unit]:
        if _HEADING.match(line):
            return
        item = _ITEM.match(line)
        line = line[item.end() :] if item else line
        label = _LABEL.match(line)
        text = to_text(line[label.end() :] if label else line)
        if not _WORDS.search(text) or text.endswith(("：", ":")):
            return
        if self._mode == "points":
            self._points += 1
        for start, end in split_sentences(text, 0, len(text)):
            for at in range(start, end, MOST_CHARACTERS):
                yield Unit(text[at : min(end, at + MOST_CHARACTERS)], point=self._points)

    def _row(self, line: str) -> Iterator[Unit]:
        if "|" not in line or _RULE.fullmatch(line):
            return
        bare = line.strip().removeprefix("|").removesuffix("|")
        cells = tuple(to_text(cell.replace("\\|", "|"))[:MOST_CHARACTERS] for cell in _BETWEEN_CELLS.split(bare))
        if not self.header:
            self.header = cells[:MOST_CELLS]
            return
        cells = (*cells, *("",) * len(self.header))[: len(self.header)]
        said = [
            cell if name.lower() in GENERIC else f"{name}：{cell}"
            for name, cell in zip(self.header, cells, strict=True)
            if cell.lower() not in _NO_CELL
        ]
        if said:
            yield Unit("，".join(said), cells)


GENERIC = frozenset(
    (
        "",
        "年份",
        "年度",
        "文件",
        "文档",
        "项目",
        "内容",
        "事项",
        "规定",
        "类别",
        "year",
        "document",
        "item",
        "subject",
        "rule",
    )
)
"""Names of columns that say nothing: any other is held to the quotes with each of its cells."""


def to_text(written: str) -> str:
    """Return plain text in one line: links are their words; pictures, mark-up and the model's numbers are gone."""
    text = _MARKS.sub("", _CONTROL.sub(" ", visible(written)))
    for _ in range(3):  # a link around a picture
        text = _LINK.sub(lambda found: "" if found[0].startswith("!") else found[1], text)
    text = _EMPHASIS.sub("", _TAG.sub("", text))
    return _SPACE.sub(" ", text).strip()
