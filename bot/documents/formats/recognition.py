"""Text in pictures, by the PP-OCR models that RapidOCR carries: nothing is downloaded.

The models' input is a page of some 2,000 pixels a side; what is larger is made smaller.
"""

import math
import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from statistics import median
from typing import Any

from bot.documents.layout.characters import WIDE, settle
from bot.documents.layout.sheet import Frame, Place, Run, Sheet

Quad = list[tuple[float, float]]
"""The corners of a line in a picture, from the upper left one clockwise."""
_Line = tuple[Quad, str, float]
MEGABYTES = 1500
"""Memory that a process needs to recognise a page: measured, see docs/formats.md."""
_LEAST_STROKE = 45
"""Pixels: the strokes of characters are shorter."""
_MOST_STROKES = 1500
_LONGER = 8
_TEXT = 0.5
"""Lines with less confidence are no text."""
LONGEST_SIDE = 2200
"""Pixels of a page that are looked at: A4 at 190 dots an inch."""
_FINDING_SIDE = 1280
_UPRIGHT = 0.8
_WIDE_MARKS = str.maketrans(",:;?!()", "，：；？！（）")
_NARROW_MARK = re.compile(f"(?<=[{WIDE}])[,:;?!)]|[(](?=[{WIDE}〔])|(?<=[{WIDE}])[(]|[)](?=[{WIDE}])")
_YEAR = re.compile(r"[〔\[](\d{4})[\]〕](?=\d{1,4}号)")
_LEAST_SKEW = math.radians(0.2)
_MOST_SKEW = math.radians(15)


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Load the models."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": _TEXT,
            "Global.max_side_len": LONGEST_SIDE,
            # The model that tells lines upside down turns some that are not; pages are turned as a whole instead.
            "Global.use_cls": False,
            # Where text stands is found in a smaller picture than that in which it is read.
            "Det.limit_type": "max",
            "Det.limit_side_len": _FINDING_SIDE,
            # Short lines beside long ones are read with less confidence.
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": int(os.environ.get("OMP_NUM_THREADS", "2")),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(pixels: Any, number: int, width: float, height: float) -> Sheet:
    """Return the page that a picture shows.

    Args:
        pixels: uint8 (rows, columns, 3), blue first.
        number: of the page, from 1.
        width: of the page in points.
        height: of the page in points.
    """
    frame, found = _read(pixels)
    span = (height, width) if frame in (Frame.UP, Frame.DOWN) else (width, height)
    turned = _turned(pixels, frame)
    across, down = span[0] / turned.shape[1], span[1] / turned.shape[0]
    lines = [([(x * across, y * down) for x, y in quad], text, score) for quad, text, score in found]
    slope = math.tan(_skew([quad for quad, _, _ in lines]))
    runs = [
        run
        for quad, text, score in lines
        if (run := _run([_straight(point, slope) for point in quad], text, score)) is not None
    ]
    strokes = tuple(_strokes(turned, across, down, slope))
    return Sheet(number, width, height, tuple(runs), strokes, frame, rough=True, slope=slope)


def _read(pixels: Any) -> tuple[Frame, list[_Line]]:
    """Return how a page lies, and its lines as they are where it is turned upright."""
    lines = _lines(pixels)
    if not lines:
        return Frame.RIGHT, []
    lying = sum(_height(quad) > 1.5 * _width(quad) for quad, _, _ in lines) > len(lines) / 2
    if not lying and _sureness(lines) > _UPRIGHT:
        return Frame.RIGHT, lines
    frames = (Frame.DOWN, Frame.UP) if lying else (Frame.LEFT,)
    others = [(frame, _lines(_turned(pixels, frame))) for frame in frames]
    return max([(Frame.RIGHT, lines), *others], key=lambda read: _sureness(read[1]))


def _turned(pixels: Any, frame: Frame) -> Any:
    """Return a page as it is upright where its text runs as ``frame`` says."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(pixels, {Frame.RIGHT: 0, Frame.DOWN: 1, Frame.LEFT: 2, Frame.UP: 3}[frame]))


def _lines(pixels: Any) -> list[_Line]:
    found = _engine()(pixels)
    if found.boxes is None or not found.txts:
        return []
    quads = [[(float(x), float(y)) for x, y in box] for box in found.boxes]
    return list(zip(quads, found.txts, map(float, found.scores), strict=True))


def _sureness(lines: Sequence[_Line]) -> float:
    """Return the confidence in a character, in the middle."""
    return sum(len(text) * score for _, text, score in lines) / max(sum(len(text) for _, text, _ in lines), 1)


def _height(quad: Quad) -> float:
    return (quad[3][1] + quad[2][1] - quad[0][1] - quad[1][1]) / 2


def _width(quad: Quad) -> float:
    return (quad[1][0] + quad[2][0] - quad[0][0] - quad[3][0]) / 2


def _strokes(pixels: Any, across: float, down: float, slope: float) -> Iterator[Place]:
    """Yield the lines that a picture shows, level: those of tables."""
    import cv2

    dark = cv2.threshold(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    for kernel, lies in (((_LEAST_STROKE, 1), True), ((1, _LEAST_STROKE), False)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        lines = cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        for left, top, width, height, _ in cv2.connectedComponentsWithStats(lines)[2][1:_MOST_STROKES]:
            if (width if lies else height) < _LONGER * (height if lies else width):
                continue  # a dark patch
            x, y = _straight(((left + width / 2) * across, (top + height / 2) * down), slope)
            half = width * across / 2 if lies else height * down / 2
            yield Place(x - half, y, x + half, y) if lies else Place(x, y - half, x, y + half)


def _skew(quads: Sequence[Quad]) -> float:
    """Return the angle at which lines rise or fall, 0 where they are straight or too few to tell."""
    angles = [
        math.atan2(quad[1][1] - quad[0][1], quad[1][0] - quad[0][0])
        for quad in quads
        if math.hypot(quad[1][0] - quad[0][0], quad[1][1] - quad[0][1]) > 5 * abs(quad[3][1] - quad[0][1])
    ]
    angle = median(angles) if len(angles) > 2 else 0.0
    return angle if _LEAST_SKEW < abs(angle) < _MOST_SKEW else 0.0


def _straight(point: tuple[float, float], slope: float) -> tuple[float, float]:
    x, y = point
    return x + slope * y, y - slope * x


def _chinese_marks(text: str) -> str:
    """Return text with the marks in Chinese as wide as they are written there; the models tell either."""
    text = _YEAR.sub(r"〔\1〕", text)
    return _NARROW_MARK.sub(lambda found: found[0].translate(_WIDE_MARKS), text)


def _run(quad: Quad, text: str, score: float) -> Run | None:
    text = _chinese_marks(settle(" ".join(text.split())))
    left, right = min(x for x, _ in quad), max(x for x, _ in quad)
    top, bottom = (quad[0][1] + quad[1][1]) / 2, (quad[2][1] + quad[3][1]) / 2
    if not text or right <= left or bottom <= top:
        return None
    step = (right - left) / len(text)
    lefts = tuple(left + step * index for index in range(len(text)))
    return Run(text, lefts, Place(left, top, right, bottom), 0.8 * (bottom - top), confidence=round(score, 3))
