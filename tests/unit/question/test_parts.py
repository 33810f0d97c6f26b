"""Several questions in one message, and single ones that look like it."""

import pytest

from bot.language.folding import fold
from bot.question.parts import MOST, parts_of


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("住宿标准是多少？报销期限是多久？", ("住宿标准是多少", "报销期限是多久")),
        ("请假要提前多久，住宿标准是多少？", ("请假要提前多久", "住宿标准是多少？")),
        ("1. 住宿标准是多少 2. 请假提前几天", ("住宿标准是多少", "请假提前几天")),
        ("①谁审批？②几天办好？", ("谁审批？", "几天办好？")),
        ("住宿标准和报销期限分别是什么？", ("住宿标准是什么？", "报销期限是什么？")),
        ("甲方、乙方和丙方分别有哪些义务", ("甲方有哪些义务？", "乙方有哪些义务？", "丙方有哪些义务？")),
        ("我下周出差。住宿能报多少？伙食呢？", ("我下周出差。住宿能报多少", "伙食呢")),
        ("Who signs? When is it due?", ("Who signs", "When is it due")),
        ("電話多少？幾點開門？", ("電話多少", "幾點開門")),
    ],
)
def test_they_are_taken_apart(message: str, parts: tuple[str, ...]) -> None:
    assert parts_of(message, fold(message)) == parts


@pytest.mark.parametrize(
    "message",
    [
        "住宿标准是多少？", "什么情况下，由谁决定？", "2019年和2021年的专项债分别是多少", "3.5万元够吗",
        "标准是什么，谢谢",
        "第1.2节讲什么", "报销、请假和出差要走哪些流程？", "", "？？", "What is due on 1.2.2024?",
    ],
)  # fmt: skip
def test_a_single_one_stays_whole(message: str) -> None:
    assert parts_of(message, fold(message)) == ()


def test_so_many_at_most() -> None:
    message = "".join(f"第{n}组有几人？" for n in range(1, 12))
    assert len(parts_of(message, fold(message))) == MOST
