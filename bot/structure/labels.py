"""Lines that say nothing by themselves: a label with nothing behind it, the name that a paragraph begins with."""

import re

from bot.language.folding import fold_plain
from bot.structure.lists import lists_after
from bot.structure.places import Place, sentences, whole
from bot.types import Document

_LABEL = re.compile(r"[^:,。;]{1,24}:[_\s]*$")
_NUMBER = r"(?:\d+[.)]|[(]?[一二三四五六七八九十]+[、)])\s*"
_NAME = re.compile(rf"{_NUMBER}关于[^,。]{{2,16}}。$|(?:{_NUMBER})?(?!yes\b|no\b)[a-z]+(?: and [a-z]+)?[.]$")
"""Opens a paragraph as a heading would: 一、关于资金。 2. Deposit. Food and drink."""


def says_nothing(document: Document, index: int, start: int, end: int) -> bool:
    """Tell it of the sentence from ``start`` to ``end`` in the paragraph at ``index``: it answers no question."""
    text = fold_plain(document.text[start:end]).strip()
    if _NAME.match(text):
        said = sentences(whole(document, index))
        return len(said) > 1 and said[0].start == start
    if _LABEL.match(text) is None:
        return False
    return next(lists_after(document, Place(document, index, start, end)), None) is None
