"""Presentations of two programs: slides, titles, reading order, tables, notes."""

import io
from pathlib import Path

import pytest

from bot.documents.formats.extract import NO_OPTIONS
from bot.documents.formats.slides import FORMAT
from bot.documents.parser import parse
from bot.types import DocumentError
from tests.parts import OpenBot
from tests.presentations import report

FILES = Path(__file__).parents[2] / "files"
SEEN = """\
防汛工作汇报
市水务局
备注：开场时感谢各单位。
一、总体情况
1. 排查隐患三十处
2. 储备沙袋五万条
组内
左下
右下
二、物资
品名 | 仓库 | 数量
沙袋 | 东库 | 30000
沙袋 | 西库 | 20000
水泵 | 东库 | 12"""


def made() -> bytes:
    out = io.BytesIO()
    report().save(out)
    return out.getvalue()


def again() -> bytes:
    return (FILES / "report-libreoffice.pptx").read_bytes()


@pytest.mark.parametrize("data", [made(), again()], ids=["python-pptx", "LibreOffice"])
def test_slides(data: bytes, open_bot: OpenBot) -> None:
    document = parse("汇报.pptx", data)
    assert document.text == SEEN
    assert document.title == "防汛工作汇报"
    assert [document.text[p.start : p.end] for p in document.paragraphs if p.level == 1] == [
        "防汛工作汇报",
        "一、总体情况",
        "二、物资",
    ]
    assert [(document.text[start:][:4], page) for start, page in document.pages] == [
        ("防汛工作", 1),
        ("一、总体", 2),
        ("二、物资", 3),
    ]
    bot = open_bot()
    assert bot.add_bytes("汇报.pptx", data).status == "added"
    citation = bot.ask("水泵有多少？").citations[0]
    assert (citation.quote, citation.page) == ("水泵 | 东库 | 12", 3)


def test_what_is_left_out_is_told() -> None:
    book = report()
    book.slides[1].element.set("show", "0")
    out = io.BytesIO()
    book.save(out)
    extract = FORMAT.extract(out.getvalue(), NO_OPTIONS)
    assert [notice.zh for notice in extract.notices] == ["隐藏的 1 张幻灯片也已读取。"]
    assert extract.pages == 3


def test_a_picture_is_counted() -> None:
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
        "dccc59e70000000049454e44ae426082"
    )
    book = report()
    book.slides[0].shapes.add_picture(io.BytesIO(pixel), 0, 0)
    out = io.BytesIO()
    book.save(out)
    assert [notice.en for notice in FORMAT.extract(out.getvalue(), NO_OPTIONS).notices] == [
        "1 pictures or charts were left out."
    ]


@pytest.mark.parametrize("data", [b"text", b"PK\x03\x04", made()[:9000]])
def test_what_is_none_says_so(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        parse("a.pptx", data)
    assert caught.value.zh.startswith("a.pptx：文件已损坏，或不是演示文稿文件")
