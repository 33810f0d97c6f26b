"""Spreadsheets of several programs: sheets, titles, tables with their header, cells as they are shown."""

import io
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from bot.documents.formats.extract import NO_OPTIONS
from bot.documents.formats.spreadsheet import FORMAT
from bot.documents.parser import parse
from bot.types import DocumentError
from tests.parts import OpenBot
from tests.workbooks import budget

FILES = Path(__file__).parents[2] / "files"
SEEN = """\
部门预算
2024年部门预算表
单位：万元
序号 | 部门 | 预算 上半年 | 预算 下半年 | 完成率 | 审批日期
1 | 财务部 | ¥1,234.50 | ¥800.00 | 12.5% | 2024年3月5日
2 | 技术部 | ¥2,345.00 | ¥950.25 | 50.0% | 2024年3月6日
二、直属单位
序号 | 部门 | 预算 上半年 | 预算 下半年 | 完成率 | 审批日期
3 | 档案馆 | ¥90.00 | ¥45.00 | 100.0% | 2024年12月31日
注：完成率按季度统计。
设备 | 数量
打印机 | 3
打印机 | 4
人员
姓名 | 电话
张三 | 010-1234
李四 | 010-5678
旧表
停用"""


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(rows: list[list[object]]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for cells in rows:
        book.active.append(cells)
    return saved(book)


def lines(data: bytes) -> list[str]:
    return [block.text for block in FORMAT.extract(data, NO_OPTIONS).blocks]


def files() -> list[tuple[str, bytes]]:
    made = ("budget.xls", "budget.ods", "budget-libreoffice.xlsx")
    return [("budget.xlsx", saved(budget())), *((name, (FILES / name).read_bytes()) for name in made)]


@pytest.mark.parametrize(("name", "data"), files(), ids=[name for name, _ in files()])
def test_each_program_s_file_reads_the_same(name: str, data: bytes) -> None:
    document = parse(name, data)
    assert document.text == SEEN
    levels = {document.text[p.start : p.end]: p.level for p in document.paragraphs}
    assert [text for text, level in levels.items() if level == 1] == ["部门预算", "人员", "旧表"]
    under = {document.text[p.start : p.end]: p.section[:1] for p in document.paragraphs}
    assert under["张三 | 010-1234"] == ("人员",)
    extract = FORMAT.extract(data, NO_OPTIONS)
    assert [notice.zh for notice in extract.notices] == [
        "隐藏的工作表也已读取：旧表。",
        "隐藏的 1 行（列）也已读取。",
    ]


@pytest.mark.parametrize(("name", "data"), files(), ids=[name for name, _ in files()])
def test_a_cell_answers(open_bot: OpenBot, name: str, data: bytes) -> None:
    bot = open_bot()
    report = bot.add_bytes(name, data)
    assert report.status == "added"
    citation = bot.ask("技术部下半年预算是多少？").citations[0]
    assert citation.quote == "2 | 技术部 | ¥2,345.00 | ¥950.25 | 50.0% | 2024年3月6日"
    assert citation.section[:1] == ("部门预算",)


def test_one_sheet_with_the_program_s_own_name_needs_no_heading() -> None:
    data = filled([["姓名", "年龄"], ["张三", 5]])
    assert lines(data) == ["姓名 | 年龄", "张三 | 5"]
    assert parse("人员名册.xlsx", data).title == "人员名册"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Empty cells at a row's ends keep their place.
        ([["甲", "乙", "丙"], [None, 2, None], [1, None, 3]], ["甲 | 乙 | 丙", "|  | 2 |  |", "1 |  | 3"]),
        # Empty columns and rows around a table are left out.
        ([[], [None, "甲", "乙"], [], [], [None, 1, 2]], ["甲 | 乙", "1 | 2"]),
        # After an empty row a row of numbers goes on, names begin another table.
        (
            [["甲", "乙"], [1, 2], [], [3, 4], [], ["丙", "丁"], [5, 6]],
            ["甲 | 乙", "1 | 2", "3 | 4", "丙 | 丁", "5 | 6"],
        ),
        # Years name columns.
        ([["项目", 2022, 2023], ["收入", 5, 6]], ["项目 | 2022 | 2023", "收入 | 5 | 6"]),
        # One column is text.
        ([["第一段。"], ["第二段。"], [None], ["第三段。"]], ["第一段。", "第二段。", "第三段。"]),
        # A row that fills its first cell alone is a row; a note is none.
        (
            [["姓名", "电话"], ["张三", None], ["注：电话保密。", None]],
            ["姓名 | 电话", "| 张三 |  |", "注：电话保密。"],
        ),
        ([["a|b", "x\ny"], ["1", "2"]], ["a｜b | x y", "1 | 2"]),
        # Another table begins without an empty row.
        (
            [
                ["项目", "收入", "支出"],
                ["一月", 5, 6],
                ["二月", 7, 8],
                ["姓名", "电话"],
                ["张三", 8012],
                ["李四", 8013],
            ],
            ["项目 | 收入 | 支出", "一月 | 5 | 6", "二月 | 7 | 8", "姓名 | 电话", "张三 | 8012", "李四 | 8013"],
        ),
        (
            [["项目", "收入"], ["一月", 5], ["二、支出情况"], ["用途", "支出"], ["纸张", 6]],
            ["项目 | 收入", "一月 | 5", "二、支出情况", "用途 | 支出", "纸张 | 6"],
        ),
        # What a row says of numbers that are not there is no header.
        (
            [["姓名", "得分"], ["张三", 5], ["李四", "缺考"], ["王五", 7]],
            ["姓名 | 得分", "张三 | 5", "李四 | 缺考", "王五 | 7"],
        ),
        # A header that is said again is left out.
        (
            [["姓名", "得分"], ["张三", 5], ["姓名", "得分"], ["王五", 7]],
            ["姓名 | 得分", "张三 | 5", "姓名 | 得分", "王五 | 7"],
        ),
        # Tables side by side: with the same header, with titles of their own, of other lengths.
        (
            [["姓名", "电话", "姓名", "电话"], ["张三", 1, "李四", 2], ["王五", 3, None, None]],
            ["姓名 | 电话", "张三 | 1", "王五 | 3", "姓名 | 电话", "李四 | 2"],
        ),
        (
            [["收入", None, None, "支出"], ["项目", "数", None, "项目", "数"], ["租金", 5, None, "工资", 6]],
            ["收入", "项目 | 数", "租金 | 5", "支出", "项目 | 数", "工资 | 6"],
        ),
        (
            [
                ["年度汇总"],
                ["项目", "数", None, "人员", "岗位"],
                ["租金", 5, None, "张三", "会计"],
                ["利息", 6],
                ["注：数为万元。"],
            ],
            ["年度汇总", "项目 | 数", "租金 | 5", "利息 | 6", "人员 | 岗位", "张三 | 会计", "注：数为万元。"],
        ),
        # An empty column within a table parts nothing.
        (
            [["项目", "数", None, "单位", "人"], ["甲", 1, None, "元", "乙"]],
            ["项目 | 数 | 单位 | 人", "甲 | 1 | 元 | 乙"],
        ),
        # Forms.
        (
            [["姓名", "张三", "性别", "男"], ["部门", "技术部", "联系电话", 8012], ["备注", "无"]],
            ["姓名：张三；性别：男", "部门：技术部；联系电话：8012", "备注：无"],
        ),
        (
            [
                ["登记表"],
                ["品牌：", "清泉", "型号：", "QY-600"],
                ["功率：", "65W"],
                ["日期", "事项", "人", "时"],
                [1, "甲", "乙", 2],
            ],
            ["登记表", "品牌：清泉；型号：QY-600", "功率：65W", "日期 | 事项 | 人 | 时", "1 | 甲 | 乙 | 2"],
        ),
        ([["Name", "Anna", "Phone", 8012], ["Remarks", None]], ["Name: Anna; Phone: 8012", "Remarks:"]),
        (
            [["姓名", "部门", "职务", "金额"], ["张三", "技术部", "工程师", 5], ["李四", "财务部", "会计", 6]],
            ["姓名 | 部门 | 职务 | 金额", "张三 | 技术部 | 工程师 | 5", "李四 | 财务部 | 会计 | 6"],
        ),
    ],
)
def test_tables_in_a_sheet(rows: list[list[object]], expected: list[str]) -> None:
    assert lines(filled(rows)) == expected


