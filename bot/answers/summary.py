"""The gist of a document, in its own words: the names of its parts with how they begin, or its likeliest sentences."""

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.question.reading import Reading
from bot.structure.gist import Gist, gist
from bot.structure.naming import meant
from bot.types import DocumentInfo, ItemCount, Language

_NAMED = 6
"""Documents that are named where it is not clear which is meant."""


def summary(reading: Reading, material: Material) -> Draft | None:
    """Answer with the gist of the document that is named, chosen, or the only one.

    None where no gist is wanted, or what the question names is no document: then a search may find it.
    """
    request = reading.gist
    if request is None or not material.infos:
        return None
    chosen = meant(request.about, material.infos) if request.about else list(material.infos)
    if not chosen:
        return None
    if len(chosen) > 1:
        return Draft(way="summary", rule="which document", message=_which(chosen, reading.language), confidence=0.0)
    document = material.load(chosen[0].document_id)
    made = gist(document, decisions=request.decisions)
    if not made.places:
        return None
    citations = cite_sentences(made.places)
    return Draft(
        way="summary",
        rule="parts" if made.parts else "sentences",
        citations=citations,
        note=_note(made, document.title, reading.language),
        items=ItemCount(made.parts or len(citations), made.parts or len(citations)),
    )


def _note(made: Gist, title: str, language: Language) -> str:
    if language == "zh":
        if made.parts:
            more = "想看某一部分，可以接着问“第二部分讲什么”。"
            return f"《{title}》共 {made.parts} 个部分，以下依次是各部分的标题和开头；{more}"
        return f"以下是从《{title}》中按原文顺序选出的句子，不是全文。"
    if made.parts:
        more = "Ask “what does part 2 say” for more."
        return f"“{title}” has {made.parts} parts; their headings and beginnings, in order. {more}"
    return f"Sentences chosen from “{title}”, in its order; not all of it."


def _which(chosen: list[DocumentInfo], language: Language) -> str:
    titles = [info.title for info in chosen[:_NAMED]]
    if language == "zh":
        more = f" 等 {len(chosen)} 篇" if len(chosen) > len(titles) else ""
        named = "、".join(f"《{title}》" for title in titles)
        return f"要概括哪一篇？请在问题里写出标题，或先勾选一篇文档：{named}{more}。"
    more = f" and {len(chosen) - len(titles)} more" if len(chosen) > len(titles) else ""
    named = ", ".join(f"“{title}”" for title in titles)
    return f"Which document? Name it in the question, or choose one first: {named}{more}."
