"""Who holds an office, and sentences that speak of one without saying so."""

import pytest

from bot.evidence.holders import office_asked, says_who
from bot.language.folding import fold


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("区长是谁？", "区长"), ("谁是项目经理", "项目经理"), ("请问办公室主任叫什么名字", "办公室主任"),
        ("联系人是哪位", "联系人"),
        ("王小明是谁", None), ("谁负责报销", None), ("经济增长是谁推动的", None), ("区长有哪些职责", None),
    ],
)  # fmt: skip
def test_the_office_whose_holder_is_asked_for(question: str, office: str | None) -> None:
    assert office_asked(fold(question)) == office


@pytest.mark.parametrize(
    ("office", "text", "said"),
    [
        ("区长", "指挥部由区长任总指挥，分管水务的副区长任副总指挥。", False),
        ("负责人", "各部门主要负责人要亲自抓。", False),
        ("院长", "重大事项报院长批准。", False),
        ("总指挥", "指挥部由区长任总指挥。", True),
        ("主任", "办公室主任由局长兼任。", True),
        ("项目经理", "本工程项目经理为周涛。", True),
        ("联系人", "联系人：陈老师", True),
        ("区长", "区长王强主持会议。", True),
        ("区长", "2024年起李明任区长。", True),
        ("书记", "区委书记 林海", True),
        ("局长", "张伟局长出席了会议。", True),
        ("区长", "指挥部设在应急管理局。", None),
        ("防汛总指挥", "指挥部由区长任总指挥。", True),
        ("区长", "副区长王强主持会议。", None),
        ("局长", "王强 | 局长 | 分管水务", True),
    ],
)
def test_whether_a_sentence_says_who_holds_an_office(office: str, text: str, said: bool | None) -> None:
    assert says_who(office, text) == said
