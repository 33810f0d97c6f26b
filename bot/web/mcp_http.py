"""MCP at ``/mcp`` (streamable HTTP), behind the guard like everything else. Nothing of it is loaded before it is asked.

Each request stands for itself: no session is kept, so none can be taken over, and none holds a connection open.
"""

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.engine import Bot
from bot.language.languages import preferred_language
from bot.types import Language
from bot.web.access import caller_of

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"


class McpEndpoint:
    """ASGI application for ``/mcp``. ``write``: who may change documents may do it here too."""

    def __init__(self, bot: Bot, *, write: bool = False) -> None:
        self._bot = bot
        self._write = write
        self._starting: asyncio.Task[StreamableHTTPSessionManager] | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a message that is posted; there is no stream to listen to and no session to end."""
        if scope["method"] != "POST":
            await Response(status_code=405, headers={"Allow": "POST"})(scope, receive, send)
            return
        if self._starting is None:
            self._starting = asyncio.create_task(self._start())
        manager = await asyncio.shield(self._starting)
        await manager.handle_request(scope, receive, send)

    async def _start(self) -> "StreamableHTTPSessionManager":
        manager = await asyncio.to_thread(self._make)
        ready = asyncio.Event()

        async def run() -> None:
            async with manager.run():
                ready.set()
                await asyncio.Event().wait()  # until the server's loop ends and cancels it

        self._running = asyncio.create_task(run())
        await ready.wait()
        return manager

    def _make(self) -> "StreamableHTTPSessionManager":
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        from bot.web.mcp_server import mcp_server

        server = mcp_server(self._bot, self._may_change, _speaks)
        return StreamableHTTPSessionManager(server, stateless=True, json_response=True)

    def _may_change(self, request: Request | None) -> bool:
        return self._write and request is not None and caller_of(request).may("editor")


def _speaks(request: Request | None) -> Language:
    return preferred_language(request.headers.get("accept-language") if request else None)
