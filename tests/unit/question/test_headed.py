"""Questions for what stands under a heading."""

import pytest

from bot.language.folding import fold
from bot.language.rules import Rule
from bot.question.headed import NAMED, RULES, HeadedAsked, headed_asked


@pytest.mark.parametrize(
    ("rule", "text", "made"), [(rule, *example) for rule in (*RULES, *NAMED) for example in rule.examples]
)
def test_rules_make_of_their_examples_what_they_say(
    rule: Rule[str] | Rule[HeadedAsked], text: str, made: str | HeadedAsked
) -> None:
    assert list(rule.all(fold(text))) == [made]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in (*RULES, *NAMED) for text in rule.counterexamples])
def test_rules_make_nothing_of_their_counterexamples(rule: Rule[str] | Rule[HeadedAsked], text: str) -> None:
    assert list(rule.all(fold(text))) == []


def test_the_rest_says_of_what() -> None:
    asked = headed_asked(fold("技能补贴怎么申请，要走哪些步骤"))
    assert asked is not None and asked.rest.split() == ["技能补贴", ",要走哪些"]
    assert headed_asked("几点开门") is None
