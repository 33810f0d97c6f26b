"""Questions for a labelled value: "预约电话是多少？" where a line says "总机：…；预约电话：0399-6650120"."""

from collections.abc import Iterator

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.language.folding import in_one_line, is_han, mostly_han
from bot.question.fields import FieldAsked
from bot.question.reading import Reading
from bot.structure.field_choice import OPENING, Chosen, FieldDocument, choose
from bot.structure.fields import Field
from bot.structure.places import Place, sentences, whole
from bot.types import Document, Language

_MOST_FOUND = 8
_MOST_TITLES = 4


def fields(reading: Reading, material: Material) -> Draft | None:
    """Answer with the labelled values that a question means; None where the documents have none that is sure."""
    asked = reading.field
    if asked is None or reading.everywhere is not None or reading.comparison is not None or reading.gist is not None:
        return None
    documents = [FieldDocument(document) for document in _documents(asked, reading, material)]
    chosen = choose(asked, reading.named, documents)
    if not chosen or (chosen[0].sure == 0 and len(material.infos) > 1):
        return None
    places = dict.fromkeys(place for one in chosen for place in _said(one.field))
    return Draft(
        way="table",
        rule="labelled field",
        citations=cite_sentences(places),
        note=_note(chosen, reading.language),
        verdict=material.verdict,
    )


def _documents(asked: FieldAsked, reading: Reading, material: Material) -> Iterator[Document]:
    """Yield the documents of the passages found, best first, and those whose titles share a word with the question.

    Of a document in another language only the best of all is asked, and only where what was found there is related.
    """
    verdict = material.verdict
    found = [stored.document_id for stored, _ in verdict.passages]
    found += [evidence.stored.document_id for evidence in verdict.sentences]
    found = list(dict.fromkeys(found))[:_MOST_FOUND]
    best = verdict.sentences[0].stored.document_id if verdict.sentences else ""
    titled = material.naming(_words(asked))[:_MOST_TITLES]
    for document_id in dict.fromkeys([*found, *titled]):
        document = material.load(document_id)
        same = mostly_han(document.text[:OPENING]) == (reading.language == "zh")
        if same or (document_id == best and (verdict.answered or verdict.related)):
            yield document


def _words(asked: FieldAsked) -> list[str]:
    """Return the pairs of Han characters and the longer words that a question shares with titles."""
    text = asked.text
    pairs = [text[at : at + 2] for at in range(len(text) - 1) if is_han(text[at]) and is_han(text[at + 1])]
    return pairs + [word.strip("?.,") for word in text.split() if len(word) > 3]


def _said(field: Field) -> Iterator[Place]:
    """Yield what is cited: the label on its own line, and the sentences that the field stands in."""
    if field.label_at is not None:
        yield whole(field.document, field.label_at)
    line = whole(field.document, field.paragraph)
    for place in sentences(line):
        if place.start < field.end and place.end > field.start:
            yield place


def _note(chosen: list[Chosen], language: Language) -> str:
    """Say the fields as they are written: "预约电话：0399-6650120"."""
    several = len({one.field.document.document_id for one in chosen}) > 1
    lines: list[str] = []
    for one in chosen:
        field = one.field
        said = in_one_line(field.document.text[field.start : field.end]).strip(" |\t")
        if field.label_at is not None:
            label = whole(field.document, field.label_at).text.rstrip("：: ")
            said = f"{label}{'：' if language == 'zh' else ': '}{said}"
        lines.append(f"{field.document.title} · {said}" if several else said)
    return ("；" if language == "zh" else "; ").join(
        line for line in dict.fromkeys(lines) if not any(line in other and line != other for other in lines)
    )
