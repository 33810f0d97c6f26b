"""Answers as server-sent events, and work that stops when who asked has gone: over real connections."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot import Bot, Settings
from bot.answers.contract import Tell
from bot.question.reading import Reading, read_question
from bot.stopping import Stopped, go_on
from bot.types import Answer, AnswerSentence, StoreError
from bot.web.api import create_app
from bot.web.server import listen
from bot.web.streaming import Events, answer_events, wants_events, while_wanted
from bot.web.workers import Workers
from bot.workload import Workload
from embeddings.loading import BUILTIN_FOLDER
from embeddings.static import StaticEncoder
from tests.integration.serving import make_home, problem, wait_for

FINE = "图书逾期未还每天收取多少滞纳金？"
TWO = f"{FINE}图书遗失的怎么赔偿？"
EVENTS = {"Accept": "text/event-stream"}


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        wait_for(lambda: server.started)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    home = make_home(tmp_path_factory.mktemp("home"))
    with (
        Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot,
        served(create_app(bot)) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        yield client


def events_of(response: httpx.Response) -> list[tuple[str, Any]]:
    """Return the events of a stream, each with what it tells; every one has a name and one line of JSON."""
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    found = []
    for block in response.text.split("\n\n"):
        if block and not block.startswith(":"):
            name, data = block.split("\n")
            found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings"}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (FINE, ["reading", "citation", "sentence", "answer"]),
        ("火星探测器的发射质量是多少吨？", ["reading", "answer"]),
        (TWO, ["reading", *["citation", "sentence", "part"] * 2, "answer"]),
    ],
)
def test_the_events_of_a_question_make_up_its_answer(http: httpx.Client, question: str, names: list[str]) -> None:
    response = http.post("/api/ask", json={"question": question}, headers=EVENTS)
    events = events_of(response)
    assert [name for name, _ in events] == names
    plain = http.post("/api/ask", json={"question": question}).json()
    assert untimed(events[-1][1]) == untimed(plain)
    for name, those in (("citation", "citations"), ("sentence", "sentences"), ("part", "parts")):
        assert [told for kind, told in events if kind == name] == plain[those]
    reading = events[0][1]
    assert (reading["question"], reading["query"], reading["language"]) == (question, plain["query"], "zh")
    assert len(reading["parts"]) == (2 if question == TWO else 0)
    assert response.headers["cache-control"] == "no-store" and response.headers["x-accel-buffering"] == "no"


def test_what_is_wrong_from_the_start_has_its_own_status(http: httpx.Client) -> None:
    for body, status in (
        ({"question": " "}, 422),
        ({"question": "x", "documents": ["none"]}, 404),
        ({"question": "x", "collection": "none"}, 404),
        ({"question": 1}, 422),
    ):
        streamed = http.post("/api/ask", json=body, headers=EVENTS)
        assert problem(streamed, status) == problem(http.post("/api/ask", json=body), status)


@pytest.mark.parametrize(
    ("accept", "events"),
    [
        ("text/event-stream", True),
        ("TEXT/event-stream;q=0.9, */*", True),
        ("text/event-stream, application/json", True),
        ("application/json, text/event-stream", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_events_are_sent_to_who_asks_for_them(http: httpx.Client, accept: str, events: bool) -> None:
    request = Request({"type": "http", "headers": [(b"accept", accept.encode())]})
    assert wants_events(request) is events
    response = http.post("/api/ask", json={"question": FINE}, headers={"Accept": accept})
    assert response.headers["content-type"].startswith("text/event-stream" if events else "application/json")
    assert "Accept" in response.headers["vary"].split(", ")


def reading() -> Reading:
    return read_question(FINE, vocabulary=StaticEncoder.load(BUILTIN_FOLDER))


def test_what_begins_anew_is_told_from_the_beginning() -> None:
    told: list[tuple[str, Any]] = []
    events = Events(lambda name, what: told.append((name, what)))
    for _ in range(2):
        events(reading())
        events(reading())  # nothing was told since
        events(Answer(FINE, FINE, "", False, 1.0, (AnswerSentence("…", (1,), 1.0),)))
    assert [name for name, _ in told] == ["reading", "sentence"] * 2


def asking(work: Callable[[Tell], Answer]) -> FastAPI:
    """An application whose questions are answered by ``work``."""
    app, workers = FastAPI(), Workers(Workload(at_work=2, waiting=2))

    @app.post("/events")
    async def events(request: Request) -> Response:
        return await answer_events(request, workers, work)

    @app.post("/plain")
    async def plain(request: Request) -> Response:
        try:
            return JSONResponse(await while_wanted(request, workers, lambda: work(lambda told: None).text))
        except Stopped:
            return Response(status_code=499)

    return app


@pytest.mark.parametrize(
    ("error", "kind", "line"),
    [
        (StoreError("The disk is full.", "磁盘已满。"), "unavailable", "磁盘已满。"),
        (ZeroDivisionError("x"), "failed", "处理这个请求时出错（ZeroDivisionError）；终端里有详情，请反馈给我们。"),
    ],
)
def test_what_goes_wrong_on_the_way_is_the_last_event(error: Exception, kind: str, line: str) -> None:
    def work(tell: Tell) -> Answer:
        tell(reading())
        raise error

    with served(asking(work)) as address:
        response = httpx.post(f"{address}/events", headers={"Accept-Language": "zh"}, trust_env=False)
    (first, _), (last, told) = events_of(response)
    assert (response.status_code, first, last) == (200, "reading", "error")
    assert (told["type"], told["detail"], told["instance"]) == (f"/api/problems/{kind}", line, "/events")
    assert told["status"] in (500, 503)


@pytest.mark.parametrize("path", ["/events", "/plain"])
def test_who_goes_stops_the_work(path: str) -> None:
    begun, stopped = threading.Event(), threading.Event()
    wait = threading.Event()

    def work(tell: Tell) -> Answer:
        tell(reading())
        begun.set()
        try:
            while True:
                go_on()
                wait.wait(0.01)
        except Stopped:
            stopped.set()
            raise

    with served(asking(work)) as address:
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".encode())
            assert begun.wait(30)
            assert not stopped.is_set()
        assert stopped.wait(30)
