"""What a file that tells no title is called: by a title line, by a heading that stands alone, else by its name."""

import io

import pytest

from bot.documents.formats.extract import Block, Extract, compose
from bot.documents.parser import parse
from tests.word_files import new, saved

BODY = Block("本办法适用于全体员工，自2024年1月1日起施行。")


@pytest.mark.parametrize(
    ("blocks", "title"),
    [
        ((Block("设备管理办法", 1), BODY), "设备管理办法"),
        ((Block("设备管理办法", 1), Block("总则", 2), BODY, Block("附则", 2), BODY), "设备管理办法"),
        ((Block("公司〔2024〕3号"), Block("设备管理办法", 1), BODY), "设备管理办法"),
        ((Block("设备管理办法", 1), Block("第一章 总则", 1), BODY, Block("第二章 附则", 1), BODY), "设备管理办法"),
        ((Block("引言", 1), BODY, Block("方法", 1), BODY), ""),
        ((Block("第一章 总则", 1), BODY), ""),
        ((Block("目录", 1), BODY), ""),
        ((BODY, BODY, BODY, Block("附则", 1), BODY), ""),
        ((Block("总则", 2), BODY), ""),
        ((BODY, BODY), ""),
    ],
)
def test_a_heading_that_stands_alone_is_the_title(blocks: tuple[Block, ...], title: str) -> None:
    assert compose(Extract(blocks), "Word").title == title
    assert compose(Extract(blocks, "别的"), "Word").title == "别的"


def word(*paragraphs: tuple[str, str | None]) -> bytes:
    document = new()
    for text, style in paragraphs:
        document.add_paragraph(text, style)
    return saved(document)


def test_a_word_file_is_called_by_its_title() -> None:
    first = ("设备管理办法", "Heading 1")
    assert parse("scan_01.docx", word(first, (BODY.text, None))).title == "设备管理办法"
    halves = word(("关于印发", "Title"), ("《设备管理办法》的通知", "Title"), first, (BODY.text, None))
    assert parse("scan_01.docx", halves).title == "关于印发《设备管理办法》的通知"
    assert parse("设备.docx", word((BODY.text, None), (BODY.text, None))).title == "设备"
    chapters = word(("总则", "Heading 1"), (BODY.text, None), ("附则", "Heading 1"), (BODY.text, None))
    assert parse("设备.docx", chapters).title == "设备"


def test_a_web_page_without_a_title_is_called_by_its_heading() -> None:
    page = f"<title>无标题文档</title><h1>设备管理办法</h1><p>{BODY.text}</p>"
    assert parse("a.html", page.encode()).title == "设备管理办法"
    assert parse("a.html", f"<h2>总则</h2><p>{BODY.text}</p>".encode()).title == "a"


def test_slides_are_called_by_the_first_ones_heading() -> None:
    from pptx import Presentation

    made = Presentation()
    for heading in ("设备管理培训", "盘点"):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = heading, BODY.text
    out = io.BytesIO()
    made.save(out)
    assert parse("a.pptx", out.getvalue()).title == "设备管理培训"


def test_a_pdf_is_not_called_by_a_chapter() -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    large = ParagraphStyle("large", fontName="STSong-Light", fontSize=20, leading=30)
    plain = ParagraphStyle("plain", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK")
    for name, title in (("设备管理办法", "设备管理办法"), ("第一章 总则", "a")):
        out = io.BytesIO()
        SimpleDocTemplate(out).build([Paragraph(name, large), *[Paragraph(BODY.text * 3, plain)] * 5])
        assert parse("a.pdf", out.getvalue()).title == title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("青石设备有限公司\n设备管理办法（2024年修订）", "设备管理办法（2024年修订）"),
        ("青石市教育局\n关于做好招生工作的通知\n青教〔2024〕3号", "关于做好招生工作的通知"),
        ("青石市教育局\n2024年3月1日", "青石市教育局"),
        ("青石市教育局\n本局设三个科，各管一摊。", "青石市教育局"),
        ("青石公司设备管理办法\n总经理办公室制定的办法", "青石公司设备管理办法"),
    ],
)
def test_whose_a_paper_is_is_not_what_it_is_called(lines: str, title: str) -> None:
    assert parse("a.txt", f"{lines}\n\n{BODY.text}\n".encode()).title == title
