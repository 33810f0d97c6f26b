"""A number for each request, a count, and where it is wished a line of JSON. Neither holds a question's words.

The number comes back as ``X-Request-ID``; one that a proxy gave is kept, so that its log and this can be laid together.
"""

import json
import re
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.metrics import Metrics

REQUEST_ID = "x-request-id"
_GIVEN = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_NOTED = "youju.noted"
_ELSEWHERE = "other"


def to_stderr(line: str) -> None:
    """Write a line to standard error at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


class RequestLog:
    """ASGI middleware, the outermost: what the guard keeps out is counted, too. ``write`` gets each line."""

    def __init__(self, app: ASGIApp, metrics: Metrics, write: Callable[[str], None] | None) -> None:
        self._app = app
        self._metrics = metrics
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under its number; count and log it when it is done."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        number = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        noted: dict[str, str] = {}
        started, status, sent = time.perf_counter(), 500, 0

        async def send_with_number(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = number
            sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app({**scope, _NOTED: noted}, receive, send_with_number)
        finally:
            route = noted.get("route", _ELSEWHERE)
            self._metrics.count_request(scope["method"], route, status)
            if self._write is not None:
                line = {
                    "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                    "request": number,
                    "method": scope["method"],
                    "route": route,
                    "status": status,
                    "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                    "bytes": sent,
                    "client": (scope.get("client") or ("",))[0],
                }
                self._write(json.dumps(line, ensure_ascii=False))


class RouteNoted:
    """ASGI middleware, the innermost: notes which address answered, with names for what it names."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the router leaves in its scope whether a route took it, and its parameters."""
        path = scope.get("path", "")  # a mounted application changes it
        try:
            await self._app(scope, receive, send)
        finally:
            if "endpoint" in scope and _NOTED in scope:
                for name, value in scope.get("path_params", {}).items():
                    path = path.replace(str(value), f"{{{name}}}") if value != "" else path
                scope[_NOTED]["route"] = path
