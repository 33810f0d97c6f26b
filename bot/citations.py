"""Numbering evidence, and proving that each quote stands where its citation says."""

from collections.abc import Callable, Sequence

from bot.evidence import Evidence
from bot.types import Citation, Document, StoreError


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
