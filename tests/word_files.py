"""Word files for the tests, made by python-docx and, where it has no words for a thing, by Word's own XML.

``python -m tests.word_files FOLDER`` has LibreOffice save them in its formats.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

W = nsdecls("w")
_NUMBERING = qn("w:num")
Levels = list[tuple[str, str]]


def new() -> Any:
    return docx.Document()


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_list(document: Any, number: int, levels: Levels, extra: str = "", suffix: str = "tab") -> None:
    """Add a list whose levels are (form, text); ``extra`` is XML of its w:num."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{inner}</w:abstractNum>')
    root.insert(list(root).index(root.find(_NUMBERING)), abstract)
    add_use(document, number, number, extra)


def add_use(document: Any, number: int, of: int, extra: str = "") -> None:
    xml = f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{of}"/>{extra}</w:num>'
    document.part.numbering_part.element.append(parse_xml(xml))


def add_item(document: Any, text: str, number: int, at: int = 0, style: str | None = None) -> Any:
    paragraph = document.add_paragraph(text, style=style)
    xml = f'<w:numPr {W}><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(xml))
    return paragraph


def add_xml(document: Any, inner: str) -> None:
    """Add a paragraph of XML at the end of the text."""
    spaces = nsdecls("w", "wp", "a", "m", "r") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    for node in parse_xml(f"<w:body {spaces}>{inner}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, node)


def add_notes(document: Any, kind: str, texts: list[str]) -> None:
    """Add a part of "footnote"s or "endnote"s, numbered from 2 as Word does."""
    inner = "".join(
        f'<w:{kind} w:id="{at}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
        for at, text in enumerate(texts, 2)
    )
    separators = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    xml = f"<?xml version='1.0' encoding='UTF-8'?><w:{kind}s {W}>{separators}{inner}</w:{kind}s>"
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), media, xml.encode(), document.part.package)
    document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, f"{kind.upper()}S"))


