"""A PDF's pages as pypdfium2 tells them: characters with their places, strokes, and the page as a picture."""

import ctypes
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.documents.formats.extract import no_page
from bot.documents.layout.characters import is_wide, settle
from bot.documents.layout.sheet import Frame, Place, Run, Sheet
from bot.types import DocumentError

_BOLD = re.compile(r"bold|black|heavy|hei(?!ti-?l)|黑", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCED_BOLD = 1 << 18
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\ufffe\uffff\x00-\x08\x0e-\x1f\U000f0000-\U0010ffff]")
_HYPHEN = "\x02"  # how PDFium tells the hyphen at the end of a line
_SMALLEST = 1.5
_GAP = 0.6
"""Times the size of the font: a wider gap parts two runs."""
_THIN = 3.0
_TALLEST = 4
"""Times its width, that a page is shown high."""
_SCANNED = 0.5
"""Of a page, that pictures cover where text that is not drawn is what another program has recognised."""
_LEAST_SPACE = 0.08
_PLAIN_SPACE = 0.2
_UNSURE, _SPACE = 1, 2
_MOST_OBJECTS = 60_000
_SLANTED = math.radians(8)


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character: its box and the point that it stands on; ``space`` tells that one stands before it.

    PDFium makes some up where there is a gap: these are ``_UNSURE``.
    """

    char: str
    box: Place
    origin: tuple[float, float]
    size: float
    bold: bool
    frame: Frame
    space: int

    def place(self) -> Place:
        """Return its place as high as its font, which the boxes of most fonts are not."""
        (x, y), size, box = self.origin, self.size, self.box
        below, above = 0.14 * size, 0.86 * size
        if self.frame is Frame.RIGHT:
            return Place(box.left, y - above, box.right, y + below)
        if self.frame is Frame.DOWN:
            return Place(x - below, box.top, x + above, box.bottom)
        if self.frame is Frame.LEFT:
            return Place(box.left, y - below, box.right, y + above)
        return Place(x - above, box.top, x + below, box.bottom)

    def stacked(self) -> Place:
        """Return its place in an upright column, as wide as its font."""
        (x, y), size = self.origin, self.size
        return Place(x, y - 0.86 * size, x + size, y + 0.14 * size)


@dataclass(frozen=True, slots=True)
class PageText:
    """What is read of a page: a sheet for each direction in which text runs, that of most of it first.

    ``pictures`` is how much of the page (0..1) pictures cover, ``drawn`` whether anything is drawn at all.
    ``characters`` counts all, ``unreadable`` those whose codes say nothing, ``unseen`` those that are not drawn (a
    layer of text under a scan), ``slanted`` those left out because they run askew (a watermark).
    """

    sheets: tuple[Sheet, ...]
    pictures: float
    drawn: bool
    characters: int
    unreadable: int
    unseen: int
    slanted: int


def open_pdf(data: bytes, password: str) -> pdfium.PdfDocument:
    """Open a PDF; raises ``DocumentError`` where it is locked and ``password`` does not open it."""
    try:
        return pdfium.PdfDocument(data, password=password or None)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) != raw.FPDF_ERR_PASSWORD:
            raise
    if password:
        raise DocumentError(
            "{source}: the password does not open it; give the right one.",
            "{source}：密码不对，未能打开；请给出正确的密码。",
        )
    raise DocumentError(
        "{source}: is locked with a password; give it with --password, or save it without and add that.",
        "{source}：已加密；请用 --password 给出密码，或另存为不加密的文件后添加。",
    )


def is_locked(data: bytes) -> bool:
    """Tell whether a PDF asks for a password."""
    try:
        pdfium.PdfDocument(data).close()
    except pdfium.PdfiumError as error:
        return bool(getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD)
    return False


def without_lock(document: pdfium.PdfDocument) -> bytes:
    """Return an open PDF as a file that needs no password."""
    out = io.BytesIO()
    document.save(out, flags=raw.FPDF_REMOVE_SECURITY)
    return out.getvalue()


def read_page(page: pdfium.PdfPage, number: int) -> PageText:
    """Read what stands on a page; ``number`` from 1."""
    geometry = _Geometry(page)
    strokes, covered, drawn = _objects(page, geometry)
    text = page.get_textpage()
    try:
        glyphs, unreadable, unseen, slanted = _glyphs(text.raw, geometry, covered)
    finally:
        text.close()
    size = geometry.width, geometry.height
    sheets = tuple(
        Sheet(
            number, *size, _without_twins(_runs(part, frame, *size)),
            tuple(stroke.turned(frame, *size) for stroke in strokes), frame,
        )
        for frame, part in _parts(glyphs)
    )  # fmt: skip
    return PageText(sheets, covered, drawn, len(glyphs), unreadable, unseen, slanted)


def draw(data: bytes, password: str, number: int, width: int) -> bytes:
    """Return a page of a PDF as PNG; raises ``DocumentError`` where there is none."""
    from PIL import Image

    with open_pdf(data, password) as document:
        if number > len(document):
            raise no_page(number)
        page = document[number - 1]
        scale = width / max(page.get_width(), 1)
        if page.get_height() * scale > _TALLEST * width:
            scale = _TALLEST * width / page.get_height()
        pixels = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False).to_numpy()[:, :, :3]
        out = io.BytesIO()
        grey = (pixels == pixels[:, :, :1]).all()
        Image.fromarray(pixels[:, :, 0].copy() if grey else pixels).save(out, "PNG", compress_level=1)
        return out.getvalue()


def render(page: pdfium.PdfPage, longest: int) -> Any:
    """Return a page as a picture, its longer side ``longest`` pixels: uint8 (rows, columns, 3), blue first."""
    width, height = page.get_size()
    scale = longest / max(width, height, 1)
    bitmap = page.render(scale=scale, rev_byteorder=False, may_draw_forms=False)
    return bitmap.to_numpy()[:, :, :3].copy()


class _Geometry:
    """From the coordinates of a PDF's page to the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self.turn = int(page.get_rotation()) // 90
        across, down = self._right - self._left, self._top - self._bottom
        self.width, self.height = (down, across) if self.turn % 2 else (across, down)

    def place(self, left: float, bottom: float, right: float, top: float) -> Place:
        if self.turn == 1:
            return Place(bottom - self._bottom, left - self._left, top - self._bottom, right - self._left)
        if self.turn == 2:
            return Place(self._right - right, bottom - self._bottom, self._right - left, top - self._bottom)
        if self.turn == 3:
            return Place(self._top - top, self._right - right, self._top - bottom, self._right - left)
        return Place(left - self._left, self._top - top, right - self._left, self._top - bottom)


