"""A plain fact said in the question's own words: "保证金是多少？" where a sentence says "保证金为两万元"."""

import re
from collections.abc import Iterator

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.documents.passages import split_sentences
from bot.evidence.exactness import standing
from bot.evidence.judge import Evidence
from bot.language.folding import fold_plain
from bot.language.numerals import AMOUNT
from bot.question.reading import Reading
from bot.structure.places import Place

_MOST = 3
_DEPTH = 60
_SHORTEST, _LONGEST = 2, 16
_COPULA = re.compile(r"(?:一共|总共|分别|[是为有在叫共约])+$")
_UNIT = re.compile(r"^(?:\w{0,2}|[的了呢])[？?。!！\s]*$")
_SAYS = r"(?:大约|一共|合计|共计|[为是共计约：: ])*"
_VALUES = {
    "number": rf"(?:每[^\d，。]{{1,3}})?(?:人民币)?(?:\d|{AMOUNT})",
    "date": r"(?:每[年月周])?[\d一二三四五六七八九十〇零]{1,4}[年月日号点:：]",
}
"""What follows what is asked for, by the kind of answer."""


def plain_fact(reading: Reading, material: Material) -> Draft | None:
    """Answer with the sentences that say what is asked for and then its value; None where none does."""
    asked, query = _asked(reading), reading.query
    values = [_VALUES[kind] for kind in _VALUES if kind in query.kinds]
    if asked is None or not values or material.verdict.answered:
        return None
    # No other word stands before it: 临时停车费 is another one than 停车费.
    says = re.compile(rf"(?:^|[^\w]|[、的]|第\w{{1,4}}条 ?){re.escape(asked)}{_SAYS}(?:{'|'.join(values)})")
    found = list(dict.fromkeys(_saying(reading, asked, says, material)))
    if not found or len(found) > _MOST:
        return None
    return Draft(
        way="evidence",
        rule="says it in the question's words",
        citations=cite_sentences(found),
        confidence=max(material.verdict.confidence, material.verdict.threshold),
        verdict=material.verdict,
    )


def _asked(reading: Reading) -> str | None:
    """Return what a question asks the value of, folded: all that stands before its interrogative."""
    query = reading.query
    asked = _COPULA.sub("", query.left)
    whole = query.folded.startswith(query.left) and _UNIT.match(query.right) is not None
    return asked if whole and _SHORTEST <= len(asked) <= _LONGEST and re.fullmatch(r"\w+", asked) else None


def _saying(reading: Reading, asked: str, says: re.Pattern[str], material: Material) -> Iterator[Place]:
    for stored in material.mentioning(asked, _DEPTH):
        passage = stored.passage
        for start, end in split_sentences(passage.text, 0, len(passage.text)):
            evidence = Evidence(stored, passage.start + start, passage.start + end, 0.0)
            said = reading.query.as_asked(fold_plain(passage.text[start:end]))
            if says.search(said) and not standing(reading.named, evidence).other:
                yield Place(material.load(stored.document_id), passage.paragraph, evidence.start, evidence.end)
