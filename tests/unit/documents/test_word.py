"""Word files: what a reader sees on the page is what is read, with the numbers that Word makes."""

import io
import zipfile

import pytest

from bot.documents.formats import find_format
from bot.documents.formats.extract import Block, Extract, IsolatedFormat, Options
from bot.documents.parser import parse, read_file
from bot.documents.sandbox import Sandbox
from bot.types import DocumentError
from tests.parts import OpenBot
from tests.word_files import (
    W,
    add_item,
    add_list,
    add_notes,
    add_use,
    add_xml,
    complex_field,
    manual,
    new,
    note,
    p,
    policy,
    saved,
    t,
    text_box,
)


def extract(data: bytes, suffix: str = ".docx") -> Extract:
    known = find_format(f"a{suffix}")
    assert isinstance(known, IsolatedFormat)
    return known.extract(data, Options())


def lines(data: bytes) -> list[str]:
    return [block.text for block in extract(data).blocks if block.text]


def of_xml(inner: str) -> list[str]:
    document = new()
    add_xml(document, inner)
    return lines(saved(document))


def test_a_rule_is_read_as_it_prints() -> None:
    document = parse("办法.docx", manual())
    text = document.text.split("\n")
    assert document.title == text[0] == "设备管理办法"
    assert text[15:] == [
        "单价超过十万元的，须招标。",
        "[注1] 万元为人民币。",
        "[尾注1] 见附录。",
        "电话：12345",
        "地址：北京路1号",
        "保修期为三年。",
        "面积为10⁶平方米。",
        "公开的话。",
        "见采购平台第3页。",
        "流程如下：",
        "申请、审批、采购",
        "控件里的话。",
        "设备 | 数量 一号库 | 数量 二号库",
        "机床 | 3 | 4",
        "仪器｜量具 | 5 | 6",
    ]
    headings = {text[line.index]: (line.level, line.section) for line in document.paragraphs if line.level}
    assert headings == {
        "第一章 总则": (1, ()),
        "一、目的与范围": (2, ("第一章 总则",)),
        "二、责任": (2, ("第一章 总则",)),
        "第二章 采购": (1, ()),
    }
    tenth = document.paragraphs[text.index("第十条 检查结果报厂长。")]
    assert tenth.section == ("第一章 总则", "二、责任", "第十条")


def test_what_was_left_out_is_told() -> None:
    with Sandbox() as sandbox:
        reading = read_file("办法.docx", manual(), None, sandbox).reading
    assert reading.tables == 1
    assert [notice.zh for notice in reading.notices] == [
        "略过页眉和页脚。",
        "略过 1 幅图片或图形。",
        "修订（2 处）按全部接受后的文字读取。",
        "略过 5 个隐藏的字。",
    ]


