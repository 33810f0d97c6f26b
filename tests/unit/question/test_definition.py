"""Questions for what a term means, and questions that only look like it."""

import pytest

from bot.language.folding import fold
from bot.language.rules import Rule
from bot.question.definition import RULES, definition_asked


@pytest.mark.parametrize(("rule", "text", "made"), [(rule, *example) for rule in RULES for example in rule.examples])
def test_rules_make_of_their_examples_what_they_say(rule: Rule[str], text: str, made: str) -> None:
    assert list(rule.all(fold(text))) == [made]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.counterexamples])
def test_rules_make_nothing_of_their_counterexamples(rule: Rule[str], text: str) -> None:
    assert list(rule.all(fold(text))) == []


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("交通安全法里说的“道路”是怎么界定的？", ["道路"]),
        ("个人信息保护法里敏感个人信息指什么", ["个人信息保护法里敏感个人信息", "敏感个人信息"]),
        ("工伤认定是什么意思", ["工伤认定"]),
        ("本条例所称的渡船是指什么？", ["本条例所称的渡船", "渡船"]),
        ("What is a breach?", ["breach"]),
    ],
)
def test_a_term_may_stand_behind_where_it_is_said(question: str, terms: list[str]) -> None:
    asked = definition_asked(fold(question))
    assert asked is not None and list(asked.terms) == terms


@pytest.mark.parametrize("question", ["渡船几点开？", "谁是馆长？", "为什么要登记？", "请假要哪些材料？", "是什么？"])
def test_other_questions_want_no_meaning(question: str) -> None:
    assert definition_asked(fold(question)) is None
