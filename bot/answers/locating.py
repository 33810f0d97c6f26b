"""Where a question points by itself: at an address, or at a part of a document's outline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.quoting import prefer
from bot.evidence.judge import Verdict
from bot.question.query import query_of
from bot.question.reading import Reading
from bot.storage.lexical import LexicalIndex
from bot.storage.store import Store
from bot.structure.lists import count_line
from bot.structure.outlines import answer_outline
from bot.structure.places import Place
from bot.structure.resolving import MOST_PLACES, resolve
from bot.types import ItemCount, Way

_DEPTH = 200
"""Passages looked at for the documents in which an address is likely to stand, where the question names none."""


@dataclass(frozen=True, slots=True)
class Located:
    """What a question points at.

    ``places`` stand first among the hits; where ``complete``, they are the whole answer. Otherwise ``scope`` narrows
    the documents that are searched (None: all). ``absent`` tells that what is asked for by its address is not there.
    ``way`` names what was pointed at. ``note`` says what of it is not there or not shown, in the question's language;
    ``items`` how many headings of the outline there are and are shown.
    """

    places: tuple[Place, ...] = ()
    complete: bool = False
    scope: Sequence[str] | None = None
    absent: bool = False
    way: Way = "evidence"
    note: str = ""
    items: ItemCount | None = None

    def settle(self, verdict: Verdict) -> Verdict:
        """Put evidence from ``places`` first; where what is asked for is absent, nothing else answers instead."""
        if self.absent:
            return replace(verdict, answered=False, confidence=0.0)
        return prefer(verdict, self.places) if self.places else verdict


def locate(reading: Reading, documents: Sequence[str] | None, store: Store, lexical: LexicalIndex) -> Located:
    """Find what a question points at.

    Args:
        reading: the question.
        documents: ids of the documents in scope; all where None.
        store: the documents.
        lexical: says which of many documents are likely to have an address.
    """
    addresses = reading.addresses
    if not addresses and reading.outline is None:
        return Located(scope=documents)
    infos = store.documents()
    if documents is not None:
        infos = [info for info in infos if info.document_id in documents]
    unknown = False
    if addresses:

        def nominate(text: str) -> list[str]:
            ids = [passage_id for passage_id, _ in lexical.search(query_of(text).terms, _DEPTH, documents)]
            owners = store.documents_of(ids)
            return [owners[passage_id] for passage_id in ids if passage_id in owners]

        found = resolve(addresses, infos, store.document, nominate)
        if found.places and (found.clear or found.alone):
            if reading.consequence and not found.alone:
                return Located(scope=found.documents, way="address")
            note = found.note(reading.language) if found.alone else ""
            return Located(found.places, found.alone, found.documents, way="address", note=note)
        if found.alone and found.named:
            return Located(scope=documents, absent=True, way="address")
        # "第三条" may be the third point of a speech; where it is that neither, nothing else is what was asked for.
        unknown = found.alone and all(address.article for address in addresses)
    outline = answer_outline(reading.outline, infos, store.document) if reading.outline else None
    if outline and reading.outline:
        shown = outline[:MOST_PLACES]
        items = ItemCount(len(outline), len(shown))
        counted = not reading.outline.steps or items.shown < items.total
        count = count_line(items.total, items.shown, reading.language) if counted else ""
        return Located(tuple(shown), complete=True, way="outline", note=count, items=items)
    return Located(scope=documents, absent=unknown, way="address" if unknown else "evidence")