def _objects(page: pdfium.PdfPage, geometry: _Geometry) -> tuple[list[Place], float, bool]:
    """Return the strokes of a page, how much of it pictures cover, and whether anything else is drawn."""
    strokes: list[Place] = []
    covered, drawn = 0.0, False
    for count, item in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=4)):
        if count > _MOST_OBJECTS:
            break
        try:
            place = geometry.place(*item.get_bounds())
        except pdfium.PdfiumError:
            continue
        drawn = True
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            covered += max(0.0, place.width) * max(0.0, place.height)
        else:
            strokes.extend(_sides(place, item))
    return strokes, min(covered / max(geometry.width * geometry.height, 1), 1.0), drawn


def _sides(place: Place, item: pdfium.PdfObject) -> Iterator[Place]:
    """Yield a thin line as it is, a drawn box as its four sides."""
    if min(place.width, place.height) <= _THIN:
        if max(place.width, place.height) > _THIN:
            yield place
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if raw.FPDFPath_GetDrawMode(item.raw, fill, stroke) and stroke.value and raw.FPDFPath_CountSegments(item.raw) <= 6:
        yield Place(place.left, place.top, place.right, place.top)
        yield Place(place.left, place.bottom, place.right, place.bottom)
        yield Place(place.left, place.top, place.left, place.bottom)
        yield Place(place.right, place.top, place.right, place.bottom)


@dataclass(slots=True)
class _Style:
    """What the characters of one text object share."""

    size: float
    bold: bool
    angle: float
    seen: bool


def _style(text: Any, index: int, item: Any) -> _Style:
    matrix = raw.FS_MATRIX()
    scale = 1.0
    if raw.FPDFText_GetMatrix(text, index, matrix):
        scale = math.hypot(matrix.c, matrix.d)
    size = raw.FPDFText_GetFontSize(text, index) * scale
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
    heavy = raw.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT or bool(flags.value & _FORCED_BOLD)
    bold = heavy or _BOLD.search(name.value.decode("utf-8", "replace")) is not None
    seen = raw.FPDFTextObj_GetTextRenderMode(item) not in (
        raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP,
    )  # fmt: skip
    return _Style(abs(size), bold, raw.FPDFText_GetCharAngle(text, index), seen)


