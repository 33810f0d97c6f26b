"""Which questions ask for several things, and what these are called."""

import pytest

from bot.question.query import query_of
from bot.question.several import negations, several


@pytest.mark.parametrize(
    ("question", "nouns"),
    [
        ("主要任务有哪些？", {"任务"}),
        ("要采取哪些措施", {"措施"}),
        ("办理居住证需要哪几种材料", {"材料"}),
        ("What are the main duties of a volunteer?", {"dutie", "volunteer"}),
    ],
)
def test_the_nouns_stand_next_to_the_interrogative(question: str, nouns: set[str]) -> None:
    wanted = several(query_of(question))
    assert wanted is not None and wanted.nouns == nouns


@pytest.mark.parametrize(
    "question",
    [
        "第二项措施是什么？",
        "最重要的措施是什么？",
        "为什么有哪些措施",
        "除了绿化，有哪些工作？",
        "哪三年？",
        "水库多深？",
        "What is a duty?",
    ],
)
def test_a_question_for_one_thing_asks_for_no_more(question: str) -> None:
    assert several(query_of(question)) is None


def test_what_an_introduction_must_say() -> None:
    wanted = several(query_of("申请人不需要提交哪些材料？"))
    assert wanted is not None
    assert (wanted.pieces, wanted.negations) == (("申请人不", "提交"), 1)


def test_negations_are_counted_in_both_languages() -> None:
    assert [negations(text) for text in ("不得携带", "禁止不戴帽", "must not, never", "可以")] == [1, 2, 2, 0]
