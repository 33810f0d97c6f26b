"""What a line needs above it to be understood: the sentence that introduces a list, the header of a table."""

import re

from bot.language.folding import fold_plain
from bot.structure.lists import introduces
from bot.structure.places import Place, sentences, whole
from bot.structure.tables import table_at
from bot.types import Document

_MOST_STEMS = 2
_CLAUSE = re.compile(r",.*:$|(?:下列|以下|之一).*:$")
"""A heading that is a sentence: its items end it (七、承租人有下列行为之一的，应当退回：)."""


def stems(document: Document, index: int, *, headings: bool = False) -> tuple[Place, ...]:
    """Return the places without which the paragraph at ``index`` is not whole, the outermost first: at most two.

    Of an item they are the sentences that introduce its list and the list around that, headings left out unless
    ``headings`` asks for those that are sentences; of a row of a table they are the table's first row.
    """
    table = table_at(document, index)
    if table is not None:
        return (whole(document, table.header),) if index in table.rows else ()
    places: list[Place] = []
    at = index
    for known in sorted(document.lists, key=lambda known: -known.paragraphs[0]):
        if known.inside or at not in known.paragraphs or not known.paragraphs[0]:
            continue
        before = known.paragraphs[0] - 1
        said = sentences(whole(document, before))
        if said and introduces(said[-1].text, len(known.paragraphs)):
            at = before
            # A heading stands in the section's path.
            if not document.paragraphs[before].level or (headings and _CLAUSE.search(fold_plain(said[-1].text))):
                places.append(said[-1])
    return tuple(reversed(places[:_MOST_STEMS]))
