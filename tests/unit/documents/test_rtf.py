"""RTF as LibreOffice, Word and older Chinese programs write it."""

from pathlib import Path

import pytest

from bot.documents.formats import rtf
from bot.documents.formats.extract import Options
from bot.documents.parser import parse
from bot.types import DocumentError
from tests.parts import OpenBot
from tests.word_files import manual, policy

FILES = Path(__file__).parents[2] / "files" / "word"


def lines(data: bytes) -> list[str]:
    return [block.text for block in rtf.FORMAT.extract(data, Options()).blocks if block.text]


def hexed(text: str, encoding: str) -> bytes:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding)).encode()


@pytest.mark.parametrize(("name", "source"), [("manual", manual(plain=True)), ("policy", policy())])
def test_what_libreoffice_saves_reads_as_the_word_file_that_it_read(name: str, source: bytes) -> None:
    word = parse("a.docx", source)
    document = parse("a.rtf", (FILES / f"{name}.rtf").read_bytes())
    assert document.text == word.text
    assert document.title == word.title
    assert document.paragraphs == word.paragraphs


def test_a_question_is_answered_from_one(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("办法.rtf", (FILES / "manual.rtf").read_bytes())
    assert bot.ask("设备部多久检查一次？").citations[0].quote == "第九条 设备部每季度检查一次。"


GBK = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset0 Arial;}"
GBK += rb"{\f2\fcharset2 Wingdings;}{\f3\fcharset136 x;}}"
WESTERN = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 x;}}"
ROW = rb"\trowd\cellx1000\cellx2000 \intbl "
TEXTS = [
    (GBK + hexed("会议在九点开始。", "gb18030") + rb"\par " + hexed("完", "gbk") + b"}", ["会议在九点开始。", "完"]),
    (GBK + "誠㈱砛\\par 乗".encode("gb18030") + b"}", ["誠㈱砛", "乗"]),
    (GBK + "兝綷韁\\par 二".encode("gb18030") + b"}", ["兝綷韁", "二"]),  # their second bytes are \, { and }
    (GBK + rb"\u20250?\u-28769 ?ok}", ["会辟ok"]),
    (GBK + rb"{\uc2\u20250\'bb\'e1}{\uc0\u-10179\u-8704}!}", ["会😀!"]),
    (GBK + rb"{\f1 caf\'e9 }{\f3 " + hexed("訂閱", "big5") + rb"}{\f2\'fe}}", ["café 訂閱☑"]),
    (WESTERN + rb"\ldblquote a\rdblquote\~b\_c\emdash d \'80{\f1 " + hexed("中", "gbk") + b"}}", ["“a” b-c—d €中"]),
    (WESTERN + rb"a{\v hidden}b{\deleted gone}c{\super 2}{\*\unknown x}{\pict 00ff}}", ["abc²"]),
    (WESTERN + rb"price{\footnote \pard Net.\par}.\par{\header top\par}end}", ["price.", "[note 1] Net.", "end"]),
    (WESTERN + rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}} {\field{\*\fldinst{ PAGE }}{\fldrslt 7}}.}",
     ["link ."]),
    (WESTERN + rb"{\*\listtable{\list x}}{\listtext 1.\tab}one\par{\listtext\f1\'b7\tab}two\par{\pntext a)\tab}three}",
     ["1. one", "- two", "a) three"]),
    (WESTERN + rb"a{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt \pard in the box\par}}{\shprslt z}}\par b}",
     ["a", "in the box", "b"]),
    (WESTERN + ROW + rb"A\cell B\cell\row" + ROW + rb"1\cell 2\line 3\cell\row\pard after\par}",
     ["A | B", "1 | 2 3", "after"]),
    (WESTERN + rb"\trowd\clvmgf\cellx9\cellx1000\intbl A\cell 1\cell\row\trowd\clvmrg\cellx9\cellx1000\intbl\cell 2"
     rb"\cell\row\pard}", ["A | 1", "A | 2"]),
    (WESTERN + rb"\trowd\cellx1000\cellx2000\intbl Both\cell C\cell\row\trowd\cellx500\cellx1000\cellx2000\intbl x"
     rb"\cell y\cell z\cell\row\pard}", ["Both | Both | C", "x | y | z"]),
    (WESTERN + ROW + rb"A\par{\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\nestrow}}\cell B\cell\row\pard}",
     ["A | B", "x | y"]),
    (WESTERN + rb"{\bin3 }}}a\line b\page c}", ["a", "b", "c"]),
    (WESTERN + rb"}}}}a", ["a"]),
    (WESTERN + rb"{{{{a", ["a"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), TEXTS, ids=range(len(TEXTS)))
def test_what_stands_in_a_text(data: bytes, expected: list[str]) -> None:
    assert lines(data) == expected


def test_headings_are_known_by_style_and_outline_level() -> None:
    sheet = rb"{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\s2 " + hexed("标题 2", "gbk") + b";}{\\s3 Title;}}"
    text = rb"\pard\s3 T\par\pard\s1 A\par\pard\s2 B\par\pard\outlinelevel2 C\par\pard D\par}"
    found = rtf.FORMAT.extract(GBK + sheet + text, Options())
    assert [(block.level, block.text) for block in found.blocks] == [(0, "T"), (1, "A"), (2, "B"), (3, "C"), (0, "D")]
    assert found.title == "T"


def test_what_cannot_be_decoded_is_told() -> None:
    found = rtf.FORMAT.extract(rb"{\rtf1\ansi\ansicpg936 \'81\'20\'ff}", Options())
    assert [notice.en for notice in found.notices] == ["2 characters could not be decoded."]


@pytest.mark.parametrize("data", [b"", b"text", b"{\\rtx", b"PK\x03\x04"])
def test_a_damaged_one_says_what_to_do(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        parse("坏.rtf", data)
    assert "文件已损坏，或不是RTF文件" in caught.value.zh


def test_a_deep_one_and_a_long_one_are_read() -> None:
    assert lines(b"{\\rtf1 " + b"{" * 200_000 + b"deep") == ["deep"]
    assert len(lines(b"{\\rtf1 " + b"a\\cell\\row " * 20_000)) > 0
