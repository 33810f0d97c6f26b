"""What stands above a line and makes it whole."""

import pytest

from bot.documents.parser import parse
from bot.structure.stems import stems

TEXT = """请假办法
员工请假应当提交下列材料：
（一）申请表；
（二）证明材料，包括以下两项：
1. 诊断证明；
2. 病历复印件。
有疑问的，咨询人事部。
费用没有规定。
一、先申请。
二、后审批。
"""
TABLE = "# 评分\n\n| 项目 | 分值 |\n| --- | --- |\n| 价格 | 30 |\n| 技术 | 50 |\n\n不是表格\n"


@pytest.mark.parametrize(
    ("line", "above"),
    [
        ("（二）证明材料", ("员工请假应当提交下列材料：",)),
        ("2. 病历复印件。", ("员工请假应当提交下列材料：",)),  # the other one is a heading
        ("有疑问的", ()),
        ("二、后审批。", ()),
    ],
)
def test_an_item_has_the_sentences_that_introduce_its_list(line: str, above: tuple[str, ...]) -> None:
    document = parse("a.txt", TEXT.encode(), "请假办法")
    index = next(p.index for p in document.paragraphs if document.text[p.start : p.end].startswith(line))
    assert tuple(place.text for place in stems(document, index)) == above


def test_a_row_has_its_header() -> None:
    document = parse("a.md", TABLE.encode(), "评分")
    rows = {
        document.text[p.start : p.end]: tuple(place.text for place in stems(document, p.index))
        for p in document.paragraphs
    }
    assert rows["| 技术 | 50 |"] == ("| 项目 | 分值 |",)
    assert rows["| 项目 | 分值 |"] == rows["不是表格"] == ()


@pytest.mark.parametrize("between", [" | ", "|", "\t"])
def test_cells_may_stand_without_outer_bars(between: str) -> None:
    lines = (between.join(row) for row in (("楼层", "科室"), ("四层", "内科"), ("五层", "眼科")))
    document = parse("a.txt", "\n".join(("门诊指南", *lines, "其他")).encode(), "门诊指南")
    assert [place.text for place in stems(document, 3)] == [between.join(("楼层", "科室"))]
    assert stems(document, 4) == stems(document, 1) == ()
