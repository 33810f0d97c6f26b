"""Where a span of a document's text stands on its pages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.pages import Box


def boxes_at(boxes: Iterable[Box], start: int, end: int) -> tuple[Box, ...]:
    """Return the places of the characters from ``start`` to ``end``: lines, and the parts of lines at both ends."""
    return tuple(_cut(boxes, start, end))


def _cut(boxes: Iterable[Box], start: int, end: int) -> Iterator[Box]:
    for box in boxes:
        first, last = max(start, box.start), min(end, box.end)
        if first >= last:
            continue
        length = box.end - box.start
        before, after = (first - box.start) / length, (box.end - last) / length
        across, down = box.right - box.left, box.bottom - box.top
        # Characters are taken to be of one width, as Chinese ones are; a high and narrow line runs downwards.
        if down > 2 * across and length > 2:
            part = replace(box, top=round(box.top + before * down), bottom=round(box.bottom - after * down))
        else:
            part = replace(box, left=round(box.left + before * across), right=round(box.right - after * across))
        yield part.at(first, last)
