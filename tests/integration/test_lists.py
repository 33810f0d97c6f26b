"""Whole lists and proof of absence through the engine: what was planted is found, each time, where it was planted."""

import random

import pytest

from bot import Bot
from bot.language.folding import fold
from tests.parts import OpenBot

FORMS = ("碳关税", "碳關稅")
FILLER = ("园里的树很高。", "我们在山上看雪。", "工人修好了桥。", "书放在桌子上。", "关税和碳各说各的。")


@pytest.fixture
def planted(open_bot: OpenBot) -> Bot:
    """Ten files with 17 places of one term, among 30 sentences each."""
    bot = open_bot()
    chosen = random.Random(17)
    owners = [*range(10), *chosen.choices(range(10), k=7)]
    for number in range(10):
        sentences = chosen.choices(FILLER, k=30)
        for _ in range(owners.count(number)):
            sentences.insert(chosen.randrange(30), f"文件里说到{chosen.choice(FORMS)}的事🙂。")
        lines = ["".join(sentences[i : i + 12]) for i in range(0, len(sentences), 12)]
        bot.add_bytes(f"{number}.txt", "\n".join(lines).encode())
    return bot


def total(bot: Bot, term: str) -> int:
    return sum(fold(bot.document(info.document_id).text).count(fold(term)) for info in bot.documents())


@pytest.mark.parametrize(
    "question", ["“碳关税”出现在哪些地方？", "列出所有提到碳關稅的句子", "List all mentions of “碳关税”"]
)
def test_seventeen_places_in_ten_files(planted: Bot, question: str) -> None:
    answer = planted.ask(question)
    assert total(planted, "碳关税") == 17
    assert not answer.abstained
    assert len(answer.citations) == len(answer.sentences) == 17
    assert len({c.document_id for c in answer.citations}) == 10
    for citation in answer.citations:
        text = planted.document(citation.document_id).text
        assert text[citation.start : citation.end] == citation.quote
        assert fold(citation.quote).count("碳关税") == 1
    assert ("共 17 处，显示 17 处" in answer.text) or ("17 places, 17 shown; in 10 files" in answer.text)


def test_a_scope_narrows_the_list(planted: Bot) -> None:
    chosen = [info.document_id for info in planted.documents()[:3]]
    answer = planted.ask("“碳关税”出现了几次？", documents=chosen)
    assert {c.document_id for c in answer.citations} == set(chosen)
    expected = sum(fold(planted.document(i).text).count("碳关税") for i in chosen)
    assert f"共 {expected} 处" in answer.text


@pytest.mark.parametrize("question", ["“碳汇”出现了几次？", "哪些文件提到碳汇", "列出所有提到“碳汇”的句子"])
def test_what_is_absent_is_refused_with_its_count(planted: Bot, question: str) -> None:
    answer = planted.ask(question)
    assert total(planted, "碳汇") == 0
    assert answer.abstained
    assert "全部 10 个文件中“碳汇”出现 0 次" in answer.text
    assert answer.citations == ()


def test_two_terms_are_both_found_everywhere(planted: Bot) -> None:
    answer = planted.ask("“碳关税”和“雪”分别出现在哪些地方？")
    line, *rest = answer.text.split("\n")
    snow = total(planted, "雪")
    assert "“碳关税”共 17 处，显示 17 处；见于 10 个文件" in line
    assert f"“雪”共 {snow} 处，显示 {snow} 处；" in line
    assert len(rest) == len(answer.citations) == 17 + snow
    assert sum("碳关税" in fold(c.quote) for c in answer.citations) == 17


def test_two_terms_that_are_both_absent_are_refused(planted: Bot) -> None:
    answer = planted.ask("“碳汇”和“海啸”分别出现在哪些地方？")
    assert answer.abstained
    assert "“碳汇”" in answer.text and "“海啸”" in answer.text


PLAN = """星桥市园林局2031年工作要点
全局上下要统一思想。
一、主要任务
今年要抓好以下五项工作：
（一）扩大绿地面积。在河岸新建口袋公园四十处。
（二）修复古树名木。对三百株古树逐一建立档案。
（三）改善灌溉设施。更换旧水管二十公里。
（四）培训养护人员。每季度组织一次技术比武。
（五）开展志愿服务。动员市民认养花坛。
二、保障措施
（一）加强组织领导。成立由局长任组长的专班。
（二）严格考核。考核结果与年度评优挂钩。
"""
LEASE = """厂房租赁合同
第一条 租金每月两万元。
第二条 乙方的义务
1. 按时支付租金；
2. 爱护房屋及其附属设施；
3. 不得擅自转租。
第三条 有下列情形之一的，甲方可以解除合同：
（一）乙方拖欠租金超过三十日的；
（二）乙方擅自改变房屋用途的。
"""
GUIDE = """# Volunteer Guide

The main duties of a volunteer are:

- shelving returned books
- greeting visitors at the desk
- closing the reading room

The library opens at nine.
"""


@pytest.fixture
def papers(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    for source, text in (("plan.txt", PLAN), ("lease.txt", LEASE), ("guide.md", GUIDE)):
        bot.add_bytes(source, text.encode())
    return bot


@pytest.mark.parametrize(
    ("question", "count", "opening"),
    [
        (
            "今年要抓好哪几项工作？",
            "共 5 项，全部列出。",
            ["今年要抓好", "（一）", "（二）", "（三）", "（四）", "（五）"],
        ),
        ("乙方有哪些义务？", "共 3 项，全部列出。", ["1. ", "2. ", "3. "]),
        ("哪些情形下甲方可以解除合同？", "共 2 项，全部列出。", ["第三条", "（一）", "（二）"]),
        ("What are the main duties of a volunteer?", "3 items, all listed.", ["The main", "- sh", "- gr", "- cl"]),
        ("《星桥市园林局2031年工作要点》分哪几个部分？", "共 2 项，全部列出。", ["一、", "二、"]),
    ],
)
def test_a_list_over_several_paragraphs_is_whole_and_counted(
    papers: Bot, question: str, count: str, opening: list[str]
) -> None:
    answer = papers.ask(question)
    line, *rest = answer.text.split("\n")
    assert line == count
    assert [said[: len(start)] for said, start in zip(rest, opening, strict=True)] == opening
    assert [f"{c.quote}[{c.number}]" for c in answer.citations] == rest
    for citation in answer.citations:
        assert papers.document(citation.document_id).text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("更换旧水管多少公里？", "更换旧水管二十公里。[1]"),
        ("考核结果与什么挂钩？", "考核结果与年度评优挂钩。[1]"),
        ("口袋公园建在哪些地方？", "在河岸新建口袋公园四十处。[1]"),
    ],
)
def test_a_question_about_one_item_gathers_nothing(papers: Bot, question: str, said: str) -> None:
    assert papers.ask(question).text.split("\n")[0] == said
