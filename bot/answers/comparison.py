"""Things side by side: the same question of each year, version or document, a line for each, each cited."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.citations import cite_places
from bot.answers.contract import Draft, Material
from bot.language.designators import designators
from bot.language.folding import fold
from bot.question.reading import Reading
from bot.structure.naming import meant
from bot.structure.places import Place
from bot.types import Answer, Citation, DocumentInfo, Part

_MOST_SIDES = 8
_MOST_SENTENCES = 2
"""Sentences of a side."""
_SHORT = 200
"""Characters of a passage that is said whole."""
_NOTHING = {"zh": "没有找到。", "en": "Nothing found."}


@dataclass(frozen=True, slots=True)
class _Side:
    """What is asked of one side: its ``label``, the ``question``, the documents that it is asked of (None: all).

    ``named`` tells that these documents were named: they are likely to speak of it.
    """

    label: str
    question: str
    documents: list[str] | None
    named: bool = False


def comparison(reading: Reading, material: Material) -> Draft | None:
    """Ask each side the same; None where nothing is compared, or not two of the sides have an answer."""
    asked = reading.comparison
    if asked is None or not asked.core:
        return None
    sides = list(_sides(reading, material))[:_MOST_SIDES]
    if len(sides) < 2:
        return None
    answers = [material.ask(side.question, (), side.documents) for side in sides]
    said = [_said(side, answer, material) for side, answer in zip(sides, answers, strict=True)]
    if sum(map(bool, said)) < 2 or all(answer.abstained for answer in answers):
        return None
    citations: list[Citation] = []
    supports: list[float] = []
    parts: list[Part] = []
    for side, answer, own in zip(sides, answers, said, strict=True):
        places = tuple(range(len(citations), len(citations) + len(own)))
        parts.append(Part(side.label, places, "" if own else _NOTHING[reading.language]))
        citations += own
        supports += [answer.confidence] * len(own)
    return Draft(
        way="comparison",
        rule="years" if asked.names is None else "documents",
        citations=tuple(citations),
        supports=tuple(supports),
        confidence=min(answer.confidence for answer in answers if not answer.abstained),
        parts=tuple(parts),
    )


def _said(side: _Side, answer: Answer, material: Material) -> tuple[Citation, ...]:
    """Return what is cited of a side: its answer; where it is named and has none, a short passage that comes close."""
    if not answer.abstained:
        return answer.citations[:_MOST_SENTENCES] if answer.items is None else answer.citations
    close = answer.nearest[:1] if answer.strength == "related" and side.named else ()
    places = (Place(material.load(hit.document_id), hit.paragraph, hit.start, hit.end) for hit in close)
    return cite_places(place for place in places if place.end - place.start <= _SHORT)


def _sides(reading: Reading, material: Material) -> Iterator[_Side]:
    asked = reading.comparison
    assert asked is not None
    if asked.names is not None:
        infos = list(dict.fromkeys(_documents(asked.names, material)))
        for info in infos:
            yield _Side(
                f"《{info.title}》" if reading.language == "zh" else info.title,
                asked.core,
                [info.document_id],
                named=True,
            )
        return
    by_year = _by_year(material.infos)
    scope = None if material.documents is None else list(material.documents)
    for year in sorted(by_year) if asked.every else asked.years:
        label = f"{year}年" if reading.language == "zh" else str(year)
        documents = by_year.get(year)
        yield _Side(label, asked.core if documents else f"{label}{asked.core}", documents or scope)


def _by_year(infos: tuple[DocumentInfo, ...]) -> dict[int, list[str]]:
    """Return the documents by the one year that their titles and names of files give them."""
    by_year: dict[int, list[str]] = {}
    for info in infos:
        years = {
            one.first[0]
            for one in designators(fold(f"{info.title}\n{info.source}"))
            if one.family == "年" and one.single
        }
        if len(years) == 1:
            by_year.setdefault(years.pop(), []).append(info.document_id)
    return by_year


def _documents(names: tuple[str, str], material: Material) -> Iterator[DocumentInfo]:
    """Yield the document of each name that has one; of several that fit, the one that the search finds first."""
    found = [stored.document_id for stored, _ in material.verdict.passages]
    for name in names:
        fitting = meant(name, material.infos)
        fitting.sort(key=lambda info: found.index(info.document_id) if info.document_id in found else len(found))
        yield from fitting[:1]
