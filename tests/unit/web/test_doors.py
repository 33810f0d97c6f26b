"""What is served: those of Gradio's routes are open that the page or gradio_client needs, and no others."""

from collections.abc import Iterator
from pathlib import Path
from re import sub

import pytest
from starlette.routing import Mount, Route

from bot.engine import Bot
from bot.settings import Settings
from bot.web.doors import DOORS, door_of
from tests.browser.serving import application

OPEN = {
    *("GET /", "HEAD /", "GET /assets/x", "GET /theme.css", "GET /favicon.ico", "GET /manifest.json"),
    *("POST /gradio_api/component_server", "POST /gradio_api/component_server/"),
    *("GET /config", "GET /config/", "GET /gradio_api/info", "GET /gradio_api/info/"),
    *("POST /gradio_api/queue/join", "GET /gradio_api/queue/data", "POST /gradio_api/cancel"),
}
"""Of Gradio's routes, each parameter an ``x``. Those whose parameter is one of a few are asked for below."""


def routes(parts: list[object]) -> Iterator[Route]:
    for part in parts:
        if isinstance(part, Route):
            yield part
        router = getattr(part, "original_router", part)
        if router is not part:  # a router that was included
            yield from routes(router.routes)


def test_of_gradios_routes_only_those_that_are_needed_are_open(tmp_path: Path) -> None:
    with Bot.open(settings=Settings(home=tmp_path, seeds=None)) as bot:
        app = application(bot)
    gradio = next(part.app for part in app.routes if isinstance(part, Mount) and part.path == "")
    asked = {
        f"{method} {sub(r'{.*?}', 'x', route.path)}"
        for route in routes(gradio.routes)
        for method in route.methods or ()
    }
    assert len(asked) > 60
    # Gradio's description of its own routes stands at the same address as ours, which is asked first.
    assert {line for line in asked if door_of(*line.split(" "))} - {"GET /openapi.json"} == OPEN


@pytest.mark.parametrize(
    "line",
    [
        *("POST /api/ask", "PATCH /api/conversations/x", "DELETE /api/documents/x", "GET /docs", "GET /openapi.json"),
        *("GET /static-offline-docs/swagger-ui.css", "GET /static/js/iframeResizer.contentWindow.min.js"),
        *("GET /pwa_icon/192", "GET /pwa_icon/512", "POST /gradio_api/call/ask", "POST /gradio_api/call/search"),
        *("POST /gradio_api/call/documents", "POST /v1/chat/completions", "POST /v1/embeddings", "GET /v1/models"),
        *("GET /v1/models/youju", "POST /mcp", "GET /mcp", "DELETE /mcp"),
        "GET /gradio_api/call/ask/0123456789abcdef0123456789abcdef",
    ],
)
def test_open(line: str) -> None:
    assert door_of(*line.split(" ")) is not None


@pytest.mark.parametrize(
    "line",
    [
        *("GET /pwa_icon/12000", "GET /pwa_icon/1920", "GET /pwa_icon/0", "GET /pwa_icon", "GET /pwa_icon/192/"),
        *("GET /gradio_api/file=/etc/passwd", "GET /gradio_api/file=http://1.1.1.1/", "GET /gradio_api/file/x"),
        *("GET /gradio_api/proxy=http://1.1.1.1/", "POST /gradio_api/upload", "GET /gradio_api/heartbeat/x"),
        *("GET /gradio_api/stream/a/b/1/playlist-file", "POST /gradio_api/run/ask", "POST /gradio_api/call/v2/ask"),
        *("POST /login", "GET /monitoring", "GET /robots.txt", "GET /static/img/logo.svg", "GET /docs/oauth2-redirect"),
        *("GET /assets/../secret", "GET /assets/a/b", f"GET /assets/{'a' * 200}", "GET /assets/\0", "GET //", "GET *"),
        *("GET /v1/chat/completions", "POST /v1/responses", "GET /v1/", "POST /v1/models", "POST /mcp/", "PUT /mcp"),
        *("TRACE /", "POST /", "GET /gradio_api/queue/join", "POST /config", "GET /config\n", "GET /nothing"),
    ],
)
def test_closed(line: str) -> None:
    method, _, path = line.partition(" ")
    assert door_of(method, path) is None


def test_every_row_says_why() -> None:
    assert all(door.why for door in DOORS)


def role(line: str) -> tuple[str, bool, bool]:
    door = door_of(*line.split(" "))
    assert door is not None
    return door.role, door.here, door.guests


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        *((line, ("reader", False, True)) for line in ("POST /api/ask", "POST /api/search", "GET /api/settings")),
        *((line, ("reader", False, True)) for line in ("GET /api/marks", "DELETE /api/conversations/x", "GET /")),
        *((line, ("editor", False, True)) for line in ("POST /api/documents", "DELETE /api/synonyms/1")),
        *((line, ("editor", False, True)) for line in ("POST /api/asked", "POST /api/nobody/knows")),
        ("DELETE /api/marks/1", ("editor", False, False)),
        ("PATCH /api/settings", ("owner", False, True)),
        ("GET /api/folders", ("owner", True, True)),
        ("POST /api/folders/x/sync", ("owner", True, True)),
    ],
)
def test_the_role_that_a_request_needs(line: str, needed: tuple[str, bool, bool]) -> None:
    assert role(line) == needed
