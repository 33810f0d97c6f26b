"""Which labelled value a question asks for; each row of the table stands with its examples."""

import pytest

from bot.language.rules import Rule
from bot.question.fields import ASKED, Kinds
from tests.parts import read


@pytest.mark.parametrize("rule", ASKED, ids=lambda rule: rule.name)
def test_a_rule_makes_of_its_examples_what_they_say(rule: Rule[Kinds]) -> None:
    for text, made in rule.examples:
        assert rule.first(text) == made
    for text in rule.counterexamples:
        assert rule.first(text) is None


@pytest.mark.parametrize(
    ("question", "kinds", "topics"),
    [
        ("预约电话是多少？", ["phone"], ["预约"]),
        ("代理机构的传真号码是多少", ["fax"], ["代理机构"]),
        ("冰箱坏了打哪个号码？", ["phone"], ["售后"]),
        ("房东怎么联系？", ["phone", "e-mail"], ["出租方"]),
        ("Which number do I call to complain?", ["phone"], ["投诉"]),
        ("几点开标？", ["time", "deadline"], ["开标"]),
    ],
)
def test_kinds_and_what_the_value_is_for(question: str, kinds: list[str], topics: list[str]) -> None:
    asked = read(question).field
    assert asked is not None
    assert [kind.name for kind in asked.kinds] == kinds
    assert [topic.name for topic, _, _ in asked.topics] == topics


@pytest.mark.parametrize(
    "question", ["打电话请假可以吗？", "能不能电话预约", "年假有几天？", "下一次什么时候开？", "第三条规定了什么"]
)
def test_others_ask_for_none(question: str) -> None:
    assert read(question).field is None
