"""What a refusal can prove: how often the documents say what the question is about."""

from collections.abc import Sequence
from dataclasses import replace

from bot.question.query import is_name
from bot.question.reading import Reading
from bot.structure.counting import Texts
from bot.structure.occurrences import Occurrences, in_words, term_count
from bot.structure.places import Load
from bot.types import Answer, Hit, Language

_MOST_TERMS = 3


def prove_absence(refusal: Answer, reading: Reading, texts: Texts, *, scoped: bool, load: Load | None = None) -> Answer:
    """Give a refusal the line of ``absence_line`` and its numbers; ``texts`` are the documents that it speaks of.

    ``load`` as in ``occurrences``.
    """
    asked = None if is_name(reading.question) else reading.query.written_in
    if asked is not None and texts.languages() - {None} == {asked != "zh"}:
        return refusal  # words of one language prove nothing of texts in the other
    terms = texts.occurrences(reading.looked_for, also=reading.query.also, load=load)
    nearest = refusal.nearest[0] if refusal.nearest else None
    line = absence_line(terms, nearest, reading.language, scoped=scoped)
    if not line:
        return refusal
    counts = tuple(term_count(term) for term in terms)
    return replace(refusal, text=f"{refusal.text}\n{line}", note=line, term_counts=counts)


def absence_line(terms: Sequence[Occurrences], nearest: Hit | None, language: Language, *, scoped: bool) -> str:
    """Say how often the rarest of the terms occur, at most three of them, and what came closest.

    Args:
        terms: those of ``Reading.looked_for``, searched in the same documents.
        nearest: the best passage, if any.
        language: to speak in.
        scoped: the documents were chosen by the asker, and are not all there are.

    Returns:
        The line, or "" where there was no term or no document to search.
    """
    if not terms or not terms[0].searched:
        return ""
    rarest = sorted(terms, key=lambda f: (f.total, -len(f.term)))[:_MOST_TERMS]
    absent = [f for f in rarest if not f.total]
    present = [f for f in rarest if f.total]
    said = (_chinese if language == "zh" else _english)(absent, present, terms[0].searched, scoped)
    if nearest is None:
        return f"{said}。" if language == "zh" else f"{said}."
    place = " › ".join((nearest.title, *nearest.section))
    return f"{said}；最接近的是《{place}》。" if language == "zh" else f"{said}; the closest is in “{place}”."


def _chinese(absent: Sequence[Occurrences], present: Sequence[Occurrences], searched: int, scoped: bool) -> str:
    where = f"{'所选' if scoped else '全部'} {searched} 个文件中"
    counts = "，".join(f"{in_words(f, 'zh')}出现 {f.total} 次" for f in present)
    if not present:
        return where + "，".join(f"“{f.term}”出现 0 次" for f in absent)
    if not absent:
        return f"{where}{counts}，但没有一处能回答这个问题"
    return f"{where}{counts}，但没有说到{'、'.join(f'“{f.term}”' for f in absent)}（0 次）"


def _english(absent: Sequence[Occurrences], present: Sequence[Occurrences], searched: int, scoped: bool) -> str:
    where = f"In {'the' if scoped else 'all'} {searched} {'chosen ' if scoped else ''}file{'s' * (searched != 1)}"
    counts = ", ".join(f"{in_words(f, 'en')} occurs {f.total} time{'s' * (f.total != 1)}" for f in present)
    none = ", ".join(f"“{f.term}” occurs 0 times" for f in absent)
    if not present:
        return f"{where}, {none}"
    return f"{where}, {counts}, but {none or 'no place answers this question'}"
