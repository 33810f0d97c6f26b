"""Presentations (.pptx): a slide's title as heading, its text in reading order, tables, then its notes."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from bot.documents.formats.counting import counted
from bot.documents.formats.extract import Block, Extract, IsolatedFormat, Options, clean, row
from bot.documents.formats.office_zip import open_office
from bot.pages import Notice
from bot.types import DocumentError

_OLE = b"\xd0\xcf\x11\xe0"
_MOST_SLIDES = 2_000
_DEEPEST = 20
"""Groups inside groups that are looked into."""
_LINE = 300_000
"""Shapes whose upper sides differ by less (8 mm, in EMU) stand in one line, and are read from left to right."""
_HAN = range(0x3400, 0xA000)


def _extract(data: bytes, options: Options) -> Extract:
    from pptx import Presentation  # here: who asks and adds nothing need not wait for it

    if data.startswith(_OLE):
        raise DocumentError(
            "{source}: is locked with a password, or an old .ppt; open it, save it as an open .pptx and add that.",
            "{source}：已加密，或是旧版 .ppt；请打开后另存为不加密的 .pptx，再重新添加。",
        )
    open_office(data).close()
    every = Presentation(io.BytesIO(data)).slides
    slides = list(islice(every, _MOST_SLIDES))
    blocks: list[Block] = []
    pictures = hidden = 0
    for page, slide in enumerate(slides, 1):
        reader = _SlideReader(page)
        blocks.extend(reader.read(slide))
        pictures += reader.pictures
        hidden += slide.element.get("show") in ("0", "false")
    return Extract(
        tuple(blocks), _title(blocks), len(slides), tuple(_notices(pictures, hidden, len(every) > len(slides)))
    )


class _SlideReader:
    """Reads one slide; ``pictures`` counts what has no text: pictures, charts, drawings of other programs."""

    def __init__(self, page: int) -> None:
        self._page = page
        self.pictures = 0

    def read(self, slide: Any) -> Iterator[Block]:
        title = slide.shapes.title
        heading = clean(title.text_frame.text) if title is not None else ""
        if heading:
            yield Block(heading, level=1, page=self._page)
        own = None if title is None else title.shape_id
        yield from self._shapes([shape for shape in slide.shapes if shape.shape_id != own], 0)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            yield from self._notes(slide.notes_slide.notes_text_frame)

    def _shapes(self, shapes: Iterable[Any], depth: int) -> Iterator[Block]:
        for shape in sorted(shapes, key=_place):
            if shape.element.tag.endswith("}grpSp"):
                if depth < _DEEPEST:
                    yield from self._shapes(shape.shapes, depth + 1)
            elif shape.has_table:
                yield from self._table(shape.table)
            elif shape.has_text_frame and not _is_running(shape):
                yield from self._text(shape.text_frame)
            elif shape.element.tag.endswith(("}pic", "}graphicFrame")):
                self.pictures += 1

    def _text(self, frame: Any) -> Iterator[Block]:
        numbers: dict[int, int] = {}
        for paragraph in frame.paragraphs:
            text = clean(paragraph.text)
            if text:
                yield Block(_label(paragraph, numbers) + text, page=self._page)

    def _table(self, table: Any) -> Iterator[Block]:
        texts = [[clean(cell.text_frame.text) for cell in line.cells] for line in table.rows]
        for top, line in enumerate(table.rows):
            for left, cell in enumerate(line.cells):
                if cell.is_merge_origin:
                    for cells in texts[top : top + cell.span_height]:
                        end = min(left + cell.span_width, len(cells))
                        cells[left:end] = [texts[top][left]] * (end - left)
        yield from (row(cells, self._page) for cells in texts)

    def _notes(self, frame: Any) -> Iterator[Block]:
        texts = [text for paragraph in frame.paragraphs if (text := clean(paragraph.text))]
        label = "备注：" if any(ord(char) in _HAN for text in texts for char in text) else "Notes: "
        yield from (Block(label + text, page=self._page) for text in texts)


def _place(shape: Any) -> tuple[int, int]:
    """Return where a shape stands in reading order: from above, in one line from the left; unplaced ones first."""
    top, left = getattr(shape, "top", None) or 0, getattr(shape, "left", None) or 0
    return top // _LINE, left


def _is_running(shape: Any) -> bool:
    """Tell whether a shape repeats on slides: a date, a footer, a number, as the master places them."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KINDS

    running = (KINDS.DATE, KINDS.FOOTER, KINDS.HEADER, KINDS.SLIDE_NUMBER)
    return bool(getattr(shape, "is_placeholder", False)) and shape.placeholder_format.type in running


_FORMS = {
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman",
    "circleNum": "decimalEnclosedCircle", "ea1": "chineseCounting",
}  # fmt: skip
"""What ``counted`` calls the forms of numbered paragraphs, by the beginning of PowerPoint's names for them."""


def _label(paragraph: Any, numbers: dict[int, int]) -> str:
    """Return what PowerPoint puts before a paragraph of its own accord; ``numbers`` are the last ones by level."""
    properties = paragraph._p.pPr
    level = paragraph.level
    for deeper in [other for other in numbers if other > level]:
        del numbers[deeper]
    auto = None if properties is None else properties.find("{*}buAutoNum")
    if auto is None:
        numbers.pop(level, None)
        return "" if properties is None or properties.find("{*}buChar") is None else "- "
    kind, start = auto.get("type", ""), auto.get("startAt", "1")
    numbers[level] = number = numbers[level] + 1 if level in numbers else int(start) if start.isdecimal() else 1
    form = next((form for name, form in _FORMS.items() if kind.startswith(name)), "decimal")
    before = "(" if kind.endswith("ParenBoth") else ""
    after = ")" if "Paren" in kind else "." if kind.endswith("Period") else ""
    return f"{before}{counted(number, form)}{after} "


def _title(blocks: list[Block]) -> str:
    """Return the heading of the first slide; empty where it has none."""
    return blocks[0].text if blocks and blocks[0].level and blocks[0].page == 1 else ""


def _notices(pictures: int, hidden: int, cut: bool) -> Iterator[Notice]:
    if pictures:
        yield Notice(f"{pictures} pictures or charts were left out.", f"略过 {pictures} 个图片或图表。")
    if cut:
        yield Notice(f"The first {_MOST_SLIDES:,} slides were read.", f"只读取了前 {_MOST_SLIDES:,} 张幻灯片。")
    if hidden:
        yield Notice(f"{hidden} hidden slides were read as well.", f"隐藏的 {hidden} 张幻灯片也已读取。")


FORMAT = IsolatedFormat(("演示文稿", "presentation"), (".pptx", ".pptm", ".ppsx"), _extract)
