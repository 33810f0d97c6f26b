"""Which steps a question asks for."""

import pytest

from bot.question.steps import LAST, RULES, StepsAsked
from tests.parts import read


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_makes_of_its_examples_what_they_say(rule) -> None:  # type: ignore[no-untyped-def]
    for text, made in rule.examples:
        assert rule.first(text) == made
    for text in rule.counterexamples:
        assert rule.first(text) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("报名流程有哪些步骤？", StepsAsked(0, "", ("报名",))),
        ("怎么报名？", StepsAsked(0, "", ("报名",))),
        ("报名的第三步是什么？", StepsAsked(3, "", ("报名",))),
        ("报名的最后一步", StepsAsked(LAST, "", ("报名",))),
        ("填写表格的下一步是什么", StepsAsked(0, "填写表格", ("填写", "写表", "表格"))),
        ("违约怎么处罚？", None),
        ("押金多少？", None),
    ],
)
def test_steps(question: str, asked: StepsAsked | None) -> None:
    assert read(question).steps == asked
