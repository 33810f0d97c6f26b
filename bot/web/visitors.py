"""Who is asking: a random secret in a cookie tells one visitor's conversations from another's.

It is no login. It names a browser, and whoever has it has that browser's conversations, until it has not been used for
as long as they are kept.
"""

import asyncio
import re
import secrets
from collections.abc import Callable
from contextlib import suppress

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.types import StoreError
from bot.web.access import by_https

COOKIE = "youju-visitor"
_MADE_HERE = re.compile(r"[0-9a-f]{32}")
_MOST_DAYS = 400  # the longest that browsers keep a cookie
_RENEWED = ("/", "/gradio_api/component_server")
"""What a person does on the page, and no picture or script that it loads."""


def visitor_of(request: HTTPConnection) -> str:
    """Return the visitor that a request comes from; ``Visitors`` has seen to it that there is one."""
    return request.cookies[COOKIE]


class Visitors:
    """ASGI middleware: gives each request without a well-formed visitor's cookie a new one, in both directions.

    Whoever opens or uses the page with one is given it again, so that it is kept for another ``days``; ``visit`` is
    told. It stands behind the guard, so that a request which is kept out (another site's form) changes no cookie.
    """

    def __init__(self, app: ASGIApp, days: int, visit: Callable[[str], None]) -> None:
        self._app = app
        self._seconds = min(days, _MOST_DAYS) * 24 * 3600
        self._visit = visit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its visitor."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = MutableHeaders(raw=[*scope["headers"]])
        visitor = HTTPConnection(scope).cookies.get(COOKIE, "")
        known = _MADE_HERE.fullmatch(visitor) is not None
        if known and scope["path"] not in _RENEWED:
            await self._app(scope, receive, send)
            return
        if known:
            asyncio.get_running_loop().run_in_executor(None, self._note, visitor)
        else:
            visitor = secrets.token_hex(16)
            # Of two cookies of one name the last counts.
            headers["cookie"] = "; ".join([*headers.getlist("cookie"), f"{COOKIE}={visitor}"])
        # Lax, not Strict: whoever comes by a link from another site would else get a new identity and lose the old one.
        secure = "; Secure" if by_https(scope, headers) else ""
        line = f"{COOKIE}={visitor}; Max-Age={self._seconds}; Path=/; HttpOnly; SameSite=Lax{secure}"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                given.append("set-cookie", line)
                # Or a proxy's cache would give it to the next one too.
                given["cache-control"] = "private, no-cache" if known else "no-store"
            await send(message)

        await self._app({**scope, "headers": headers.raw}, receive, send_with_cookie)

    def _note(self, visitor: str) -> None:
        with suppress(StoreError):  # a home that cannot be written keeps no visits
            self._visit(visitor)
