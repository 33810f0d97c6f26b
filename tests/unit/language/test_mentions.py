"""What questions name exactly; every rule with its own examples."""

from typing import Any

import pytest

from bot.language.folding import fold
from bot.language.mentions import CODES, DATES, QUANTITIES, Date, Mentions, Quantity, mentions
from bot.language.rules import Rule

RULES: tuple[Rule[Any], ...] = (*CODES, *DATES, *QUANTITIES)


@pytest.mark.parametrize(("rule", "text", "made"), [(rule, *example) for rule in RULES for example in rule.examples])
def test_rules_make_of_their_examples_what_they_say(rule: Rule[Any], text: str, made: object) -> None:
    assert list(rule.all(fold(text))) == [made]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.counterexamples])
def test_rules_make_nothing_of_their_counterexamples(rule: Rule[Any], text: str) -> None:
    assert list(rule.all(fold(text))) == []


def read(text: str) -> Mentions:
    return mentions(text, fold(text))


def test_a_question_names_each_thing_once_and_in_order() -> None:
    given = read(
        "《水法（2016年修正）》和《實施〈水法〉辦法》对2024年3月5日、2023年的ZX-17水库收费1,200元还是三十元，2023年呢"
    )
    assert given == Mentions(
        titles=("水法（2016年修正）", "實施〈水法〉辦法"),
        dates=(Date(2016), Date(2024, 3, 5), Date(2023)),
        years=(2016, 2024, 2023),
        quantities=(Quantity(1200, "元"), Quantity(30, "元")),
        codes=("zx-17",),
    )


def test_numbers_of_documents_are_codes_and_no_years() -> None:
    assert read("国办发〔2024〕5号是什么") == Mentions(codes=("〔2024〕5号",))


@pytest.mark.parametrize("text", ["", "水库多深？", "Who is the director?", "第三条第二款"])
def test_most_questions_name_nothing(text: str) -> None:
    assert read(text) == Mentions()
