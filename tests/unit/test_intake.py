"""Files to be added: what is read, what is known already, and what makes a parser fail."""

from pathlib import Path

import pytest

from bot import Settings
from bot.documents.parser import document_id, parse
from bot.documents.sandbox import Sandbox
from bot.intake import File, prepare
from bot.known import Known
from bot.storage.records import PutItem
from bot.types import DocumentError
from tests.parts import OpenBot


class Unreadable(bytes):
    """Bytes that no rule of the parser has thought of."""

    def startswith(self, *_: object) -> bool:
        raise ZeroDivisionError("no such bytes")


def read_alone(file: File, known: Known) -> PutItem | None:
    with Sandbox() as sandbox:
        prepared = prepare(file, known, Settings(), sandbox)
    return prepared and prepared.item


def test_a_file_is_read_with_its_passages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("猫在屋顶。\n狗在院子。".encode())
    item = read_alone(File("a.txt", tmp_path / "a.txt"), Known())
    assert item is not None
    assert item.document == parse("a.txt", "猫在屋顶。\n狗在院子。".encode())
    assert [passage.text for passage in item.passages] == ["猫在屋顶。", "狗在院子。"]
    assert item.original == "猫在屋顶。\n狗在院子。".encode()
    known = Known({document_id("a.txt"): item.digest}, {"a.txt": document_id("a.txt")})
    assert read_alone(File("a.txt", tmp_path / "a.txt"), known) is None
    titled = read_alone(File("a.txt", tmp_path / "a.txt", "猫狗"), known)
    assert titled is not None
    assert titled.document.title == "猫狗"


def test_a_parser_that_fails_says_so_in_one_line() -> None:
    with pytest.raises(DocumentError) as caught:
        read_alone(File("猫.txt", Unreadable(b"text")), Known())
    assert "猫.txt: could not be read (ZeroDivisionError); save its text as" in caught.value.en
    assert caught.value.zh.startswith("猫.txt：读取时出错（ZeroDivisionError）；请把其中的文字另存为")
    assert "\n" not in caught.value.en + caught.value.zh


def test_a_file_that_makes_a_parser_fail_is_reported_and_the_others_are_added(open_bot: OpenBot) -> None:
    bot = open_bot()
    files = [File("a.txt", "猫在屋顶。".encode()), File("b.txt", Unreadable(b"text")), ("c.md", b"#", None)]
    added = bot.add_files([*files, ("d.text", "狗在院子。".encode(), "狗")])
    reports = {report.source: report for report in added}
    assert {source: report.status for source, report in reports.items()} == {
        "a.txt": "added", "b.txt": "failed", "c.md": "failed", "d.text": "added",
    }  # fmt: skip
    assert "ZeroDivisionError" in str(reports["b.txt"].error_en)
    assert reports["c.md"].error_zh == "c.md：文件是空的；请写入文字后重新添加。"
    assert {info.source: info.title for info in bot.documents()} == {"a.txt": "a", "d.text": "狗"}


SHORT = "中文".encode("gb18030")
"""Bytes that are Korean as well, and Big5."""


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("a.txt", "價目", "big5"),
        ("a.md", "価格表", "shift_jis"),
        ("a.csv", "품목,가격\n연필,백원", "euc_kr"),
        ("a.html", "<p>Größe für größte Gäste</p>", "cp1252"),
        ("a.text", "会议纪要", "utf-16-le"),
    ],
)
def test_a_person_names_the_encoding(open_bot: OpenBot, tmp_path: Path, name: str, text: str, encoding: str) -> None:
    (tmp_path / name).write_bytes(text.encode(encoding))
    bot = open_bot()
    (report,) = bot.add(tmp_path / name, encoding=encoding)
    assert (report.status, report.document and report.document.encoding) == ("added", encoding)
    stored = bot.document(document_id(name)).text
    assert stored == parse(name, b"\xef\xbb\xbf" + text.encode()).text
    # The file as it is there is known: to add it with its folder once more does not read it as it shows itself.
    assert [one.status for one in bot.add(tmp_path / name)] == ["unchanged"]
    assert bot.document(document_id(name)).text == stored


def test_the_encoding_is_of_files_of_text_alone(open_bot: OpenBot) -> None:
    bot = open_bot()
    files = [File("a.eml", b"Subject: x\n\nThe cat sits on the roof.", encoding="big5")]
    assert [report.status for report in bot.add_files(files)] == ["added"]
    assert bot.documents()[0].encoding != "big5"


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("gb2313", "a.txt: there is no text encoding gb2313; give one such as gb18030, big5 or utf-16."),
        ("rot13", "a.txt: there is no text encoding rot13; give one such as gb18030, big5 or utf-16."),
        ("utf-8", "a.txt: is not in utf-8: 4 characters cannot be read; name another encoding, or none."),
    ],
)
def test_an_encoding_that_does_not_fit_is_said(encoding: str, line: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_alone(File("a.txt", SHORT, encoding=encoding), Known())
    assert caught.value.en == line
    assert encoding in caught.value.zh


def test_what_is_too_long_for_one_file_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.intake.MOST_PASSAGES", 3)
    assert read_alone(File("three.txt", "一。\n二。\n三。".encode()), Known()) is not None
    with pytest.raises(DocumentError) as error:
        read_alone(File("four.txt", "一。\n二。\n三。\n四。".encode()), Known())
    assert error.value.en == (
        "four.txt: 4 passages are too many for one file (at most 3); split it into several files and add those."
    )
    assert error.value.zh == "four.txt：这个文件有 4 段，超过一个文件的上限（3 段）；请拆分成几个文件后再添加。"


def test_lines_are_counted_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.documents.formats.plain.MOST_LINES", 3)
    text = "一。\n\n\n\n二。\n\n三。"
    assert read_alone(File("three.md", text.encode()), Known()) is not None  # blank lines do not count
    with pytest.raises(DocumentError, match=r"four.md: 4 lines are too many for one file \(at most 3\); split it"):
        read_alone(File("four.md", f"{text}\n四。".encode()), Known())
