"""Pictures of pages: scans and photographs, read by recognition; a TIFF file may hold many pages."""

import io
from typing import Any

from bot.documents.formats import recognition
from bot.documents.formats.extract import Extract, IsolatedFormat, Options
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
    from PIL import Image, ImageOps, ImageSequence

    from bot.documents.layout.composing import compose_sheets

    Image.MAX_IMAGE_PIXELS = None  # checked below, before anything is unpacked
    sheets: list[Sheet] = []
    unread = 0
    count = 0
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP")) as picture:
        for frame in ImageSequence.Iterator(picture):
            count += 1
            if frame.width * frame.height > _MOST_PIXELS:
                raise DocumentError(
                    "{source}: has more than 120 million dots; save it smaller.",
                    "{source}：图像超过一亿二千万像素；请缩小后添加。",
                )
            if used_seconds() > _SECONDS or count > _MOST_PAGES:
                unread += 1
                continue
            shown = ImageOps.exif_transpose(frame)
            shown.thumbnail((recognition.LONGEST_SIDE, recognition.LONGEST_SIDE))
            scale = _POINTS / max(shown.size)
            pixels = _pixels(shown)
            sheets.append(recognition.recognise(pixels, count, shown.width * scale, shown.height * scale))
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
    megabytes=recognition.MEGABYTES, seconds=_SECONDS + 100,
)  # fmt: skip
