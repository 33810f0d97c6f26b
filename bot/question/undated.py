"""A question without the year or version that it names.

A report of 2024 says 今年 and seldom 2024年, and the 2023 version of a rule nowhere says that it is it: once a document
or a part of it is of the year that was named, the year says nothing more of what is asked.
"""

import re

from bot.language.designators import YEAR_RULES
from bot.language.folding import fold
from bot.language.lexicon import any_of

_YEARS = "|".join(f"(?:{re.sub(r'[?]P<[a-z_]+>', '?:', rule.pattern.pattern)})" for rule in YEAR_RULES)
_VERSION = "版本?|修订版?|修正版?|修改版?|年度|新版|旧版"
_SOURCES = any_of(("规定", "办法", "制度", "标准", "政策", "要求", "文件", "版本"))
_DATED = re.compile(
    rf"(?:按照?|根据|依照?|依据|在)?(?P<open>[(\[（])?(?:{_YEARS})(?(open)[)\]）])"
    rf"(?:(?:{_VERSION})*的?(?:{_SOURCES})?(?:[里中]|来说)?\s*[,，:：]|(?:{_VERSION})+的?|[里中]?[,，]|度|的(?=[^\s]))?"
    r"|\b(?:in|for|of|during|the)\s+(?:the\s+(?:year|version)\s+(?:of\s+)?)?(?:19|20)\d\d(?:\s+version)?\b(?:\s*,)?"
)
_LOOSE = re.compile(r"^[\s,，、:：的]+|\s+(?=[?？])")


def undated(text: str) -> str:
    """Return a question without the years and versions that it names, ``text`` itself where it names none."""
    folded = fold(text)
    kept, at = [], 0
    for match in _DATED.finditer(folded):
        kept.append(text[at : match.start()])
        at = match.end()
    return _LOOSE.sub("", "".join((*kept, text[at:]))).strip() if at else text