def test_what_is_left_out_is_told() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("数")
    sheet.write_row(0, 0, ["项目", "数"])
    sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    sheet.write(1, 0, "甲")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=数!$B$1:$B$2"})
    sheet.insert_chart("D2", chart)
    far = book.add_worksheet("远")
    far.write(0, 0, "近")
    far.write(1_048_575, 16_383, "远")
    book.close()
    extract = FORMAT.extract(out.getvalue(), NO_OPTIONS)
    assert [notice.en for notice in extract.notices] == [
        "Too large to be read, left out: 远.",
        "1 cells show an error (#DIV/0! and the like).",
        "1 pictures or charts were left out.",
    ]
    unsolved = filled([["甲", "乙"], [1, "=A2*2"]])
    assert lines(unsolved) == ["甲 | 乙", "| 1 |  |"]
    assert "1 formulas without a stored result" in FORMAT.extract(unsolved, NO_OPTIONS).notices[0].en


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
@pytest.mark.parametrize("data", [b"text", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 9, saved(budget())[:3000]])
def test_what_is_none_says_so(name: str, data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        parse(name, data)
    assert caught.value.zh.startswith(f"{name}：文件已损坏，或不是电子表格文件")


def test_an_empty_one_says_so() -> None:
    with pytest.raises(DocumentError, match="empty"):
        parse("空.xlsx", saved(Workbook()))
