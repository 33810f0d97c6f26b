"""The day from which a document is in force: the sentence that says it, of the document that is named."""

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.evidence.judge import Evidence
from bot.language.folding import fold, fold_plain
from bot.question.effective import FORM
from bot.question.query import query_of
from bot.question.reading import Reading

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
    found: list[tuple[float, Evidence]] = []
    for evidence in material.sentences_mentioning(_SAID, _DEPTH):
        title = fold(f"{evidence.stored.title}\n{evidence.stored.source}")
        share = sum(word in title for word in words) / len(words) if words else 0.0
        if (share >= _NAMED or len(material.infos) == 1) and FORM.search(fold_plain(evidence.text)):
            found.append((share, evidence))
    best = [evidence for share, evidence in found if share == max(share for share, _ in found)]
    if len({evidence.stored.document_id for evidence in best}) != 1:
        return None
    last = max(best, key=lambda evidence: evidence.start)  # it stands at the end; before it, others' days are told
    return Draft(
        way="definition", rule="a sentence says from when", citations=cite_sentences([material.place_of(last)])
    )