def t(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def note(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def complex_field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(text: str) -> str:
    inside = f"<w:txbxContent>{p(t(text))}</w:txbxContent>"
    graphic = (
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
    )
    frame = f'<wp:inline><wp:extent cx="1800000" cy="400000"/><wp:docPr id="7" name="box"/>{graphic}</wp:inline>'
    old = f'<w:pict><v:shape style="width:99pt;height:30pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{frame}</w:drawing></mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def manual(*, plain: bool = False) -> bytes:
    """A Chinese rule with chapters, articles and items that Word counts, tables, notes and changes.

    A ``plain`` one has no text box, no content control and no field: LibreOffice does not write them as RTF.
    """
    document = new()
    add_list(document, 50, [("chineseCountingThousand", "第%1章"), ("chineseCounting", "%2、")])
    add_list(document, 51, [("chineseCounting", "第%1条"), ("chineseCounting", "（%2）"), ("lowerLetter", "(%3)")])
    add_use(document, 52, 51, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride>')
    document.add_heading("设备管理办法", 0)
    add_item(document, "总则", 50, 0, "Heading 1")
    add_item(document, "目的与范围", 50, 1, "Heading 2")
    add_item(document, "为了管好设备，制定本办法。", 51)
    add_item(document, "本办法适用于下列设备：", 51)
    add_item(document, "机床；", 51, 1)
    add_item(document, "仪器，包括：", 51, 1)
    add_item(document, "scales", 51, 2)
    add_item(document, "meters", 51, 2)
    add_item(document, "车辆。", 51, 1)
    document.add_paragraph("安全第一", style="List Bullet")
    add_item(document, "责任", 50, 1, "Heading 2")
    add_item(document, "设备部每季度检查一次。", 52)
    add_item(document, "检查结果报厂长。", 52)
    add_item(document, "采购", 50, 0, "Heading 1")
    _add_particulars(document)
    if not plain:
        _add_controls(document)
    _add_table(document)
    document.sections[0].header.paragraphs[0].text = "内部资料 注意保存"
    document.core_properties.title = "别的文件的标题"
    return saved(document)


def _add_particulars(document: Any) -> None:
    add_notes(document, "footnote", ["万元为人民币。", "含税。"])
    add_notes(document, "endnote", ["见附录。"])
    add_xml(
        document,
        p(t("单价超过十万元") + note("footnote", 2) + t("的，须招标") + note("endnote", 2) + t("。"))
        + p(t("电话：12345") + "<w:r><w:br/></w:r>" + t("地址：北京路1号"))
        + p(t("保修期为") + f'<w:ins w:id="1" w:author="甲">{t("三")}</w:ins>'
            + '<w:del w:id="2" w:author="甲"><w:r><w:delText>两</w:delText></w:r></w:del>' + t("年。"))
        + p(t("面积为10") + t("6", '<w:vertAlign w:val="superscript"/>') + t("平方米。"))
        + p(t("公开的话。") + t("隐藏的话。", "<w:vanish/>"))
    )  # fmt: skip
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    document.add_picture(picture)


def _add_controls(document: Any) -> None:
    link = complex_field('HYPERLINK "http://example.com"', t("采购平台"))
    add_xml(
        document,
        p(t("见") + link + t("第") + complex_field("PAGEREF x", t("3")) + t("页。"))
        + p(t("流程如下：") + text_box("申请、审批、采购"))
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{p(t('控件里的话。'))}</w:sdtContent></w:sdt>",
    )


def _add_table(document: Any) -> None:
    table = document.add_table(4, 3)
    rows = [("设备", "数量", ""), ("", "一号库", "二号库"), ("机床", "3", "4"), ("仪器|量具", "5", "6")]
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))


def policy() -> bytes:
    """An English policy with headings and lists."""
    document = new()
    add_list(document, 60, [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerRoman", "(%3)")])
    document.add_heading("Leave Policy", 0)
    add_item(document, "Scope", 60, 0, "Heading 1")
    add_item(document, "Who it covers", 60, 1, "Heading 2")
    document.add_paragraph("Everyone with a contract of six months or more is covered.")
    add_item(document, "on full pay;", 60, 2)
    add_item(document, "on half pay.", 60, 2)
    add_item(document, "Who it leaves out", 60, 1, "Heading 2")
    document.add_paragraph("Contractors are not covered.")
    add_item(document, "Leave", 60, 0, "Heading 1")
    document.add_paragraph("Each year gives twenty-five days of leave.", style="List Number")
    document.add_paragraph("Unused days lapse in March.", style="List Number")
    return saved(document)


def linked() -> bytes:
    """A text with a picture that is not in the file but at an address of this machine."""
    document = new()
    document.add_paragraph("前面")
    place = document.part.relate_to("http://127.0.0.1:54321/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    picture = (
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" '
        f'name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="{place}"/></pic:blipFill><pic:spPr/>'
        "</pic:pic>"
    )
    add_xml(
        document,
        p('<w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="400000"/><wp:docPr id="7" name="b"/><a:graphic>'
          '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
          f"{picture}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"),
    )  # fmt: skip
    document.add_paragraph("后面")
    return saved(document)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "linked.docx"
        source.write_bytes(linked())
        convert = ["soffice", "--headless", "--convert-to", "doc", "--outdir", str(folder), str(source)]
        subprocess.run(convert, check=True, timeout=120)
        for file, data in (("manual", manual(plain=True)), ("policy", policy())):
            source = Path(name) / f"{file}.docx"
            source.write_bytes(data)
            for suffix in ("odt", "rtf", "doc"):
                convert = ["soffice", "--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)]
                subprocess.run(convert, check=True, timeout=120)
            saved_again = ["soffice", "--headless", "--convert-to", "docx", "--outdir", str(folder)]
            subprocess.run([*saved_again, str(folder / f"{file}.odt")], check=True, timeout=120)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
