"""Completes a question that leans on the one before it."""

import re

from bot.types import History

_LEANS = re.compile(
    r"^(?:那么?|这|它|他|她|其|该|此|上述|前者|后者|还有|另外|再|然后|第[一二三四五六七八九十\d]+[点条项个部]|(?:为什么|为何|何时|在哪里?|多少|怎么办|谁)[?？呢]*$"
    r"|(?:and|it|its|they|their|this|that|those|these|he|she|why|what about|how about)\b)",
    re.IGNORECASE,
)
_SHORT = 24
_ENOUGH = 200
"""Characters of the last question that are searched again: the limit on a question does not hold for the history."""


def complete(question: str, history: History) -> str:
    """Return the question as it is searched: with the last question in front where it cannot stand alone."""
    if not history or len(question) > _SHORT or not _LEANS.match(question.strip()):
        return question
    return f"{history[-1][0].strip()[:_ENOUGH].rstrip('?？。.')} {question.strip()}".strip()
