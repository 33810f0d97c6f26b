"""Bad input gets one clear line on every surface, and what was stored before stays as it was."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot import Bot, Settings
from bot.documents.parser import document_id
from bot.types import DocumentError, QuestionError, StoreError, Timings
from bot.web.api import create_app
from tests.integration.serving import ROOT, environment, make_home, problem
from tests.parts import OpenBot

FINE = "图书逾期未还每天收取多少滞纳金？"
BINARY = bytes(range(256)) * 40
LINE = "".join(f"{number}号仓库存放大米" for number in range(85_000)).encode()
LONG = "q" * 100_000


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Bot.open(settings=Settings(home=make_home(tmp_path_factory.mktemp("home")), seeds=None)) as bot:
        yield bot


@pytest.fixture(scope="module")
def http(bot: Bot) -> Iterator[TestClient]:
    with TestClient(create_app(bot), base_url="http://127.0.0.1", headers={"Accept-Language": "en"}) as http:
        yield http


@pytest.fixture(autouse=True)
def nothing_is_lost(bot: Bot) -> Iterator[None]:
    """Whatever the test does, the home's documents, their text and an answer are the same after it."""

    def known() -> list[Any]:
        documents = bot.documents()
        answer = replace(bot.ask(FINE), timings=Timings())
        return [documents, [bot.document(d.document_id) for d in documents], answer, bot.search(FINE)]

    before = known()
    yield
    assert known() == before
    assert [check for check in bot.check() if not check.ok] == []


def command(bot: Bot, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "--home", str(bot.settings.home), *arguments],
        cwd=ROOT, env=environment(), capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def assert_one_line(done: subprocess.CompletedProcess[str], said: str) -> None:
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and done.stderr.endswith("\n")
    assert re.search(said, done.stderr)
    assert len(done.stderr) < 400 and "Traceback" not in done.stderr


# Files

