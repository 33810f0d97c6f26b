"""What goes out is compressed where that saves something, and kept by the browser where it cannot change."""

import gzip
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.web.lighter import Lighter

TEXT = "海宁灯塔建于1907年。" * 200


async def pieces() -> AsyncIterator[str]:
    yield "data: 1\n\n"
    yield f"data: {TEXT}\n\n"


async def answered(request: Request) -> Response:
    return {
        "short": PlainTextResponse("短"),
        "json": JSONResponse({"text": TEXT}),
        "bytes": Response(TEXT.encode(), media_type="application/octet-stream"),
        "done": Response(gzip.compress(TEXT.encode()), media_type="text/plain", headers={"Content-Encoding": "gzip"}),
        "stream": StreamingResponse(pieces(), media_type="text/plain"),
    }[request.path_params["name"]]


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=[Route("/assets/{name}", answered), Route("/{name}", answered)])
    app.add_middleware(Lighter)
    return TestClient(app, headers={"Accept-Encoding": "gzip"})


def test_text_that_is_long_is_compressed(client: TestClient) -> None:
    got = client.get("/json")
    assert got.json() == {"text": TEXT}
    assert got.headers["content-encoding"] == "gzip"
    assert got.headers["vary"] == "Accept-Encoding"
    assert int(got.headers["content-length"]) < 300 < len(TEXT)


@pytest.mark.parametrize("name", ["short", "bytes", "stream"])
def test_what_is_not(client: TestClient, name: str) -> None:
    got = client.get(f"/{name}")
    assert "content-encoding" not in got.headers
    assert got.content in ("短".encode(), TEXT.encode(), f"data: 1\n\ndata: {TEXT}\n\n".encode())


def test_nothing_is_compressed_twice_or_unasked(client: TestClient) -> None:
    assert client.get("/done").text == TEXT
    plain = client.get("/json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == {"text": TEXT}
    assert client.head("/json").headers.get("content-encoding") is None


def test_what_cannot_change_is_kept(client: TestClient) -> None:
    assert client.get("/assets/json").headers["cache-control"] == "private, max-age=31536000, immutable"
    assert "cache-control" not in client.get("/json").headers
