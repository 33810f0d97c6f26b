"""What asks nothing of the documents, every rule with its own examples."""

import pytest

from bot.language.folding import fold
from bot.language.rules import Rule
from bot.question.collection import RULES as COLLECTION
from bot.question.collection import CollectionRequest, collection_request
from bot.question.talk import RULES, Talk, talk_of


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text, _ in rule.examples])
def test_talk_is_told_by_its_rule(rule: Rule[Talk], text: str) -> None:
    assert talk_of(fold(text)) == rule.name


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.counterexamples])
def test_what_only_looks_so_is_of_another_kind(rule: Rule[Talk], text: str) -> None:
    assert talk_of(fold(text)) != rule.name


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("你是谁？你能做什么？", "ability"), ("你好，你能做什么", "ability"), ("谢谢，再见！", "thanks"),
        ("？", "nothing"),        ("👍", "nothing"), ("", "nothing"), ("你好！谢谢", "greeting"),
    ],
)  # fmt: skip
def test_several_clauses_of_talk_are_talk(message: str, kind: Talk) -> None:
    assert talk_of(fold(message)) == kind


@pytest.mark.parametrize(
    "message", ["你好，请问年假几天", "谢谢，那病假呢", "hello, who signs in?", "好人好事有哪些", "帮助残疾人的措施"]
)
def test_a_question_behind_a_greeting_is_a_question(message: str) -> None:
    assert talk_of(fold(message)) is None


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in COLLECTION for text, _ in rule.examples])
def test_a_question_about_the_documents_is_told_by_its_rule(rule: Rule[CollectionRequest], text: str) -> None:
    assert collection_request(fold(text)) == rule.name


@pytest.mark.parametrize("text", [text for rule in COLLECTION for text in rule.counterexamples])
def test_a_question_about_what_they_say_is_none(text: str) -> None:
    assert collection_request(fold(text)) is None
