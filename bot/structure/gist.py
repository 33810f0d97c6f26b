"""What a document says in the main: its headings with how each part begins, or its likeliest sentences. All its own."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.language.folding import fold, fold_plain, terms
from bot.structure.outlines import top
from bot.structure.places import Place, first_sentence, sentences, whole
from bot.structure.sections import below
from bot.types import Document

LIMIT = 400
"""Characters of a gist, more or less: all headings are shown, however many."""
_MOST_PARTS = 24
_SHORTEST = 6
_DECIDED = re.compile(r"决定|同意|原则通过|议定|要求|明确|\b(?:decided|agreed|resolved)\b")


@dataclass(frozen=True, slots=True)
class Gist:
    """The places of a gist in order; ``parts`` counts the document's outermost parts, 0 where it has none."""

    places: tuple[Place, ...]
    parts: int


def gist(document: Document, *, decisions: bool = False) -> Gist:
    """Return the gist of a document; with ``decisions`` the sentences that say what was decided, if there are any."""
    if decisions:
        decided = [place for place in _body(document) if _DECIDED.search(fold(place.text))]
        if len(decided) > 1:
            return Gist(tuple(_within(decided)), 0)
    parts = top(document)
    if len(parts) > 1:
        return Gist(tuple(_by_parts(document, [part.index for part in parts[:_MOST_PARTS]])), len(parts))
    return Gist(tuple(_central(list(_body(document)))), 0)


def _by_parts(document: Document, parts: Sequence[int]) -> list[Place]:
    """Return what each part is called and, while there is room, the first sentence under it."""
    names = {index: first_sentence(document, index) for index in parts}
    room = LIMIT - sum(len(place.text) for place in names.values())
    places: list[Place] = []
    for index in parts:
        places.append(names[index])
        beginning = next(_under(document, index), None)
        if beginning is not None and len(beginning.text) <= room:
            places.append(beginning)
            room -= len(beginning.text)
    return places


def _under(document: Document, index: int) -> Iterator[Place]:
    """Yield the sentences of the body text under a heading."""
    if not document.paragraphs[index].level:
        return
    for at in below(document, index):
        if not document.paragraphs[at].level:
            yield from sentences(whole(document, at))


def _body(document: Document) -> Iterator[Place]:
    """Yield the sentences of body text, without the title's line and mere labels."""
    for paragraph in document.paragraphs:
        place = whole(document, paragraph.index)
        if paragraph.level or fold(place.text) == fold(document.title):
            continue
        yield from (sentence for sentence in sentences(place) if len(sentence.text) >= _SHORTEST)


def central(places: Sequence[Place], most: int) -> list[Place]:
    """Return the ``most`` sentences that share most with the others, the first one always, in the document's order."""
    return sorted(_by_share(places)[:most], key=lambda place: place.start)


def _central(places: Sequence[Place]) -> list[Place]:
    """Return as many of these as there is room for."""
    return sorted(_within(_by_share(places)), key=lambda place: place.start)


def _by_share(places: Sequence[Place]) -> list[Place]:
    """Return sentences, the first one first, then those that share most with the others."""
    own = [set(terms(fold_plain(place.text))) for place in places]
    counts = Counter(term for terms_of in own for term in terms_of)
    shared = [sum(counts[term] - 1 for term in terms_of) / (len(terms_of) + 8) if terms_of else 0.0 for terms_of in own]
    order = sorted(range(len(places)), key=lambda n: (n > 0, -shared[n]))
    return [places[n] for n in order]


def _within(places: Sequence[Place]) -> list[Place]:
    """Return the first of the places, as many as ``LIMIT`` holds, at least one."""
    kept: list[Place] = []
    room = LIMIT
    for place in places:
        if kept and len(place.text) > room:
            continue
        kept.append(place)
        room -= len(place.text)
    return kept
