"""Pictures of pages: scans and photographs, read by recognition; a TIFF file may hold many pages."""

import io
from collections.abc import Iterator
from typing import Any

from bot.documents.formats import recognition
from bot.documents.formats.extract import Extract, IsolatedFormat, Options, no_page
from bot.documents.layout.sheet import Sheet
from bot.documents.limits import used_seconds
from bot.pages import Notice
from bot.types import DocumentError

_MOST_PIXELS = 120_000_000
_MOST_PAGES = 500
_SECONDS = 600
_POINTS = 842.0
"""The longer side of a page in points, whatever a picture says of its dots an inch: many say nonsense."""


def _extract(data: bytes, options: Options) -> Extract:
    from bot.documents.layout.composing import compose_sheets

    sheets: list[Sheet] = []
    unread = count = 0
    with _opened(data) as picture:
        for count, frame in enumerate(_frames(picture), 1):
            if used_seconds() > _SECONDS or count > _MOST_PAGES:
                unread += 1
                continue
            shown = _upright(frame, recognition.LONGEST_SIDE)
            scale = _POINTS / max(shown.size)
            sheets.append(recognition.recognise(_pixels(shown), count, shown.width * scale, shown.height * scale))
    composed = compose_sheets([sheet for sheet in sheets if sheet.runs])
    if not composed.blocks:
        raise DocumentError(
            "{source}: no text was recognised in it; take the picture more clearly, or add its text.",
            "{source}：图像中没有识别出文字；请拍摄或扫描得更清晰，或另行添加其文字。",
        )
    notices = [*composed.notices, _RECOGNISED]
    if unread:
        notices.append(
            Notice(
                f"Not read, for recognising takes too long: the last {unread} pages; split the file to read them.",
                f"识别耗时过长，最后 {unread} 页未读；请拆分文件后再添加。",
            )
        )
    return Extract(composed.blocks, composed.title, count, tuple(notices))


def _show(data: bytes, options: Options, page: int, width: int) -> bytes:
    out = io.BytesIO()
    with _opened(data) as picture:
        frame = next((frame for number, frame in enumerate(_frames(picture), 1) if number == page), None)
        if frame is None:
            raise no_page(page)
        shown = _upright(frame, 4 * width)
        shown = shown.resize((width, max(round(shown.height * width / shown.width), 1)))
        shown.convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def _opened(data: bytes) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # ``_frames`` looks at the size, before anything is unpacked
    return Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP"))


def _frames(picture: Any) -> Iterator[Any]:
    """Yield the pages of a picture."""
    from PIL import ImageSequence

    for frame in ImageSequence.Iterator(picture):
        if frame.width * frame.height > _MOST_PIXELS:
            raise DocumentError(
                "{source}: has more than 120 million dots; save it smaller.",
                "{source}：图像超过一亿二千万像素；请缩小后添加。",
            )
        yield frame


def _upright(frame: Any, longest: int) -> Any:
    """Return a picture as the camera held it, its sides no longer than ``longest`` pixels."""
    from PIL import ImageOps

    shown = ImageOps.exif_transpose(frame)
    shown.thumbnail((longest, longest))
    return shown


def _pixels(picture: Any) -> Any:
    """Return a picture as uint8 (rows, columns, 3), blue first, what is transparent as white."""
    import numpy as np
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])


_RECOGNISED = Notice("Recognised in a picture, with errors possible.", "文字识别自图像，可能有误。")
FORMAT = IsolatedFormat(
    ("图像", "picture"), (".png", ".jpg", ".jpeg", ".tiff", ".tif", ".bmp", ".webp"), _extract,
    megabytes=recognition.MEGABYTES, seconds=_SECONDS + 100, show=_show,
)  # fmt: skip
