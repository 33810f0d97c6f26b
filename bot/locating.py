"""Where a question points by itself: at an address, or at a part of a document's outline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.addresses import find_address, resolve
from bot.evidence import Verdict
from bot.lexical import LexicalIndex
from bot.outlines import answer_outline, may_ask_structure
from bot.places import Place, prefer
from bot.question import Question, analyse
from bot.store import Store

_DEPTH = 200
"""Passages looked at for the documents in which an address is likely to stand, where the question names none."""


@dataclass(frozen=True, slots=True)
class Located:
    """What a question points at.

    ``places`` stand first among the hits; where ``complete``, they are the whole answer. Otherwise ``scope`` narrows
    the documents that are searched (None: all). ``absent`` tells that what is asked for by its address is not there.
    """

    places: tuple[Place, ...] = ()
    complete: bool = False
    scope: Sequence[str] | None = None
    absent: bool = False

    def settle(self, verdict: Verdict) -> Verdict:
        """Put evidence from ``places`` first; where what is asked for is absent, nothing else answers instead."""
        if self.absent:
            return replace(verdict, answered=False, confidence=0.0)
        return prefer(verdict, self.places) if self.places else verdict


def locate(asked: Question, documents: Sequence[str] | None, store: Store, lexical: LexicalIndex) -> Located:
    """Find what a question points at.

    Args:
        asked: the question as searched.
        documents: ids of the documents in scope; all where None.
        store: the documents.
        lexical: says which of many documents are likely to have an address.
    """
    address = find_address(asked.text)
    if address is None and not may_ask_structure(asked.text):
        return Located(scope=documents)
    infos = store.documents()
    if documents is not None:
        infos = [info for info in infos if info.document_id in documents]
    if address is not None:

        def nominate(text: str) -> list[str]:
            ids = [passage_id for passage_id, _ in lexical.search(analyse(text).terms, _DEPTH, documents)]
            owners = store.documents_of(ids)
            return [owners[passage_id] for passage_id in ids if passage_id in owners]

        found = resolve(address, infos, store.document, nominate)
        if found.places and found.clear:
            return Located(found.places, found.alone, found.documents)
        if found.alone and (found.places or found.named):
            return Located(found.places, scope=documents, absent=not found.places)
    outline = answer_outline(asked.text, infos, store.document)
    return Located(tuple(outline), complete=True) if outline else Located(scope=documents)
