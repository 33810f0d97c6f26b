"""When a question for several things is answered with a whole list; the verdicts are made by hand."""

import pytest

from bot.answers.whole_list import MOST_ITEMS, whole_list
from bot.documents.parser import parse
from bot.evidence.judge import Evidence, Verdict
from bot.storage.store import StoredPassage
from bot.types import Answer, Document, ItemCount, Passage
from tests.unit.answers.home import Home

PLAN = """星桥市园林局2031年工作要点
一、主要任务
今年要抓好以下三项工作：
（一）扩大绿地。新建口袋公园四十处。优先安排老城街区。
（二）修复古树。对三百株古树建立档案，由专家巡查。
（三）改善灌溉。更换旧水管二十公里。
二、保障措施
（一）加强领导。局长任组长。
（二）落实经费。安排专项资金三千万元。
三、捐赠树苗说明
1、树苗要有检疫证明。
2、捐赠前请打电话联系。
四、有关要求
做好绿化，一是要节水。推广滴灌。二是要选种。多种本地树。三是要安全。
"""
CONTRACT = """厂房租赁合同
第一条 租金每月两万元，每季度首月五日前支付。
第二条 乙方的义务
1. 按时支付租金；
2. 爱护房屋；
3. 不得转租。
第三条 有下列情形之一的，甲方可以解除合同：
（一）拖欠租金超过三十日的；
（二）改变房屋用途的。
"""
FORMS = """办事须知
申请人不需要提交下列材料：
1. 户口本；
2. 毕业证。
甲方有下列情形之一的，乙方可以解除合同：
（一）断水断电的；
（二）房屋漏水的。
Visitors must not bring the following:
(a) pets;
(b) glass bottles.
"""
GUIDE = """# Volunteer Guide

The main duties of a volunteer are:

- shelving books
- greeting visitors

The library opens at nine.
"""


def ask(
    home: Home, question: str, text: str, top: str, *, answered: bool = True, source: str = "a.txt"
) -> Answer | None:
    """Gather for a verdict whose best sentence is ``top``; every quote is checked against the text."""
    given: Document = parse(source, text.encode(), None)
    start = given.text.index(top)
    p = next(p for p in given.paragraphs if p.start <= start < p.end)
    passage = Passage(p.index, p.start, p.end, p.section, given.text[p.start : p.end])
    stored = StoredPassage(1, given.document_id, source, given.title, passage)
    evidence = Evidence(stored, start, start + len(top), 2.0)
    home.add(given)
    home.verdict = Verdict(((stored, 2.0),), (evidence,), 0.75 if answered else 0.0, answered)
    answer = home.ask(whole_list, question)
    if answer is not None:
        assert [given.text[c.start : c.end] for c in answer.citations] == [c.quote for c in answer.citations]
        assert [given.paragraphs[c.paragraph].section for c in answer.citations] == [
            c.section for c in answer.citations
        ]
        assert any(c.start <= start and start + len(top) <= c.end for c in answer.citations)
        assert [s.text for s in answer.sentences] == [c.quote for c in answer.citations]
    return answer


def lines(answer: Answer | None) -> list[str]:
    assert answer is not None and not answer.abstained
    return answer.text.split("\n")


WORKS = [
    "共 3 项，全部列出。",
    "今年要抓好以下三项工作：[1]",
    "（一）扩大绿地。[2]",
    "（二）修复古树。[3]",
    "（三）改善灌溉。[4]",
]


@pytest.mark.parametrize(
    "question", ["主要任务有哪些？", "今年要抓好哪几项工作", "要做什么工作？", "列出今年的全部工作"]
)
def test_an_introduction_brings_its_items(home: Home, question: str) -> None:
    answer = ask(home, question, PLAN, "今年要抓好以下三项工作：")
    assert lines(answer) == WORKS
    assert answer is not None and answer.confidence == 0.75
    assert {s.support for s in answer.sentences} == {0.75}


def test_a_heading_brings_what_is_numbered_under_it(home: Home) -> None:
    assert lines(ask(home, "有哪些保障措施？", PLAN, "二、保障措施")) == [
        "共 2 项，全部列出。",
        "二、保障措施[1]",
        "（一）加强领导。[2]",
        "（二）落实经费。[3]",
    ]


def test_a_sentence_inside_an_item_stays_in_the_answer(home: Home) -> None:
    assert lines(ask(home, "保障措施包括哪几项？", PLAN, "安排专项资金三千万元。")) == [
        "共 2 项，全部列出。",
        "（一）加强领导。[1]",
        "（二）落实经费。[2]",
        "安排专项资金三千万元。[2]",
    ]


def test_items_that_are_sentences_of_one_paragraph(home: Home) -> None:
    assert lines(ask(home, "做好绿化有哪些要求？", PLAN, "二是要选种。")) == [
        "共 3 项，全部列出。",
        "做好绿化，一是要节水。[1]",
        "二是要选种。[1]",
        "三是要安全。[1]",
    ]


def test_items_within_one_sentence_are_counted_and_quoted_once(home: Home) -> None:
    text = "要采取三条措施：一是查隐患；二是换设备；三是练队伍。\n"
    assert lines(ask(home, "要采取哪些措施？", text, text.strip())) == ["共 3 项，全部列出。", f"{text.strip()}[1]"]


