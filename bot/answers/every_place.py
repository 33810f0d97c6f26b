"""Questions for every place of a term ("“碳关税”出现在哪些地方？"), and the answer that leaves none out."""

from bot.answers.contract import Draft, Material
from bot.question.reading import Reading
from bot.structure.occurrences import Occurrences, cite_places, in_words, term_count
from bot.types import ItemCount, Language

_MOST_NAMES = 50
"""Files that the count line names."""


def every_place(reading: Reading, material: Material) -> Draft | None:
    """Answer a question for every place of a term, or of several, with their counts and every sentence that holds one.

    None where no term occurs: then it is one to refuse.
    """
    if reading.everywhere is None:
        return None
    every = material.texts.occurrences(reading.everywhere.terms, also=reading.query.also, load=material.load)
    if not any(term.total for term in every):
        return None
    # A sentence that holds two of the terms is quoted once, with the first.
    distinct = {(c.document_id, c.start, c.end): c for term in every for c in cite_places(term, material.load)}
    between = "" if reading.language == "zh" else " "
    return Draft(
        way="listing",
        rule=reading.everywhere.rule,
        citations=tuple(distinct.values()),
        note=between.join(places_line(term, reading.language) for term in every),
        items=ItemCount(sum(term.total for term in every), sum(len(term.places) for term in every)),
        term_counts=tuple(term_count(term, _MOST_NAMES) for term in every),
    )


def places_line(term: Occurrences, language: Language) -> str:
    """Say how often the term stands in how many files, and how many of the places are shown."""
    shown, files = len(term.places), len(term.documents)
    if not files:
        return f"“{term.term}”共 0 处。" if language == "zh" else f"“{term.term}”: 0 places."
    named = term.documents[:_MOST_NAMES]
    if language == "zh":
        names = "、".join(f"{count.source}（{count.total} 处）" for count in named)
        names += f" 等，只列出前 {len(named)} 个" if len(named) < files else ""
        return f"{in_words(term, language)}共 {term.total} 处，显示 {shown} 处；见于 {files} 个文件：{names}。"
    names = ", ".join(f"{count.source} ({count.total})" for count in named)
    names += f" and more: the first {len(named)} are named" if len(named) < files else ""
    places, in_files = _plural(term.total, "place"), _plural(files, "file")
    return f"{in_words(term, language)}: {places}, {shown} shown; in {in_files}: {names}."


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
