"""Serving: the socket, uvicorn, and the share link once the page is up."""

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime

import uvicorn
from starlette.types import ASGIApp

from bot.engine import Bot
from bot.memory import Rest
from bot.types import ServerError, YoujuError
from bot.web.access import LOOPBACK, WILDCARDS, Access
from bot.web.api import Mount, create_app
from bot.web.connections import MOST_CONNECTIONS, PatientProtocol
from bot.web.share import Sharing, new_password

Say = Callable[[str, str], None]
"""Called as ``say(english, chinese)`` with each line that the person is to see."""


def listen(host: str, port: int) -> socket.socket:
    """Bind a listening socket; port 0 takes a free one.

    Raises:
        ServerError: the port is taken, or the address is not this machine's.

    """
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=128
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServerError(
                f"Port {port} is taken: choose another with --port (0 takes a free one), or stop what uses it.",
                f"端口 {port} 已被占用：请用 --port 换一个（0 表示任选空闲端口），或停掉占用它的程序。",
            ) from error
        raise ServerError(
            f"Cannot listen on {host} port {port} ({error.strerror}): choose others with --host and --port.",
            f"无法监听 {host} 的端口 {port}（{error.strerror}）：请用 --host 和 --port 另选。",
        ) from error


def serve(
    bot: Bot, listener: socket.socket, say: Say, *, names: Iterable[str] = (), password: str | None = None,
    share: bool = False, share_write: bool = False, mcp_write: bool = False, mount: Mount | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Serve page and API on ``listener`` until interrupted.

    ``names`` are further host names under which requests come, ``password`` is asked from everybody. Where others than
    this machine can reach the server, and there is neither a password nor a key, a password is made and told. With
    ``share`` a public link is opened once the page is up, behind ``password`` or a new one; without a link nothing
    changes. Who comes by it changes documents only with ``share_write``, and whoever comes by MCP only with
    ``mcp_write``. ``mount`` puts a page on top. ``ready`` is called once all is up.
    """
    host, port = listener.getsockname()[:2]
    access = Access(host, names, password, share_write=share_write, keys=bot.keys)
    made = None if access.is_open or password or has_keys(bot) else new_password()
    if made is not None:
        access = Access(host, names, made, share_write=share_write, keys=bot.keys)

    def opened(link: str, password: str) -> None:
        say(
            f"Share link: {link}  password: {password}  (any user name; it is asked here too from now on)",
            f"分享链接：{link}　密码：{password}（用户名任意；从现在起本机访问也要密码）",
        )

    near = [f"http://{address}:{port}" for address in near_addresses(host)]
    sharing = Sharing(access, port, opened, near=near)
    app = create_app(bot, access, sharing, mount, mcp_write=mcp_write)

    def announce() -> None:
        _tell_where(say, host, port, near, made)
        ready()
        if share:
            threading.Thread(target=_share, args=(sharing, say), name="link", daemon=True).start()

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Rest():
            _Server(configuration(app), announce, bot.workload.end).run([listener])
    except KeyboardInterrupt:
        say("Stopped.", "已停止。")


_LAST_ANSWERS = 5  # seconds


def has_keys(bot: Bot) -> bool:
    """Tell whether somebody can come in with a key."""
    now = datetime.now(UTC)
    return any(not key.has_expired(now) for key in bot.keys.all())


def near_addresses(host: str) -> list[str]:
    """Return under which addresses the same network reaches a server that listens on ``host``, to be put in a link.

    Nothing is sent: the system only says which of its own addresses it would send from.
    """
    if host not in WILDCARDS:
        return []
    routes = [(socket.AF_INET, "192.0.2.1")] + ([(socket.AF_INET6, "2001:db8::1")] if host == "::" else [])
    found: list[str] = []
    for family, elsewhere in routes:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))
            address = probe.getsockname()[0]
            found.append(f"[{address}]" if family == socket.AF_INET6 else address)
    return [address for address in found if address not in LOOPBACK]


def configuration(
    app: ASGIApp, http: type[PatientProtocol] = PatientProtocol, end: int = _LAST_ANSWERS
) -> uvicorn.Config:
    """Return how ``app`` is served: ``http`` cuts off whom it loses patience with, ``end`` is in seconds."""
    # No websockets; a proxy's headers are not believed.
    return uvicorn.Config(
        app, http=http, log_level="warning", ws="none", proxy_headers=False, timeout_graceful_shutdown=end,
        limit_concurrency=MOST_CONNECTIONS,
    )  # fmt: skip


class _Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, announce: Callable[[], None], ending: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(config)
        self._announce, self._ending = announce, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)


def _tell_where(say: Say, host: str, port: int, near: Iterable[str], made: str | None) -> None:
    shown = f"[{host}]" if ":" in host else {"0.0.0.0": "127.0.0.1"}.get(host, host)
    say(
        f"Youju is ready: http://{shown}:{port}  (Ctrl+C stops it)",
        f"有据已启动：http://{shown}:{port}（按 Ctrl+C 停止）",
    )
    for address in near:
        say(f"In the same network: {address}", f"同一网络里：{address}")
    if made is not None:
        say(
            f"Password: {made}  (any user name; made anew at each start, unless YOUJU_PASSWORD or --password-file "
            "names one or there is a key)",
            f"密码：{made}（用户名任意；每次启动更换；可用 YOUJU_PASSWORD 或 --password-file 指定，或新建密钥）",
        )


def _share(sharing: Sharing, say: Say) -> None:
    say("Asking for a share link …", "正在申请分享链接……")
    try:
        sharing.open_link()
    except YoujuError as error:
        say(error.en, error.zh)
