"""What formats of word processors share: lines inside paragraphs, headings that are none, merged cells of tables."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.formats.extract import CONTENTS, Block, clean, row
from bot.documents.layout.characters import takes_space
from bot.language.folding import is_han as begins_han
from bot.pages import Notice
from bot.types import DocumentError

BREAK = "\n"
"""A line break that the writer made inside a paragraph."""
NOTES = ("footnote", "endnote")
_NOTE_NAMES = {"footnote": ("注", "note"), "endnote": ("尾注", "endnote")}
_RAISED = "0123456789+-−n()"
_SUPERSCRIPTS = str.maketrans(_RAISED, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ⁽⁾")
_LONGEST_RAISED = 8
_LEFT_OUT = {
    "margins": ("Headers and footers were left out.", "略过页眉和页脚。"),
    "pictures": ("{} pictures or drawings were left out.", "略过 {} 幅图片或图形。"),
    "comments": ("{} comments were left out.", "略过 {} 条批注。"),
    "changes": ("Tracked changes ({}) were read as accepted.", "修订（{} 处）按全部接受后的文字读取。"),
    "hidden": ("{} hidden characters were left out.", "略过 {} 个隐藏的字。"),
    "contents": ("The table of contents was left out.", "略过自动目录。"),
    "parts": ("{} embedded documents were left out.", "略过 {} 个嵌入的子文档。"),
}
_MOST_COLUMNS = 1000
_LONGEST_REPEATED = 200
"""Characters of a merged cell that are said again in each row or column; a longer text stands once."""
_LONGEST_SENTENCE = 30
_SENTENCE = re.compile(r"[。；;！]|[a-z)]\.(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its ``blocks``, how many ``columns`` it spans, whether it ``goes_on`` from the one above."""

    blocks: tuple[Block, ...] = ()
    columns: int = 1
    goes_on: bool = False

    @property
    def text(self) -> str:
        """All that stands in it, in one line."""
        return " ".join(block.text for block in self.blocks)


def is_han(text: str) -> bool:
    """Tell whether a text holds Chinese characters."""
    return any(begins_han(char) for char in text)


def lines_of(lines: Sequence[str], *, whole: bool) -> list[str]:
    """Return the lines of a paragraph that hold text; as one where the paragraph is one ``whole`` (a heading)."""
    kept = [line for line in map(clean, lines) if line]
    return [joined(kept)] if whole and kept else kept


def joined(lines: Sequence[str]) -> str:
    """Join lines that were broken for their looks: Chinese without a space between."""
    text = ""
    for line in lines:
        text += f" {line}" if takes_space(text, line) else line
    return text


def heading_level(text: str, level: int) -> int:
    """Return the level of a line that the file calls a heading; 0 where it is a sentence, such as an article's."""
    return 0 if len(text) > _LONGEST_SENTENCE and _SENTENCE.search(text) else level


def drop_contents_title(blocks: Sequence[Block]) -> list[Block]:
    """Leave out the title of a table of contents whose entries were left out."""
    return [block for block in blocks if not CONTENTS.fullmatch(clean(block.text))]


def table(rows: Sequence[Sequence[Cell]]) -> Iterator[Block]:
    """Yield the rows of a table; a merged cell says its text in each row and column that it spans.

    What has one cell a row is no table but a frame around text, and rows of one cell on top are its caption.
    """
    body = next((at for at, line in enumerate(rows) if len(line) > 1), len(rows))
    for line in rows[:body]:
        yield from (block for cell in line for block in cell.blocks)
    starts = sorted({start for line in rows[body:] for start, _ in _placed(line)})
    heads = _heads(rows[body:])
    head = [""] * len(starts)
    above = [""] * len(starts)
    for at, line in enumerate(rows[body:], 1):
        above = _spread(line, starts, above)
        if at <= heads:
            head = [one if below in one else f"{one} {below}".strip() for one, below in zip(head, above, strict=True)]
        if any(above) and at >= heads:
            yield row(head if at == heads else above)


def _heads(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows the header of a table has: below a cell over several columns stand their own names."""
    heads = 1
    while heads < len(rows) - 1 and (
        any(cell.columns > 1 and cell.blocks for cell in rows[heads - 1]) and any(cell.goes_on for cell in rows[heads])
    ):
        heads += 1
    return heads


def _placed(line: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    """Yield the cells of a row, each with the column of the grid at which it begins."""
    at = 0
    for cell in line:
        if at < _MOST_COLUMNS:
            yield at, cell
        at += max(1, cell.columns)


def _spread(line: Sequence[Cell], starts: Sequence[int], above: Sequence[str]) -> list[str]:
    """Return the texts of a row, one for each column at which a cell of the table begins."""
    texts = [""] * len(starts)
    for start, cell in _placed(line):
        own = cell.text
        first, end = bisect_left(starts, start), bisect_left(starts, start + cell.columns)
        for at in range(first, end):
            text = above[at] if cell.goes_on else own
            repeated = cell.goes_on or at > first
            texts[at] = "" if repeated and len(text) > _LONGEST_REPEATED else text
    return texts


def raised(text: str) -> str:
    """Return a run that stands high in signs that do so by themselves, where there are such: 10 and "6" are no 106."""
    return text.translate(_SUPERSCRIPTS) if set(text) <= set(_RAISED) and len(text) <= _LONGEST_RAISED else text


def note_block(kind: str, count: int, inside: Sequence[Block], beside: str) -> Iterator[Block]:
    """Yield a "footnote" or "endnote" as the block that follows its paragraph, of which ``beside`` is the text."""
    said = " ".join(block.text for block in inside if block.text)
    zh, en = _NOTE_NAMES.get(kind, _NOTE_NAMES["footnote"])
    if said:
        yield Block(f"[{zh}{count}] {said}" if is_han(beside + said) else f"[{en} {count}] {said}")


def locked() -> DocumentError:
    """The error for a file that a password locks."""
    return DocumentError(
        "{source}: is locked with a password; save it without one and add that.",
        "{source}：文件已加密；请取消密码、另存后重新添加。",
    )


def left_out(counts: Counter[str]) -> Iterator[Notice]:
    """Yield a line for each kind of thing that was left out; "hidden" counts characters, the others things."""
    for kind, (en, zh) in _LEFT_OUT.items():
        if counts[kind]:
            yield Notice(en.format(counts[kind]), zh.format(counts[kind]))