def test_questions_are_answered_from_them(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_files([("办法.docx", manual(), None), ("policy.docm", policy(), None)])
    answer = bot.ask("设备部多久检查一次？")
    assert answer.citations[0].quote == "第九条 设备部每季度检查一次。"
    assert answer.citations[0].section == ("第一章 总则", "二、责任", "第九条")
    assert "twenty-five days" in bot.ask("How many days of leave does each year give?").text
    assert "第十条 检查结果报厂长。" in bot.ask("设备管理办法第十条是什么？").text


FORMS = [
    ("chineseCounting", "%1、", ["一、甲", "二、甲", "三、甲"]),
    ("chineseCountingThousand", "（%1）", ["（一）甲", "（二）甲", "（三）甲"]),
    ("ideographTraditional", "%1、", ["甲、甲", "乙、甲", "丙、甲"]),
    ("decimal", "%1.", ["1. 甲", "2. 甲", "3. 甲"]),
    ("upperLetter", "%1)", ["A) 甲", "B) 甲", "C) 甲"]),
    ("lowerRoman", "(%1)", ["(i) 甲", "(ii) 甲", "(iii) 甲"]),
    ("decimalEnclosedCircle", "%1", ["① 甲", "② 甲", "③ 甲"]),
    ("chineseLegalSimplified", "%1、", ["壹、甲", "贰、甲", "叁、甲"]),
    ("bullet", "\uf06c", ["- 甲", "- 甲", "- 甲"]),
    ("none", "附件：", ["附件：甲", "附件：甲", "附件：甲"]),
    ("decimalZero", "A-%1", ["A-01 甲", "A-02 甲", "A-03 甲"]),
]


@pytest.mark.parametrize(("form", "text", "expected"), FORMS, ids=[form for form, _, _ in FORMS])
def test_each_form_of_numbers(form: str, text: str, expected: list[str]) -> None:
    document = new()
    add_list(document, 70, [(form, text)])
    for _ in range(3):
        add_item(document, "甲", 70)
    assert lines(saved(document)) == expected


def test_levels_begin_anew_and_lists_go_on() -> None:
    document = new()
    add_list(document, 70, [("decimal", "%1."), ("decimal", "%1.%2"), ("upperRoman", "%3)")])
    add_use(document, 71, 70)  # another use of the same list counts on
    add_use(document, 72, 70, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    for number, at in ((70, 0), (70, 1), (70, 2), (70, 2), (70, 1), (71, 0), (71, 1), (72, 0), (70, 0), (70, 2)):
        add_item(document, "x", number, at)
    assert lines(saved(document)) == [
        *("1. x", "1.1 x", "I) x", "II) x", "1.2 x", "2. x", "2.1 x", "1. x", "2. x", "I) x")
    ]


def test_numbers_come_from_styles_and_can_be_taken_away() -> None:
    document = new()
    add_list(document, 70, [("chineseCounting", "第%1章"), ("decimal", "%2．")])
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name].element
        level = int(name[-1]) - 1
        add_xml(document, "")
        style.get_or_add_pPr().append(_numbered(70, level))
    document.add_heading("总则", 1)
    document.add_heading("范围", 2)
    document.add_heading("附则", 1)
    unnumbered = document.add_heading("后记", 1)
    unnumbered._p.get_or_add_pPr().append(_numbered(0, 0))
    assert [(block.level, block.text) for block in extract(saved(document)).blocks] == [
        *((1, "第一章 总则"), (2, "1．范围"), (1, "第二章 附则"), (1, "后记"))
    ]


def _numbered(number: int, at: int) -> object:
    from docx.oxml import parse_xml

    return parse_xml(f'<w:numPr {W}><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def test_headings_are_known_by_style_in_any_language_and_by_outline_level() -> None:
    document = new()
    document.styles.add_style("标题 3", 1)
    document.add_paragraph("细则", style="标题 3")
    document.add_paragraph("正文里的标题")._p.get_or_add_pPr().append(_outline(1))
    document.add_paragraph("第五条 申请人应当提交材料。审批机关应当受理，并在十五日内作出决定。", style="Heading 2")
    body = document.add_paragraph("不是标题", style="Heading 1")
    body._p.get_or_add_pPr().append(_outline(9))
    assert [block.level for block in extract(saved(document)).blocks] == [3, 2, 0, 0]


def _outline(level: int) -> object:
    from docx.oxml import parse_xml

    return parse_xml(f'<w:outlineLvl {W} w:val="{level}"/>')


DELETED_MARK = '<w:rPr><w:del w:id="9" w:author="甲"/></w:rPr>'
INLINE = [
    (p(t("搬走的") + f'<w:moveFrom w:id="1">{t("话")}</w:moveFrom>') + p(f'<w:moveTo w:id="2">{t("话")}</w:moveTo>'),
     ["搬走的", "话"]),
    (p(t("前半"), DELETED_MARK) + p(t("后半。")), ["前半后半。"]),
    (p("<w:del>" + t("没有") + "</w:del>"), []),
    (p(t("批") + '<w:commentRangeStart w:id="1"/>' + t("注") + '<w:r><w:commentReference w:id="1"/></w:r>'), ["批注"]),
    (p(complex_field("PAGE", t("12")) + t("页脚")), ["页脚"]),
    (p(complex_field('TOC \\o "1-3"', t("第一章 1"))) + p(t("正文。")), ["正文。"]),
    (p(t("目　录")) + p(complex_field("TOC", t("第一章 1"))) + p(t("正文。")), ["正文。"]),
    (p('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>' + t("页")), ["页"]),
    (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + t("EQ")) + p(t("没有结束的域之后。")), ["没有结束的域之后。"]),
    (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + t("同意")), ["☑同意"]),
    (p('<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>' + t("单击输入") + "</w:sdtContent></w:sdt>"), []),
    (p('<w:r><w:ruby><w:rt><w:r><w:t>zhāng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>张</w:t></w:r></w:rubyBase></w:ruby>'
       "</w:r>"), ["张"]),
    (p("<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"),
     ["x²"]),
    (p(text_box("框里") + t("框外")), ["框外", "框里"]),
    (p(t("非") + "<w:r><w:noBreakHyphen/><w:softHyphen/><w:tab/></w:r>" + t("断")), ["非- 断"]),
    (f'<w:customXml w:element="x">{p(t("自定"))}</w:customXml>', ["自定"]),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), INLINE, ids=range(len(INLINE)))
