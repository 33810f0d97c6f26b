"""Lines of a wrapped text are one paragraph; lines that stand by themselves stay so."""

import re
from random import Random

import pytest

from bot.documents.formats.wrapped import is_ended
from bot.documents.parser import parse

NOTICE = """关于调整食堂供餐时间的通
知

各部门：
    为方便职工就餐，经研究决
定，自五月一日起，早餐供应时
间调整为七点至八点半，午餐供
应时间调整为十一点半至十三点，
晚餐供应时间不变。
    特此通知。
"""
WARRANTY = """The warranty covers parts and labour for a period of
twenty-four months from the date of purchase. Claims must be
submitted together with the original
receipt.

Contact: the shop.
"""
APART = [
    "张三丰担任董事长兼总经理\n李四光担任财务部门负责人\n王五担任办公室主任兼秘书\n",
    "一、工作目标\n全面完成年度任务，力争再上新台阶\n二、主要措施\n加强领导，落实责任，严格考核奖惩\n",
    "甲方：东湖科技有限公司，地址：东湖路8号\n乙方：西桥贸易有限公司，地址：西桥路9号\n",
    "| 门店 | 地址 |\n| 东湖店 | 东湖路8号 |\n",
    "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n",
    "paper for the office\nPens and pencils for all\nInk\n",
]


def paragraphs(text: str, name: str = "a.txt") -> list[str]:
    document = parse(name, text.encode())
    assert document.text == text
    return [text[p.start : p.end] for p in document.paragraphs]


def test_a_wrapped_notice() -> None:
    read = paragraphs(NOTICE)
    assert [each.replace("\n", "") for each in read] == [
        "关于调整食堂供餐时间的通知",
        "各部门：",
        "为方便职工就餐，经研究决定，自五月一日起，早餐供应时间调整为七点至八点半，"
        "午餐供应时间调整为十一点半至十三点，晚餐供应时间不变。",
        "特此通知。",
    ]
    assert parse("a.txt", NOTICE.encode()).title == "关于调整食堂供餐时间的通知"


def test_wrapped_english() -> None:
    assert [each.count("\n") for each in paragraphs(WARRANTY)] == [3, 0]


@pytest.mark.parametrize("text", APART)
def test_lines_that_stand_by_themselves(text: str) -> None:
    assert paragraphs(text) == text.strip().split("\n")


def test_markdown_wraps_prose_and_not_code() -> None:
    text = f"# Title\n\n```\n{WARRANTY}```\n\n{WARRANTY}"
    read = paragraphs(text, "a.md")
    assert sum("\n" in each for each in read) == 1


def test_an_item_hangs_under_its_number() -> None:
    text = "1. Bring the form that was sent to you by\n   post together with a photo.\n2. Bring a pen.\n"
    assert paragraphs(text) == [text[: text.index("\n2.")], "2. Bring a pen."]


def test_a_sentence_of_english_that_ends_near_the_edge() -> None:
    text = (
        "Expenses\n\n"
        "Employees must submit expense reports within thirty days of travel.\n"
        "Reports that are late will be returned without payment unless a director\n"
        "approves the exception in writing. Hotel rooms cost at most 150 dollars\n"
        "a night.\n\n"
        "Meals are paid at cost.\nKeep receipts.\n"
    )
    assert [each.count("\n") for each in paragraphs(text)] == [0, 3, 0, 0]


def test_a_single_line_that_ends_with_a_comma_goes_on() -> None:
    text = "国庆节放假安排如下：十月一日至七日放假，共七天，\n九月二十九日和十月十二日上班。\n请相互转告。\n"
    assert [each.count("\n") for each in paragraphs(text)] == [1, 0]


def test_a_line_is_ended_by_an_end_of_a_sentence_and_what_closes_behind_it() -> None:
    by_expression = re.compile(r"[。！？!?；;：:…][”’」』）】》)\"']*$|\.[\"')”]*$")
    random = Random(3)
    lines = ["", "”", "好。”）", "好.”", "好.」", "e.g.)", "好：", "好”。", "。好"]
    lines += ["".join(random.choices("好a。；：….!?”’」）)\"'，", k=random.randint(1, 6))) for _ in range(5_000)]
    for line in lines:
        assert is_ended(line) == (by_expression.search(line) is not None), line
