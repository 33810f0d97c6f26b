"""The pages of a file to its blocks in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.formats.extract import CELLS, Block, Piece, may_be_title
from bot.documents.layout.headings import levels
from bot.documents.layout.lines import TextLine, in_order, with_common_sides
from bot.documents.layout.paragraphs import Joining, Paragraph
from bot.documents.layout.running import without_running
from bot.documents.layout.sheet import Sheet
from bot.documents.layout.tables import Cell, Table, aligned_tables, drawn_tables
from bot.language.languages import language_of
from bot.pages import Notice

_NOTE = re.compile(r"[\[〔(（]?(?:注\s*)?(?P<number>[①-⑳]|\d{1,3}|\*{1,3}|[†‡])[\])）〕.、:：]?\s*")
_SMALLER = 0.93
_TITLE_WITHIN = 6

Item = TextLine | Table


@dataclass(frozen=True, slots=True)
class Composed:
    """The blocks of a file, the title that its largest letters tell (else empty), and what was left out."""

    blocks: tuple[Block, ...]
    title: str
    notices: tuple[Notice, ...]


def compose_sheets(sheets: Sequence[Sheet]) -> Composed:
    """Read pages in order."""
    drawn = drawn_tables(sheets)
    bare = [replace(sheet, runs=tuple(runs)) for sheet, (_, runs) in zip(sheets, drawn, strict=True)]
    kept, dropped = without_running(bare)
    lines = with_common_sides([in_order(sheet, kept[index]) for index, sheet in enumerate(bare)])
    pages = [_items(page, tables) for page, (tables, _) in zip(lines, drawn, strict=True)]
    joining = Joining([item for page in pages for item in page if isinstance(item, TextLine)])
    items, notes = _without_notes(pages, joining.body)
    composed = joining.paragraphs(items)
    found = levels(composed, joining.body)
    blocks: list[Block] = []
    above: Table | None = None
    for index, item in enumerate(composed):
        if isinstance(item, Table):
            blocks.extend(_rows(item, above))
            above = item
            continue
        above = None
        blocks.append(_block(item, found.get(index, 0)))
        for line in item.lines:
            blocks.extend(_note_block(note) for note in _notes(joining, notes.pop(id(line), [])))
    blocks.extend(_note_block(note) for left in notes.values() for note in _notes(joining, left))
    title = next((block.text for block in blocks[:_TITLE_WITHIN] if block.level == 1 and may_be_title(block)), "")
    return Composed(tuple(blocks), title, _notices(dropped))


def _items(lines: Sequence[TextLine], tables: Sequence[Table]) -> list[Item]:
    """Return what stands on a page in reading order, tables where they stand among the lines."""
    items: list[Item] = [*aligned_tables(lines)]
    for table in tables:
        at = next((i for i, item in enumerate(items) if _is_below(item, table)), len(items))
        items.insert(at, table)
    return items


def _is_below(item: Item, table: Table) -> bool:
    beside = item.place.left < table.place.right and table.place.left < item.place.right
    return beside and item.place.middle[1] > table.place.middle[1]


def _without_notes(pages: Sequence[Sequence[Item]], body: float) -> tuple[list[Item], dict[int, list[TextLine]]]:
    """Part the notes at the foot of pages from the text; each stays with the last line (by its id) above it."""
    items: list[Item] = []
    notes: dict[int, list[TextLine]] = {}
    for page in pages:
        start = len(page)
        while start and _is_small(page[start - 1], body):
            start -= 1
        while start < len(page) and not _opens_note(page[start]):
            start += 1
        items.extend(page[:start])
        lines = [item for item in items if isinstance(item, TextLine)]
        small = [item for item in page[start:] if isinstance(item, TextLine)]
        if lines and small:
            notes.setdefault(id(lines[-1]), []).extend(small)
        else:
            items.extend(small)
    return items, notes


def _is_small(item: Item, body: float) -> bool:
    return isinstance(item, TextLine) and not item.sheet.rough and item.size < _SMALLER * body


def _opens_note(item: Item) -> bool:
    found = _NOTE.match(item.text) if isinstance(item, TextLine) else None
    return found is not None and found.end() < len(found.string)


def _block(paragraph: Paragraph, level: int = 0) -> Block:
    pieces = tuple(
        Piece(start, end, line.sheet.box(line.place))
        for line, (start, end) in zip(paragraph.lines, paragraph.spans, strict=True)
    )
    return Block(paragraph.text, level, page=paragraph.lines[0].page, pieces=pieces, confidence=_least(paragraph.lines))


def _notes(joining: Joining, lines: Sequence[TextLine]) -> Iterator[Paragraph]:
    """Yield the notes that lines are, each from its mark to the next."""
    starts = [index for index, line in enumerate(lines) if not index or _opens_note(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        yield joining.written(lines[start:end])


def _note_block(note: Paragraph) -> Block:
    """Return a note at the foot as a paragraph that says so."""
    block = _block(note)
    found = _NOTE.match(block.text)
    if found is None:
        return block
    word = "note " if language_of(block.text) == "en" else "注"
    opening = f"[{word}{found['number']}] "
    shift = len(opening) - found.end()
    pieces = tuple(Piece(max(p.start + shift, 0), p.end + shift, p.box) for p in block.pieces if p.end > found.end())
    return replace(block, text=opening + block.text[found.end() :], pieces=pieces)


def _rows(table: Table, above: Table | None) -> Iterator[Block]:
    """Yield the rows of a table; where it goes on from the page before, its header is not said again."""
    rows = table.rows
    if above is not None and above.sheet is not table.sheet and _said(above.rows[0]) == _said(rows[0]):
        rows = rows[1:]
    for cells in rows:
        # As ``extract.row`` writes it, with the place of each line.
        barred = not (cells[0].lines and cells[-1].lines)
        text = "| " * barred
        pieces: list[Piece] = []
        for index, cell in enumerate(cells):
            text += CELLS * bool(index)
            shown = cell.text
            for line, (start, end) in zip(cell.lines, cell.spans, strict=True):
                pieces.append(Piece(len(text) + start, len(text) + end, table.sheet.box(line.place)))
            text += shown.replace("|", "｜")
        text += " |" * barred
        confidence = _least([line for cell in cells for line in cell.lines])
        yield Block(text, row=True, page=table.sheet.number, pieces=tuple(pieces), confidence=confidence)


def _said(cells: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in cells]


def _least(lines: Sequence[TextLine]) -> float | None:
    return min((line.confidence for line in lines if line.confidence is not None), default=None)


def _notices(dropped: Sequence[str]) -> tuple[Notice, ...]:
    if not dropped:
        return ()
    shown = "; ".join(text[:40] for text in dropped[:3])
    return (
        Notice(
            f"Left out at the head or foot of pages: {shown}{' …' if len(dropped) > 3 else ''}.",
            f"略去页眉、页脚和页码：{shown}{' …' if len(dropped) > 3 else ''}。",
        ),
    )
