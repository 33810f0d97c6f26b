"""Makes the presentation of the tests: ``python -m tests.presentations FOLDER``. LibreOffice makes the other of it.

python -m tests.presentations FOLDER && cd FOLDER && soffice --headless --convert-to odp report.pptx
soffice --headless --convert-to pptx --outdir again report.odp
"""

import sys
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Inches

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def report() -> Any:
    """Return slides with titles, numbered points, text boxes in two columns, a group, a table, notes, a footer."""
    book = Presentation()
    first = book.slides.add_slide(book.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "防汛工作汇报", "市水务局"
    first.notes_slide.notes_text_frame.text = "开场时感谢各单位。"
    second = book.slides.add_slide(book.slide_layouts[1])
    second.shapes.title.text = "一、总体情况"
    points = second.placeholders[1].text_frame
    points.text = "排查隐患三十处"
    points.add_paragraph().text = "储备沙袋五万条"
    for paragraph in points.paragraphs:
        number = paragraph._p.get_or_add_pPr().makeelement(f"{_DRAWING}buAutoNum", {"type": "arabicPeriod"})
        paragraph._p.get_or_add_pPr().append(number)
    _box(second.shapes, 5, 6, "右下")
    _box(second.shapes, 1, 6, "左下")
    _box(second.shapes.add_group_shape().shapes, 1, 5, "组内")
    third = book.slides.add_slide(book.slide_layouts[5])
    third.shapes.title.text = "二、物资"
    table = third.shapes.add_table(4, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for at, line in enumerate(
        [("品名", "仓库", "数量"), ("沙袋", "东库", "30000"), ("", "西库", "20000"), ("水泵", "东库", "12")]
    ):
        for column, text in enumerate(line):
            table.cell(at, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    return book


def _box(shapes: Any, left: int, top: int, text: str) -> None:
    shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5)).text_frame.text = text


if __name__ == "__main__":
    report().save(Path(sys.argv[1]) / "report.pptx")
