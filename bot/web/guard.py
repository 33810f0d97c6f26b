"""What every request passes before anything else sees it: page, API and Gradio's own endpoints alike.

Kept out here, because Gradio keeps none of it out itself once it is reached under a name other than localhost:
requests under a foreign ``Host`` (DNS rebinding), requests that another site's page sends (``Origin``), requests
without the password where there is one, requests for what is not served (``bot.web.doors``), bodies that are not
JSON where they should be, and bodies over a limit.
"""

import base64
import hmac
import ipaddress
import re
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.language.languages import preferred_language
from bot.types import Language, YoujuError
from bot.web.doors import Door, door_of
from bot.web.errors import NOTHING_HERE, error_response

LOOPBACK = ("127.0.0.1", "::1", "localhost")
_WILDCARDS = ("0.0.0.0", "::")
_JSON_BODY_BYTES = 2_000_000
_DOCUMENTS = "/api/documents"
_MARKS = "/api/marks"
_FOLDERS = "/api/folders"
_KEPT = (_DOCUMENTS, "/api/synonyms", "/api/collections", "/api/settings")
"""What is everybody's: only those who may change documents change it."""
_READING = ("GET", "HEAD", "OPTIONS")
_WITH_BODY = ("POST", "PUT", "PATCH")
_UNBELIEVED = b"x-forwarded-host"  # Gradio would make its addresses of it; a proxy in front keeps Host as it came

# Gradio's page starts from inline scripts and compiles event handlers; everything it loads comes from here.
_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_RESPONSE_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_FOREIGN_HOST = YoujuError(
    "Youju does not serve under this address; open http://127.0.0.1 and its port, or start it with --allow-host NAME.",
    "有据不在这个地址上服务；请打开 http://127.0.0.1 加端口，或用 --allow-host 名称 启动。",
)
_FOREIGN_ORIGIN = YoujuError(
    "A page of another site sent this request; send it from Youju's own page or from a program.",
    "这个请求来自别的网站；请从有据自己的页面或程序里发出。",
)
_PASSWORD = YoujuError(
    "A password is needed: any user name, and the password printed where Youju was started.",
    "需要密码：用户名任意，密码印在启动有据的终端里。",
)
_READ_ONLY = YoujuError(
    "This link is for reading and asking; documents, synonyms and settings are changed where Youju runs, or start it "
    "with --share-write.",
    "这个链接只能阅读和提问；改动文档、同义词和设置请在运行有据的机器上进行，或用 --share-write 启动。",
)
_NOT_A_GUESTS = YoujuError(
    "Marks change what everybody is answered; they are taken back on the machine where Youju runs.",
    "标注会改变所有人看到的回答；请在运行有据的机器上撤销。",
)
_NOT_HERE = YoujuError(
    "Folders are kept in step on the machine where Youju runs: from its own browser at http://127.0.0.1 and its port, "
    "or by python -m bot sync.",
    "同步文件夹要在运行有据的机器上进行：在那台机器的浏览器里打开 http://127.0.0.1 加端口，或用 python -m bot sync。",
)
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via", "cf-connecting-ip")
"""What a proxy or a tunnel in between adds to a request."""
_NOT_JSON = YoujuError(
    "Send the body as JSON, with the header Content-Type: application/json.",
    "请以 JSON 发送正文，并带上请求头 Content-Type: application/json。",
)


