import pytest

from bot.followup import complete

HISTORY = [("图书馆什么时候开放？", "九点。[1]"), ("逾期要交多少滞纳金？", "二角。[1]")]


@pytest.mark.parametrize(
    "question", ["那遗失呢？", "它由谁收取？", "第二点呢？", "为什么？", "该怎么交？", "what about books?"]
)
def test_a_question_that_leans_on_the_last_one_takes_it_in_front(question: str) -> None:
    completed = complete(question, HISTORY)
    assert completed.startswith("逾期要交多少滞纳金")
    assert completed.endswith(question)


@pytest.mark.parametrize("question", ["图书遗失的怎样赔偿？", "开放时间", "How many books may a reader borrow?"])
def test_a_question_that_stands_alone_stays(question: str) -> None:
    assert complete(question, HISTORY) == question


@pytest.mark.parametrize("question", ["那遗失呢？", "图书遗失的怎样赔偿？", "", "🙂"])
def test_without_history_nothing_changes(question: str) -> None:
    assert complete(question, []) == question
    assert complete(question, ()) == question


def test_a_long_question_says_enough_itself() -> None:
    question = "那读者遗失了图书馆的图书以后，应当在多长的时间里按照怎样的标准进行赔偿？"
    assert complete(question, HISTORY) == question


def test_only_the_last_question_counts_and_an_endless_one_is_cut() -> None:
    assert "开放" not in complete("那遗失呢？", HISTORY)
    endless = complete("那遗失呢？", [("问" * 500_000, "答")])
    assert len(endless) < 1000
    assert endless.endswith("那遗失呢？")


@pytest.mark.parametrize("previous", ["", " \n", "？"])
def test_an_empty_turn_before_adds_nothing(previous: str) -> None:
    assert complete("那遗失呢？", [(previous, "")]).strip() == "那遗失呢？"
