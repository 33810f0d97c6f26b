"""A number that a question gives, and the range of a passage that it falls in."""

from fractions import Fraction

import pytest

from bot.evidence.ranges import asked_in_range, ranges
from bot.language.folding import fold_plain
from bot.storage.store import StoredPassage
from bot.types import Passage
from tests.parts import OpenBot

LEAVE = "工龄不满十年的五天，满十年不满二十年的十天，满二十年的十五天。"
SPEED = "超过规定时速百分之十以上未达百分之二十的，处五十元罚款；百分之二十以上的，处二百元罚款。"


def at(text: str) -> StoredPassage:
    return StoredPassage(1, "d", "d.txt", "规定", Passage(0, 0, len(text), (), text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LEAVE, [("不满十年", None, 10), ("满十年不满二十年", 10, 20), ("满二十年", 20, None)]),
        ("超过时速百分之十以上未达百分之二十的", [("百分之十以上未达百分之二十", 10, 20)]),
        ("十二周岁以上不满十六周岁", [("十二周岁以上不满十六周岁", 12, 16)]),
        ("身高1.2米至1.5米的儿童", [("1.2米至1.5米", 1200, 1500)]),
        ("三至五天", [("三至五天", 3, 5)]),
        ("5-10个工作日", [("5-10个工作日", 5, 10)]),
        ("三百元以上一千元以下罚款", [("三百元以上一千元以下", 300, 1000)]),
        ("请假3天以上的", [("3天以上", 3, None)]),
        ("不超过三个月", [("不超过三个月", None, 3)]),
        ("50万元以下", [("50万元以下", None, 500_000)]),
        ("迟到一小时以上", [("一小时以上", 60, None)]),
        ("at least 5 years, no more than 30 days", [("at least 5 years", 5, None), ("no more than 30 days", None, 30)]),
        ("between 5 and 10 years", [("5 and 10 years", 5, 10)]),
        ("under 2 hours", [("under 2 hours", None, 120)]),
        ("3 days or more", [("3 days or more", 3, None)]),
        ("第三条至第五条", []),
        ("2021年至2023年", []),
        ("共三天，每天八小时", []),
    ],
)
def test_the_ranges_of_a_text(text: str, found: list[tuple[str, int | None, int | None]]) -> None:
    folded = fold_plain(text)
    assert [(text[one.start : one.end], one.low, one.high) for one in ranges(folded)] == found


def test_which_numbers_lie_within() -> None:
    under, between, over = ranges(fold_plain(LEAVE))
    assert [one.holds(Fraction(10)) for one in (under, between, over)] == [False, True, False]
    assert [one.holds(Fraction(20)) for one in (under, between, over)] == [False, False, True]
    (most,) = ranges("不超过三个月")
    assert most.holds(Fraction(3)) and not most.holds(Fraction(4))


@pytest.mark.parametrize(
    ("question", "text", "asked"),
    [
        ("工龄12年年假几天", LEAVE, "工龄满十年不满二十年年假几天"),
        ("工龄二十五年年假几天", LEAVE, "工龄满二十年年假几天"),
        ("超速15%怎么罚", SPEED, "超速百分之十以上未达百分之二十怎么罚"),
        ("How much leave after 12 years?", LEAVE, "How much leave after 满十年不满二十年?"),
        ("超速5%怎么罚", SPEED, "超速5%怎么罚"),
        ("满十年的有几天", LEAVE, "满十年的有几天"),  # the very number stands there
        ("工作了12个月有年假吗", LEAVE, "工作了12个月有年假吗"),
    ],
)
def test_a_passage_is_asked_in_the_words_of_its_range(question: str, text: str, asked: str) -> None:
    words = asked_in_range(question)
    assert words is not None
    assert words(at(text)) == asked


@pytest.mark.parametrize("question", ["年假有几天？", "2024年有什么变化？", "第十二条是什么？", "How long is it?"])
def test_a_question_without_a_number_that_counts(question: str) -> None:
    assert asked_in_range(question) is None


def test_it_is_answered(open_bot: OpenBot) -> None:
    bot = open_bot(reader="builtin")
    bot.add_bytes("手册.txt", f"休假规定\n\n员工享受带薪年休假：{LEAVE}\n\n婚假三天，应当在一年内休完。".encode())
    answer = bot.ask("工龄12年年假几天")
    assert not answer.abstained
    assert "满十年不满二十年的十天" in answer.citations[0].quote
