"""Numbering evidence, and proving that each quote stands where its citation says."""

from collections.abc import Iterable, Sequence

from bot.evidence.judge import Evidence
from bot.structure.places import Load, Place, sentences
from bot.types import Citation, StoreError


def cite(evidence: Sequence[Evidence], load: Load) -> tuple[Citation, ...]:
    """Number ``evidence`` from 1 in the order given.

    Args:
        evidence: sentences, each once.
        load: gives a document by its id; every quote is checked against its text.

    Raises:
        StoreError: a quote does not stand in the document at its span.
    """
    texts = {document_id: load(document_id).text for document_id in {e.stored.document_id for e in evidence}}
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


def cite_sentences(places: Iterable[Place]) -> tuple[Citation, ...]:
    """Number every sentence of ``places`` from 1, in the order given."""
    return cite_places(sentence for place in places for sentence in sentences(place))


def cite_places(places: Iterable[Place]) -> tuple[Citation, ...]:
    """Number ``places`` from 1, in the order given, each whole."""
    return tuple(
        Citation(
            number=number,
            document_id=place.document.document_id,
            source=place.document.source,
            title=place.document.title,
            section=place.document.paragraphs[place.paragraph].section,
            paragraph=place.paragraph,
            start=place.start,
            end=place.end,
            quote=place.text,
        )
        for number, place in enumerate(places, 1)
    )
