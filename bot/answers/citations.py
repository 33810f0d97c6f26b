"""Numbering evidence, and proving that each quote stands where its citation says."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.evidence.judge import Evidence
from bot.storage.store import StoredPassage
from bot.types import Answer, AnswerSentence, Citation, Document, Hit, ItemCount, StoreError


def as_hit(stored: StoredPassage, score: float) -> Hit:
    """Turn a ranked passage into a hit."""
    passage = stored.passage
    return Hit(
        document_id=stored.document_id,
        source=stored.source,
        title=stored.title,
        section=passage.section,
        paragraph=passage.paragraph,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=score,
    )


def cite(evidence: Sequence[Evidence], document: Callable[[str], Document]) -> tuple[Citation, ...]:
    """Number ``evidence`` from 1 in the order given.

    Args:
        evidence: sentences, each once.
        document: gives a document by its id; every quote is checked against its text.

    Raises:
        StoreError: a quote does not stand in the document at its span.
    """
    texts = {document_id: document(document_id).text for document_id in {e.stored.document_id for e in evidence}}
    citations: list[Citation] = []
    for number, sentence in enumerate(evidence, 1):
        stored = sentence.stored
        if texts[stored.document_id][sentence.start : sentence.end] != sentence.text:
            raise StoreError(
                f"{stored.source}: a stored passage does not match the document; remove the file and add it again.",
                f"{stored.source}：存储的段落与原文不符；请删除后重新添加该文件。",
            )
        citations.append(
            Citation(
                number=number,
                document_id=stored.document_id,
                source=stored.source,
                title=stored.title,
                section=stored.passage.section,
                paragraph=stored.passage.paragraph,
                start=sentence.start,
                end=sentence.end,
                quote=sentence.text,
            )
        )
    return tuple(citations)


def quoting(
    question: str, query: str, citations: Sequence[Citation], *, note: str = "", items: ItemCount | None = None,
    confidence: float = 1.0, supports: Sequence[float] | None = None,
) -> Answer:  # fmt: skip
    """Return the answer that says what ``citations`` quote, each a sentence with its number.

    A paragraph has one number, given in the order of appearance.

    Args:
        question: as typed.
        query: the question as searched.
        citations: in order; whatever their numbers are, they get new ones.
        note: a line of our own before the quotes, such as a count.
        items: the numbers in it, where it tells how many there are and are shown.
        confidence: the answer's.
        supports: one for each citation; ``confidence`` where not given.
    """
    numbers: dict[tuple[str, int], int] = {}
    for citation in citations:
        numbers.setdefault((citation.document_id, citation.paragraph), len(numbers) + 1)
    numbered = tuple(replace(c, number=numbers[c.document_id, c.paragraph]) for c in citations)
    return Answer(
        question=question,
        query=query,
        text="\n".join(([note] if note else []) + [f"{c.quote}[{c.number}]" for c in numbered]),
        abstained=False,
        confidence=confidence,
        sentences=tuple(
            AnswerSentence(citation.quote, (citation.number,), support, evidence=(place,))
            for place, (citation, support) in enumerate(
                zip(numbered, supports or [confidence] * len(numbered), strict=True)
            )
        ),
        citations=numbered,
        note=note,
        items=items,
    )
