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
        ("押金是多少、什么时候退", ("押金是多少", "什么时候退")),
        ("年假多少天，病假又是多少天？", ("年假多少天", "病假又是多少天？")),
        ("住宿费标准是多少以及报销期限是多久", ("住宿费标准是多少", "报销期限是多久")),
        ("申请条件是什么，需要哪些材料，去哪里办？", ("申请条件是什么", "需要哪些材料", "去哪里办？")),
        ("谁负责审批，审批要几天", ("谁负责审批", "审批要几天")),
        ("甲方的义务是什么，乙方呢？", ("甲方的义务是什么", "乙方呢？")),
        ("押金多少钱顺便问一下租金什么时候交", ("押金多少钱", "租金什么时候交")),
        ("请问押金多少钱？另外，租金什么时候交？", ("请问押金多少钱", "租金什么时候交")),
        ("一、押金多少 二、租金多少", ("押金多少", "租金多少")),
        ("第一，谁审批？第二，几天批下来？", ("谁审批？", "几天批下来？")),
        ("开标的时间和地点分别是什么？", ("开标的时间是什么？", "开标的地点是什么？")),
        ("开标时间和地点是什么", ("开标时间是什么？", "开标地点是什么？")),
        ("A10和B20的价格分别是多少？", ("A10的价格是多少？", "B20的价格是多少？")),
        ("眼科和口腔科各在几楼", ("眼科在几楼？", "口腔科在几楼？")),
        ("What is the deposit and when is it returned?", ("What is the deposit", "when is it returned?")),
    ],
)
def test_they_are_taken_apart(message: str, parts: tuple[str, ...]) -> None:
    assert parts_of(message, fold(message)) == parts


@pytest.mark.parametrize(
    "message",
    [
        "住宿标准是多少？", "什么情况下，由谁决定？", "2019年和2021年的专项债分别是多少", "3.5万元够吗",
        "标准是什么，谢谢", "能带狗坐地铁吗，有没有例外？", "什么时间和什么地点开标", "目标和任务是什么",
        "1965年几内亚和法国断交后用什么货币？", "What is due, and where may each be sent?",
        "第1.2节讲什么", "报销、请假和出差要走哪些流程？", "", "？？", "What is due on 1.2.2024?",
    ],
)  # fmt: skip
def test_a_single_one_stays_whole(message: str) -> None:
    assert parts_of(message, fold(message)) == ()


def test_so_many_at_most() -> None:
    message = "".join(f"第{n}组有几人？" for n in range(1, 12))
    assert len(parts_of(message, fold(message))) == MOST
