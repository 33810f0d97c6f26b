"""What goes out is small: text is compressed, and what cannot change is kept by the browser."""

import gzip
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEAST = 2_000
"""Bytes from which on a packet or more is saved."""
_LEVEL = 5
_TEXT = ("text/html", "text/css", "text/plain", "application/json", "application/javascript", "image/svg+xml")
_UNCHANGING = "/assets/"
"""Gradio's scripts and styles: their names tell one version from another."""
_FOR_GOOD = "private, max-age=31536000, immutable"


class Lighter:
    """ASGI middleware: compresses text that comes in one piece, and tells the browser to keep what cannot change.

    What comes piece by piece (an event stream) stays as it is, or it would be held back; so does what is compressed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; its answer goes out lighter."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = "gzip" in Headers(scope=scope).get("accept-encoding", "") and scope["method"] != "HEAD"
        start: Message | None = None  # held back until its body is there

        async def lighter(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if scope["path"].startswith(_UNCHANGING) and message["status"] in (200, 304):
                    MutableHeaders(scope=message)["cache-control"] = _FOR_GOOD
                if taken and _is_text(message):
                    start = message
                    return
            elif start is not None:
                held, start = start, None
                message = await _compressed(held, message)
                await send(held)
            await send(message)

        await self._app(scope, receive, lighter)


def _is_text(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in _TEXT and "content-encoding" not in headers and start["status"] != 206


async def _compressed(start: Message, message: Message) -> Message:
    """Return the message with its body compressed, where it is all of it and large enough; ``start`` then says so."""
    headers = MutableHeaders(scope=start)
    headers.add_vary_header("Accept-Encoding")
    body = message.get("body", b"")
    if message.get("more_body") or len(body) < _LEAST:
        return message
    # The page is the same for many who open it at once; answers are not.
    compress = _page if headers["content-type"].startswith("text/html") else _small
    small = await run_in_threadpool(compress, bytes(body))
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(small))
    return {**message, "body": small}


def _small(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)


_page = lru_cache(maxsize=4)(_small)
