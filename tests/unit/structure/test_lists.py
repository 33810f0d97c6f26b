"""Which lists a document has: official style, contract style, English, and what only looks like one."""

from collections.abc import Iterator

import pytest

from bot.documents.parser import parse
from bot.structure.lists import Listed, count_line, introduces, lists_after, lists_with
from bot.structure.places import Place, whole
from bot.types import Document

PLAN = """星桥市园林局工作要点
一、主要任务
今年要抓好以下三项工作：
（一）扩大绿地。新建口袋公园四十处。
一是在河岸建。二是在街角建。
（二）修复古树。对三百株古树建立档案。
（三）改善灌溉。更换旧水管。
二、保障措施
（一）加强领导。局长任组长。
（二）落实经费。安排三千万元。
三、有关要求
做好绿化，一是要节水。推广滴灌。二是要选种；三是要安全。违者通报。
"""
CONTRACT = """厂房租赁合同
第一条 租金每月两万元。
第二条 乙方的义务
1. 按时支付租金；
2. 爱护房屋；
3. 不得转租。
第三条 有下列情形之一的，甲方可以解除合同：
（一）拖欠租金的；
（二）改变用途的。
争议由法院管辖。
"""
GUIDE = """# Guide

The duties of a volunteer are:

- shelving books
- greeting visitors

In case of fire:

1. Leave the building.
2. Meet outside.

## Equipment

### Scanners

They are in the office.

### Trolleys

They stand near the lift.
"""


def document(text: str, source: str = "a.txt") -> Document:
    return parse(source, text.encode(), None)


def place(text: Document, quote: str) -> Place:
    start = text.text.index(quote)
    paragraph = next(p for p in text.paragraphs if p.start <= start < p.end)
    return Place(text, paragraph.index, start, start + len(quote))


def leads(found: Iterator[Listed]) -> list[list[str]]:
    return [[item.lead.text for item in listed.items] for listed in found]


WORKS = ["（一）扩大绿地。", "（二）修复古树。", "（三）改善灌溉。"]
PARTS = ["一、主要任务", "二、保障措施", "三、有关要求"]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("新建口袋公园四十处。", [WORKS, PARTS]),
        ("二是在街角建。", [["一是在河岸建。", "二是在街角建。"], WORKS, PARTS]),
        ("（二）落实经费。", [["（一）加强领导。", "（二）落实经费。"], PARTS]),
        ("推广滴灌。", [["做好绿化，一是要节水。", "二是要选种；三是要安全。", "二是要选种；三是要安全。"], PARTS]),
        ("违者通报。", [PARTS]),
        ("星桥市园林局工作要点", []),
    ],
)
def test_the_lists_that_hold_a_sentence_the_innermost_first(quote: str, expected: list[list[str]]) -> None:
    given = document(PLAN)
    assert leads(lists_with(given, place(given, quote))) == expected


def test_a_list_knows_its_introduction_its_headings_and_its_extent() -> None:
    given = document(PLAN)
    works, parts = lists_with(given, place(given, "新建口袋公园四十处。"))
    assert works.intro == place(given, "今年要抓好以下三项工作：")
    assert works.path == ("一、主要任务",)
    assert [given.text[item.start : item.end].strip() for item in works.items] == [
        "（一）扩大绿地。新建口袋公园四十处。\n一是在河岸建。二是在街角建。",
        "（二）修复古树。对三百株古树建立档案。",
        "（三）改善灌溉。更换旧水管。",
    ]
    assert (parts.intro, parts.path) == (None, ())
    assert given.text[: parts.items[-1].end] == given.text.rstrip("\n")


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("今年要抓好以下三项工作：", [WORKS]),
        ("一、主要任务", [WORKS]),
        ("二、保障措施", [["（一）加强领导。", "（二）落实经费。"]]),
        ("（二）落实经费。", []),
        ("违者通报。", []),
    ],
)
def test_the_lists_that_follow_a_sentence_or_stand_under_a_heading(quote: str, expected: list[list[str]]) -> None:
    given = document(PLAN)
    assert leads(lists_after(given, place(given, quote))) == expected


