"""The best sentence of the judged evidence, where that is enough; several where one may not exhaust the question."""

import math

from bot.answers.citations import cite, cite_sentences
from bot.answers.completing import complete
from bot.answers.contract import Draft, Material
from bot.evidence.judge import Evidence, Verdict
from bot.evidence.versions import version_year
from bot.question.reading import Reading
from bot.structure.places import Place
from bot.types import Language, Way

_MORE = frozenset({"list", "manner"})
"""Kinds of question that one sentence may not exhaust."""
_MOST_SENTENCES = 3
_SHORT: dict[Language, int] = {"zh": 60, "en": 160}
"""Characters that the sentence of an older version may have to be told whole in a note."""
_MARGIN = 1.5
"""A further sentence is shown if its odds of being the best are at most this far (in log-odds) behind the first's."""


def best_sentence(reading: Reading, material: Material) -> Draft | None:
    """Answer with the best sentence; None where the evidence is not enough."""
    if not material.verdict.answered:
        return None
    rule = "evidence at the address" if material.focus.way == "address" else "enough evidence"
    return say(reading, material, material.focus.way, rule)


def say(reading: Reading, material: Material, way: Way, rule: str) -> Draft:
    """Return the draft that says the best sentence of the evidence with what belongs to it, and its close rivals.

    Rivals are said where more may be wanted and the best sentence is whole by itself.
    """
    verdict = material.verdict
    first = verdict.sentences[0]
    document = material.load(first.stored.document_id)
    whole = complete(Place(document, first.stored.passage.paragraph, first.start, first.end))
    sentences = _choose(reading, verdict) if len(whole) == 1 else [first]
    best = sentences[0].score
    supports = tuple(verdict.confidence * math.exp(min(0.0, evidence.score - best)) for evidence in sentences)
    cited = cite(sentences, material.load)  # proves that the passages are still what the document says
    return Draft(
        way=way,
        rule=rule,
        citations=cited if len(whole) == 1 else cite_sentences(whole),
        supports=supports if len(whole) == 1 else (),
        confidence=verdict.confidence,
        note=_read_as(verdict, reading.language) + _note(sentences[0], material.older, reading.language),
        verdict=verdict,
    )


def _read_as(verdict: Verdict, language: Language) -> str:
    """Say which words of the question were read as others."""
    if language == "zh":
        return "".join(f"文档中没有“{word.term}”，按“{word.same[0]}”查找。" for word in verdict.respelled)
    return "".join(f"“{word.term}” occurs nowhere: read as “{word.same[0]}”. " for word in verdict.respelled)


def _note(best: Evidence, older: Evidence | None, language: Language) -> str:
    """Say that a newer version answers, and what the one before it has in that place, where that is short."""
    if older is None:
        return ""
    year, before = version_year(best.stored), version_year(older.stored)
    said = " ".join(older.text.split())
    short = len(said) <= _SHORT[language]
    if language == "zh":
        otherwise = f"为“{said}”" if short else "写的是另一句"
        return f"据 {year} 年的版本；{before} 年的版本{otherwise}，要看出处请在问题里写明那一年。"
    otherwise = f'has "{said}"' if short else "says otherwise"
    return f"From the version of {year}; the one of {before} {otherwise}: name that year to see its place."


def _choose(reading: Reading, verdict: Verdict) -> list[Evidence]:
    """The best sentence; where the question may want more, its close rivals too, none of them twice."""
    first = verdict.sentences[0]
    chosen = [first]
    if reading.query.kinds & _MORE:
        said = {first.text}
        for sentence in verdict.sentences[1:]:
            if len(chosen) == _MOST_SENTENCES or first.score - sentence.score > _MARGIN:
                break
            if sentence.text not in said:
                said.add(sentence.text)
                chosen.append(sentence)
    return chosen
