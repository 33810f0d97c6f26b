"""A plain fact said in the question's own words: "保证金是多少？" where a sentence says "保证金为两万元"."""

import re

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.language.folding import fold_plain
from bot.language.lexicon import DIGITS, TENS, ZEROS
from bot.language.numerals import AMOUNT
from bot.question.reading import Reading

_MOST = 3
_DEPTH = 60
_SHORTEST, _LONGEST = 2, 16
_COPULA = re.compile(r"(?:一共|总共|分别|[是为有在叫共约])+$")
_UNIT = re.compile(r"^(?:\w{0,2}|[的了呢])[？?。!！\s]*$")
_SAYS = r"(?:大约|一共|合计|共计|[为是共计约：: ])*"
_VALUES = {
    "number": rf"(?:每[^\d，。]{{1,3}})?(?:人民币)?(?:v?\d|{AMOUNT})",
    "date": rf"(?:每[年月周])?[\d{DIGITS}{TENS[0]}{ZEROS}]{{1,4}}[年月日号点:：]",
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
    saying = (
        material.place_of(evidence)
        for evidence in material.sentences_mentioning(asked, _DEPTH)
        if says.search(query.as_asked(fold_plain(evidence.text)))
    )
    found = list(dict.fromkeys(saying))
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
