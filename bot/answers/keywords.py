"""Mere words, no question ("经济补偿 年限 标准"): the likeliest sentence that holds all of them."""

import re

from bot.answers.citations import cite_sentences
from bot.answers.completing import complete
from bot.answers.contract import Draft, Material
from bot.evidence.exactness import standing
from bot.language.folding import fold_plain
from bot.language.synonyms import bounded
from bot.question.reading import Reading


def keywords(reading: Reading, material: Material) -> Draft | None:
    """Answer with the likeliest sentence that holds all words; None where none does, or where a question is asked."""
    if not reading.keywords or material.verdict.answered:
        return None
    verdict = material.verdict
    for evidence in verdict.sentences:
        said = reading.query.as_asked(fold_plain(evidence.text))
        if (
            all(re.search(bounded(word), said) for word in reading.keywords)
            and not standing(reading.named, evidence).other
        ):
            return Draft(
                way="evidence",
                rule="holds all the words",
                citations=cite_sentences(complete(material.place_of(evidence))),
                confidence=max(verdict.confidence, verdict.threshold),
                verdict=verdict,
            )
    return None
