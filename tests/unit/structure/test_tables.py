"""Lines of cells are tables; lines that merely have gaps are none."""

import pytest

from bot.documents.parser import parse
from bot.language.mentions import Quantity
from bot.structure.cells import Meant, grid_of, meant, order, value
from bot.structure.tables import Table, cells, table_at
from tests.parts import read

STAFF = "部门    电话    人数\n研发部    6601    12\n财务部    6602    5\n"
LEAVE = (
    "| 请假天数 | 审批人 |\n|---|---|\n| 3天以内（含3天） | 主管 |\n| 3天以上10天以内 | 经理 |\n| 10天以上 | 总经理 |\n"
)
FLOORS = "楼层\t科室\n一层\t急诊、药房\n五层\t眼科、口腔科\n"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("| 西北 | 18 |", ["西北", "18"]),
        ("西北 | 18", ["西北", "18"]),
        ("| 西北 | |", ["西北", ""]),
        ("西北\t18", ["西北", "18"]),
        ("西北    18", ["西北", "18"]),
        ("西北　　18", ["西北", "18"]),
        ("第一条　为了", ["第一条　为了"]),
        ("a b", ["a b"]),
    ],
)
def test_cells(line: str, found: list[str]) -> None:
    assert cells(line) == found


@pytest.mark.parametrize(
    ("text", "table"),
    [
        (STAFF, Table(0, (1, 2))),
        (FLOORS, Table(0, (1, 2))),
        (LEAVE, Table(0, (2, 3, 4))),
        ("第一章　　总则\n第二章　　用水\n第三章　　罚则\n", None),
        ("甲方：    乙方：\n日期：    日期：\n地址：    地址：\n", None),
        ("部门    电话\n研发部    6601\n", None),
    ],
)
def test_tables(text: str, table: Table | None) -> None:
    assert table_at(parse("a.txt", text.encode()), 0) == table


def found(text: str, question: str) -> Meant | None:
    document = parse("a.txt", text.encode(), "表")
    table = table_at(document, 0)
    assert table is not None
    reading = read(question)
    return meant(grid_of(document, table), reading.cells, reading.mentions.quantities)


@pytest.mark.parametrize(
    ("text", "question", "rows", "columns"),
    [
        (FLOORS, "眼科在几楼？", [2], (0,)),
        (FLOORS, "五层有哪些科室？", [2], (1,)),
        (STAFF, "财务部的电话", [2], (1,)),
        (STAFF, "研发部有多少人？", [1], (2,)),
        (STAFF, "财务部怎么联系", [2], (1,)),
        (LEAVE, "请3天假谁批？", [2], (1,)),
        (LEAVE, "请5天假谁批？", [3], (1,)),
        (LEAVE, "请15天假谁批？", [4], (1,)),
    ],
)
def test_row_and_column(text: str, question: str, rows: list[int], columns: tuple[int, ...]) -> None:
    one = found(text, question)
    assert one is not None and one.unexplained == 0
    assert ([row.paragraph for row in one.rows], one.columns) == (rows, columns)


@pytest.mark.parametrize("question", ["市场部的电话", "有多少人？", "6603是谁的电话"])
def test_a_row_that_is_not_there_is_not_meant(question: str) -> None:
    assert found(STAFF, question) is None


def test_numbers_of_cells() -> None:
    assert [value(cell) for cell in ("1,200元", "3.5万元", "一千五百元", "次日达", "1至3天")] == [
        1200.0, 35000.0, 1500.0, None, None,
    ]  # fmt: skip
    assert order("9月22日") < order("10月1日") < order("10月12日")
    assert read("5天").mentions.quantities == (Quantity(5.0, "天"),)
