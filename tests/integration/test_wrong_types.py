"""What is JSON and has not the form that is wanted gets a line with 422, and the terminal no traceback."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any

import httpx
import pytest

from bot.engine import Bot
from bot.settings import Settings
from tests.browser.serving import serving
from tests.integration.serving import make_home

WRONG: tuple[Any, ...] = (
    *(None, 1.5, 10**30, "\ud800", "\0", [None], {}, {"question": 1}, {"question": "滞纳金", "at": 10**30}),
    *({"conversation": ["x"]}, {"conversation": "x", "turn": 2**70, "rating": None}),
    {"conversation": "x", "turn": 1, "rating": "bad", "right": {"document_id": "x", "paragraph": "1"}},
    {"document": "x", "words": ["x"]},
)

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    home = make_home(tmp_path_factory.mktemp("home"))
    with (
        Bot.open(settings=Settings(home=home, seeds=None)) as bot,
        serving(bot) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as http,
    ):
        yield http


@pytest.fixture(autouse=True)
def terminal() -> Iterator[None]:
    """Nothing that is told the terminal is a traceback: neither by the server nor by Gradio's queue."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    logger = logging.getLogger("uvicorn")
    logger.addHandler(handler)
    with redirect_stderr(told):
        yield
    logger.removeHandler(handler)
    assert "Traceback" not in told.getvalue(), told.getvalue()


def functions(http: httpx.Client) -> list[tuple[int, str]]:
    """Every function of the page, by its part."""
    return [
        (part["id"], name)
        for part in http.get("/config").json()["components"]
        for name in part["props"].get("server_fns") or part.get("server_fns") or ()
    ]


def told(response: httpx.Response) -> str:
    line: str = response.json()["error"]
    assert line and "\n" not in line
    return line


def test_every_function_of_the_page(http: httpx.Client) -> None:
    called = functions(http)
    assert len(called) > 15
    statuses = set()
    for component, name in called:
        for data in WRONG:
            body = {"component_id": component, "fn_name": name, "session_hash": "s", "data": data}
            response = http.post("/gradio_api/component_server", content=as_sent(body), headers=JSON)
            assert response.status_code in (200, 400, 422), (name, data, response.text)
            if response.status_code != 200:
                told(response)
            statuses.add(response.status_code)
    assert {200, 422} <= statuses


def as_sent(body: Any) -> bytes:
    return json.dumps(body).encode()


@pytest.mark.parametrize("name", ["component_id", "fn_name", "session_hash"])
def test_the_envelope_of_a_page_call(http: httpx.Client, name: str) -> None:
    component, function = functions(http)[0]
    right = {"component_id": component, "fn_name": function, "session_hash": "s", "data": None}
    for wrong in (*WRONG, 10**6, "__class__", "load", "x" * 1000):
        sent = http.post("/gradio_api/component_server", content=as_sent({**right, name: wrong}), headers=JSON)
        assert sent.status_code in (400, 404, 422) or wrong in ("x", "\0", "", "__class__", "load"), (wrong, sent.text)
        assert sent.status_code < 500
    missing = {key: value for key, value in right.items() if key != name}
    assert http.post("/gradio_api/component_server", json=missing).status_code in (400, 422)


@pytest.mark.parametrize(
    "data",
    [
        *([], [1], [None], [["x"]], ["x", "x"], ["x", [1]], ["x", [["a", 1]]], ["x", None, "x"], ["x", None, [1]]),
        *(
            ["x", None, None, 5],
            ["x", None, None, None, None, None],
            ["x", None, None, None, 1],
            ["\ud800"],
            [{"path": "/etc/passwd"}],
        ),
    ],
    ids=str,
)
def test_what_an_endpoint_takes(http: httpx.Client, data: list[Any]) -> None:
    for path, more in (("call/ask", {}), ("queue/join", {"fn_index": 0, "session_hash": "s"})):
        sent = http.post(f"/gradio_api/{path}", content=as_sent({"data": data, **more}), headers=JSON)
        assert sent.status_code == 422, sent.text
        told(sent)


@pytest.mark.parametrize("more", [{"fn_index": 99}, {"fn_index": "0"}, {"fn_index": None}, {"fn_index": 10**30}, {}])
def test_an_endpoint_that_is_not_there(http: httpx.Client, more: dict[str, Any]) -> None:
    sent = http.post("/gradio_api/queue/join", json={"data": ["滞纳金"], "session_hash": "s", **more})
    assert sent.status_code in (404, 422)
    assert http.post("/gradio_api/queue/join", json={"data": {}, "fn_index": 0}).status_code == 422
    assert (
        http.post("/gradio_api/queue/join", json={"data": ["滞纳金"], "fn_index": 0, "session_hash": 5}).status_code
        == 422
    )


def test_what_else_gradio_would_read_is_left_out(http: httpx.Client) -> None:
    """A batch, a token, an event of the page: no client here sends these, and each would be a way to fail."""
    body = {"data": ["滞纳金"], "batched": True, "event_data": 5, "oauth_token": "x", "trigger_id": 10**6}
    joined = http.post("/gradio_api/call/ask", json=body)
    assert joined.status_code == 200
    with http.stream("GET", f"/gradio_api/call/ask/{joined.json()['event_id']}") as events:
        assert "complete" in "".join(events.iter_text())


def test_values_at_the_end_may_be_left_out(http: httpx.Client) -> None:
    joined = http.post("/gradio_api/call/search", json={"data": ["滞纳金", 1]})
    with http.stream("GET", f"/gradio_api/call/search/{joined.json()['event_id']}") as events:
        answer = "".join(events.iter_text())
    assert "event: complete" in answer and "library.md" in answer


@pytest.mark.parametrize("body", [{}, {"session_hash": 1, "fn_index": 0, "event_id": "x"}, [], {"fn_index": "x"}])
def test_taking_back(http: httpx.Client, body: Any) -> None:
    assert http.post("/gradio_api/cancel", json=body).status_code == 422
