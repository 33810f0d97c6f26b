"""Questions for the items of a term that says how many there are: the sentence that lists just so many."""

import re
from collections.abc import Iterator, Sequence

from bot.answers.every_place import QUOTED
from bot.evidence.judge import Evidence
from bot.language.folding import fold
from bot.language.numerals import han_numeral, numeral
from bot.question.reading import Question

_DIGITS = "一二三四五六七八九"
_NUMERAL = rf"(?:[二三四五六七八九]?十[{_DIGITS}]?|[二两三四五六七八九]|[1-9]\d?)(?![{_DIGITS}十百千万亿\d年月日号])"
_ASKED = re.compile(
    rf"哪(?P<number>{_NUMERAL})|哪几|哪些|(?:包括|包含|指的?是?|有|是)什么"
    r"|(?:what|which) (?:are|\d+|two|three|four|five)"
)
_COUNTED = re.compile(rf"(?<![{_DIGITS}十百千万第\d])(?P<number>{_NUMERAL})[^\d\s{_DIGITS}十、,。?的是为有指包哪]+")
_MEASURE = re.compile(rf"{_NUMERAL}[个大项种条类点位名]")
_NUMBER_AND_MEASURE = re.compile(rf"^{_NUMERAL}[个大项种条类点位名]?")
_ENGLISH_COUNTED = re.compile(r"^(?P<number>\d+|two|three|four|five|six|seven|eight|nine|ten) \w+")
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ASIDE = re.compile(r"\([^()]*\)")
_CLAUSE_END = re.compile(r"[,。;:!?]")
_ITEM_END = re.compile(r"、|, ")
_LAST_PAIR = re.compile(r".(?:以及|和|及|与|或|并| and | or ).")
_ORDINALS = ("{}是", "{}要", "第{},", "({})", "{}、")
_FEWEST, _MOST = 2, 20


def asked_items(question: Question) -> tuple[str, int] | None:
    """Return the folded term that a question asks the items of, and their number; None where it says no number."""
    folded = question.folded
    asked = _ASKED.search(folded)
    if asked is None:
        return None
    quoted = QUOTED.search(folded)
    counted = _COUNTED.search(folded[: asked.start()])
    if quoted is not None:
        term = quoted[quoted.lastindex or 0].strip()
        own = _COUNTED.match(term) or _ENGLISH_COUNTED.match(term)
    elif counted is not None and _MEASURE.match(counted[0]) and asked["number"] in (None, counted["number"]):
        # Without quotation marks a numeral may be part of a name; a measure word and the same number say it is none.
        term, own = counted[0], counted
    else:
        return None
    written = asked["number"] or (own["number"] if own else None)
    number = _value(written) if written else 0
    return (term, number) if _FEWEST <= number <= _MOST else None


def prefer_enumeration(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Put in front the sentences that list as many items as the question asks for; order stays otherwise.

    Such a sentence names the term, follows it in its paragraph, or stands under a heading that names it. First come
    those that repeat the term's noun with each item (of four bodies: "… body, … body, … body, … body"), then those
    that name the term. Where there is none, or the question says no number, the order stays as it is.
    """
    asked = asked_items(question)
    if asked is None:
        return tuple(evidence)
    term, number = asked
    noun = _NUMBER_AND_MEASURE.sub("", term)
    named: dict[tuple[str, int], int] = {}
    for sentence in evidence:
        if term in fold(sentence.text):
            key = _paragraph(sentence)
            named[key] = min(sentence.start, named.get(key, sentence.start))

    def rank(sentence: Evidence) -> int:
        folded = fold(sentence.text)
        after = named.get(_paragraph(sentence))
        under = any(term in fold(heading) for heading in sentence.stored.passage.section)
        if not (under or (after is not None and after <= sentence.start)) or number not in set(_item_counts(folded)):
            return 3
        if repeats_noun(folded, term, noun, number):
            return 0
        return 1 if term in folded else 2

    return tuple(sorted(evidence, key=rank))


def lists_items(question: Question, sentence: Evidence) -> bool:
    """Tell whether ``question`` asks for the items of a term and ``sentence`` lists as many."""
    asked = asked_items(question)
    return asked is not None and asked[1] in set(_item_counts(fold(sentence.text)))


def repeats_noun(folded: str, term: str, noun: str, number: int) -> bool:
    """Tell whether a folded text repeats the noun of a counted term with each item: "…路、…路、…路" of "三条路"."""
    return bool(noun) and folded.replace(term, "").count(noun) >= number


def _paragraph(sentence: Evidence) -> tuple[str, int]:
    return sentence.stored.document_id, sentence.stored.passage.paragraph


def _item_counts(folded: str) -> Iterator[int]:
    """Yield the numbers of items that a folded sentence may be read as listing."""
    plain = _ASIDE.sub("", folded)
    for clause in _CLAUSE_END.split(plain.replace(", ", "、")):
        items = _ITEM_END.split(clause)
        last = _LAST_PAIR.search(items[-1])
        if len(items) > 1:
            # "A、B、C和D" has four items, unless the last of three is called "C和D".
            yield len(items)
        if last is not None:
            yield len(items) + 1
    clauses = [clause for clause in _CLAUSE_END.split(plain) if clause]
    yield from _parallel([clause[:2] for clause in clauses])
    for ordinal in _ORDINALS:
        count = 0
        while count < _MOST and ordinal.format(han_numeral(count + 1)) in folded:
            count += 1
        yield count
    yield len(QUOTED.findall(folded)) - 1  # the term itself is one of the phrases


def _parallel(openings: Sequence[str]) -> Iterator[int]:
    """Yield the lengths of the runs of clauses that open with the same two characters."""
    run = 1
    for before, opening in zip(openings, [*openings[1:], ""], strict=False):
        if before == opening:
            run += 1
        else:
            yield run
            run = 1


def _value(written: str) -> int:
    return _WORDS.index(written) + _FEWEST if written in _WORDS else numeral(written)
