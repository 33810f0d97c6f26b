"""Cells of tables, and what a column says; the evidence is all rows in order."""

import pytest

from bot.answers.table import table
from bot.documents.parser import parse
from bot.evidence.judge import Evidence, Verdict
from bot.storage.store import StoredPassage
from bot.types import Answer, Passage
from tests.unit.answers.home import Home

RATES = """# 运费表

| 地区 | 首重（元） | 续重（元） | 时效 |
|---|---|---|---|
| 江浙沪 | 8 | 2 | 次日达 |
| 华北 | 12 | 5 | 两天 |
| 西北 | 18 | 9 | 五天 |
"""


def ask(home: Home, question: str, text: str = RATES) -> Answer | None:
    given = parse("a.md", text.encode())
    evidence = []
    for number, p in enumerate(given.paragraphs):
        passage = Passage(p.index, p.start, p.end, p.section, given.text[p.start : p.end])
        evidence.append(
            Evidence(StoredPassage(number, given.document_id, "a.md", given.title, passage), p.start, p.end, 1.0)
        )
    home.add(given)
    home.verdict = Verdict((), tuple(evidence), 0.0, answered=False)
    answer = home.ask(table, question)
    if answer is not None:
        assert [given.text[c.start : c.end] for c in answer.citations] == [c.quote for c in answer.citations]
    return answer


@pytest.mark.parametrize(
    ("question", "note", "rule"),
    [
        ("西北的首重是多少？", "西北 · 首重（元）：18", "cell of a table"),
        ("华北续重多少钱一公斤？", "华北 · 续重（元）：5", "cell of a table"),
        ("哪个地区时效是五天？", "五天 · 地区：西北", "cell of a table"),
        ("哪个地区首重最高？", "比较了“首重（元）”一列的 3 行：西北（18）", "compared a column"),
        ("续重最低的是哪个地区？", "比较了“续重（元）”一列的 3 行：江浙沪（2）", "compared a column"),
        ("哪些地区首重超过10元？", "比较了“首重（元）”一列的 3 行：华北（12）、西北（18）", "filtered a column"),
        ("首重合计是多少？", "“首重（元）”一列共 3 行，合计 38。", "added up a column"),
        ("有几个地区？", "共 3 项，全部列出。", "rows of a table"),
        ("有哪些地区？", "共 3 项，全部列出。", "rows of a table"),
        ("列出所有地区的时效", "共 3 项，全部列出。", "rows of a table"),
    ],
)
def test_what_a_table_says(home: Home, question: str, note: str, rule: str) -> None:
    answer = ask(home, question)
    assert answer is not None and not answer.abstained
    assert (answer.note, answer.trace.way, answer.trace.rule) == (note, "table", rule)


REPAIRS = """| 门店 | 维修时限 | 车速 |
|---|---|---|
| 东门 | 12天 | 60公里 |
| 南门 | 4天 | 80公里 |
| 北门 | 9天 | 40公里 |
"""


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("哪个门店维修时限最快？", "比较了“维修时限”一列的 3 行：南门（4天）"),
        ("哪个门店维修时限最慢？", "比较了“维修时限”一列的 3 行：东门（12天）"),
        ("哪个门店维修时限最长？", "比较了“维修时限”一列的 3 行：东门（12天）"),
        ("哪个门店车速最快？", "比较了“车速”一列的 3 行：南门（80公里）"),
    ],
)
def test_the_quickest_takes_the_least_time(home: Home, question: str, note: str) -> None:
    answer = ask(home, question, REPAIRS)
    assert answer is not None
    assert answer.note == note


DEVICES = "设备清单\n名称\t数量\t地点\n投影仪\t3\t三楼\n打印机\t12\t一楼\n电脑\t25\t三楼\n"


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("设备一共有多少台？", "“数量”一列共 3 行，合计 40。"),
        ("有几种设备？", "共 3 项，全部列出。"),
        ("三楼有几种设备？", "共 2 项，全部列出。"),
        ("投影仪在哪里？", "投影仪 · 地点：三楼"),
        ("哪种设备的数量最少？", "比较了“数量”一列的 3 行：投影仪（3）"),
    ],
)
def test_cells_parted_by_tabs_and_counts(home: Home, question: str, note: str) -> None:
    answer = ask(home, question, DEVICES)
    assert answer is not None and answer.note == note


@pytest.mark.parametrize(
    "question",
    [
        "华南的首重是多少？",
        "有哪些地区不收费？",
        "有哪些优惠？",
        "运费怎么算？",
        "西北冷藏药品的报关手续费是多少？",
        "你好",
    ],
)
def test_what_a_table_does_not_say(home: Home, question: str) -> None:
    assert ask(home, question) is None


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("快递多久能到？", "江浙沪 · 时效：次日达；华北 · 时效：两天；西北 · 时效：五天"),
        ("冷藏快递多久能到？", None),  # of that it says nothing
        ("多久？", None),
        ("快递多久能到，为什么？", None),
    ],
)
def test_where_no_row_is_meant_each_is_said(home: Home, question: str, note: str | None) -> None:
    answer = ask(home, question, RATES.removeprefix("# 运费表\n\n").replace("地区", "快递地区"))
    assert (answer and answer.note) == note


CODES = (
    "| 代码 | 含义 | 处理 | 检修处 |\n|---|---|---|---|\n| E1 | 漏水 | 关阀 | 泵室 |\n| E2 | 缺纸 | 加纸 | MRI室 |\n"
)


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("E1怎么办？", "E1 · 处理：关阀"),
        ("漏水会怎样？", None),  # no row tells what then
        ("漏水归谁修？", None),  # nor is a code somebody
        ("代码E1说的是漏水吗？", None),
        ("MRI坏了是什么代码？", "MRI室 · 代码：E2"),
    ],
)
def test_a_row_answers_what_its_cells_say(home: Home, question: str, note: str | None) -> None:
    answer = ask(home, question, CODES)
    assert (answer and answer.note) == note


def test_what_the_prose_beside_a_table_says_is_none_of_its_cells(home: Home) -> None:
    rows = "| 名称 | 楼 | 册 |\n|---|---|---|\n| 图书 | 一楼 | 8120 |\n| 期刊 | 二楼 | 80 |\n"
    text = f"# 图书馆开放时间\n\n图书馆周一闭馆，周二起开放。\n\n{rows}"
    assert ask(home, "图书馆周一开放吗？", text) is None
    answer = ask(home, "图书在几楼？", text)
    assert answer is not None and answer.note == "图书 · 楼：一楼"


def test_the_row_of_totals_is_the_sum(home: Home) -> None:
    answer = ask(home, "人数合计是多少？", "| 部门 | 人数 |\n|---|---|\n| 研发 | 12 |\n| 财务 | 5 |\n| 合计 | 17 |\n")
    assert answer is not None
    assert (answer.note, answer.citations[0].quote) == ("合计 · 人数：17", "| 合计 | 17 |")


def test_the_header_is_cited_behind_its_row_and_never_alone(home: Home) -> None:
    answer = ask(home, "西北的首重是多少？")
    assert answer is not None
    assert [c.quote for c in answer.citations] == [
        "| 西北 | 18 | 9 | 五天 |", "| 地区 | 首重（元） | 续重（元） | 时效 |",
    ]  # fmt: skip
