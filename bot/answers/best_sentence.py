"""From judged evidence to an answer made of verbatim sentences, or to a refusal."""

import math
from collections.abc import Callable

from bot.answers.citations import as_hit, cite, quoting
from bot.evidence.judge import Evidence, Verdict
from bot.question.reading import Reading
from bot.types import Answer, Document, Language

_NEAREST = 3
_MORE = frozenset({"list", "manner"})
"""Kinds of question that one sentence may not exhaust."""
_MOST_SENTENCES = 3
_MARGIN = 1.5
"""A further sentence is shown if its odds of being the best are at most this far (in log-odds) behind the first's."""
_REFUSAL: dict[Language, str] = {
    "zh": "没有找到依据：文档中没有能回答这个问题的内容。",
    "en": "No evidence found: the documents do not say.",
}


def compose(reading: Reading, verdict: Verdict, document: Callable[[str], Document]) -> Answer:
    """Answer from the verdict; ``document`` gives the text that every quote is checked against.

    Args:
        reading: the question.
        verdict: the judged evidence.
        document: a document by its id.
    """
    if not verdict.answered:
        message = _REFUSAL[reading.language]
        return Answer(
            question=reading.question,
            query=reading.query.text,
            text=message,
            message=message,
            abstained=True,
            confidence=verdict.confidence,
            nearest=tuple(as_hit(stored, score) for stored, score in verdict.passages[:_NEAREST]),
        )
    chosen = _choose(reading, verdict)
    citations = cite(chosen, document)
    supports = [verdict.confidence * math.exp(min(0.0, evidence.score - chosen[0].score)) for evidence in chosen]
    return quoting(reading.question, reading.query.text, citations, confidence=verdict.confidence, supports=supports)


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
