"""Mere words, no question: "经济补偿 年限 标准"."""

from bot.language.folding import runs
from bot.question.query import Query

_FEWEST = 2


def keywords_of(query: Query) -> tuple[str, ...]:
    """Return the folded words of a query that is nothing but words with spaces between; none where it asks."""
    words = query.folded.split()
    mere = len(words) >= _FEWEST and not query.kinds and query.content.split() == runs(query.folded)
    return tuple(words) if mere else ()
