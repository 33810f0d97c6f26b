"""PDF: text by its place on the page; pages that are pictures, or whose codes say nothing, are recognised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.documents.formats import recognition
from bot.documents.formats.extract import Block, Extract, IsolatedFormat, Options
from bot.documents.layout.sheet import Sheet
from bot.documents.limits import at_most, used_seconds
from bot.language.folding import fold
from bot.pages import Notice
from bot.types import DocumentError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

    from bot.documents.formats.pdfium import PageText

_MOST_PAGES = 5_000
_SECONDS, _SECONDS_A_PAGE = 30, 0.3
"""Processor time that reading the text may take."""
_RECOGNISING_SECONDS = 600
"""The same for recognising; the pages that are left then are reported."""
_FEW_CHARACTERS = 60
_PICTURED = 0.5
"""Of a page, that pictures cover where it is a scan, with a word or two of text on it perhaps."""
_UNREADABLE = 0.4
"""Of the characters: where so many codes say nothing, the page is read as a picture."""
_UNSEEN = 0.8
_OTHERS_RECOGNITION = 0.8
"""The confidence of text that another program has laid under a scan: it did not say how sure it was."""


def _extract(data: bytes, options: Options) -> Extract:
    from bot.documents.formats.pdfium import is_locked, open_pdf, without_lock
    from bot.documents.layout.composing import compose_sheets

    with open_pdf(data, options.password) as document:
        count = len(document)
        if count > _MOST_PAGES:
            raise DocumentError(
                f"{{source}}: has {count} pages, more than {_MOST_PAGES}; split it.",
                f"{{source}}：有 {count} 页，超过 {_MOST_PAGES} 页；请拆分后添加。",
            )
        reading = _Reading()
        sheets = list(reading.sheets(document))
        metadata = document.get_metadata_value("Title")
        unlocked = without_lock(document) if options.password and is_locked(data) else b""
    composed = compose_sheets(sheets)
    if not composed.blocks:
        raise DocumentError(
            "{source}: no text was found on its pages; scan it more clearly, or add its text.",
            "{source}：各页中没有找到文字；请扫描得更清晰，或另行添加其文字。",
        )
    title = composed.title or _confirmed(metadata, composed.blocks)
    return Extract(composed.blocks, title, count, (*composed.notices, *reading.notices()), unlocked=unlocked)


def _show(data: bytes, options: Options, page: int, width: int) -> bytes:
    from bot.documents.formats.pdfium import draw, is_locked

    if not options.password and is_locked(data):
        raise DocumentError(
            "{source}: its pages are locked with a password; remove it and add it again with that to see them.",
            "{source}：页面已加密；要看页面，请删除后带密码重新添加。",
        )
    return draw(data, options.password, page, width)


@dataclass(slots=True)
class _Reading:
    """What is noted while pages are read."""

    recognised: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    under_scans: int = 0
    slanted: int = 0
    unseen: int = 0

    def sheets(self, document: "PdfDocument") -> Iterator[Sheet]:
        """Yield the pages, first those of text, then those that are recognised, in order."""
        count = len(document)
        with at_most(_SECONDS + _SECONDS_A_PAGE * count):
            texts = [self._text(document, index) for index in range(count)]
        until = used_seconds() + _RECOGNISING_SECONDS
        for index, text in enumerate(texts):
            if text is None:
                continue
            if _is_picture(text):
                yield from self._recognise(document, index, until)
            else:
                yield from self._seen(text)

    def _text(self, document: "PdfDocument", index: int) -> "PageText | None":
        from pypdfium2 import PdfiumError

        from bot.documents.formats.pdfium import read_page

        try:
            page = document[index]
            try:
                return read_page(page, index + 1)
            finally:
                page.close()
        except PdfiumError:
            self.damaged.append(index + 1)
            return None

    def _seen(self, text: "PageText") -> Iterator[Sheet]:
        self.slanted += text.slanted
        if text.unseen < _UNSEEN * text.characters:
            yield from text.sheets
            return
        self.under_scans += 1
        for sheet in text.sheets:
            runs = tuple(replace(run, confidence=_OTHERS_RECOGNITION) for run in sheet.runs)
            yield replace(sheet, runs=runs, rough=True)

    def _recognise(self, document: "PdfDocument", index: int, until: float) -> Iterator[Sheet]:
        from bot.documents.formats.pdfium import render

        if used_seconds() > until:
            self.unread.append(index + 1)
            return
        page = document[index]
        pixels = render(page, recognition.LONGEST_SIDE)
        width, height = page.get_size()
        page.close()
        sheet = recognition.recognise(pixels, index + 1, width, height)
        if sheet.runs:
            self.recognised.append(index + 1)
            yield sheet

    def notices(self) -> Iterator[Notice]:
        """Yield what is to be told of it."""
        if self.recognised:
            yield Notice(
                f"Recognised in pictures, with errors possible: pages {_listed(self.recognised)}.",
                f"以下各页识别自图像，可能有误：第 {_listed(self.recognised)} 页。",
            )
        if self.under_scans:
            yield Notice(
                f"The text of {self.under_scans} scanned pages was recognised by another program; errors are possible.",
                f"{self.under_scans} 页扫描件的文字由其他程序识别，可能有误。",
            )
        if self.unread:
            yield Notice(
                f"Not read, for recognising takes too long: pages {_listed(self.unread)}; split the file to read them.",
                f"识别耗时过长，未读：第 {_listed(self.unread)} 页；请拆分文件后再添加。",
            )
        if self.damaged:
            yield Notice(
                f"Not read, for they are damaged: pages {_listed(self.damaged)}.",
                f"已损坏，未读：第 {_listed(self.damaged)} 页。",
            )
        if self.slanted:
            yield Notice(
                f"Left out: {self.slanted} characters that run askew (a watermark).",
                f"略去斜排的文字（水印）{self.slanted} 字。",
            )


def _is_picture(text: "PageText") -> bool:
    """Tell whether a page must be recognised: it has no text, or none that can be read, and something is drawn."""
    if text.characters and text.unreadable > _UNREADABLE * text.characters:
        return True
    return (text.characters < _FEW_CHARACTERS and text.pictures > _PICTURED) or (not text.characters and text.drawn)


def _listed(pages: Sequence[int]) -> str:
    """Return page numbers as people write them: 1-3, 7."""
    spans: list[list[int]] = []
    for page in pages:
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def _confirmed(title: str, blocks: Sequence[Block]) -> str:
    """Return the title that the file names, where its first lines say it too: many name their template."""
    title = " ".join(title.split())
    start = "".join(fold(block.text) for block in blocks[:8])
    return title if len(title) > 3 and fold(title) in start else ""


FORMAT = IsolatedFormat(
    ("PDF", "PDF"), (".pdf",), _extract,
    megabytes=recognition.MEGABYTES, seconds=_SECONDS + _RECOGNISING_SECONDS + 100, show=_show,
)  # fmt: skip