Make = Callable[[Path], object]
FILES: dict[str, tuple[Make, str]] = {
    "empty.txt": (lambda path: path.touch(), "is empty"),
    "blank.md": (lambda path: path.write_bytes(b"\xef\xbb\xbf \r\n\t"), "is empty"),
    "sign.md": (lambda path: path.write_bytes(b"#"), "is empty"),
    "binary.txt": (lambda path: path.write_bytes(BINARY), "binary|encoding"),
    "picture.txt": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + BINARY), "PNG"),
    "folder.txt": (lambda path: path.mkdir(), "holds no file"),
    "dangling.txt": (lambda path: path.symlink_to(path.parent / "nothing"), "cannot be read"),
    "loop.txt": (lambda path: path.symlink_to(path), "cannot be read"),
    "pipe.txt": (lambda path: os.mkfifo(path), "not a regular file"),
    "endless.txt": (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
    "program": (lambda path: path.write_bytes(b"text"), "cannot be read"),
    "nowhere/at/all.txt": (lambda path: None, "cannot be read"),
    "nowhere": (lambda path: None, "cannot be read"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read(bot: Bot, tmp_path: Path, name: str) -> None:
    make, said = FILES[name]
    make(tmp_path / name)
    with pytest.raises(DocumentError, match=said) as error:
        bot.add(tmp_path / name)
    for line in (error.value.en, error.value.zh):
        assert Path(name).name in line
        assert "\n" not in line
    assert error.value.en.isascii() and not error.value.zh.isascii()


@pytest.mark.parametrize("name", ["empty.txt", "sign.md", "binary.txt", "folder.txt", "dangling.txt", "nowhere"])
def test_the_command_line_says_so(bot: Bot, tmp_path: Path, name: str) -> None:
    make, said = FILES[name]
    make(tmp_path / name)
    assert_one_line(command(bot, "add", str(tmp_path / name)), said)


def test_in_a_folder_they_are_named_and_the_others_are_added(bot: Bot, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("empty.txt", "sign.md", "binary.txt", "picture.txt", "folder.txt", "dangling.txt", "pipe.txt"):
        FILES[name][0](folder / name)
    (folder / "good.txt").write_text("猫在屋顶晒太阳。", encoding="utf-8")
    reports = {report.source: report.status for report in bot.add(folder)}
    assert reports.pop("good.txt") == "added"
    assert {"empty.txt", "sign.md", "binary.txt", "picture.txt"} <= set(reports)
    assert set(reports.values()) == {"failed"}
    assert bot.search("猫在哪里")[0].text == "猫在屋顶晒太阳。"
    bot.remove(document_id("good.txt"))


def test_a_bad_file_under_a_known_name_replaces_nothing(bot: Bot, tmp_path: Path) -> None:
    for data in (b"", BINARY, b"\xff\xfe\x00"):
        (tmp_path / "library.md").write_bytes(data)
        with pytest.raises(DocumentError):
            bot.add(tmp_path / "library.md")
        (report,) = bot.add(tmp_path)
        assert (report.status, report.document) == ("failed", None)


def test_a_file_over_the_limit(open_bot: OpenBot, tmp_path: Path) -> None:
    small = open_bot("small", max_file_megabytes=1)
    (tmp_path / "big.txt").write_bytes(b"words " * 200_000)
    with pytest.raises(DocumentError, match=r"larger than 1 MB"):
        small.add(tmp_path / "big.txt")
    with pytest.raises(DocumentError, match=r"larger than 1 MB"):
        small.add_bytes("big.txt", b"words " * 200_000)
    assert small.add_bytes("fits.txt", b"words " * 100_000).status == "added"
    assert [info.source for info in small.documents()] == ["fits.txt"]


@pytest.mark.parametrize(
    ("name", "data"), [("empty.txt", b""), ("sign.md", b"#"), ("binary.txt", BINARY), ("library.md", b"")]
)
def test_http_refuses_the_upload(http: TestClient, name: str, data: bytes) -> None:
    response = http.post("/api/documents", files={"files": (name, data)})
    assert response.status_code == 422
    assert "\n" not in response.json()["error"]
    assert [(report["status"], report["document"]) for report in response.json()["reports"]] == [("failed", None)]


# One enormous line


def test_one_enormous_line_is_read(bot: Bot, http: TestClient) -> None:
    assert len(LINE) > 2_000_000
    response = http.post("/api/documents", files={"files": ("line.txt", LINE)})
    (report,) = response.json()
    assert (response.status_code, report["status"], report["document"]["paragraphs"]) == (200, "added", 1)
    identity = report["document"]["document_id"]
    text = bot.document(identity).text
    assert text == LINE.decode()
    hits = bot.search("84321号仓库存放什么？", documents=[identity])
    assert "84321号仓库存放大米" in hits[0].text
    for hit in hits:
        assert text[hit.start : hit.end] == hit.text
        assert len(hit.text) <= bot.settings.passage_characters
    for citation in bot.ask("84321号仓库存放什么？").citations:
        assert text[citation.start : citation.end] == citation.quote or citation.document_id != identity
    bot.remove(identity)


# Questions


@pytest.mark.parametrize("question", ["", " \n\t\u3000", LONG, "问" * 100_000])
def test_a_question_that_cannot_be_asked(bot: Bot, http: TestClient, question: str) -> None:
    said = "100000" if question.strip() else "empty"
    for ask in (bot.ask, bot.search):
        with pytest.raises(QuestionError, match=said) as error:
            ask(question)
        assert len(error.value.en) < 200 and "\n" not in error.value.en + error.value.zh
    for path, name in (("/api/ask", "question"), ("/api/search", "query")):
        response = http.post(path, json={name: question})
        assert problem(response, 422) == error.value.en


@pytest.mark.parametrize("question", ["", LONG])
def test_the_command_line_says_so_too(bot: Bot, question: str) -> None:
    assert_one_line(command(bot, "ask", question), "100000" if question else "empty")


def test_an_endless_history_is_searched_in_part(bot: Bot, http: TestClient) -> None:
    endless = "".join(chr(0x4E00 + number) * 2 for number in range(20_000))
    response = http.post("/api/ask", json={"question": "那遗失呢？", "history": [[endless, "答"]]})
    assert response.status_code == 200
    assert len(response.json()["query"]) < 1000


@pytest.mark.parametrize(
    "question",
    ["?" * 2000, "🙂" * 2000, "为什么" * 600, "\x00\x01", "<b>'\"; DROP TABLE", "{}[]()^~:*\\/", "%s %d {0}"],
)
def test_an_odd_question_is_answered_or_refused(bot: Bot, http: TestClient, question: str) -> None:
    answer = bot.ask(question)
    assert 0 <= answer.confidence <= 1
    assert http.post("/api/ask", json={"question": question}).json()["text"] == answer.text


# Places


def test_a_home_that_cannot_be_written(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match="--home"):
            Bot.open(settings=Settings(home=home))
    assert_one_line(command(bot, "--home", str(tmp_path / "file"), "ask", FINE), "--home")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_in_the_place_of_an_index(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    (home / "vectors.faiss").unlink()
    (home / "vectors.faiss").mkdir()
    with Bot.open(settings=Settings(home=home)) as bot:
        assert "二角" in bot.search(FINE)[0].text
        with pytest.raises(StoreError, match=r"vectors\.faiss cannot be written"):
            bot.add_bytes("cat.txt", "猫在屋顶。".encode())
        (home / "vectors.faiss").rmdir()
        assert bot.search("猫在哪里")[0].text == "猫在屋顶。"
        assert bot.add_bytes("dog.txt", "狗在院子。".encode()).status == "added"
        assert [check for check in bot.check() if not check.ok] == []
    assert (home / "vectors.faiss").is_file()


def test_a_port_that_is_taken(bot: Bot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert_one_line(command(bot, "serve", "--port", port), f"Port {port} is taken: .*--port")


def test_a_name_that_is_no_text_is_one_line(open_bot: OpenBot, tmp_path: Path) -> None:
    bot = open_bot()
    folder = tmp_path / os.fsdecode("会议".encode("gb18030"))
    folder.mkdir()
    (folder / "a.txt").write_text("八点开会。", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"\\xbb\\xe1\\xd2\\xe9/a\.txt: its name is no text; rename it"):
        bot.add(folder / "a.txt")
    with pytest.raises(DocumentError, match="its name is no text"):
        bot.add(folder)
    with pytest.raises(DocumentError, match="its name is no text"):
        bot.folders.keep(folder)
    assert bot.documents() == []
