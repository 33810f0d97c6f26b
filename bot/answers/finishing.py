"""From a draft to an answer: numbers for what is cited, the lines of the text, how it was found."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.contract import Draft
from bot.answers.trace import trace
from bot.language.folding import in_one_line
from bot.question.reading import Reading
from bot.types import Answer, AnswerSentence, Part, Strength


def finish(reading: Reading, draft: Draft) -> Answer:
    """Return the answer that says what a draft cites, each a sentence with its number; without any, a refusal.

    A paragraph has one number, given in the order of appearance.
    """
    numbers: dict[tuple[str, int], int] = {}
    for citation in draft.citations:
        numbers.setdefault((citation.document_id, citation.paragraph), len(numbers) + 1)
    cited = tuple(replace(c, number=numbers[c.document_id, c.paragraph]) for c in draft.citations)
    supports = draft.supports or (draft.confidence,) * len(cited)
    said = [f"{in_one_line(citation.quote)}[{citation.number}]" for citation in cited]
    lines = [draft.message, draft.note, *(_by_part(draft.parts, said) if draft.parts else said)]
    return Answer(
        question=reading.question,
        query=reading.query.text,
        text="\n".join(line for line in lines if line),
        abstained=not cited and not draft.own,
        confidence=draft.confidence,
        strength=_strength(draft),
        sentences=tuple(
            AnswerSentence(in_one_line(citation.quote), (citation.number,), support, evidence=(place,))
            for place, (citation, support) in enumerate(zip(cited, supports, strict=True))
        ),
        citations=cited,
        nearest=draft.nearest,
        trace=trace(reading, draft),
        note=draft.note,
        message=draft.message,
        items=draft.items,
        term_counts=draft.term_counts,
        parts=draft.parts,
    )


def _by_part(parts: Sequence[Part], said: Sequence[str]) -> Iterator[str]:
    for part in parts:
        yield part.label
        yield from ([said[place] for place in part.sentences] if part.sentences else [part.message])


def _strength(draft: Draft) -> Strength:
    if draft.citations or draft.own:
        return "direct"
    return "related" if draft.related else "none"
