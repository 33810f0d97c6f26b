"""What texts name as one of a series; every rule with its own examples."""

import pytest

from bot.language.designators import (
    NUMBER_RULES,
    PLAN_RULES,
    RANK_RULES,
    SERIES_RULES,
    YEAR_RULES,
    Designator,
    designators,
)
from bot.language.folding import fold
from bot.language.rules import Rule

Made = tuple[Designator, ...]
RULES: tuple[Rule[Made], ...] = (*SERIES_RULES, *YEAR_RULES, *PLAN_RULES, *RANK_RULES, *NUMBER_RULES)


@pytest.mark.parametrize(("rule", "text", "made"), [(rule, *example) for rule in RULES for example in rule.examples])
def test_rules_make_of_their_examples_what_they_say(rule: Rule[Made], text: str, made: Made) -> None:
    assert [one for members in rule.all(fold(text)) for one in members] == list(made)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.counterexamples])
def test_rules_make_nothing_of_their_counterexamples(rule: Rule[Made], text: str) -> None:
    assert [one for members in rule.all(fold(text)) for one in members] == []


def meet(one: str, other: str) -> bool:
    (a,), (b,) = designators(fold(one)), designators(fold(other))
    return a.meets(b) and b.meets(a)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2号楼", "二号楼"), ("三季度", "第三季度"), ("星期五", "周五"), ("周三", "周一至周五"),
        ("2023年", "二〇二三年"), ("2021年", "2019年至2022年"), ("A10", "a 10"), ("v2", "V2.1"),
        ("PostgreSQL15", "PostgreSQL 15"),        ("2024年", "2020年以来"), ("第二批", "第2批"),
    ],
)  # fmt: skip
def test_the_same_one_written_otherwise(one: str, other: str) -> None:
    assert meet(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2号楼", "12号楼"), ("A10", "A100"), ("房间10", "房间1010"), ("2021年", "2022年"), ("周六", "周一至周五"),
        ("第二季度", "第三季度"), ("2019年", "2020年以来"), ("二期", "三期"), ("room 101", "room 1010"),
    ],
)  # fmt: skip
def test_another_one(one: str, other: str) -> None:
    assert not meet(one, other)


@pytest.mark.parametrize(
    "text", ["工期10天", "年满18周岁", "增长5.5%", "一个", "几号", "within 30 days", "第三条第二款", ""]
)
def test_amounts_and_addresses_name_none_of_a_series(text: str) -> None:
    assert designators(fold(text)) == ()
