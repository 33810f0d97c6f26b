"""Sentences that list as many items as a question counts ("“三种颜色”是哪三种？")."""

import re
from collections.abc import Iterator, Sequence

from bot.evidence.judge import Evidence
from bot.language.folding import fold, fold_plain
from bot.language.numerals import han_numeral
from bot.question.items import MOST, Items
from bot.question.quotes import QUOTED

_ASIDE = re.compile(r"\([^()]*\)")
_CLAUSE_END = re.compile(r"[,。;:!?]")
_ITEM_END = re.compile(r"、|, ")
_LAST_PAIR = re.compile(r".(?:以及|和|及|与|或|并| and | or ).")
_ORDINALS = ("{}是", "{}要", "第{},", "({})", "{}、")


def prefer_enumeration(items: Items | None, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Put in front the sentences that list as many items as the question asks for; order stays otherwise.

    Such a sentence names the term, follows it in its paragraph, or stands under a heading that names it. First come
    those that repeat the term's noun with each item (of four bodies: "… body, … body, … body, … body"), then those
    that name the term. Where there is none, or no items are asked for, the order stays as it is.
    """
    if items is None:
        return tuple(evidence)
    term, number, noun = items.term, items.number, items.noun
    named: dict[tuple[str, int], int] = {}
    for sentence in evidence:
        if term in fold_plain(sentence.text):
            key = _paragraph(sentence)
            named[key] = min(sentence.start, named.get(key, sentence.start))

    def rank(sentence: Evidence) -> int:
        folded = fold_plain(sentence.text)
        after = named.get(_paragraph(sentence))
        under = any(term in fold(heading) for heading in sentence.stored.passage.section)
        if not (under or (after is not None and after <= sentence.start)) or number not in set(_item_counts(folded)):
            return 3
        if repeats_noun(folded, term, noun, number):
            return 0
        return 1 if term in folded else 2

    return tuple(sorted(evidence, key=rank))


def lists_items(items: Items | None, sentence: Evidence) -> bool:
    """Tell whether the items of a term are asked for and ``sentence`` lists as many."""
    return items is not None and items.number in set(_item_counts(fold_plain(sentence.text)))


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
        while count < MOST and ordinal.format(han_numeral(count + 1)) in folded:
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
