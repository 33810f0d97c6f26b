"""Completes a question that leans on the one before it, by rule; a question that stands alone is left as it is."""

import re
from dataclasses import replace

from bot.language.folding import fold
from bot.question.followup.chinese import CHINESE
from bot.question.followup.english import ENGLISH
from bot.question.followup.rules import Completion, Turn
from bot.question.followup.subject import topic
from bot.question.gist import gist_request
from bot.question.light_words import TELL
from bot.question.talk import talk_of
from bot.types import History

__all__ = ["Completion", "complete", "on_topic"]

_LONGEST = 24
"""A longer question (in characters) says enough itself; English takes about three times as many."""
_LONGEST_ENGLISH = 70
_ENOUGH = 200
"""Characters of the last question that are searched again: the limit on a question does not hold for the history."""
_TURNS = 12
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE = re.compile(r"([^，,。.！!]{1,8})[，,。.！!]\s*(?=\w)")
_CITES = re.compile(r"\[\d+\]")


def complete(question: str, history: History) -> Completion:
    """Return the question as it is searched, and the rule that completed it.

    A question that leans on the one before ("它由谁负责？", "那第二点呢？", "为什么？", "and the fee?") takes the words
    that it lacks from there; earlier follow-ups are completed first, so that a chain keeps its topic. Any other
    question is returned unchanged, by no rule.
    """
    last, said, earlier = _before(history)
    gist = gist_request(fold(question))
    if gist is not None and not gist.about:
        return Completion(question)  # of the document, whatever was asked before
    completion = _follow(Turn(last, said, _without_talk(question), earlier))
    if completion.rule is None:
        return Completion(question)
    return replace(completion, said=said if _CITES.search(said) else "")


def on_topic(question: str, history: History) -> str:
    """Return a question behind what the one before it is about, whether it leans on it or not; "" where none is."""
    last, _, _ = _before(history)
    if not last:
        return ""
    return f"{topic(last)} {question}" if _HAN.search(question) else f"{last}? {question}"


def _before(history: History) -> tuple[str, str, str]:
    """Return the last question, completed, the last answer that cites, and the question before, completed too."""
    last = earlier = said = ""
    for asked, answer in history[-_TURNS:]:
        if asked.strip() and talk_of(fold(asked)) is not None:
            continue  # thanks in between take no topic away
        completion = _follow(Turn(last, said, _without_talk(asked), earlier))
        earlier, last = last, _without_end(completion.text)
        if _CITES.search(answer) or completion.rule is None:
            said = answer
    return last, said, earlier


def _follow(turn: Turn) -> Completion:
    """Complete one question from the completed one before it and that one's answer."""
    chinese = _HAN.search(turn.asked) is not None
    longest = _LONGEST if chinese else _LONGEST_ENGLISH
    if turn.last and re.search(r"\w", turn.asked) and len(turn.asked) <= longest:
        for rule in CHINESE if chinese else ENGLISH:
            completed = rule.complete(turn)
            if completed == turn.asked:
                break
            if completed is not None:
                return Completion(completed, rule.name, parts=turn.parallel if rule.again else ())
    return Completion(turn.asked)


def _without_talk(question: str) -> str:
    """Return a question without the talk that it begins with: "好的，那价格呢？"."""
    rest = question.strip()
    while (clause := _CLAUSE.match(rest)) and talk_of(fold(clause[1])) is not None:
        rest = rest[clause.end() :]
    return rest


def _without_end(question: str) -> str:
    """Return a question before without its mark and without "请介绍一下" in front of it."""
    asked = question.strip()[:_ENOUGH].rstrip("?？。.!！ ")
    return TELL.sub("", asked) or asked
