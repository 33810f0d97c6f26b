"""Electronic books: the spine's order, headings, titles; locked and hostile ones say so."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from bot.documents.formats import Extract, IsolatedFormat, Options, find_format
from bot.documents.parser import parse
from bot.types import DocumentError
from tests.parts import OpenBot

FILES = Path(__file__).parents[2] / "files" / "web"
CONTAINER = '<container><rootfiles><rootfile full-path="OPS/a.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>藏书管理</dc:title></metadata><manifest>
<item id="two" href="b%20c.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
</manifest><spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/><itemref idref="gone"/></spine>
</package>"""
NAVIGATION = """<nav><ol><li><a href="a.xhtml#x">第一章 借书</a><ol>
<li><a href="a.xhtml#y">册数</a></li></ol></li>
</ol></nav>"""
ONE = """<?xml version="1.0" encoding="utf-8"?><html><head><title/><script src="x"/></head><body>
<p id="x">第一章 借书</p>
<p id="y">册数</p><p>每次可以借五册。</p></body></html>"""
TWO = "<html><body><h1>第二章 还书</h1><p>三十天内归还。</p></body></html>"


def book(**changed: str) -> bytes:
    parts = {
        "META-INF/container.xml": CONTAINER, "OPS/a.opf": PACKAGE, "OPS/nav.xhtml": NAVIGATION, "OPS/a.xhtml": ONE,
        "OPS/b c.xhtml": TWO,
    } | changed  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def extract(data: bytes) -> Extract:
    known = find_format("a.epub")
    assert isinstance(known, IsolatedFormat)
    return known.extract(data, Options())


def test_the_parts_stand_in_the_order_of_the_spine_and_the_contents_give_headings() -> None:
    read = extract(book())
    assert read.title == "藏书管理"
    assert [(block.level, block.text) for block in read.blocks] == [
        *((1, "第一章 借书"), (2, "册数"), (0, "每次可以借五册。"), (1, "第二章 还书"), (0, "三十天内归还。")),
    ]
    assert [notice.zh for notice in read.notices] == ["书中缺 1 个部分。"]


def test_what_pandoc_writes_is_read(open_bot: OpenBot) -> None:
    bot = open_bot()
    report = bot.add_bytes("手册.epub", (FILES / "book-pandoc.epub").read_bytes())
    assert report.document is not None
    assert (report.document.title, report.document.reading.tables) == ("防汛手册", 1)
    document = bot.document(report.document.document_id)
    lines = [document.text[p.start : p.end] for p in document.paragraphs]
    headings = [line for line, p in zip(lines, document.paragraphs, strict=True) if p.level]
    assert headings == ["防汛手册", "关于做好防汛工作的通知", "一、值班安排", "二、物资储备"]
    assert {"1. 每日八时交班。", "[注1] 含经济开发区。", "街道 | 沙袋 | 水泵"} <= set(lines)
    assert bot.ask("值班电话是多少？").citations[0].source == "手册.epub"


def test_what_libreoffice_writes_is_read() -> None:
    """LibreOffice itself leaves out all headings but the first, the numbers of lists, and headers of tables."""
    document = parse("a.epub", (FILES / "book-office.epub").read_bytes())
    assert document.title == "关于做好防汛工作的通知"
    assert "东湖街道 | 1200 | 6\n西山街道 | 未报 | 未报\n" in document.text
    assert [p.level for p in document.paragraphs][:2] == [1, 0]


def cipher(algorithm: str) -> str:
    return f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/></EncryptedData></encryption>'


def test_a_locked_book_says_so_and_one_with_hidden_fonts_is_none() -> None:
    with pytest.raises(DocumentError) as caught:
        extract(book(**{"META-INF/encryption.xml": cipher("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}))
    assert "DRM" in caught.value.zh
    assert len(extract(book(**{"META-INF/encryption.xml": cipher("http://www.idpf.org/2008/embedding")})).blocks) == 5


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (book(**{"OPS/a.opf": '<!DOCTYPE x [<!ENTITY a "b">]>' + PACKAGE}), "entities"),
        (book(**{"OPS/a.xhtml": "<p>" + "x" * 60_000_000}), "far more"),
        (book(**{"OPS/a.xhtml": "<div>" * 5_000}), "elements in each other"),
        (book(**{"META-INF/container.xml": "<a/>"}), "damaged"),
        (book(**{"META-INF/container.xml": CONTAINER.replace("OPS/a.opf", "../../etc/passwd")}), "damaged"),
        (book(**{"OPS/a.opf": PACKAGE.replace("itemref", "none")}), "empty"),
        (book()[:-40], "damaged"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_a_hostile_book_is_its_own_report(data: bytes, said: str, open_bot: OpenBot) -> None:
    reports = open_bot().add_files([("坏.epub", data, None), ("好.txt", "好。".encode(), None)])
    assert [report.status for report in reports] == ["failed", "added"]
    assert said in str(reports[0].error_en)


def test_mutated_books_never_end_the_program(open_bot: OpenBot) -> None:
    rng = random.Random(5)
    whole = (FILES / "book-pandoc.epub").read_bytes()
    files = []
    for number in range(150):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        files.append((f"{number}.epub", bytes(data), None))
    bot = open_bot()
    reports = bot.add_files(files)
    assert len(reports) == len(files)
    assert {report.source for report in reports if report.status == "added"} == {d.source for d in bot.documents()}
