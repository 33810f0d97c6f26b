"""Written answers over HTTP: events, kept turns, the settings of the model, OpenAI's clients."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest

from bot import Bot, Settings
from bot.storage.keys import ROLES
from bot.web.access import Access
from tests.browser.serving import serving
from tests.integration.model_server import StandIn, standing_in
from tests.integration.serving import make_home, problem

ASKED = "普通读者每次可以借多少册？"
UNKNOWN = "馆长的手机号是多少？"
SAID = "普通读者每次可以借阅图书十二册，借期为四十五天。"
FALSE = "普通读者每次可以借阅图书一百册。"
LINKS = "普通读者可以[借阅](http://evil.example)图书十二册![](http://evil.example/p.png)。"
EVENTS = {"Accept": "text/event-stream"}
PASSWORD = "芝麻 open"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def stand() -> Iterator[StandIn]:
    with standing_in() as stand:
        stand.says = lambda prompt: f"{SAID}{FALSE}"
        yield stand


@pytest.fixture
def bot(home: Path, stand: StandIn) -> Iterator[Bot]:
    given = Settings(home=home, seeds=None, reader="off", llm=stand.url, llm_model="good")
    with Bot.open(settings=given) as bot:
        yield bot


@pytest.fixture
def address(bot: Bot) -> Iterator[str]:
    with serving(bot, page=False) as address:
        yield address


@pytest.fixture
def http(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        yield client


def events_of(text: str) -> list[tuple[str, Any]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n") if not block.startswith(":")]
    return [(lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: "))) for lines in blocks]


def test_events_come_in_order(http: httpx.Client) -> None:
    response = http.post("/api/ask", json={"question": ASKED, "mode": "paragraph"}, headers=EVENTS)
    events = events_of(response.text)
    assert [name for name, _ in events] == ["reading", "citation", "sentence", "quoted", "written", "written", "answer"]
    quoted, answer = events[3][1], events[-1][1]
    assert quoted["written"]["outcome"] == "writing" and quoted["written"]["sentences"] == []
    assert {**quoted, "written": None} == {**answer, "written": None}
    assert [told for name, told in events if name == "written"] == answer["written"]["sentences"]
    assert [one["standing"] for one in answer["written"]["sentences"]] == ["verbatim", "unsupported"]
    plain = http.post("/api/ask", json={"question": ASKED, "mode": "quotes"}).json()
    assert plain["written"] is None and plain["text"] == answer["text"]
    again = http.post("/api/ask", json={"question": ASKED, "mode": "points"}).json()
    assert (again["written"]["mode"], again["written"]["supported"]) == ("points", 1)


def test_what_cannot_be_asked(http: httpx.Client) -> None:
    for body in ({"mode": "poem"}, {"wordings": ["a", "b", "c", "d"]}, {"wordings": "a"}, {"mode": 1}):
        problem(http.post("/api/ask", json={"question": ASKED, **body}), 422)
    problem(http.post("/api/ask", json={"question": ASKED, "wordings": ["x"]}), 422)


def test_a_kept_answer_is_written_of_and_as_it_was_again(http: httpx.Client, stand: StandIn) -> None:
    begun = http.post("/api/conversations", json={"question": ASKED, "mode": "quotes"}).json()
    place = f"/api/conversations/{begun['conversation_id']}"
    written = f"{place}/turns/{begun['turns'][0]['turn_id']}/written"
    events = events_of(http.post(written, json={"mode": "points"}, headers=EVENTS).text)
    assert [name for name, _ in events] == ["citation", "sentence", "quoted", "written", "written", "answer"]
    [kept] = http.get(place).json()["turns"]
    assert kept["answer"] == {**events[-1][1], "written": kept["answer"]["written"]}
    assert kept["answer"]["written"]["sentences"] == events[-1][1]["written"]["sentences"]
    turn = http.post(written, json={"mode": "paragraph"}).json()
    assert (turn["answer"]["written"]["mode"], len(turn["answer"]["written"]["sentences"])) == ("paragraph", 2)
    bare = http.post(written, json={"mode": "quotes"}).json()
    assert bare["answer"] == begun["turns"][0]["answer"] == http.get(place).json()["turns"][0]["answer"]
    problem(http.post(f"{place}/turns/99/written", json={"mode": "points"}), 404)
    next_turn = http.post(f"{place}/turns", json={"question": "借期呢？", "mode": "points"}).json()
    assert next_turn["answer"]["written"]["mode"] == "points"
    asked = len(stand.asked)
    refused = http.post("/api/conversations", json={"question": UNKNOWN, "mode": "points"}).json()
    assert refused["turns"][0]["answer"]["written"] is None and len(stand.asked) == asked


def test_who_closes_the_connection_stops_the_model_and_what_was_written_is_kept(
    home: Path, address: str, bot: Bot, stand: StandIn
) -> None:
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as http:
        begun = http.post("/api/conversations", json={"question": ASKED, "mode": "quotes"}).json()
        cookies = dict(http.cookies)
    place = f"/api/conversations/{begun['conversation_id']}"
    bot.settings = bot.writing._settings = bot.settings.model_copy(update={"llm_model": "waiting"})
    stand.says = lambda prompt: f"{SAID}普通读者"
    kept = threading.Event()
    rewrite = bot.conversations.rewrite

    def noted(*given: Any) -> Any:
        try:
            return rewrite(*given)
        finally:
            kept.set()

    bot.conversations.rewrite = noted  # type: ignore[method-assign]
    with httpx.Client(base_url=address, timeout=60, trust_env=False, cookies=cookies) as http:
        url = f"{place}/turns/{begun['turns'][0]['turn_id']}/written"
        with http.stream("POST", url, json={"mode": "paragraph"}, headers=EVENTS) as response:
            next(line for line in response.iter_lines() if line == "event: written")
    assert stand.gone.wait(60) and kept.wait(60)
    with httpx.Client(base_url=address, timeout=60, trust_env=False, cookies=cookies) as http:
        [turn] = http.get(place).json()["turns"]
    assert turn["answer"]["written"]["outcome"] == "stopped"
    assert [one["text"] for one in turn["answer"]["written"]["sentences"]] == [SAID]


def test_the_settings_and_who_may_change_them(home: Path, stand: StandIn) -> None:
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off", llm_key="sk-1")) as bot:
        keys = {role: bot.keys.new(role, role).secret for role in ROLES}
        with serving(bot, Access("0.0.0.0", password=PASSWORD, keys=bot.keys), page=False) as address:
            clients = {
                role: httpx.Client(
                    base_url=address, timeout=60, trust_env=False, headers={"Authorization": f"Bearer {keys[role]}"}
                )
                for role in ROLES
            }
            owner = clients["owner"]
            assert owner.get("/api/settings/writer").json() == {
                "on": False, "url": "", "model": "", "host": "", "here": False, "leaves_en": "", "leaves_zh": "",
                "mode": "quotes", "unsupported": "struck", "proposing": False, "seconds": 120, "tokens": 2000,
                "key": True, "fixed": False,
            }  # fmt: skip
            problem(owner.post("/api/ask", json={"question": ASKED, "mode": "points"}), 422)
            chosen = {"url": stand.url, "model": "good"}
            for role in ("reader", "editor"):
                problem(clients[role].patch("/api/settings/writer", json=chosen), 403)
                problem(clients[role].post("/api/settings/writer/look", json={"url": stand.url}), 403)
                problem(clients[role].post("/api/ask", json={"question": ASKED, "llm": stand.url}), 422)
            seen = owner.post("/api/settings/writer/look", json={"url": stand.url}).json()
            assert (seen["answers"], seen["models"], seen["here"]) == (True, ["good", "other"], True)
            assert "本机的" in seen["leaves_zh"] and not owner.get("/api/settings/writer").json()["on"]
            gone = owner.post("/api/settings/writer/look", json={"url": "http://127.0.0.1:9"}).json()
            assert not gone["answers"] and "连不上" in gone["message_zh"]
            told = owner.patch("/api/settings/writer", json=chosen).json()
            assert (told["on"], told["url"], told["model"]) == (True, stand.url, "good")
            shown = clients["reader"].get("/api/settings/writer").json()
            assert shown == {**told, "url": None} and "sk-1" not in str(shown)
            answer = clients["reader"].post("/api/ask", json={"question": ASKED, "mode": "points"}).json()
            assert answer["written"]["supported"] == 1
            for bad in (
                {"url": "file:///etc/passwd"},
                {"url": "http://169.254.169.254/"},
                {"model": ""},
                {"mode": "x"},
            ):
                problem(owner.patch("/api/settings/writer", json=bad), 422)
            off = owner.patch("/api/settings/writer", json={"url": ""}).json()
            assert (off["on"], off["mode"]) == (False, "quotes")
            for client in clients.values():
                client.close()
    asked = [headers.get("authorization") for headers in stand.headers]
    assert asked == ["Bearer sk-1"]


def test_a_key_is_not_sent_to_whom_somebody_only_looks_at(home: Path, stand: StandIn) -> None:
    looked: list[str | None] = []
    with Bot.open(
        settings=Settings(home=home, seeds=None, llm="http://127.0.0.1:9", llm_model="m", llm_key="k")
    ) as bot:
        stand.saw = lambda headers: looked.append(headers.get("authorization"))
        assert bot.writing.look(stand.url).answers
    assert looked == [None]


def test_what_was_named_at_the_start_is_not_chosen(http: httpx.Client) -> None:
    told = http.get("/api/settings/writer").json()
    assert told["fixed"] and told["on"]
    problem(http.patch("/api/settings/writer", json={"url": "http://127.0.0.1:1", "model": "x"}), 422)
    assert http.patch("/api/settings/writer", json={"unsupported": "left_out"}).json()["unsupported"] == "left_out"
    assert http.patch("/api/settings/writer", json={"unsupported": "struck"}).json()["url"] == told["url"]


def test_the_client_of_openai_gets_what_was_written(address: str, stand: StandIn) -> None:
    stand.says = lambda prompt: f"{SAID}{FALSE}{LINKS}"
    with (
        httpx.Client(trust_env=False) as plain,
        openai.OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0, http_client=plain) as client,
    ):
        names = [model.id for model in client.models.list()]
        assert names[2:] == ["youju-paragraph", "youju-points", "youju-table"]
        messages: list[Any] = [{"role": "user", "content": ASKED}]
        given = client.chat.completions.create(model="youju-points", messages=messages)
        content, marks = given.choices[0].message.content or "", given.choices[0].message.annotations or []
        whole = (given.model_extra or {})["youju"]["written"]
        assert (given.model, whole["supported"], whole["unsupported"]) == ("youju-points", 2, 1)
        assert content.startswith(f"- {SAID}[1]~~{FALSE}~~（无据：")
        assert content.endswith("\n\n3 句中 2 句有据，1 句无据") and "evil.example" not in content
        assert {content[one.url_citation.start_index : one.url_citation.end_index] for one in marks} <= {"[1]", "[2]"}
        assert all(one.url_citation.url.startswith(f"{address}/#cite-") for one in marks)
        with client.chat.completions.stream(model="youju-points", messages=messages) as stream:
            streamed = stream.get_final_completion()
        assert streamed.choices[0].message.content == content
        assert (
            client.chat.completions.create(model="youju", messages=messages).choices[0].message.content == f"{SAID}[1]"
        )
        refused: list[Any] = [{"role": "user", "content": UNKNOWN}]
        asked = len(stand.asked)
        answer = client.chat.completions.create(model="youju-points", messages=refused)
        assert (answer.model_extra or {})["youju"]["abstained"] and len(stand.asked) == asked


def test_the_client_of_openai_is_told_where_no_model_writes(home: Path) -> None:
    with (
        Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot,
        serving(bot, page=False) as address,
        httpx.Client(trust_env=False) as plain,
        openai.OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0, http_client=plain) as client,
    ):
        assert [model.id for model in client.models.list()] == ["youju", "youju-embedding"]
        with pytest.raises(openai.NotFoundError):
            client.chat.completions.create(model="youju-points", messages=[{"role": "user", "content": ASKED}])
