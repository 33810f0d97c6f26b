"""What stands in for the page until it is there: Gradio's scripts take seconds on a slow phone.

It comes first in the page, in a few kilobytes, before all that the page itself needs: a question can be typed and sent
while the rest is on its way. What was typed is handed to the page's own box (``talk.js``).
"""

import json
import re
from functools import cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.page.words import FOLDER, words

SCRIPT = "ahead.js"
STYLES = ("colours.css", "ahead.css")
SAID = ("welcome", "welcome_more", "ask", "question", "send", "stop", "soon")
_PAGE = re.compile(
    r"(?P<opened><!doctype html>\s*<html\b[^>]*>)\s*<head>(?P<head>.*?)</head>\s*(?P<body><body\b[^>]*>)", re.S | re.I
)
_PREVIEW = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*')
"""What other sites show of a link: Gradio's own name and picture."""


def stand_ahead(page: str) -> str:
    """Return Gradio's page with what stands in for it put first; a page of another form stays as it is."""
    found = _PAGE.match(page)
    if found is None:
        return page
    rest = _PREVIEW.sub("", found["head"])
    return f"{found['opened']}<head>{_head()}</head>{found['body']}{_ahead()}{rest}{page[found.end() :]}"


@cache
def _head() -> str:
    styles = "".join((FOLDER / name).read_text(encoding="utf-8") for name in STYLES)
    return (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta property="og:title" content="有据 Youju">'
        '<meta property="og:description" content="每句都有出处 · Every sentence with its place">'
        f"<title>有据 Youju</title><style>{styles}</style>"
    )


@cache
def _ahead() -> str:
    said = {language: {name: of[name] for name in SAID} for language, of in words().items()}
    markup, script = ((FOLDER / name).read_text(encoding="utf-8") for name in ("ahead.html", SCRIPT))
    return f"{markup}<script>{script.replace('WORDS', json.dumps(said, ensure_ascii=False))}</script>"


class Ahead:
    """ASGI middleware: the page goes out with what stands in for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message | None = None  # held back until its body is there
        parts: list[bytes] = []

        async def send_ahead(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
                return
            if start is not None:
                parts.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                body = stand_ahead(b"".join(parts).decode()).encode()
                MutableHeaders(scope=start)["content-length"] = str(len(body))
                await send(start)
                message = {**message, "body": body}
            await send(message)

        await self._app(scope, receive, send_ahead)


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and headers.get("content-type", "").startswith("text/html")
        and "content-encoding" not in headers
    )
