"""Addresses in laws and contracts as a question writes them: "行政处罚法第三十条第二款第（一）项和第三十一条"."""

import re
from itertools import islice

from bot.language.folding import fold
from bot.language.rules import rewrite
from bot.question.addresses.address import Address
from bot.question.addresses.patterns import (
    ENGLISH,
    ENGLISH_NAME,
    ENGLISH_STEP,
    FIRST,
    INNER_OF_OUTER,
    NAME,
    NOTHING_ELSE,
    ONE_UNIT,
    OPENING,
    POINT,
    THIS_LAW,
)
from bot.question.addresses.steps import addresses, find_steps

__all__ = ["Address", "find_addresses"]

_MOST = 20
"""Addresses that are read: "第一条第1至9999款" would be looked up nearly ten thousand times in each document."""


def find_addresses(question: str) -> tuple[Address, ...]:
    """Return the addresses that a question names one after another; each names an article or a division (编, 章, 节).

    What a later one leaves out, it takes from the one before: "第三条第一款和第二款", "第三、五条". A range of
    款, 项 or 目 is as many addresses, one of articles is one with ``last``. Of more than 20 the first are returned.
    """
    folded = rewrite(ONE_UNIT, fold(question))
    start = FIRST.search(folded)
    english = start is None and ENGLISH.search(folded) is not None
    if english:
        folded = _from_english(folded)
        start = FIRST.search(folded)
    if start is None:
        return ()
    before = folded[: start.start()]
    opened = OPENING.first(before)
    head = (before if opened is None else opened).rstrip(" 的,")
    head = re.sub(r"(?<=[》法例定法])(?:中|里面?)$", "", head)
    if POINT.first(head):
        return ()
    found = find_steps(folded, start.start())
    tail = folded[found.end :]
    if not head and english and (behind := ENGLISH_NAME.pattern.match(tail)):
        head, tail = behind["name"], tail[behind.end() :]
    law, rest = _law(head, english=english)
    alone = NOTHING_ELSE.first(tail) is not None and not rest.strip(" ,:。")
    named = (address for address in addresses(found.steps, law, alone=alone) if address.article or address.divisions)
    return tuple(islice(named, _MOST))  # "第零条" names nothing


def _law(head: str, *, english: bool) -> tuple[str, str]:
    """Part what stands before an address into the law's name, which is empty where it is this one, and the rest."""
    if THIS_LAW.first(head):
        return "", ""
    name = re.search(r".{2,100}$", head) if english else NAME.pattern.search(head)
    return (name[0], head[: name.start()]) if name else ("", head)


def _from_english(folded: str) -> str:
    """Write "article 5(2)", "articles 3 and 5" and "item 2 of article 3" as 第5条第2款, 第3条 and 第5条, 第3条第2项."""
    written = rewrite(ENGLISH_STEP, folded)
    while (turned := rewrite(INNER_OF_OUTER, written)) != written:
        written = turned
    return written
