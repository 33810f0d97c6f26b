"""Documents by the HTTP API: a list in parts, what was read of one, adding again; conversations and what is thought."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot import Bot, Settings
from bot.web.api import create_app
from bot.web.guard import Access
from tests.integration.serving import GARDEN, MANUAL, problem

FINE = "图书逾期未还每天收取多少滞纳金？"
SOURCES = ("garden.txt", "laws/b.md", "laws/c.md", "library.md")


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    home = tmp_path_factory.mktemp("home")
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot:
        bot.add_bytes("library.md", MANUAL.encode())
        bot.add_bytes("garden.txt", GARDEN.encode())
        bot.add_bytes("laws/c.md", "# 河道管理條例\n\n河道由县里管理。\n".encode())
        bot.add_bytes("laws/b.md", "# 茶叶办法\n\n岩茶要用沸水冲泡。\n".encode())
        yield bot


@pytest.fixture
def http(bot: Bot) -> TestClient:
    return TestClient(create_app(bot), base_url="http://127.0.0.1:7860")


def listed(http: TestClient, **query: Any) -> list[str]:
    response = http.get("/api/documents", params=query)
    assert response.status_code == 200, response.text
    return [info["source"] for info in response.json()]


def test_the_list_comes_whole_or_in_parts(http: TestClient) -> None:
    assert listed(http) == [*SOURCES]
    seen, path = [], "/api/documents?limit=3&sort=-source"
    while path:
        response = http.get(path)
        assert response.headers["x-total-count"] == "4"
        seen += [info["source"] for info in response.json()]
        path = response.links.get("next", {}).get("url", "")
    assert seen == [*reversed(SOURCES)]
    assert response.links["prev"]["url"] == "/api/documents?limit=3&sort=-source&offset=0"
    assert listed(http, offset=4, limit=2) == []


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ({"q": "河道 条例"}, ["laws/c.md"]),
        ({"q": "LAWS 茶叶"}, ["laws/b.md"]),
        ({"q": "nowhere"}, []),
        ({"sort": "characters"}, ["laws/b.md", "laws/c.md", "garden.txt", "library.md"]),
        ({"sort": "-characters", "limit": 1}, ["library.md"]),
        ({"collection": "laws", "sort": "-source"}, ["laws/c.md", "laws/b.md"]),
    ],
)
def test_it_is_found_in_and_put_in_order(http: TestClient, query: dict[str, Any], sources: list[str]) -> None:
    assert listed(http, **query) == sources


@pytest.mark.parametrize("query", [{"sort": "size"}, {"limit": 0}, {"limit": 1001}, {"offset": -1}, {"q": "x" * 201}])
def test_a_part_that_is_none(http: TestClient, query: dict[str, Any]) -> None:
    assert problem(http.get("/api/documents", params=query), 422).startswith("query.")
    assert problem(http.get("/api/documents", params={"collection": "none"}), 404)


def test_what_was_read_of_a_document(http: TestClient, bot: Bot) -> None:
    [info] = [info for info in bot.documents() if info.source == "library.md"]
    place = f"/api/documents/{info.document_id}"
    whole = http.get(place).json()
    text = http.get(f"{place}/text")
    assert (text.text, text.headers["content-type"]) == (whole["text"], "text/plain; charset=utf-8")
    [citation] = http.post("/api/ask", json={"question": FINE}).json()["citations"]
    span = {"start": citation["start"], "end": citation["end"]}
    assert http.get(f"{place}/text", params=span).text == citation["quote"]
    outline = http.get(f"{place}/outline").json()
    assert outline == whole["outline"]
    assert [child["heading"] for child in outline["children"][0]["children"]][:1] == ["一、借阅期限"]
    for part in ("", "/text", "/outline", "/original"):
        assert problem(http.get(f"/api/documents/none{part}"), 404)


@pytest.mark.parametrize("path", ["/api/ask", "/api/search", "/api/suggest"])
def test_documents_are_named_by_id_path_or_title(http: TestClient, bot: Bot, path: str) -> None:
    [info] = [info for info in bot.documents() if info.source == "laws/b.md"]
    answer = http.post("/api/ask", json={"question": "岩茶要用什么水冲泡？"}).json()
    asked: dict[str, dict[str, Any]] = {
        "/api/ask": {"question": "岩茶要用什么水冲泡？"},
        "/api/search": {"query": "岩茶"},
        "/api/suggest": {"answer": answer},
    }
    given = [
        http.post(path, json={**asked[path], "documents": [name]})
        for name in (info.document_id, "laws/b.md", "《茶葉办法》")
    ]
    assert [response.status_code for response in given] == [200] * 3
    if path == "/api/ask":
        assert [response.json()["trace"]["scope"] for response in given] == [[info.document_id]] * 3
    unknown = http.post(path, json={**asked[path], "documents": ["laws/b.md", "茶经"]})
    assert "'茶经'" in problem(unknown, 404)
    assert "leave it out" in problem(http.post(path, json={**asked[path], "documents": []}), 422)
    assert http.post(path, json={**asked[path], "documents": None}).status_code == 200


def test_adding_the_same_again_changes_nothing(http: TestClient, bot: Bot) -> None:
    def add(name: str, text: str) -> dict[str, Any]:
        [report] = http.post("/api/documents", files=[("files", (name, text.encode()))]).json()
        told: dict[str, Any] = report
        return told

    before, generation = bot.documents(), bot.generation
    for _ in range(2):
        assert add("library.md", MANUAL)["status"] == "unchanged"
    assert (bot.documents(), bot.generation) == (before, generation)
    copy = add("copy.md", MANUAL)  # under another name it is another document
    assert (copy["status"], copy["alike"]["source"], copy["alike"]["share"]) == ("added", "library.md", 1.0)
    assert http.delete(f"/api/documents/{copy['document']['document_id']}").status_code == 204


def test_a_conversation_is_begun_and_gone_on_with(http: TestClient, bot: Bot) -> None:
    begun = http.post("/api/conversations", json={"question": "学生读者可以借几册？"})
    assert begun.status_code == 201
    kept = begun.json()
    assert [turn["question"] for turn in kept["turns"]] == ["学生读者可以借几册？"]
    place = f"/api/conversations/{kept['conversation_id']}"
    turn = http.post(f"{place}/turns", json={"question": "普通读者呢？", "documents": ["library.md"]}).json()
    assert turn["answer"]["query"] != "普通读者呢？" and "十二册" in turn["answer"]["text"]
    assert len(http.get(place).json()["turns"]) == 2
    assert problem(http.post(f"{place}/turns", json={"question": ""}), 422)
    assert problem(http.post(f"{place}/turns", json={"question": "x", "documents": []}), 422)
    assert problem(http.post("/api/conversations/none/turns", json={"question": "x"}), 404)
    http.cookies.clear()
    assert problem(http.post(f"{place}/turns", json={"question": "x"}), 404)


def test_what_is_thought_of_an_answer(http: TestClient, bot: Bot) -> None:
    kept = http.post("/api/conversations", json={"question": "学生读者可以借几册？"}).json()
    turn, [info] = kept["turns"][0], [info for info in bot.documents() if info.source == "library.md"]
    place = f"/api/conversations/{kept['conversation_id']}/turns/{turn['turn_id']}/feedback"

    def rating() -> Any:
        return http.get(f"/api/conversations/{kept['conversation_id']}").json()["turns"][0]["rating"]

    for rated in ("good", "bad", None):
        assert http.put(place, json={"rating": rated}).status_code == 204
        assert rating() == rated
    right = {"document_id": info.document_id, "paragraph": 5}
    assert http.put(place, json={"rating": "bad", "right": right}).status_code == 204
    [mark] = bot.feedback.marks()
    assert http.delete(f"/api/marks/{mark.mark_id}").status_code == 204
    assert problem(http.put(place, json={"rating": "bad", "right": {**right, "paragraph": 99}}), 404)
    assert problem(http.put(place.replace("turns/", "turns/9"), json={"rating": "good"}), 404)
    for wrong in ({"rating": "fine"}, {}, {"rating": "bad", "right": {"paragraph": 1}}, {"rating": 1}):
        assert problem(http.put(place, json=wrong), 422)


def test_a_guest_marks_nothing(bot: Bot) -> None:
    access = Access()
    access.share("abc.gradio.live", "secret")
    guest = TestClient(create_app(bot, access), base_url="http://abc.gradio.live")
    guest.auth = ("x", "secret")
    kept = guest.post("/api/conversations", json={"question": FINE}).json()
    place = f"/api/conversations/{kept['conversation_id']}/turns/{kept['turns'][0]['turn_id']}/feedback"
    right = {"document_id": kept["turns"][0]["answer"]["citations"][0]["document_id"], "paragraph": 1}
    assert guest.put(place, json={"rating": "bad", "right": right}).status_code == 204
    assert bot.feedback.marks() == []


def test_every_kind_of_error_says_what_it_is(http: TestClient) -> None:
    kinds = http.get("/api/problems").json()
    assert {kind["status"] for kind in kinds} >= {400, 401, 403, 404, 405, 413, 415, 421, 422, 500, 503}
    for kind in kinds:
        assert http.get(kind["type"]).json() == kind
    missing = http.get("/api/problems/none")
    assert http.get(missing.json()["type"]).json()["status"] == 404 == missing.status_code
    nowhere = http.get("/api/nowhere").json()
    assert nowhere["type"].endswith("no-such-request")
    taken = http.put("/api/documents", json={})
    assert (taken.status_code, taken.headers["allow"]) == (405, "GET, POST")