class Access:
    """Who may come in. It changes once: when a share link is up.

    ``host`` is the address that is listened on, ``names`` are further names under which requests come (a reverse
    proxy's), ``password`` is asked from everybody where it is set. Whoever comes by the share link may read and ask;
    documents are changed from there only with ``share_write``, and nothing is marked as an answer.
    """

    def __init__(
        self, host: str = "127.0.0.1", names: Iterable[str] = (), password: str | None = None, *,
        share_write: bool = False,
    ) -> None:  # fmt: skip
        self._names = {*LOOPBACK, host.lower(), *(name.lower() for name in names)}
        self._any_address = host in _WILDCARDS
        if self._any_address:
            self._names.add(socket.gethostname().lower())
        self._password = password
        self.share_write = share_write
        self._shared: str | None = None

    @property
    def password(self) -> str | None:
        """The password that is asked from everybody; None where there is none."""
        return self._password

    def share(self, host: str, password: str) -> None:
        """Let requests for ``host`` in, from now on with ``password`` only, whatever the host."""
        self._password = password
        self._shared = host.lower()
        self._names.add(self._shared)

    def is_shared(self, host: str) -> bool:
        """Tell whether a ``Host`` header, which ``knows`` has accepted, is that of the share link."""
        return self._shared is not None and urlsplit(f"//{host}").hostname == self._shared

    def is_read_only(self, host: str) -> bool:
        """Tell whether documents must not be changed by requests under this ``Host``."""
        return self.is_shared(host) and not self.share_write

    def is_here(self, request: HTTPConnection) -> bool:
        """Tell whether this machine's own browser asks, with nothing in between: it may name paths of the disk."""
        host = request.headers.get("host", "")
        client = request.client is not None and request.client.host in LOOPBACK
        passed_on = any(name in request.headers for name in _PASSED_ON)
        return client and urlsplit(f"//{host}").hostname in LOOPBACK and not passed_on and not self.is_shared(host)

    def knows(self, host: str) -> bool:
        """Tell whether a ``Host`` header names us."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        # DNS rebinding needs a name: where every address is listened on, any bare address may be ours.
        return name in self._names or (self._any_address and _is_address(name))

    def admits(self, authorization: str | None) -> bool:
        """Tell whether an ``Authorization`` header (Basic, any user name) carries the password."""
        if self._password is None:
            return True
        scheme, _, credentials = (authorization or "").partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            given = base64.b64decode(credentials, validate=True).partition(b":")[2]
        except ValueError:  # no base64, or no ASCII
            return False
        return hmac.compare_digest(given, self._password.encode())


class Guard:
    """ASGI middleware: refuses what must not come in, and adds the security headers to what goes out."""

    def __init__(self, app: ASGIApp, access: Access, upload_bytes: int) -> None:
        self._app = app
        self._access = access
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the line that says why not."""
        if scope["type"] != "http":  # lifespan; websockets are switched off in the server
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _RESPONSE_HEADERS.items():
                    headers[name] = value
            await send(message)

        door = door_of(scope["method"], scope["path"])
        language = preferred_language(Headers(scope=scope).get("accept-language"))
        refusal = self._refusal(scope, door, language)
        if refusal is not None:
            await refusal(scope, receive, send_with_headers)
            return
        assert door is not None  # a closed one is refused
        limit = self._upload_bytes if _is_upload(scope["path"]) else _JSON_BODY_BYTES
        passed = {
            **scope,
            "headers": [(name, value) for name, value in scope["headers"] if name != _UNBELIEVED],
            "query_string": scope["query_string"] if door.query else b"",
        }
        await self._app(passed, _limited(receive, limit, language), send_with_headers)

    def _refusal(self, scope: Scope, door: Door | None, language: Language) -> JSONResponse | None:
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        host = headers.get("host", "")
        origin = headers.get("origin")
        if not self._access.knows(host):
            return error_response(_FOREIGN_HOST, 421, language)
        if origin is not None and origin.partition("://")[2].lower() != host.lower():
            return error_response(_FOREIGN_ORIGIN, 403, language)
        if not (door and door.unlocked) and not self._access.admits(headers.get("authorization")):
            response = error_response(_PASSWORD, 401, language)
            response.headers["WWW-Authenticate"] = 'Basic realm="Youju", charset="UTF-8"'
            return response
        if door is None:
            return error_response(NOTHING_HERE, 404, language)
        if method not in _READING and path.startswith(_KEPT) and self._access.is_read_only(host):
            return error_response(_READ_ONLY, 403, language)
        if method not in _READING and path.startswith(_MARKS) and self._access.is_shared(host):
            return error_response(_NOT_A_GUESTS, 403, language)
        if path.startswith(_FOLDERS) and not self._access.is_here(HTTPConnection(scope)):
            return error_response(_NOT_HERE, 403, language)
        if method in _WITH_BODY and not _is_upload(path) and not _is_json(headers.get("content-type", "")):
            return error_response(_NOT_JSON, 415, language)
        return None


def _is_upload(path: str) -> bool:
    return path.rstrip("/") == _DOCUMENTS


def _is_json(content_type: str) -> bool:
    return re.fullmatch(r"application/([\w.-]+\+)?json", content_type.partition(";")[0].strip(), re.I) is not None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _limited(receive: Receive, limit: int, language: Language) -> Receive:
    """Count a body while it comes in; over ``limit`` bytes the rest is read away unseen, so that the answer arrives."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total <= limit:
            return message
        while message.get("more_body"):
            message = await receive()
        line = YoujuError(
            f"The request is over {limit / 1e6:g} MB; send less at a time.",
            f"请求超过 {limit / 1e6:g} MB；请一次少发一些。",
        )
        raise HTTPException(413, line.message(language))

    return counted
