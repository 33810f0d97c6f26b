"""Completes a question that leans on the one before it, by rule; a question that stands alone is left as it is."""

import re

from bot.question.followup.chinese import CHINESE
from bot.question.followup.english import ENGLISH
from bot.question.followup.rules import Completion, Turn
from bot.types import History

__all__ = ["Completion", "complete"]

_LONGEST = 24
"""A longer question (in characters) says enough itself; English takes about three times as many."""
_LONGEST_ENGLISH = 70
_ENOUGH = 200
"""Characters of the last question that are searched again: the limit on a question does not hold for the history."""
_TURNS = 12
_HAN = re.compile(r"[\u4e00-\u9fff]")


def complete(question: str, history: History) -> Completion:
    """Return the question as it is searched, and the rule that completed it.

    A question that leans on the one before ("它由谁负责？", "那第二点呢？", "为什么？", "and the fee?") takes the words
    that it lacks from there; earlier follow-ups are completed first, so that a chain keeps its topic. Any other
    question is returned unchanged, by no rule.
    """
    completion = Completion(question)
    before: tuple[str, str] | None = None
    for asked, answer in [*history[-_TURNS:], (question, "")]:
        completion = Completion(asked) if before is None else _follow(asked, *before)
        before = completion.text, answer
    return completion


def _follow(question: str, last: str, answer: str) -> Completion:
    """Complete one question from the completed one before it and that one's answer."""
    turn = Turn(last.strip()[:_ENOUGH].rstrip("?？。.!！ "), answer, question.strip())
    chinese = _HAN.search(turn.asked) is not None
    longest = _LONGEST if chinese else _LONGEST_ENGLISH
    if turn.last and re.search(r"\w", turn.asked) and len(turn.asked) <= longest:
        for rule in CHINESE if chinese else ENGLISH:
            completed = rule.complete(turn)
            if completed == turn.asked:
                break
            if completed is not None:
                return Completion(completed, rule.name)
    return Completion(question)
