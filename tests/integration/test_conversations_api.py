"""Conversations over HTTP: each browser has its own, and nobody else's."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import httpx
import pytest

from bot import Bot, Settings
from bot.types import Turn, as_json
from bot.web.visitors import COOKIE
from tests.integration.serving import Running, make_home, problem, running

FINE = "图书逾期未还每天收取多少滞纳金？"
UNKNOWN = "火星探测器的发射质量是多少吨？"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Running]:
    with running(home) as server:
        yield server


@pytest.fixture
def anna(server: Running) -> Iterator[httpx.Client]:
    with server.client() as client:
        client.get("/api/conversations")
        yield client


@pytest.fixture
def bo(server: Running) -> Iterator[httpx.Client]:
    with server.client() as client:
        client.get("/")
        yield client


def sent(value: object) -> Any:
    """What JSON makes of a value."""
    return json.loads(json.dumps(as_json(value)))


def talk(home: Path, client: httpx.Client, *questions: str) -> tuple[str, list[Turn]]:
    """Hold a conversation as the page does, in a second process over the same home."""
    conversation, turns = None, []
    with Bot.open(settings=Settings(home=home, seeds=None)) as bot:
        for question in questions:
            kept = bot.conversations.append(client.cookies[COOKIE], conversation, bot.ask(question))
            conversation = kept.conversation_id
            turns.append(kept.turn)
    assert conversation is not None
    return conversation, turns


def test_a_conversation_is_listed_read_renamed_searched_and_deleted(home: Path, anna: httpx.Client) -> None:
    identity, turns = talk(home, anna, FINE, UNKNOWN)
    line = {"conversation_id": identity, "title": FINE, "turns": 2, "updated_at": turns[-1].asked_at}
    assert anna.get("/api/conversations").json() == [line]
    read = anna.get(f"/api/conversations/{identity}").json()
    assert read == {**line, "turns": sent(turns)}
    cited = read["turns"][0]["answer"]["citations"][0]
    text = anna.get(f"/api/documents/{cited['document_id']}").json()["text"]
    assert text[cited["start"] : cited["end"]] == cited["quote"]

    renamed = anna.patch(f"/api/conversations/{identity}", json={"title": "借书"})
    assert (renamed.status_code, renamed.json()) == (200, {**line, "title": "借书"})
    for query, found in (("借書 二角", 1), ("火星", 1), ("木星", 0)):
        assert len(anna.get("/api/conversations", params={"query": query}).json()) == found

    assert anna.delete(f"/api/conversations/{identity}").status_code == 204
    assert anna.get("/api/conversations").json() == []
    assert anna.get(f"/api/conversations/{identity}").status_code == 404


def test_all_of_a_visitors_are_deleted_and_no_others(home: Path, anna: httpx.Client, bo: httpx.Client) -> None:
    for client in (anna, anna, bo):
        talk(home, client, FINE)
    assert anna.delete("/api/conversations").status_code == 204
    assert anna.get("/api/conversations").json() == []
    assert len(bo.get("/api/conversations").json()) == 1
    assert anna.delete("/api/conversations").status_code == 204  # none is no error


def test_answers_stay_when_their_document_is_gone(home: Path, anna: httpx.Client) -> None:
    added = anna.post("/api/documents", files={"files": ("moon.txt", "月球车重一百四十千克。\n".encode())}).json()[0]
    identity, turns = talk(home, anna, "月球车重多少千克？")
    assert anna.delete(f"/api/documents/{added['document']['document_id']}").status_code == 204
    kept = anna.get(f"/api/conversations/{identity}").json()["turns"][0]["answer"]
    assert kept == sent(turns[0].answer)
    assert kept["citations"][0]["quote"] == "月球车重一百四十千克。"
    assert "月球车重一百四十千克。" in anna.get(f"/api/conversations/{identity}/export").text


def test_nobody_sees_anothers(home: Path, anna: httpx.Client, bo: httpx.Client, server: Running) -> None:
    identity, _ = talk(home, anna, FINE)
    other, _ = talk(home, bo, UNKNOWN)
    assert [line["conversation_id"] for line in anna.get("/api/conversations").json()] == [identity]
    assert [line["conversation_id"] for line in bo.get("/api/conversations").json()] == [other]
    assert bo.get("/api/conversations", params={"query": "滞纳金"}).json() == []
    with server.client() as stranger:
        for client in (bo, stranger):
            for method, path, body in (
                ("GET", "", None),
                ("PATCH", "", {"title": "我的"}),
                ("DELETE", "", None),
                ("GET", "/export", None),
                ("GET", "/export?format=docx", None),
            ):
                response = client.request(method, f"/api/conversations/{identity}{path}", json=body)
                assert problem(response, 404)
    assert anna.get("/api/conversations").json()[0]["title"] == FINE


def test_exports_are_named_after_the_conversation(home: Path, anna: httpx.Client) -> None:
    identity, turns = talk(home, anna, FINE, UNKNOWN)
    anna.patch(f"/api/conversations/{identity}", json={"title": '借阅/"问答"; a=1\n二'})
    path = f"/api/conversations/{identity}/export"
    name = "%E5%80%9F%E9%98%85%20%E9%97%AE%E7%AD%94%20%3B%20a%3D1%20%E4%BA%8C"

    markdown = anna.get(path, headers={"Accept-Language": "zh-CN"})
    assert markdown.headers["Content-Disposition"] == f"attachment; filename=\"youju.md\"; filename*=UTF-8''{name}.md"
    assert markdown.headers["Content-Type"] == "text/markdown; charset=utf-8"
    quote = turns[0].answer.citations[0].quote
    assert f"{quote}[^1]" in markdown.text and "## 参考文献" in markdown.text and "文件：library.md" in markdown.text
    assert "## References" in anna.get(path).text

    word = anna.get(path, params={"format": "docx"})
    assert f"{name}.docx" in word.headers["Content-Disposition"]
    assert word.headers["Content-Type"].endswith("wordprocessingml.document")
    assert quote in [paragraph.text for paragraph in docx.Document(BytesIO(word.content)).paragraphs]
    assert anna.get(path, params={"format": "pdf"}).status_code == 422


@pytest.mark.parametrize("body", [{}, {"title": 1}, {"title": "x", "visitor": "y"}, {"title": None}])
def test_a_bad_renaming_gets_one_line(home: Path, anna: httpx.Client, body: dict[str, Any]) -> None:
    identity, _ = talk(home, anna, UNKNOWN)
    response = anna.patch(f"/api/conversations/{identity}", json=body)
    assert problem(response, 422)


def set_cookie(response: httpx.Response) -> str | None:
    lines = [line for line in response.headers.get_list("set-cookie") if line.startswith(COOKIE)]
    assert len(lines) <= 1
    return lines[0] if lines else None


def test_the_cookie_is_renewed_by_the_page_and_kept_from_scripts_and_sites(server: Running) -> None:
    with server.client() as client:
        first = client.get("/favicon.ico")
        line = set_cookie(first)
        assert line is not None and first.headers.get_list("Cache-Control") == ["no-store"]
        value, *attributes = line.split("; ")
        assert re.fullmatch(rf"{COOKIE}=[0-9a-f]{{32}}", value)
        assert attributes == ["Max-Age=7776000", "Path=/", "HttpOnly", "SameSite=Lax"]
        for path in ("/api/conversations", "/config", "/nothing", "/favicon.ico"):
            assert set_cookie(client.get(path)) is None
        page = client.get("/")  # who opens the page keeps it for as long again
        assert set_cookie(page) == line and page.headers.get_list("Cache-Control") == ["private, no-cache"]
    assert set_cookie(httpx.get(server.url, trust_env=False)) != line


@pytest.mark.parametrize("value", ["", "x", "A" * 32, "a" * 31, "a" * 33, "a" * 32 + "%0a", '"' + "a" * 32 + "x"])
def test_a_malformed_cookie_is_replaced(server: Running, value: str) -> None:
    with server.client() as client:
        line = set_cookie(client.get("/api/conversations", headers={"Cookie": f"theme=dark; {COOKIE}={value}"}))
        assert line is not None and value not in line.split(";")[0].split("=")[1:]


def test_the_cookie_goes_by_https_alone_where_it_came_so(server: Running) -> None:
    with server.client() as client:
        for forwarded, secure in (("https", True), ("https, http", True), ("http", False), ("", False)):
            line = set_cookie(httpx.get(server.url, headers={"X-Forwarded-Proto": forwarded}, trust_env=False))
            assert line is not None and line.endswith("; Secure") == secure
        assert set_cookie(client.post("/api/ask", headers={"Origin": "http://other.example"})) is None
        assert set_cookie(client.get("/", headers={"Host": "rebound.example"})) is None


def test_a_request_without_a_cookie_is_already_its_new_visitors(home: Path, server: Running) -> None:
    with server.client() as client:
        assert client.get("/api/conversations").json() == []
        identity, _ = talk(home, client, FINE)
        assert client.get(f"/api/conversations/{identity}").status_code == 200
