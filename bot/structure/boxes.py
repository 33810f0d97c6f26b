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
        # Characters are taken to be of one width, as Chinese ones are; a high and narrow line runs downwards.
        if box.bottom - box.top > 2 * (box.right - box.left) and length > 2:
            down = box.bottom - box.top
            yield replace(box, top=round(box.top + before * down), bottom=round(box.bottom - after * down)).at(
                first, last
            )
        else:
            across = box.right - box.left
            yield replace(box, left=round(box.left + before * across), right=round(box.right - after * across)).at(
                first, last
            )