def test_what_stands_in_a_paragraph(inner: str, expected: list[str]) -> None:
    assert of_xml(inner) == expected


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(t(text))}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{one}</w:tr>" for one in rows) + "</w:tbl>"


SPAN = '<w:gridSpan w:val="2"/>'
TABLES = [
    (table(cell("A") + cell("B"), cell("1") + cell("2")), ["A | B", "1 | 2"]),
    (table(cell("表一 人数", SPAN), cell("A") + cell("B")), ["表一 人数", "A | B"]),
    (table(cell("框里的一段。"), cell("又一段。")), ["框里的一段。", "又一段。"]),
    (table(cell("A", '<w:vMerge w:val="restart"/>') + cell("1"), cell("", "<w:vMerge/>") + cell("2")),
     ["A | 1", "A | 2"]),
    (table(cell("A") + cell("B"), '<w:trPr><w:del w:id="1"/></w:trPr>' + cell("1") + cell("2")), ["A | B"]),
    (table(cell("A") + cell("B"), '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("2")), ["A | B", "|  | 2 |"]),
    (table(cell("A") + f"<w:tc>{table(cell('x') + cell('y'))}{p(t('B'))}</w:tc>", cell("1") + cell("2")),
     ["A | B", "1 | 2", "x | y"]),
    (table(f"<w:sdt><w:sdtContent>{cell('A')}</w:sdtContent></w:sdt>" + cell("B")), ["A | B"]),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), TABLES, ids=range(len(TABLES)))
def test_tables(inner: str, expected: list[str]) -> None:
    assert of_xml(inner) == expected


def test_notes_of_an_english_text_and_in_tables() -> None:
    document = new()
    add_notes(document, "footnote", ["Net of tax.", "Since May."])
    add_xml(document, p(t("The price is fixed") + note("footnote", 2) + t(".")))
    add_xml(document, table(cell("A") + f"<w:tc>{p(t('B') + note('footnote', 3))}</w:tc>", cell("1") + cell("2")))
    assert lines(saved(document)) == [
        *("The price is fixed.", "[note 1] Net of tax.", "A | B", "1 | 2", "[note 2] Since May.")
    ]


def test_the_title_among_the_properties_counts_where_the_text_begins_with_it() -> None:
    document = new()
    document.core_properties.title = "关于做好防汛工作的通知"
    document.add_paragraph("关于做好")
    document.add_paragraph("防汛工作的通知")
    assert extract(saved(document)).title == "关于做好防汛工作的通知"


def test_strict_files_are_read_alike() -> None:
    data = repacked(policy(), {}, b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
    assert extract(data).blocks == extract(policy()).blocks


def repacked(data: bytes, changed: dict[str, bytes], old: bytes = b"", new: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = changed.get(name, archive.read(name))
            copy.writestr(name, content.replace(old, new) if old else content)
    return out.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE = [
    (BOMB + b"<w:document %b><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>" % W.encode(),
     "DOCTYPE"),
    (b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>', "DOCTYPE"),
    (b"<w:document " + W.encode() + b">" + b"<w:p>" * 300, "damaged"),
    (b"<document/>", "damaged"),
    (b"", "damaged"),
    (b"<w:document " + W.encode() + b"><w:body/></w:document>", "empty"),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "said"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_ones_are_their_own_report(open_bot: OpenBot, inner: bytes, said: str) -> None:
    bad = repacked(policy(), {"word/document.xml": inner})
    reports = open_bot().add_files([("坏.docx", bad, None), ("好.docx", policy(), None)])
    assert [report.status for report in reports] == ["failed", "added"]
    assert said in str(reports[0].error_en) + str(reports[0].error_zh)


def test_spans_and_styles_that_would_take_for_ever_do_not() -> None:
    document = new()
    wide = '<w:gridSpan w:val="999999"/>'
    add_xml(document, table(*(cell("长" * 300, wide) + cell("B", wide) for _ in range(300))))
    assert len(parse("a.docx", saved(document)).text) < 200_000
    data = repacked(policy(), {}, b'<w:basedOn w:val="Normal"/>', b'<w:basedOn w:val="Heading1"/>')
    assert extract(data).blocks


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", policy()[:-300], b"text", repacked(policy(), {"word/document.xml": b"<a>"})]
)
def test_damaged_ones_say_what_to_do(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        parse("坏.docx", data)
    assert caught.value.zh.startswith("坏.docx：文件已损坏，或不是")


def test_blocks_are_what_the_contract_says() -> None:
    blocks = extract(manual()).blocks
    assert blocks[-1] == Block("仪器｜量具 | 5 | 6", row=True)
