"""Which paragraphs are headings, by size and weight of their letters where these are plain."""

from collections.abc import Sequence

from bot.documents.layout.characters import SENTENCE_END
from bot.documents.layout.paragraphs import LEADER, Paragraph
from bot.documents.layout.tables import Table
from bot.documents.markers import find_marker

_LARGER = 1.12
_LARGER_ROUGH = 1.28
_LONGEST = 100
_MOST_LINES = 4
_SAME = 0.06
"""Sizes that differ by less are one; those told by the height of letters in a picture are true by a tenth only."""
_SAME_ROUGH = 0.25
_MOST_LEVELS = 6


def levels(items: Sequence[Paragraph | Table], body: float) -> dict[int, int]:
    """Return the level of each heading by its place in ``items``, 1 for the outermost.

    Larger letters stand outside smaller ones, these outside bold ones of the text's own size. Headings that are told by
    their numbers alone are left to the outline, and in pictures, where sizes are rough, all that have numbers.
    """
    paragraphs = {index: item for index, item in enumerate(items) if isinstance(item, Paragraph)}
    letters = sum(len(paragraph.text) for paragraph in paragraphs.values())
    bold = sum(len(paragraph.text) for paragraph in paragraphs.values() if _is_bold(paragraph))
    weighs = bold < 0.3 * letters
    sizes: dict[int, float] = {}
    for index, paragraph in paragraphs.items():
        if paragraph.lines[0].sheet.rough and (marker := find_marker(paragraph.text)) and marker.heading:
            continue
        size = paragraph.lines[0].size
        if _may_be_heading(paragraph, size > _LARGER * body):
            if size >= (_LARGER_ROUGH if paragraph.lines[0].sheet.rough else _LARGER) * body:
                sizes[index] = size
            elif weighs and _is_bold(paragraph) and size > 0.95 * body:
                sizes[index] = body
    rough = any(paragraph.lines[0].sheet.rough for paragraph in paragraphs.values())
    same = _SAME_ROUGH if rough else _SAME
    steps: list[float] = []
    for size in sorted(set(sizes.values()), reverse=True):
        if not steps or size < (1 - same) * steps[-1]:
            steps.append(size)
    return {
        index: min(1 + sum(step > size * (1 + same) for step in steps), _MOST_LEVELS) for index, size in sizes.items()
    }


def _is_bold(paragraph: Paragraph) -> bool:
    return all(line.bold for line in paragraph.lines)


def _may_be_heading(paragraph: Paragraph, larger: bool) -> bool:
    text = paragraph.text
    if LEADER.search(text):
        return False
    if len(text) > _LONGEST or len(paragraph.lines) > _MOST_LINES or not any(char.isalpha() for char in text):
        return False
    if SENTENCE_END.search(text) and not (text.endswith(("？", "?", "！", "!")) and (larger or find_marker(text))):
        return False
    return text[-1] not in "，,、：:"
