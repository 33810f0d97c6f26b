"""What every request passes before anything else sees it: page, API and Gradio's own endpoints alike.

Kept out here, because Gradio keeps none of it out itself once it is reached under a name other than localhost:
requests under a foreign ``Host`` (DNS rebinding), requests that another site's page sends (``Origin``,
``Sec-Fetch-Site``), requests without password or key where one is needed, requests for what is not served or not to
whoever asks (``bot.web.doors``), bodies that are not JSON where they should be, and bodies over a limit.
"""

import asyncio
import ipaddress
import math
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.allowance import asking
from bot.language.languages import preferred_language
from bot.types import Language, YoujuError
from bot.web.access import LOOPBACK, Access, Caller, by_https, credential_of, note_caller
from bot.web.doors import READING, Door, door_of
from bot.web.errors import NOT_JSON, NOTHING_HERE, error_response
from bot.web.kinds import is_json, is_upload
from bot.web.quotas import Quotas
from bot.web.tries import LONGEST_WAIT, PERSON, PROXY, Pace, Tries

__all__ = ("LOOPBACK", "Access", "Guard")

_JSON_BODY_BYTES = 2_000_000
_API = "/api/"
_WITH_BODY = ("POST", "PUT", "PATCH")
_UNBELIEVED = b"x-forwarded-host"  # Gradio would make its addresses of it; a proxy in front keeps Host as it came
_NOBODY = Caller("reader", guest=True)
"""Who asks for what needs neither password nor key."""
_NOTED_SECONDS = 60
"""The last use of a key is written down this often."""

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
    "A password or a key is needed: any user name, and the password that Youju was started with, or a key as it.",
    "需要密码或密钥：用户名任意，密码是启动有据时设定或印出的那个，也可以填密钥。",
)
_TOO_MANY_TRIES = YoujuError(
    "Too many wrong passwords or keys came from this address; wait a few seconds and try again.",
    "这个地址试错密码或密钥的次数太多；请过几秒再试。",
)
_EDITORS = YoujuError(
    "Your key is a reader's, who may ask and not change anything; ask the owner for an editor's key.",
    "您的密钥只能阅读和提问；要改动，请向管理者要一个编辑者（editor）的密钥。",
)
_OWNERS = YoujuError(
    "This is the owner's: with the password Youju was started with, or with an owner's key.",
    "这只有管理者能做：请用启动有据时的密码，或管理者（owner）的密钥。",
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


class Guard:
    """ASGI middleware: refuses what must not come in, and adds the security headers to what goes out."""

    def __init__(self, app: ASGIApp, access: Access, upload_bytes: int, quotas: Quotas) -> None:
        self._app = app
        self._access = access
        self._upload_bytes = upload_bytes
        self._quotas = quotas
        self._tries = Tries()
        self._noted: dict[str, float] = {}

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

        language = preferred_language(Headers(scope=scope).get("accept-language"))
        try:
            admitted = await self._admit(scope, language)
        except YoujuError as error:  # the home with the keys cannot be read
            admitted = error_response(error, 503, language)
        if isinstance(admitted, JSONResponse):
            await admitted(scope, receive, send_with_headers)
            return
        door, caller = admitted
        limit = self._upload_bytes if is_upload(scope["path"]) else _JSON_BODY_BYTES
        passed = {
            **scope,
            "headers": [(name, value) for name, value in scope["headers"] if name != _UNBELIEVED],
            "query_string": scope["query_string"] if door.query else b"",
        }
        with asking(caller.spend):
            await self._app(note_caller(passed, caller), _limited(receive, limit, language), send_with_headers)

    async def _admit(self, scope: Scope, language: Language) -> tuple[Door, Caller] | JSONResponse:
        """Return by which door a request comes in and who makes it, or the answer that keeps it out."""
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        if not self._access.knows(headers.get("host", "")):
            return error_response(_FOREIGN_HOST, 421, language)
        if _is_foreign(headers, scope):
            return error_response(_FOREIGN_ORIGIN, 403, language)
        door = door_of(method, path)
        unlocked = door is not None and door.unlocked
        caller = _NOBODY if unlocked else await self._caller(scope, headers, language)
        if isinstance(caller, JSONResponse):
            return caller
        if door is None:
            return error_response(NOTHING_HERE, 404, language)
        closed = self._closed(door, caller, HTTPConnection(scope))
        if closed is not None:
            return error_response(closed, 403, language)
        # The API says so itself, where it takes the method at all.
        if method in _WITH_BODY and not path.startswith(_API) and not is_json(headers.get("content-type", "")):
            return error_response(NOT_JSON, 415, language)
        return door, self._counted(caller, _senders(scope, headers)[0][0])

    def _counted(self, caller: Caller, sender: str) -> Caller:
        """Return a caller whose questions are counted: by key, else by sender; not where nobody else comes in."""
        if self._access.is_open:
            return caller
        return replace(caller, spend=partial(self._quotas.spend, caller.key_id or sender))

    async def _caller(self, scope: Scope, headers: Headers, language: Language) -> Caller | JSONResponse:
        """Return who makes a request; whoever guesses is kept waiting before it is looked at what they guess."""
        access, host = self._access, headers.get("host", "")
        credential = credential_of(headers.get("authorization"))
        if access.is_open or credential is None:
            return access.caller(host, credential) or _unknown(language)
        senders = _senders(scope, headers)
        wait = self._tries.wait(credential, senders)
        if wait > LONGEST_WAIT:
            response = error_response(_TOO_MANY_TRIES, 429, language)
            response.headers["Retry-After"] = str(math.ceil(wait))
            return response
        if wait:
            await asyncio.sleep(wait)
        caller = access.caller(host, credential)
        self._tries.note(credential, senders, right=caller is not None)
        if caller is not None and caller.key_id is not None:
            self._note_use(caller.key_id)
        return caller or _unknown(language)

    def _note_use(self, key_id: str) -> None:
        """Write down that a key is used, now and then, and without waiting for whoever writes to the home."""
        now = time.monotonic()
        if self._access.keys is None or now - self._noted.get(key_id, -math.inf) < _NOTED_SECONDS:
            return
        self._noted[key_id] = now
        note_use = self._access.keys.note_use

        def note() -> None:
            with suppress(YoujuError):  # a home that cannot be written lets its keys in all the same
                note_use(key_id)

        asyncio.get_running_loop().run_in_executor(None, note)

    def _closed(self, door: Door, caller: Caller, request: HTTPConnection) -> YoujuError | None:
        """Return why a door is closed to a caller; None where it is open."""
        if door.here and not self._access.is_here(request):
            return _NOT_HERE
        if caller.guest and not door.guests:
            return _NOT_A_GUESTS
        if caller.may(door.role):
            return None
        if caller.role == "reader":
            return _READ_ONLY if caller.guest else _EDITORS if door.role == "editor" else _OWNERS
        return _OWNERS


def _unknown(language: Language) -> JSONResponse:
    response = error_response(_PASSWORD, 401, language)
    response.headers["WWW-Authenticate"] = 'Basic realm="Youju", charset="UTF-8"'
    return response


def _is_foreign(headers: Headers, scope: Scope) -> bool:
    """Tell whether another site's page makes a request. Its link may be followed; nothing else of it comes in.

    Browsers say so, and no script can make them say otherwise; programs say nothing.
    """
    origin = headers.get("origin")
    if origin is not None:
        scheme, _, host = origin.lower().partition("://")
        # A page over http may be anybody's on the way who writes into it. Whether a proxy that says nothing in between
        # speaks https with the browser is not known here.
        ours = ("https",) if by_https(scope, headers) else ("http", "https")
        if scheme not in ours or host != headers.get("host", "").lower():
            return True
    if headers.get("sec-fetch-site", "none").lower() in ("none", "same-origin"):
        return False
    followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return not (followed and scope["method"] in READING)


def _senders(scope: Scope, headers: Headers) -> list[tuple[str, Pace]]:
    """Return who a try is counted against.

    A proxy or a tunnel on this machine names whom it passes on, last; should it pass on what they claim, they can claim
    any address, and all of them together are counted too.
    """
    peer = scope["client"][0] if scope.get("client") else "?"
    named = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    if peer in LOOPBACK and named:
        return [(f"{peer} for {_network(named)}", PERSON), (f"{peer} for all", PROXY)]
    return [(_network(peer), PERSON)]


def _network(address: str) -> str:
    """Return what one person commonly has of addresses: one of IPv4, 2**64 of IPv6."""
    with suppress(ValueError):
        if ":" in address:
            return str(ipaddress.ip_network((address.partition("%")[0], 64), strict=False))
    return address[:64]


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
