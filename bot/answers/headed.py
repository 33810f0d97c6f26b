"""What stands under a heading that names what is asked for: the procedure, the conditions, the papers needed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.answers.citations import cite_places
from bot.answers.contract import Draft, Material
from bot.language.folding import fold, fold_plain, is_han
from bot.question.headed import HeadedAsked
from bot.question.reading import Reading
from bot.structure.lists import Listed, count_line, lists_after, said_of
from bot.structure.places import Place, whole
from bot.structure.sections import below
from bot.types import Document, ItemCount, Paragraph

_DOCUMENTS, _PASSAGES = 3, 12
"""Documents, and passages that lead to them, whose headings are looked at."""
_ABOUT = 0.5
"""Share of what the question is about that must stand in title, headings and what they stand over."""
_MOST_ITEMS = 60
_LONGEST_HEADING = 24


@dataclass(frozen=True, slots=True)
class _Section:
    document: Document
    heading: Paragraph
    inside: range


def headed(reading: Reading, material: Material) -> Draft | None:
    """Answer with the list under the heading that is asked for; None where none is, or another sentence answers."""
    asked, verdict = reading.headed, material.verdict
    if asked is None or not verdict.sentences or reading.items is not None:
        return None
    about = _about(reading, asked)
    sections = list(_sections(asked, about, material))
    if not sections or (not about and len(sections) > 1):  # which of them is meant nobody can tell
        return None
    found = max(sections, key=lambda pair: pair[0])
    section = found[1]
    best = verdict.sentences[0]
    inside = best.stored.document_id == section.document.document_id and best.stored.passage.paragraph in section.inside
    if verdict.answered and not inside:
        return None
    listed = next(lists_after(section.document, whole(section.document, section.heading.index)), None)
    if listed is None:
        return None
    items = ItemCount(len(listed.items), min(len(listed.items), _MOST_ITEMS))
    return Draft(
        way="list",
        rule="list under the heading that is asked for",
        citations=cite_places(_places(section.document, listed)),
        confidence=max(verdict.confidence, verdict.threshold),
        note=count_line(items.total, items.shown, reading.language),
        items=items,
        verdict=verdict,
    )


def _places(document: Document, listed: Listed) -> list[Place]:
    """Return the items behind the sentence that introduces them."""
    intro = [] if listed.intro is None else [listed.intro]
    return [*intro, *(said_of(document, item) for item in listed.items[:_MOST_ITEMS])]


def _about(reading: Reading, asked: HeadedAsked) -> list[str]:
    """Return the pairs of characters and the words that say of what the question is."""
    said = [fold(word) for word in reading.content_words if fold(word) in asked.rest]
    pieces = ([word[at : at + 2] for at in range(len(word) - 1)] if is_han(word) else [word] for word in said)
    return list(dict.fromkeys(chain.from_iterable(pieces)))


def _sections(asked: HeadedAsked, about: list[str], material: Material) -> Iterator[tuple[float, _Section]]:
    """Yield the sections whose heading is asked for, each with how much it is about what is asked."""
    near = [stored.document_id for stored, _ in material.verdict.passages[:_PASSAGES]]
    for rank, document_id in enumerate(list(dict.fromkeys(near))[:_DOCUMENTS]):
        document = material.load(document_id)
        title = fold_plain(f"{document.title}\n{document.source}")
        for heading in document.paragraphs:
            text = fold_plain(document.text[heading.start : heading.end]).strip(" :。")
            if not heading.level or len(text) > _LONGEST_HEADING or not re.search(asked.heading, text):
                continue
            inside = below(document, heading.index)
            if not inside:
                continue
            own = "\n".join((*heading.section, text, *(whole(document, index).text for index in inside)))
            said = f"{title}\n{fold_plain(own)}"
            share = sum(word in said for word in about) / len(about) if about else 1.0
            if share >= _ABOUT:
                yield share - rank / 10, _Section(document, heading, inside)