def test_a_contract(home: Home) -> None:
    duties = ["共 3 项，全部列出。", "1. 按时支付租金；[1]", "2. 爱护房屋；[2]", "3. 不得转租。[3]"]
    assert lines(ask(home, "乙方有哪些义务？", CONTRACT, "2. 爱护房屋；")) == duties
    intro = "第三条 有下列情形之一的，甲方可以解除合同："
    assert lines(ask(home, "哪些情形下甲方可以解除合同？", CONTRACT, intro))[1:] == [
        f"{intro}[1]",
        "（一）拖欠租金超过三十日的；[2]",
        "（二）改变房屋用途的。[3]",
    ]


@pytest.mark.parametrize("question", ["What are the main duties of a volunteer?", "List all duties of a volunteer."])
def test_an_english_list(home: Home, question: str) -> None:
    assert lines(ask(home, question, GUIDE, "The main duties of a volunteer are:", source="a.md")) == [
        "2 items, all listed.",
        "The main duties of a volunteer are:[1]",
        "- shelving books[2]",
        "- greeting visitors[3]",
    ]


@pytest.mark.parametrize(
    ("question", "text", "top"),
    [
        # Not for several things.
        ("保障措施是谁提出的？", PLAN, "二、保障措施"),
        ("第二项措施是什么？", PLAN, "二、保障措施"),
        ("最重要的措施是什么？", PLAN, "二、保障措施"),
        ("专项资金有多少？", PLAN, "安排专项资金三千万元。"),
        # About what one item says, or about something that the list is not one of.
        ("优先安排哪些街区？", PLAN, "优先安排老城街区。"),
        ("古树由哪些专家巡查？", PLAN, "对三百株古树建立档案，由专家巡查。"),
        ("修复古树建立档案的工作任务有哪些？", PLAN, "对三百株古树建立档案，由专家巡查。"),
        ("需要捐赠哪些树苗？", PLAN, "1、树苗要有检疫证明。"),
        ("租金每月哪几天支付？", CONTRACT, "第一条 租金每月两万元，每季度首月五日前支付。"),
        # Another number than that of the items.
        ("五项工作是哪五项？", PLAN, "今年要抓好以下三项工作："),
        # No list.
        ("What are the opening hours?", GUIDE, "The library opens at nine."),
    ],
)
def test_other_questions_are_left_alone(home: Home, question: str, text: str, top: str) -> None:
    assert ask(home, question, text, top, source="a.md" if text is GUIDE else "a.txt") is None


@pytest.mark.parametrize(
    ("question", "text", "top", "gathered"),
    [
        ("今年要抓好哪几项工作？", PLAN, "今年要抓好以下三项工作：", True),
        ("园林局2031年要抓好哪些工作？", PLAN, "今年要抓好以下三项工作：", True),
        ("园林局2032年要抓好哪些工作？", PLAN, "今年要抓好以下三项工作：", False),
        ("教育局今年要抓好哪几项工作？", PLAN, "今年要抓好以下三项工作：", False),
        ("哪些情形下甲方可以解除合同？", CONTRACT, "第三条 有下列情形之一的，甲方可以解除合同：", True),
        ("有哪些保障措施？", PLAN, "（一）加强领导。", False),
        ("为什么今年要抓好哪几项工作？", PLAN, "今年要抓好以下三项工作：", False),
        ("除了绿化，今年要抓好哪几项工作？", PLAN, "今年要抓好以下三项工作：", False),
        # One word that is another's opposite, or another's, beside many that are the same.
        ("去年要抓好哪几项工作？", PLAN, "今年要抓好以下三项工作：", False),
        ("今年不要抓好哪几项工作？", PLAN, "今年要抓好以下三项工作：", False),
        ("申请人需要提交哪些材料？", FORMS, "申请人不需要提交下列材料：", False),
        ("申请人不需要提交哪些材料？", FORMS, "申请人不需要提交下列材料：", True),
        ("甲方可以解除合同的情形有哪些？", FORMS, "甲方有下列情形之一的，乙方可以解除合同：", False),
        ("乙方可以解除合同的情形有哪些？", FORMS, "甲方有下列情形之一的，乙方可以解除合同：", True),
        ("What must visitors bring?", FORMS, "Visitors must not bring the following:", False),
        ("What are the main duties of a volunteer?", GUIDE, "The main duties of a volunteer are:", True),
        ("What are the main duties of a nurse?", GUIDE, "The main duties of a volunteer are:", False),
    ],
)
def test_a_refusal_gives_way_only_to_an_introduction_in_the_questions_words(
    home: Home, question: str, text: str, top: str, *, gathered: bool
) -> None:
    answer = ask(home, question, text, top, answered=False, source="a.md" if text is GUIDE else "a.txt")
    assert (answer is not None) is gathered
    assert answer is None or answer.confidence == 1.0


def test_nothing_found_gathers_nothing(home: Home) -> None:
    assert home.ask(whole_list, "有哪些措施？") is None


def test_what_is_not_shown_is_counted(home: Home) -> None:
    text = "措施如下：\n" + "".join(f"{n}. 第{n}号事。\n" for n in range(1, MOST_ITEMS + 6))
    answer = ask(home, "有哪些措施？", text, "措施如下：")
    said = lines(answer)
    assert answer is not None
    assert (answer.note, answer.items) == (said[0], ItemCount(MOST_ITEMS + 5, MOST_ITEMS))
    assert said[0] == f"共 {MOST_ITEMS + 5} 项，显示 {MOST_ITEMS} 项。"
    assert len(said) == 2 + MOST_ITEMS
    assert said[-1] == f"{MOST_ITEMS}. 第{MOST_ITEMS}号事。[{MOST_ITEMS + 1}]"
