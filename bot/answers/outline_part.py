"""Questions about structure ("讲话分哪几部分？", "第三部分讲什么"): headings, and what stands under them."""

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.question.reading import Reading
from bot.structure.lists import count_line
from bot.structure.resolving import MOST_PLACES
from bot.types import ItemCount


def outline_part(reading: Reading, material: Material) -> Draft | None:
    """Answer from the outline; all parts are counted, and what of one part is not shown."""
    if reading.outline is None or not material.outline:
        return None
    items = ItemCount(len(material.outline), min(len(material.outline), MOST_PLACES))
    counted = not (reading.outline.steps or reading.outline.dotted) or items.shown < items.total
    return Draft(
        way="outline",
        rule=reading.outline.rule,
        citations=cite_sentences(material.outline[: items.shown]),
        note=count_line(items.total, items.shown, reading.language) if counted else "",
        items=items,
    )
