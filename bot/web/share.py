"""The share link: a public address that Gradio's service forwards to this machine while Youju runs."""

import secrets
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import redirect_stdout, suppress
from urllib.parse import urlsplit

from bot.types import ServerError
from bot.web.gradio_inside import open_tunnel, tunnels
from bot.web.guard import Access

_LOOK_SECONDS = 0.1
"""How often it is looked whether the tunnel's program still runs."""
_END_SECONDS = 2.0
"""How long it may take to end."""


def new_password() -> str:
    """Return a password of 96 random bits, for a link that anybody may come across."""
    return secrets.token_urlsafe(12)


def open_link(port: int, seconds: float = 20.0) -> str:
    """Open a tunnel to ``127.0.0.1:port`` and return its address, ``https://…``.

    Gradio's own limits add up to more than a minute, and a client that says nothing blocks for ever; here it is
    ``seconds`` in all. A tunnel that comes up later than that is closed, not left open unannounced.

    Raises:
        ServerError: no link could be had in that time.

    """
    outcome: Future[str] = Future()
    threading.Thread(target=_connect, args=(port, outcome), name="share", daemon=True).start()
    end = time.monotonic() + seconds
    try:
        while True:
            with suppress(FutureTimeoutError):
                return outcome.result(min(_LOOK_SECONDS, max(end - time.monotonic(), 0)))
            exited = _has_exited()
            if not exited and time.monotonic() < end:
                continue
            if not outcome.cancel():  # it came in this very moment
                return outcome.result()
            _close()
            reason = "the tunnel's program ended" if exited else f"no answer within {seconds:g} s"
            break
    except Exception as error:  # whatever stops the tunnel, the person gets one line and local serving goes on
        _close()
        reason = str(error).partition("\n")[0] or type(error).__name__
    raise ServerError(
        f"No share link ({reason}). The page still runs here; to share, check that this machine reaches the "
        "Internet and start again, or put a reverse proxy in front.",
        f"没能建立分享链接（{reason}）。本机页面照常可用；要分享，请确认能访问互联网后重新启动，或自己设置反向代理。",
    )


def _connect(port: int, outcome: Future[str]) -> None:
    try:
        address = open_tunnel(port)
    except Exception as error:
        if outcome.set_running_or_notify_cancel():
            outcome.set_exception(error)
        return
    if outcome.set_running_or_notify_cancel():
        outcome.set_result(address)
    else:
        _close()


def _has_exited() -> bool:
    """Tell whether a tunnel's program has ended by itself; Gradio goes on waiting for its word."""
    return any(tunnel.proc is not None and tunnel.proc.poll() is not None for tunnel in tunnels())


def _close() -> None:
    """End every tunnel of this process; the thread that waits for one then ends too."""
    with redirect_stdout(None):  # Gradio prints a line of its own for each
        while tunnels():
            tunnel = tunnels().pop()
            program = tunnel.proc
            tunnel.kill()
            if program is not None:
                with suppress(subprocess.TimeoutExpired):
                    program.wait(_END_SECONDS)
                program.kill()
                for pipe in (program.stdout, program.stderr):
                    pipe.close()


class Sharing:
    """The share link of one server: opened once, kept while it runs.

    ``opened`` is called as ``opened(link, password)`` when it is, ``connect`` turns a port of this machine into a link.
    ``near`` are the addresses by which the same network reaches the server without one.
    """

    def __init__(
        self, access: Access, port: int, opened: Callable[[str, str], None],
        connect: Callable[[int], str] = open_link, near: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.link: str | None = None
        self.near = tuple(near)
        self._access = access
        self._port = port
        self._opened = opened
        self._connect = connect
        self._lock = threading.Lock()

    def open_link(self) -> None:
        """Open the link where it is not open; from then on a password is asked.

        Raises:
            ServerError: no link could be had.
        """
        with self._lock:
            if self.link is not None:
                return
            link = self._connect(self._port)
            password = self._access.password or new_password()
            self._access.share(urlsplit(link).hostname or "", password)
            self.link = link
            self._opened(link, password)
