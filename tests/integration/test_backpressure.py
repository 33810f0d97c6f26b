"""More questions than can be answered: each is answered or told when to come again, and everything else goes on."""

import json
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from openai import OpenAI, RateLimitError

from bot.engine import Bot
from bot.settings import Settings
from bot.web.access import Access
from tests.browser.serving import serving
from tests.integration.serving import make_home, problem, running, wait_for

FINE = "图书逾期未还每天收取多少滞纳金？"
LOST = "图书遗失的，读者应当怎么赔偿？"
OPEN = "图书馆周一开放吗？"
PASSWORD = "芝麻 open"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"))


@contextmanager
def bot_of(home: Path, **chosen: Any) -> Iterator[Bot]:
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off", **chosen)) as bot:
        yield bot


def client_of(address: str, **headers: str) -> httpx.Client:
    return httpx.Client(base_url=address, trust_env=False, timeout=60, headers=headers)


def ask(address: str, question: str, **headers: str) -> httpx.Response:
    with client_of(address, **headers) as client:
        return client.post("/api/ask", json={"question": question})


def events(text: str) -> list[tuple[str, Any]]:
    pairs = [part.split("\ndata: ") for part in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data)) for name, data in pairs]


def test_what_is_over_the_queue_is_told_and_everything_else_is_answered(home: Path) -> None:
    with bot_of(home, questions_at_work=1, questions_waiting=2) as bot, serving(bot) as address:
        known = ask(address, OPEN).json()
        with ThreadPoolExecutor(2) as pool, client_of(address) as client:
            with bot.workload.turn():  # one is answered, and takes its time
                waiting = [pool.submit(ask, address, question) for question in (FINE, LOST)]
                wait_for(lambda: bot.workload.waiting == 2)
                refused = client.post("/api/ask", json={"question": "几点开放？"}, headers={"Accept-Language": "zh"})
                line = problem(refused, 503)
                assert refused.headers["retry-after"] == str(refused.json()["retry_after"]) == "2"
                assert "请在 2 秒后再问" in line
                streamed = client.post(
                    "/api/ask", json={"question": "几点开放？"}, headers={"Accept": "text/event-stream"}
                )
                assert streamed.text.startswith("event: reading") and '"status":503' in streamed.text
                assert client.post("/api/search", json={"query": FINE, "read": True}).status_code == 503
                assert client.post("/api/search", json={"query": FINE}).status_code == 200
                assert client.get("/healthz").json() == {"status": "alive"}
                assert client.get("/").status_code == client.get("/api/documents").status_code == 200
                again = client.post("/api/ask", json={"question": OPEN})
                assert again.json()["text"] == known["text"]
                assert not any(one.done() for one in waiting)
            texts = [one.result().json()["text"] for one in waiting]
        assert "二角" in texts[0] and "三倍" in texts[1]


def test_of_very_many_most_are_refused_before_a_thread_is_taken(home: Path) -> None:
    with bot_of(home, questions_at_work=1, questions_waiting=1) as bot, serving(bot) as address:
        before = set(threading.enumerate())
        with bot.workload.turn(), ThreadPoolExecutor(40) as pool:
            first = pool.submit(ask, address, FINE)
            wait_for(lambda: bot.workload.waiting == 1)
            told = [one.result() for one in [pool.submit(ask, address, f"{LOST}{n}") for n in range(40)]]
            assert {response.status_code for response in told} == {503}
            assert all(int(response.headers["retry-after"]) >= 1 for response in told)
            new = [one.name for one in threading.enumerate() if one not in before and one.name.startswith("AnyIO")]
            assert len(new) <= 1 + 1 + 4  # at work, waiting, spare
            bot.workload._turns.release()
            assert first.result().status_code == 200
            bot.workload._turns.acquire()


