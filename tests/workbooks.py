"""Makes the spreadsheets of the tests: ``python -m tests.workbooks FOLDER``. LibreOffice makes the others of them.

python -m tests.workbooks FOLDER && cd FOLDER
soffice --headless --convert-to xls budget.xlsx && soffice --headless --convert-to ods budget.xlsx
"""

import datetime
import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def budget() -> Workbook:
    """Return a workbook with a title, merged cells, formats, two tables in a sheet, and a hidden sheet."""
    book = Workbook()
    money = book.active
    assert money is not None
    money.title = "部门预算"
    _fill(
        money,
        [
            ["2024年部门预算表"],
            ["", "", "", "", "单位：万元"],
            ["序号", "部门", "预算", "", "完成率", "审批日期"],
            ["", "", "上半年", "下半年", "", ""],
            [1, "财务部", 1234.5, 800, 0.125, datetime.date(2024, 3, 5)],
            [2, "技术部", 2345, 950.25, 0.5, datetime.date(2024, 3, 6)],
            ["二、直属单位"],
            [3, "档案馆", 90, 45, 1, datetime.date(2024, 12, 31)],
            ["注：完成率按季度统计。"],
            [],
            ["设备", "数量"],
            ["打印机", 3],
            ["", 4],
        ],
    )
    for area in ("A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "A7:F7"):
        money.merge_cells(area)
    money.merge_cells("A12:A13")
    for at in (5, 6, 8):
        money.cell(at, 3).number_format = money.cell(at, 4).number_format = '"¥"#,##0.00'
        money.cell(at, 5).number_format = "0.0%"
        money.cell(at, 6).number_format = 'yyyy"年"m"月"d"日"'
    money.row_dimensions[6].hidden = True
    staff = book.create_sheet("人员")
    _fill(staff, [["姓名", "电话"], ["张三", "010-1234"], [], ["李四", "010-5678"]])
    old = book.create_sheet("旧表")
    _fill(old, [["停用"]])
    old.sheet_state = "hidden"
    return book


def _fill(sheet: Worksheet, rows: list[list[object]]) -> None:
    for at, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            if value != "":
                sheet.cell(at, column, value)  # type: ignore[arg-type]


if __name__ == "__main__":
    budget().save(Path(sys.argv[1]) / "budget.xlsx")
