"""The day from which a document is in force: the sentence that says it, of the document that is named."""

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.documents.passages import split_sentences
from bot.evidence.exactness import standing
from bot.evidence.judge import Evidence
from bot.language.folding import fold, fold_plain
from bot.question.effective import FORM
from bot.question.query import query_of
from bot.question.reading import Reading
from bot.structure.places import Place

_SAID = "自发布公布印发之日起施行实施执行生效 takes effect effective from"
_DEPTH = 200
_NAMED = 0.6
"""Share of the pairs of characters and the words of its name in the question that a document's title must hold."""


def effective(reading: Reading, material: Material) -> Draft | None:
    """Answer with the sentence that says from when a document is in force; None where none or several may be meant."""
    if reading.effective is None or reading.addresses:
        return None
    name = query_of(reading.effective)
    words = name.pairs + name.words
    found: list[tuple[float, Place]] = []
    for stored in material.mentioning(_SAID, _DEPTH):
        title = fold(f"{stored.title}\n{stored.source}")
        share = sum(word in title for word in words) / len(words) if words else 0.0
        if share < _NAMED and len(material.infos) > 1:
            continue
        passage = stored.passage
        for start, end in split_sentences(passage.text, 0, len(passage.text)):
            evidence = Evidence(stored, passage.start + start, passage.start + end, share)
            says = FORM.search(fold_plain(passage.text[start:end])) is not None
            if says and not standing(reading.named, evidence).other:
                document = material.load(stored.document_id)
                found.append((share, Place(document, passage.paragraph, evidence.start, evidence.end)))
    best = [place for share, place in found if share == max(share for share, _ in found)]
    if len({place.document.document_id for place in best}) != 1:
        return None
    last = max(best, key=lambda place: place.start)  # it stands at the end; before it, others' days are told
    return Draft(way="definition", rule="a sentence says from when", citations=cite_sentences([last]))
