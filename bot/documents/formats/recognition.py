"""Text in pictures, by the PP-OCR models that RapidOCR carries: nothing is downloaded.

The models' input is a page of some 2,000 pixels a side; what is larger is made smaller.
"""

import math
import os
import re
from functools import lru_cache
from statistics import median
from typing import Any

from bot.documents.layout.characters import WIDE, settle
from bot.documents.layout.sheet import Place, Run, Sheet

MEGABYTES = 2500
"""Memory that a process needs to recognise a page: measured, see docs/formats.md."""
SURE = 0.5
"""Lines with less confidence are no text."""
LONGEST_SIDE = 2200
"""Pixels of a page that are looked at: A4 at 190 dots an inch."""
_WIDE_MARKS = str.maketrans(",:;?!()", "，：；？！（）")
_NARROW_MARK = re.compile(f"(?<=[{WIDE}])[,:;?!)]|[(](?=[{WIDE}〔])|(?<=[{WIDE}])[(]|[)](?=[{WIDE}])")
_YEAR = re.compile(r"[〔\[](\d{4})[\]〕](?=\d{1,4}号)")
_LEAST_SKEW = math.radians(0.2)
_MOST_SKEW = math.radians(15)


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Load the models."""
    from rapidocr import RapidOCR

    threads = int(os.environ.get("OMP_NUM_THREADS", "2"))
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": SURE,
            "Global.max_side_len": LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
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
    found = _engine()(pixels)
    if found.boxes is None or not found.txts:
        return Sheet(number, width, height, (), rough=True)
    across, down = width / pixels.shape[1], height / pixels.shape[0]
    quads = [[(float(x) * across, float(y) * down) for x, y in quad] for quad in found.boxes]
    slope = math.tan(_skew(quads))
    runs = [
        run
        for quad, text, score in zip(quads, found.txts, found.scores, strict=True)
        if (run := _run([_straight(point, slope) for point in quad], text, float(score))) is not None
    ]
    return Sheet(number, width, height, tuple(runs), rough=True, slope=slope)


def _skew(quads: list[list[tuple[float, float]]]) -> float:
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


def _run(quad: list[tuple[float, float]], text: str, score: float) -> Run | None:
    text = _chinese_marks(settle(" ".join(text.split())))
    left, right = min(x for x, _ in quad), max(x for x, _ in quad)
    top, bottom = (quad[0][1] + quad[1][1]) / 2, (quad[2][1] + quad[3][1]) / 2
    if not text or right <= left or bottom <= top:
        return None
    step = (right - left) / len(text)
    lefts = tuple(left + step * index for index in range(len(text)))
    return Run(text, lefts, Place(left, top, right, bottom), 0.8 * (bottom - top), confidence=round(score, 3))