def test_the_items_of_a_contract() -> None:
    given = document(CONTRACT)
    duties = ["1. 按时支付租金；", "2. 爱护房屋；", "3. 不得转租。"]
    cases = ["（一）拖欠租金的；", "（二）改变用途的。"]
    assert leads(lists_after(given, place(given, "第二条 乙方的义务"))) == [duties]
    (listed,) = lists_with(given, place(given, "（二）改变用途的。"))
    assert [item.lead.text for item in listed.items] == cases
    assert listed.intro is not None and listed.intro.text == "第三条 有下列情形之一的，甲方可以解除合同："
    # Articles count on through the whole text; they are addresses, no items.
    assert leads(lists_with(given, place(given, "第一条 租金每月两万元。"))) == []


def test_bullets_numbers_and_subheadings_in_english() -> None:
    given = document(GUIDE, "a.md")
    duties = ["- shelving books", "- greeting visitors"]
    assert leads(lists_after(given, place(given, "The duties of a volunteer are:"))) == [duties]
    assert leads(lists_with(given, place(given, "- greeting visitors"))) == [duties]
    assert leads(lists_after(given, place(given, "In case of fire:"))) == [
        ["1. Leave the building.", "2. Meet outside."]
    ]
    assert leads(lists_after(given, place(given, "Equipment"))) == [["Scanners", "Trolleys"]]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("第一，甲事。第二，乙事。第三，丙事。", 3),
        ("首先，甲事要办。其次，乙事要办。最后，丙事要办。", 3),
        ("内容：（1）甲事；（2）乙事。", 2),
        ("①甲事；②乙事。", 2),
        ("Do this: (a) sign here; (b) pay there.", 2),
        ("(i) sign here; (ii) pay there; (iii) go home.", 3),
        ("First, sign here. Second, pay there. Finally, go home.", 3),
        ("设一、二、三等奖各一名。", 0),
        ("二是乙事。三是丙事。", 0),
        ("一是甲事。三是丙事。", 0),
        ("第一，甲事很多。", 0),
        ("2. 乙事。3. 丙事。", 0),
        ("价格为3.14元，共2.5倍。", 0),
    ],
)
def test_items_within_one_paragraph(text: str, items: int) -> None:
    given = document(text + "\n")
    found = list(lists_with(given, whole(given, 0)))
    assert [len(listed.items) for listed in found] == ([items] if items else [])


def test_a_list_that_does_not_begin_with_one_and_a_gap_are_none() -> None:
    given = document("通知如下：\n2、乙事。\n3、丙事。\n5、戊事。\n")
    assert leads(lists_after(given, place(given, "通知如下："))) == []
    assert leads(lists_with(given, place(given, "3、丙事。"))) == []


def test_two_lists_of_one_kind_are_not_joined() -> None:
    given = document("甲如下：\n1、一事。\n2、二事。\n乙如下：\n1、三事。\n2、四事。\n")
    assert leads(lists_with(given, place(given, "2、二事。"))) == [["1、一事。", "2、二事。"]]
    assert leads(lists_with(given, place(given, "1、三事。"))) == [["1、三事。", "2、四事。"]]


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("要抓好以下工作。", 9, True),
        ("事项通知如下", 9, True),
        ("有关情形：", 9, True),
        ("存在三个方面的问题。", 3, True),
        ("存在三个方面的问题。", 4, False),
        ("The steps are as follows.", 9, True),
        ("There are three steps.", 3, True),
        ("There are three steps.", 2, False),
        ("会议通过了决定。", 2, False),
        ("他说：今天好。", 2, False),
    ],
)
def test_what_introduces_a_list(text: str, number: int, *, expected: bool) -> None:
    assert introduces(text, number) is expected


def test_the_line_that_counts() -> None:
    assert count_line(5, 5, "zh") == "共 5 项，全部列出。"
    assert count_line(80, 60, "zh") == "共 80 项，显示 60 项。"
    assert count_line(5, 5, "en") == "5 items, all listed."
    assert count_line(80, 60, "en") == "80 items, 60 shown."
