"""Files to documents: identity, titles, text as it was, and what is refused."""

import hashlib
import random
import unicodedata

import pytest

from bot.documents.formats import SUFFIXES
from bot.documents.parser import document_id, parse
from bot.types import DocumentError


def test_document_id_is_the_hash_of_the_normal_form_of_the_name() -> None:
    name = "报告/résumé.txt"
    expected = hashlib.sha256(unicodedata.normalize("NFC", name).encode()).hexdigest()[:16]
    assert document_id(name) == document_id(unicodedata.normalize("NFD", name)) == expected
    assert document_id("a.txt") != document_id("b.txt")
    assert parse(name, b"text").document_id == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_become_one_and_the_rest_stays(ending: str, mark: str) -> None:
    lines = ["标题", "", "　　第一段，“引号”。 ", "e\u0301 第二段！"]
    document = parse("文.txt", (mark + ending.join(lines)).encode())
    assert document.text == "\n".join(lines)
    assert document.encoding == "UTF-8"
    assert [document.text[p.start : p.end] for p in document.paragraphs] == [
        "标题",
        "第一段，“引号”。",
        "e\u0301 第二段！",
    ]
    assert [p.index for p in document.paragraphs] == [0, 1, 2]


def test_spans_of_random_texts_are_the_trimmed_lines() -> None:
    rng = random.Random(7)
    alphabet = "一二三是要、（）1.。，：第章条 \t\u3000\u200b𠮷e\u0301#*`“”ab-=\n\n\r"
    for _ in range(400):
        raw = "".join(rng.choices(alphabet, k=rng.randint(1, 120)))
        text = raw.replace("\r\n", "\n").replace("\r", "\n")
        blank = " \t\u3000\u200b"
        lines = [line.strip(blank) for line in text.split("\n") if line.strip(blank)]
        if not lines:
            continue
        document = parse("a.txt", raw.encode())
        assert document.text == text
        read = [piece.strip(blank) for p in document.paragraphs for piece in text[p.start : p.end].split("\n")]
        assert [piece for piece in read if piece] == lines
        markdown = parse("a.md", raw.encode())
        for paragraph in markdown.paragraphs:
            assert markdown.text[paragraph.start : paragraph.end].strip(blank) != ""


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.txt", b"", "empty"),
        ("空.txt", " \r\n\u3000\n\ufeff".encode(), "empty"),
        ("空.md", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("a.txt", b"PK\x03\x04\x14\x00", "zip"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        ("a.txt", b"{\\rtf1 hello}", "RTF"),
        ("a.txt", b"text\x00with\x00zeros" * 3, "binary"),
        ("a.txt", b"ab\x01\x02\x03\x04\x05" * 9, "binary"),
        ("a.txt", b"\xff\xfea", "encoding"),
        ("a.txt", b"\xef\xbb\xbf\xff\xff", "encoding"),
        (
            "a.txt",
            b"\xef\xbb\xbf\xff\xff",
            "tried: UTF-8, UTF-16, GB18030, Big5, Windows-1252, EUC-JP, Shift_JIS, EUC-KR",
        ),
        ("a.txt", b"\xef\xbb\xbf\xff\xff", "--encoding"),
        ("a.xyz", b"text", ".txt, .md, .docx"),
        ("noname", b"text", ".txt, .md, .docx"),
        ("a.md", b"#", "empty"),
        ("a.md", b"##\n\n# #\n", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_in_both_languages(name: str, data: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse(name, data)
    error = caught.value
    assert words in error.en
    assert error.en.startswith(name) or name not in error.en
    assert name in error.en
    assert name in error.zh
    assert "add" in error.en
    assert "添加" in error.zh
    assert "\n" not in error.en + error.zh


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("zeros", [1, 2, 3])
def test_zeros_in_a_short_text_cost_themselves_alone(codec: str, zeros: int) -> None:
    text = "员工每年有五天年假。\n年假须提前申请。\n未休的可以折算。\n"
    data = text.replace("\n", "\0\n", zeros).encode(codec)
    document = parse("a.txt", data)
    assert document.text == text.replace("\n", "\ufffd\n", zeros)
    assert document.lost == zeros


def test_random_bytes_never_fail_but_with_a_document_error() -> None:
    rng = random.Random(3)
    for length in (1, 2, 3, 10, 100, 1000):
        for _ in range(30):
            data = rng.randbytes(length)
            try:
                document = parse("a.txt", data)
            except DocumentError:
                continue
            assert document.paragraphs
    with pytest.raises(DocumentError):
        parse("a.txt", bytes(range(256)) * 40)


def test_suffixes_are_matched_in_any_case() -> None:
    assert SUFFIXES[:4] == (".txt", ".text", ".md", ".markdown")  # the usual one first
    assert parse("a.Text", b"# x").paragraphs[0].level == 0
    assert parse("A.TXT", b"# x").paragraphs[0].level == 0
    assert parse("A.MarkDown", b"# x").paragraphs[0].level == 1


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "intro\n\n# 使用 手册 #\n\n正文。", "使用 手册"),
        ("a.md", "使用手册\n====\n\n正文。", "使用手册"),
        ("a.md", "---\ndate: 2020-01-01\ntitle: '使用手册'\n---\n# 别的\n正文。", "使用手册"),
        ("笔记.md", "## 第二级\n\n正文。", "笔记"),
        ("1.txt", "  关于防汛工作的通知 \n各有关单位：\n正文。", "关于防汛工作的通知"),
        ("1.txt", "国发〔2020〕3号\n关于防汛工作的通知\n正文。", "关于防汛工作的通知"),
        ("1.txt", "How to Stay Dry\n\nBring an umbrella.", "How to Stay Dry"),
        ("防汛/年度 总结.txt", "同志们：\n今年的工作已经结束。", "年度 总结"),
        ("防汛/年度 总结.txt", "第一章 总则\n今年的工作已经结束。", "年度 总结"),
        ("annual-report_2020.txt", "Dear all,\nthe year is over.", "annual-report_2020"),
        (
            "000_b7e1111b27c7f234.txt",
            "同志们：\n今年的防汛工作在各方努力下已经取得了全面的胜利，很好。",
            "000_b7e1111b27c7f234",
        ),
        ("12345.txt", "今年结束了。明年再来。", "12345"),
    ],
)
def test_title(name: str, text: str, title: str) -> None:
    assert parse(name, text.encode()).title == title
    assert parse(name, text.encode(), title=" 给定的 ").title == "给定的"
    assert parse(name, text.encode(), title=" ").title == title
