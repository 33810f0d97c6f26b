"""OpenDocument text files, written by LibreOffice and by hand."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.documents.formats import opendocument
from bot.documents.formats.extract import Extract, Options
from bot.documents.parser import parse
from bot.types import DocumentError
from tests.parts import OpenBot
from tests.word_files import manual, policy

FILES = Path(__file__).parents[2] / "files" / "word"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")),
        ("manifest", "manifest"),
    )
)


def packed(body: str, styles: str = "", **others: str) -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", content)
        for name, text in others.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def extract(data: bytes) -> Extract:
    return opendocument.FORMAT.extract(data, Options())


def lines(body: str, styles: str = "") -> list[str]:
    return [block.text for block in extract(packed(body, styles)).blocks if block.text]


@pytest.mark.parametrize(("name", "source"), [("manual", manual(plain=True)), ("policy", policy())])
def test_what_libreoffice_saves_reads_as_the_word_file_that_it_read(name: str, source: bytes) -> None:
    word = parse("a.docx", source)
    document = parse("a.odt", (FILES / f"{name}.odt").read_bytes())
    assert document.text == word.text
    assert document.title == word.title
    assert document.paragraphs == word.paragraphs
    again = parse("a.docx", (FILES / f"{name}.docx").read_bytes())
    assert again.text == word.text
    assert again.paragraphs == word.paragraphs


def test_a_question_is_answered_from_one(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("办法.odt", (FILES / "manual.odt").read_bytes())
    assert bot.ask("设备部多久检查一次？").citations[0].quote == "第九条 设备部每季度检查一次。"


NUMBERED = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
    'style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="("  '
    'style:num-suffix=")" text:display-levels="1"/><text:list-level-style-bullet text:level="3" text:bullet-char="•"/>'
    "</text:list-style>"
)
HIDDEN = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'


def items(*texts: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    return f'<text:list text:style-name="L" {more}>{inner}</text:list>'


BODIES = [
    (items("甲", "乙"), ["一、甲", "二、乙"]),
    (items("甲") + "<text:p>文</text:p>" + items("乙", more='text:continue-numbering="true"'),
     ["一、甲", "文", "二、乙"]),
    (items("甲") + items("乙"), ["一、甲", "一、乙"]),
    (f'<text:list text:style-name="L"><text:list-item><text:p>甲</text:p><text:p>续</text:p>{items("乙")}'
     "</text:list-item></text:list>", ["一、甲", "续", "(1) 乙"]),
    ('<text:list text:style-name="L"><text:list-header><text:p>头</text:p></text:list-header>'
     '<text:list-item text:start-value="5"><text:p>甲</text:p></text:list-item></text:list>', ["头", "五、甲"]),
    ('<text:p>露<text:span text:style-name="H">藏</text:span>出<text:s text:c="3"/>来<text:line-break/>换行</text:p>',
     ["露出 来", "换行"]),
    ("<text:p>正<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
     "<text:p>脚注。</text:p></text:note-body></text:note>文</text:p>", ["正文", "[注1] 脚注。"]),
    ("<text:tracked-changes><text:changed-region><text:deletion><text:p>删去</text:p></text:deletion>"
     "</text:changed-region></text:tracked-changes><text:p>留下<text:change/></text:p>", ["留下"]),
    ("<text:table-of-content><text:index-body><text:p>一 1</text:p></text:index-body></text:table-of-content>"
     "<text:p>文</text:p>", ["文"]),
    ("<text:p>字<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame></text:p>", ["字", "框"]),
    ("<text:section><text:p>节里</text:p></text:section>", ["节里"]),
    ("<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell>"
     "<table:table-cell><text:p>乙</text:p></table:table-cell></table:table-row></table:table-header-rows>"
     "<table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>合</text:p></table:table-cell>"
     "<table:covered-table-cell/></table:table-row></table:table>", ["甲 | 乙", "合 | 合"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES, ids=range(len(BODIES)))
def test_what_stands_in_a_text(body: str, expected: list[str]) -> None:
    assert lines(body, NUMBERED + HIDDEN) == expected


def test_repeated_cells_and_rows_do_not_fill_memory() -> None:
    one = "<table:table-cell table:number-columns-repeated='999999'><text:p>x</text:p></table:table-cell>"
    body = f"<table:table><table:table-row table:number-rows-repeated='999999'>{one}</table:table-row></table:table>"
    assert len(lines(body)) == 100


def test_a_locked_one_says_so() -> None:
    manifest = f"<manifest:manifest {SPACES}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(DocumentError) as caught:
        parse("a.odt", packed("", **{"META-INF__manifest": manifest + "</manifest:manifest>"}))
    assert caught.value.zh == "a.odt：文件已加密；请取消密码、另存后重新添加。"


@pytest.mark.parametrize("data", [b"", b"text", (FILES / "policy.odt").read_bytes()[:-99]])
def test_a_damaged_one_says_what_to_do(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        parse("坏.odt", data)
    assert "文件已损坏，或不是ODT文件" in caught.value.zh
