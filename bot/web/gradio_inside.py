"""What is used of Gradio that it does not promise: here alone, so that one test says when a new version has changed it.

Nothing of Gradio is imported before a function here is called: it takes seconds.
"""

import secrets
from typing import Any

import httpx


class _NoFetch(httpx.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"{request.url} is not fetched: upload the file instead.")


def fetch_nothing() -> None:
    """Keep Gradio from downloading the public addresses that a request names as files."""
    from gradio import processing_utils

    processing_utils.async_transport = _NoFetch()  # type: ignore[assignment]


def open_tunnel(port: int) -> str:
    """Start the tunnel's program for ``127.0.0.1:port`` and return the public address."""
    from gradio.networking import setup_tunnel

    return setup_tunnel("127.0.0.1", port, secrets.token_urlsafe(32), None, None)


def tunnels() -> list[Any]:
    """Return Gradio's own list of this process's tunnels: each has ``proc`` (the program, or None) and ``kill()``."""
    from gradio.tunneling import CURRENT_TUNNELS

    return CURRENT_TUNNELS