def _glyphs(text: Any, geometry: _Geometry, covered: float) -> tuple[list[_Glyph], int, int, int]:
    """Return the characters of a page, and how many of them say nothing, are not drawn, run askew."""
    glyphs: list[_Glyph] = []
    unreadable = unseen = slanted = 0
    x, y, rectangle = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    last, style, space = 0, _Style(0, False, 0, True), 0
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char.isspace() and char != _HYPHEN:
            space = max(space, _UNSURE if raw.FPDFText_IsGenerated(text, index) == 1 else _SPACE)
            continue
        item = raw.FPDFText_GetTextObject(text, index)
        if not item:  # made up by PDFium
            continue
        if (address := ctypes.addressof(item.contents)) != last:
            last, style = address, _style(text, index, item)
        if style.size < _SMALLEST:
            continue
        if not style.seen and covered < _SCANNED:
            continue
        unseen += not style.seen
        askew, frame = _direction(style.angle, geometry.turn)
        if askew:
            slanted += 1
            continue
        raw.FPDFText_GetLooseCharBox(text, index, rectangle)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        place = geometry.place(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        origin = geometry.place(x.value, y.value, x.value, y.value)
        readable = "-" if char == _HYPHEN else settle(char)
        unreadable += _UNREADABLE.match(readable) is not None or raw.FPDFText_HasUnicodeMapError(text, index) == 1
        point = origin.left, origin.top
        glyphs.append(_Glyph(readable, place, point, style.size, style.bold, frame, space))
        space = 0
    return glyphs, unreadable, unseen, slanted


def _direction(angle: float, turn: int) -> tuple[bool, Frame]:
    """Tell whether text at an angle runs askew, and else in which frame."""
    quarter = angle / (math.pi / 2)
    nearest = round(quarter)
    return abs(quarter - nearest) * math.pi / 2 > _SLANTED, Frame((nearest + turn) % 4)


def _parts(glyphs: Sequence[_Glyph]) -> list[tuple[Frame, list[_Glyph]]]:
    """Part the characters of a page by the frame in which they are read, the largest part first.

    Chinese that goes down in columns is read downwards, with all that lies on its side among it.
    """
    down = {index for index in range(1, len(glyphs)) if _goes_down(glyphs[index - 1], glyphs[index])}
    down |= {index - 1 for index in down}
    upright = 2 * len(down) > len(glyphs)
    parts: dict[Frame, list[_Glyph]] = {}
    for index, glyph in enumerate(glyphs):
        frame = Frame.DOWN if upright and index in down else glyph.frame
        parts.setdefault(frame, []).append(glyph)
    return sorted(parts.items(), key=lambda part: -len(part[1]))


def _goes_down(before: _Glyph, after: _Glyph) -> bool:
    """Tell whether a character stands right below the one before it."""
    right, below = after.origin[0] - before.origin[0], after.origin[1] - before.origin[1]
    upright = after.frame is before.frame is Frame.RIGHT
    return upright and abs(right) < before.size / 4 and 0.7 < below / before.size < 1.6


def _is_space(space: int, before: str, after: str, gap: float, last: float) -> bool:
    """Tell a space from a gap between letters; ``gap`` and the ``last`` one are in times of the font's size."""
    wide = is_wide(before), is_wide(after)
    if space == _UNSURE and any(wide):
        # Chinese text that is set apart to fill its line has such gaps everywhere, beside Latin letters too.
        return all(wide) and gap > _PLAIN_SPACE > 2 * last
    return space > 0 and gap > _LEAST_SPACE


def _without_twins(runs: Iterator[Run]) -> tuple[Run, ...]:
    """Leave out what is drawn again at the same place, to look bold or to throw a shadow."""
    kept: list[Run] = []
    seen: dict[tuple[str, int], list[Place]] = {}
    for run in runs:
        places = seen.setdefault((run.text, round(run.size)), [])
        near = 0.25 * run.size
        if not any(abs(run.place.left - p.left) < near and abs(run.place.top - p.top) < near for p in places):
            places.append(run.place)
            kept.append(run)
    return tuple(kept)


def _runs(glyphs: Sequence[_Glyph], frame: Frame, width: float, height: float) -> Iterator[Run]:
    """Yield what stands side by side, in the order of the file."""
    chars: list[str] = []
    lefts: list[float] = []
    first: _Glyph | None = None
    place, gap = Place(0, 0, 0, 0), math.inf
    for glyph in glyphs:
        own = glyph.stacked() if glyph.frame is not frame else glyph.place()
        turned, size = own.turned(frame, width, height), glyph.size
        level = first is not None and abs(turned.bottom - place.bottom) < 0.25 * max(size, first.size)
        if (
            first is None
            or not level
            or not -0.5 * size < turned.left - place.right < _GAP * size
            or not 0.8 < size / first.size < 1.25
            or glyph.bold != first.bold
        ):
            if first is not None:
                yield Run("".join(chars), tuple(lefts), place, first.size, first.bold)
            chars, lefts, first, place, gap = [], [], glyph, turned, math.inf
        else:
            last, gap = gap, (turned.left - place.right) / size
            if _is_space(glyph.space, chars[-1], glyph.char, gap, last):
                chars.append(" ")
                lefts.append(place.right)
        chars.extend(glyph.char)
        lefts.extend([turned.left] * len(glyph.char))
        place = place.joined(turned)
    if first is not None:
        yield Run("".join(chars), tuple(lefts), place, first.size, first.bold)