def test_one_caller_asks_so_often_a_minute_by_whatever_door(home: Path) -> None:
    with bot_of(home, questions_a_minute=6) as bot:
        one, other = (bot.keys.new(name, "reader").secret for name in ("one", "other"))
        with (
            serving(bot, Access("0.0.0.0", password=PASSWORD, keys=bot.keys)) as address,
            client_of(address, Authorization=f"Bearer {one}") as client,
        ):
            assert client.post("/api/ask", json={"question": FINE}).status_code == 200
            assert client.post("/api/conversations", json={"question": FINE}).status_code == 201
            parts = client.get("/config").json()["components"]
            talk = next(part["id"] for part in parts if part["props"].get("elem_id") == "talk")
            call = {"component_id": talk, "fn_name": "ask", "session_hash": "s", "data": {"question": FINE}}
            assert client.post("/gradio_api/component_server", json=call).json()["turns"]
            program = Client(f"{address}/", headers={"Authorization": f"Bearer {one}"}, verbose=False)
            assert "二角" in program.predict(FINE, api_name="/ask")["text"]
            model = OpenAI(base_url=f"{address}/v1", api_key=one, max_retries=0)
            chat = {"model": "youju", "messages": [{"role": "user", "content": FINE}]}
            assert model.chat.completions.create(**chat).choices  # type: ignore[call-overload]
            assert mcp_asks(client)["isError"] is False

            refused = client.post("/api/ask", json={"question": FINE}, headers={"Accept-Language": "zh-CN"})
            assert "一分钟内已经问了 6 个问题" in problem(refused, 429)
            assert refused.json()["type"] == "/api/problems/too-many"
            assert 1 <= int(refused.headers["retry-after"]) <= 60
            assert problem(client.post("/api/conversations", json={"question": FINE}), 429)
            told = client.post("/gradio_api/component_server", json=call).json()
            assert "再问" in told["error"]["zh"] and "ask again in" in told["error"]["en"]
            with pytest.raises(Exception, match="ask again in"):
                program.predict(FINE, api_name="/ask")
            with pytest.raises(RateLimitError, match="ask again in"):
                model.chat.completions.create(**chat)  # type: ignore[call-overload]
            assert "ask again in" in mcp_asks(client)["content"][0]["text"]

            assert client.post("/api/search", json={"query": FINE}).status_code == 200
            assert ask(address, FINE, Authorization=f"Bearer {other}").status_code == 200


def mcp_asks(client: httpx.Client) -> dict[str, Any]:
    call = {"name": "ask", "arguments": {"question": FINE}}
    headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    result: dict[str, Any] = client.post("/mcp", json=message, headers=headers).json()["result"]
    return {"isError": False, **result}


def test_the_person_at_this_machine_asks_as_often_as_they_like(home: Path) -> None:
    with bot_of(home, questions_a_minute=1) as bot, serving(bot) as address:
        assert [ask(address, FINE).status_code for _ in range(3)] == [200] * 3


def test_who_waits_while_the_program_is_ended_is_told(home: Path) -> None:
    with bot_of(home, questions_at_work=1, questions_waiting=2) as bot, serving(bot) as address:
        accept = {"Accept": "text/event-stream"}
        with ThreadPoolExecutor(2) as pool, bot.workload.turn():
            waiting = [pool.submit(ask, address, question, **accept) for question in (FINE, LOST)]
            wait_for(lambda: bot.workload.waiting == 2)
            bot.workload.end()
            for one in waiting:
                name, told = events(one.result().text)[-1]
                assert (name, told["status"]) == ("error", 503)
                assert "being ended" in told["detail"]
            assert "being ended" in problem(ask(address, OPEN), 503)


def test_sigterm_ends_every_stream_with_its_last_event(home: Path) -> None:
    with running(home) as server, ExitStack() as streams:
        client = streams.enter_context(client_of(server.url, Accept="text/event-stream"))
        under_way = []
        for number in range(6):
            question = {"question": f"{FINE}第{number}种图书呢？"}
            response = streams.enter_context(client.stream("POST", "/api/ask", json=question))
            lines = response.iter_lines()
            assert next(lines) == "event: reading"
            under_way.append(lines)
        server.process.send_signal(signal.SIGTERM)
        for lines in under_way:
            names = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
            assert names[-1] in ("answer", "error")
        assert server.process.wait(10) == 0
