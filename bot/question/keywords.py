"""Mere words, no question: "经济补偿 年限 标准", "引咎辞职", "QB-12"."""

import re

from bot.language.folding import is_han, runs
from bot.question.query import Query

_FEWEST = 2
_CODE = re.compile(r"(?=[^\d]*\d)(?=[^a-z]*[a-z])[a-z\d]+(?:[-_./][a-z\d]+)*")
"""One such word is enough: letters and digits."""
_TERM = 3
"""Han characters that are enough in one word; of two, too many sentences speak."""


def keywords_of(query: Query) -> tuple[str, ...]:
    """Return the folded words of a query that is nothing but words with spaces between; none where it asks."""
    words = query.folded.split()
    alone = words[0] if len(words) == 1 else ""
    enough = len(words) >= _FEWEST or (is_han(alone[:1]) and len(alone) >= _TERM) or _CODE.fullmatch(alone)
    mere = enough and not query.kinds and query.content.split() == runs(query.folded)
    return tuple(words) if mere else ()
