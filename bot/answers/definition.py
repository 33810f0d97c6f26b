"""What a term means: the sentence that defines it, before any that mentions it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.answers.citations import cite_sentences
from bot.answers.completing import complete
from bot.answers.contract import Draft, Material
from bot.evidence.judge import Evidence
from bot.language.folding import fold, fold_plain
from bot.language.numerals import NUMBER
from bot.question.query import query_of
from bot.question.reading import Reading

_MOST = 2
"""Documents that may define the same term: each is said."""
_DEPTH = 200
_BEFORE = r"(?:^|[，。；：:、,;\s（(“\"「]|所称的?|[^，。；]{0,8}中的)"
_NUMBER = rf"^[\s（(]*(?:{NUMBER}(?:\.\d+)*\s*[）).、]?)?\s*"
_FORMS = (
    r"所称的?[“\"「]?{term}[”\"」]?(?:[（(][^）)]*[）)])?[，,]?(?:是指|系指|即|包括|是)",
    r"{before}[“\"「]?{term}[”\"」]?(?:[（(][^）)]*[）)])?[，,:：]?(?:是指|系指|指的是|的含义是|定义为|指)(?!定|导|示|出|挥|令|标)",
    r"\b{term}[”\"]?\s*(?:\([^)]*\)\s*)?(?:means|shall mean|refers to|is defined as)\b",
    r"{number}[“\"「]?{term}[”\"」]?\s*[:：]\s*\S.{{7,}}",
    r"^(?:第.{{1,8}}条\s*)?{term}是(?!否|不是)\S{{6,}}",
)
"""Ways to define a term, the surest first, in folded text."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence that defines: ``form`` is the place of its form, ``apart`` how much else of the question fits."""

    evidence: Evidence
    form: int
    apart: int


def definition(reading: Reading, material: Material) -> Draft | None:
    """Answer with the sentence that defines the term, of each of the documents that do; None where none does."""
    asked = reading.definition
    if asked is None or reading.addresses or reading.outline is not None:
        return None
    for term in asked.terms:
        found = sorted(_defining(reading, term, material), key=lambda one: (-one.apart, one.form))
        if found:
            # Where the question names the law or rule, another one's definition is no answer.
            best = [one for one in found if one.apart == found[0].apart]
            first = list({one.evidence.stored.document_id: one for one in reversed(best)}.values())[::-1][:_MOST]
            places = chain.from_iterable(complete(material.place_of(one.evidence)) for one in first)
            return Draft(
                way="definition", rule="a sentence defines it", citations=cite_sentences(dict.fromkeys(places)),
                verdict=material.verdict,
            )  # fmt: skip
    return None


def _defining(reading: Reading, term: str, material: Material) -> Iterator[_Found]:
    asked = reading.definition
    assert asked is not None
    said = (term, *reading.query.also(term))
    either = "(?:" + "|".join(re.escape(fold(one)) for one in said) + ")"
    forms = [re.compile(form.format(term=either, before=_BEFORE, number=_NUMBER)) for form in _FORMS]
    words = query_of(asked.apart)
    for evidence in material.sentences_mentioning(term, _DEPTH):
        folded = fold_plain(evidence.text)
        form = next((place for place, form in enumerate(forms) if form.search(folded)), None)
        if form is not None:
            title = fold(f"{evidence.stored.title}\n{evidence.stored.source}")
            yield _Found(evidence, form, sum(pair in title for pair in words.pairs + words.words))
