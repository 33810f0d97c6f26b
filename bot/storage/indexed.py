"""The terms that a passage and a whole document are found by."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

from bot.language.all_terms import all_joined_terms
from bot.language.folding import fold, fold_plain, joined_terms, plain, terms
from bot.storage.store import StoredPassage

_BATCH = 2048


def indexed_terms(title: str, section: Sequence[str], text: str) -> list[str]:
    """Return the terms that a passage is found by: those of its context, then those of its text."""
    context = (term for heading in (title, *section) for term in terms(fold(heading)))
    return [*context, *terms(fold_plain(text))]


def joined_bodies(content: Sequence[StoredPassage]) -> tuple[str, Iterable[str]]:
    """Return the terms that a document is found by, joined by spaces, and those of each of its passages."""
    own: list[str] = []
    for start in range(0, len(content), _BATCH):
        own += all_joined_terms([stored.passage.text for stored in content[start : start + _BATCH]])
    contexts = [(stored.title, *stored.passage.section) for stored in content]
    known = _all_heading_terms(dict.fromkeys(chain.from_iterable(contexts)))
    bodies = (
        f"{' '.join([known[heading] for heading in context])} {body}"
        for context, body in zip(contexts, own, strict=True)
    )
    title = [known[content[0].title]] if content else []
    return " ".join((*title, *own)), bodies


@cache
def terms_mark() -> str:
    """Return a mark of how passages become terms, so that an index made in another way is not taken up."""
    probe = indexed_terms("標題 Title", ("第一章 總則", "（一）"), "2020年の「Ａ」b's C++ 3.5%")
    return hashlib.sha256(json.dumps([3, probe]).encode()).hexdigest()


def _all_heading_terms(headings: Iterable[str]) -> dict[str, str]:
    """Return of each heading its terms, in some order: at once of those that are read as they stand."""
    simple = [heading for heading in headings if plain(heading) == heading]
    return dict(zip(simple, all_joined_terms(simple), strict=True)) | {
        heading: joined_terms(fold(heading)) for heading in headings if plain(heading) != heading
    }
