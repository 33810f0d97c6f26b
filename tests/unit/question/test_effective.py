"""Questions for the day from which a document is in force, and sentences that say it."""

import pytest

from bot.language.folding import fold
from bot.language.rules import Rule
from bot.question.effective import FORM, RULES, effective_asked


@pytest.mark.parametrize(("rule", "text", "made"), [(rule, *example) for rule in RULES for example in rule.examples])
def test_rules_make_of_their_examples_what_they_say(rule: Rule[str], text: str, made: str) -> None:
    assert list(rule.all(fold(text))) == [made]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.counterexamples])
def test_rules_make_nothing_of_their_counterexamples(rule: Rule[str], text: str) -> None:
    assert list(rule.all(fold(text))) == []


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("本条例自2019年7月1日起施行。", True),
        ("本办法自印发之日起执行，原办法同时废止。", True),
        ("This policy is effective from 1 May 2024.", True),
        ("2019年1月31日第十五届人民代表大会通过", False),
        ("费用自负。", False),
    ],
)
def test_what_says_it(sentence: str, says: bool) -> None:
    assert bool(FORM.search(fold(sentence))) == says


def test_other_questions_want_no_day() -> None:
    assert effective_asked("谁负责实施？") is None
