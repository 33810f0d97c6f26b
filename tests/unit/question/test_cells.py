"""What questions ask of tables; each row of the rules stands with its examples."""

import pytest

from bot.language.rules import first_made
from bot.question.cells import OPERATIONS, WANTED, says
from tests.parts import read


@pytest.mark.parametrize("rule", [*WANTED, *OPERATIONS], ids=lambda rule: rule.name)
def test_a_rule_makes_of_its_examples_what_they_say(rule) -> None:  # type: ignore[no-untyped-def]
    for text, made in rule.examples:
        assert rule.first(text) == made
    for text in rule.counterexamples:
        assert rule.first(text) is None


@pytest.mark.parametrize(
    ("question", "operation", "limit"),
    [
        ("哪些城市的标准超过500元？", "above", "500"),
        ("1万元以下的有哪些？", "below", "1万"),
        ("哪个地区首重最高？", "largest", ""),
        ("一共有几家门店？", "count", ""),
        ("人数合计是多少？", "sum", ""),
        ("眼科在几楼？", None, ""),
        ("一班至少几个人？", None, ""),  # a rule is asked for
        ("最多可以借几本？", None, ""),
        ("每个部门有几个人？", None, ""),
    ],
)
def test_the_first_operation_counts(question: str, operation: str | None, limit: str) -> None:
    asked = read(question).cells
    assert (asked.operation, asked.limit) == (operation, limit)


def test_fillers_say_nothing() -> None:
    assert says("请问需要多少钱") == ()
    assert says("华北的冷藏件要多久") == ("华北", "冷藏")
    assert first_made(WANTED, "首重是多少") is None
