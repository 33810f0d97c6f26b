"""Older files of office programs: LibreOffice reads them where it is, and what only bears their name needs none."""

import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.documents.formats import find_format
from bot.documents.parser import read_file
from bot.documents.sandbox import Sandbox
from bot.types import Document, DocumentError
from tests.parts import OpenBot
from tests.word_files import manual, policy

FILES = Path(__file__).parents[2] / "files" / "word"
DOC = (FILES / "manual.doc").read_bytes()
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def read(name: str, data: bytes, sandbox: Sandbox) -> Document:
    document = read_file(name, data, None, sandbox).document
    assert document is not None
    return document


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


def test_without_libreoffice_it_is_said_how_to_save_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with Sandbox() as without:
        for name in ("办法.doc", "办法.wps", "办法.docx"):
            with pytest.raises(DocumentError) as caught:
                read(name, DOC, without)
            assert caught.value.zh == (
                f"{name}：读取这种文件需要 LibreOffice，但本机没有安装；请用原来的程序打开，另存为 .docx 后重新添加。"
            )
            assert "save it as .docx" in caught.value.en


@pytest.mark.parametrize("name", ["办法.doc", "办法.wps"])
def test_what_only_bears_the_name_is_read_as_what_it_is(name: str, sandbox: Sandbox) -> None:
    assert read(name, manual(), sandbox).text == read("办法.docx", manual(), sandbox).text
    rtf = (FILES / "manual.rtf").read_bytes()
    assert read(name, rtf, sandbox).text == read("办法.docx", rtf, sandbox).text == read("办法.rtf", rtf, sandbox).text


@needs_libreoffice
@pytest.mark.parametrize(("name", "source"), [("manual", manual(plain=True)), ("policy", policy())])
def test_an_old_one_reads_as_the_new_one(name: str, source: bytes, sandbox: Sandbox) -> None:
    word, old = read("a.docx", source, sandbox), read("a.doc", (FILES / f"{name}.doc").read_bytes(), sandbox)
    # LibreOffice writes the list that begins at nine as two, of which the second begins at one.
    assert old.text == word.text.replace("第十条 检查", "第一条 检查")
    assert [line.level for line in old.paragraphs] == [line.level for line in word.paragraphs]


@needs_libreoffice
def test_a_question_is_answered_from_one(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("办法.wps", DOC)
    assert bot.ask("设备部多久检查一次？").citations[0].quote == "第九条 设备部每季度检查一次。"


@needs_libreoffice
def test_no_link_in_one_is_followed(sandbox: Sandbox) -> None:
    """Without the settings that the reader gives it, LibreOffice asks for the picture that the file links to."""
    asked = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append(self.client_address)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever).start()
        data = (FILES / "linked.doc").read_bytes()
        assert "54321".encode("utf-16-le") in data or b"54321" in data
        for encoding in ("ascii", "utf-16-le"):
            data = data.replace("54321".encode(encoding), str(server.server_port).encode(encoding))
        assert read("a.doc", data, sandbox).text == "前面\n后面"
        server.shutdown()
    assert asked == []


def test_a_locked_one_says_so(sandbox: Sandbox) -> None:
    with pytest.raises(DocumentError) as caught:
        read("a.docx", DOC[:600] + "EncryptedPackage".encode("utf-16-le"), sandbox)
    assert caught.value.zh == "a.docx：文件已加密；请取消密码、另存后重新添加。"


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.et"])
@pytest.mark.parametrize("data", [b"", b"text", b"\0" * 99])
def test_a_damaged_one_says_what_to_do(name: str, data: bytes, sandbox: Sandbox) -> None:
    with pytest.raises(DocumentError) as caught:
        read(name, data, sandbox)
    assert "文件已损坏，或不是" in caught.value.zh


@pytest.mark.skipif(find_format("a.xls") is None, reason="no format reads spreadsheets")
def test_a_spreadsheet_of_wps_needs_the_format_of_spreadsheets(sandbox: Sandbox) -> None:
    with pytest.raises(DocumentError):
        read("a.et", DOC, sandbox)


def test_a_spreadsheet_of_wps_is_read_as_the_older_excel_file_that_it_is(sandbox: Sandbox) -> None:
    data = (FILES.parent / "budget.xls").read_bytes()
    assert read("预算.et", data, sandbox).text == read("预算.xls", data, sandbox).text
    assert "2 | 技术部 | ¥2,345.00 | ¥950.25 | 50.0% | 2024年3月6日" in read("预算.et", data, sandbox).text
