"""Originals and links to citations over HTTP, and a complaint's way from the command line to a measured test."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from bot.cli.main import main
from bot.conversations.feedback import RightParagraph
from bot.documents.parser import document_id
from bot.engine import Bot
from bot.types import Rating
from bot.web.api import create_app
from tests.integration.serving import GARDEN, MANUAL
from tests.parts import OpenBot

FINE = "图书逾期未还每天收取多少滞纳金？"
HOSTILE = "<script>alert(1)</script> 猫。\r\n".encode("gb18030")
NAME = '卷 1;"é".txt'


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("library.md", MANUAL.encode())
    bot.add_bytes("garden.txt", GARDEN.encode())
    return bot


@pytest.fixture
def http(bot: Bot) -> Iterator[TestClient]:
    with TestClient(create_app(bot), base_url="http://127.0.0.1:7860") as http:
        yield http


def test_a_file_is_downloaded_and_never_shown(bot: Bot, http: TestClient) -> None:
    bot.add_bytes("in/" + NAME, HOSTILE)
    response = http.get(f"/api/documents/{document_id('in/' + NAME)}/original")
    assert (response.status_code, response.content) == (200, HOSTILE)
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"
    kind, _, name = response.headers["content-disposition"].partition("; filename*=UTF-8''")
    assert (kind, unquote(name)) == ("attachment", NAME)
    assert name.isascii() and not set(name) & set(" \";'\\")


def test_a_file_that_is_not_there(http: TestClient) -> None:
    response = http.get("/api/documents/none/original")
    assert response.status_code == 404
    assert "'none'" in response.json()["error"]


def test_a_citation_has_an_address_that_lasts(bot: Bot, http: TestClient) -> None:
    (cited,) = http.post("/api/ask", json={"question": FINE}).json()["citations"]
    target = bot.ask(FINE).citations[0].target
    there = http.get(f"/api/citations/{target}").json()
    assert (there["text"], there["cited"], there["state"]) == (cited["quote"], cited["quote"], "same")
    for name in ("document_id", "source", "title", "section", "address", "paragraph", "start", "end"):
        assert there[name] == cited[name]

    bot.remove(document_id("garden.txt"))
    bot.add_bytes("library.md", ("前言：本办法经馆务会议通过。\n\n" + MANUAL).encode())
    moved = http.get(f"/api/citations/cite-{target}").json()
    assert (moved["state"], moved["text"]) == ("moved", cited["quote"])
    text = http.get(f"/api/documents/{cited['document_id']}").json()["text"]
    assert text[moved["start"] : moved["end"]] == cited["quote"]

    bot.conversations.append("v", None, bot.ask(FINE))
    bot.add_bytes("library.md", MANUAL.encode())
    bot.conversations.append("v", None, bot.ask(FINE))
    bot.add_bytes("library.md", MANUAL.replace("二角", "三角").encode())
    changed = http.get(f"/api/citations/{target}").json()
    assert (changed["state"], changed["text"]) == ("changed", cited["quote"].replace("二角", "三角"))
    assert changed["cited"] == cited["quote"]

    bot.remove(cited["document_id"])
    gone = http.get(f"/api/citations/{target}", headers={"Accept-Language": "zh"})
    assert (gone.status_code, gone.json()["quote"]) == (404, cited["quote"])
    assert "重新添加" in gone.json()["error"]


@pytest.mark.parametrize("target", ["x", "a.1.2.zzzzzzzz", "a.1.2", "%00.1.2.0123abcd"])
def test_a_broken_link(http: TestClient, target: str) -> None:
    response = http.get(f"/api/citations/{target}")
    assert response.status_code in (404, 422)
    assert response.json()["error"]


def test_the_list_says_what_was_read(http: TestClient) -> None:
    report = http.post("/api/documents", files={"files": ("a.txt", "猫在屋顶。".encode("gb18030"))}).json()[0]
    read = report["document"]
    assert (read["encoding"], read["characters"], read["paragraphs"], read["lost"]) == ("GB18030", 5, 1, 0)


def test_a_complaint_becomes_a_test(
    bot: Bot, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = bot.ask(FINE)
    document = bot.document(answer.citations[0].document_id)
    right = next(p.index for p in document.paragraphs if "遗失" in document.text[p.start : p.end])
    ratings: tuple[tuple[Rating, RightParagraph | None], ...] = (
        ("good", None),
        ("bad", RightParagraph(document.document_id, right)),
        ("bad", None),
    )
    for rating, paragraph in ratings:
        kept = bot.conversations.append("v", None, answer)
        bot.rate("v", kept.conversation_id, kept.turn.turn_id, rating, paragraph)
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C")
    folder = str(tmp_path / "set")

    assert main(["feedback", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(item["rating"], item["question"], len(item["right"])) for item in listed] == [
        ("good", FINE, 0), ("bad", FINE, 1), ("bad", FINE, 0),
    ]  # fmt: skip
    assert main(["feedback"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[0] for line in lines] == ["👍", "👎", "👎"]
    assert "图书遗失的，读者应当按照原价的三倍赔偿。" in lines[1]

    assert main(["feedback", "export", folder]) == 0
    assert "2 questions on 2 documents; 1 ratings left out" in capsys.readouterr().out
    assert main(["--lang", "zh", "feedback", "export", folder, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"folder": folder, "documents": 2, "questions": 2, "skipped": 1}
    assert main(["eval", folder, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["questions"], figures["answerable"], figures["answer_at_1"]) == (2, 2, 0.5)


def test_export_without_feedback_is_one_line(
    bot: Bot, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "home"))
    assert main(["--lang", "zh", "feedback", "export", str(tmp_path / "set")]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "请在网页中评价回答" in err
