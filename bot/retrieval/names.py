"""Names of Latin script in a question ("Brightfield规定密码几位"): the documents that hold them are meant."""

import re

from bot.language.folding import fold
from bot.storage.searching import WordIndex
from bot.storage.store import Store

_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Z][a-zA-Z]*[a-z][a-zA-Z]*(?![A-Za-z0-9])")
_FIRST = re.compile(r"^\W*\w+|(?<=[.?!:])\s+\w+")
_LOOKED_AT = 20
"""Passages that show how a word is written; documents that may hold it."""


def documents_named(question: str, lexical: WordIndex, store: Store) -> set[str] | None:
    """Return the ids of the documents that hold the names of a question; None where it has none that any holds.

    A name is a word with a capital that no text writes without. The first word of a sentence says nothing.
    """
    first = {match.end() for match in _FIRST.finditer(question)} if question.isascii() else set()
    found: set[str] | None = None
    for match in _WORD.finditer(question):
        term = fold(match[0])
        if match.end() in first or not lexical.document_frequency(term):
            continue
        passages = store.passages(list(lexical.search((term,), _LOOKED_AT)))
        plain = re.compile(rf"(?<![A-Za-z0-9]){re.escape(term)}(?![A-Za-z0-9])")
        if any(plain.search(stored.passage.text) for stored in passages):
            continue
        holding = set(lexical.search_documents((term,), _LOOKED_AT))
        found = holding if found is None else found & holding
    return found
