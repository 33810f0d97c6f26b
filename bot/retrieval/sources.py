"""The document that an earlier answer comes from: a follow-up is looked for there first."""

import re
from collections.abc import Sequence

from bot.language.folding import fold
from bot.question.query import query_of
from bot.storage.searching import WordIndex
from bot.storage.store import Store

_CITED = re.compile(r"(?P<sentence>[^\n\[\]]{4,})\[\d+\]")
_ENOUGH = 200
"""Characters of a sentence that it is looked for by."""
_DEPTH = 20
_SHARED = 0.5
"""So many of a follow-up's own pairs and words must stand in a document that is to answer it."""


def source_of(said: str, lexical: WordIndex, store: Store) -> str | None:
    """Return the id of the document in which the first sentence that an answer cites stands; None where none does."""
    cited = _CITED.search(said)
    if cited is None:
        return None
    sentence = cited["sentence"].strip()
    found = store.passages(list(lexical.search(query_of(sentence[:_ENOUGH]).terms, _DEPTH)))
    return next((stored.document_id for stored in found if sentence in stored.passage.text), None)


def speaks_of(own: Sequence[str], text: str) -> bool:
    """Tell whether a document's ``text`` says at least half of a follow-up's ``own`` terms, if it has any."""
    folded = fold(text)
    return sum(term in folded for term in own) >= _SHARED * len(own)
