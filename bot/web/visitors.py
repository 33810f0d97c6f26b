"""Who is asking: a random secret in a cookie tells one visitor's conversations from another's.

It is no login. It names a browser, and whoever has it has that browser's conversations.
"""

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "youju-visitor"
_MADE_HERE = re.compile(r"[0-9a-f]{32}")
_MAX_AGE = 400 * 24 * 3600  # the longest that browsers keep a cookie


def visitor_of(request: HTTPConnection) -> str:
    """Return the visitor that a request comes from; ``Visitors`` has seen to it that there is one."""
    return request.cookies[COOKIE]


class Visitors:
    """ASGI middleware: gives each request without a well-formed visitor's cookie a new one, in both directions.

    It stands behind the guard, so that a request which is kept out (another site's form, say) changes no cookie.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its visitor."""
        if scope["type"] != "http" or _MADE_HERE.fullmatch(HTTPConnection(scope).cookies.get(COOKIE, "")):
            await self._app(scope, receive, send)
            return
        visitor = secrets.token_hex(16)
        headers = MutableHeaders(raw=[*scope["headers"]])
        # Of two cookies of one name the last counts.
        headers["cookie"] = "; ".join([*headers.getlist("cookie"), f"{COOKIE}={visitor}"])
        # Lax, not Strict: whoever comes by a link from another site would else get a new identity and lose the old one.
        secure = "; Secure" if _by_https(scope, headers) else ""
        line = f"{COOKIE}={visitor}; Max-Age={_MAX_AGE}; Path=/; HttpOnly; SameSite=Lax{secure}"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                given.append("set-cookie", line)
                given["cache-control"] = "no-store"  # or a proxy's cache would give it to the next one too
            await send(message)

        await self._app({**scope, "headers": headers.raw}, receive, send_with_cookie)


def _by_https(scope: Scope, headers: MutableHeaders) -> bool:
    """Tell whether the browser uses https, here or up to a proxy; a lie about it costs the liar's own cookie only."""
    forwarded = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    return scope["scheme"] == "https" or forwarded == "https"
