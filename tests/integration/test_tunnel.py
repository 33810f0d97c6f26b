"""The tunnel of a share link, with a stand-in for its program: it works, fails, exits, hangs, is late."""

import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.engine import Bot
from bot.settings import Settings
from bot.types import ServerError
from bot.web.access import Access
from bot.web.share import _close, open_link
from tests.browser.serving import serving
from tests.integration.serving import make_home

PROGRAM = """#!{python}
# Passes connections on as the tunnel's program does, and says so in its words.
import socket, sys, threading, time
way, port = {way!r}, int(sys.argv[sys.argv.index("-l") + 1])
if way == "fails":
    print("login to server failed: the server is full", flush=True)
    time.sleep(60)
if way == "exits":
    sys.exit(3)
if way == "hangs":
    time.sleep(60)
if way == "speaks in tongues":
    sys.stdout.buffer.write(b"\\xff\\xfe start proxy success\\n")
    sys.stdout.flush()
    time.sleep(60)
if way == "late":
    time.sleep(1)
def pump(one, other):
    while data := one.recv(65536):
        other.sendall(data)
    other.shutdown(socket.SHUT_WR)
listener = socket.create_server(("127.0.0.1", 0))
print("start proxy success: http://quiet.test:%d" % listener.getsockname()[1], flush=True)
while True:
    outside, _ = listener.accept()
    inside = socket.create_connection(("127.0.0.1", port))
    for pair in ((outside, inside), (inside, outside)):
        threading.Thread(target=pump, args=pair, daemon=True).start()
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Put a program in the place of the one that Gradio downloads; no service is asked where that runs."""
    monkeypatch.setattr("gradio.networking.GRADIO_SHARE_SERVER_ADDRESS", "127.0.0.1:9")

    def put(way: str) -> None:
        path = tmp_path / "tunnel"
        path.write_text(PROGRAM.format(python=sys.executable, way=way), encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setattr("gradio.tunneling.BINARY_PATH", str(path))

    yield put
    _close()


def test_a_link_that_works_leads_here_behind_its_password(stand_in: Callable[[str], None], tmp_path: Path) -> None:
    stand_in("works")
    access = Access()
    with (
        Bot.open(settings=Settings(home=make_home(tmp_path / "home"), seeds=None)) as bot,
        serving(bot, access) as here,
    ):
        link = open_link(int(here.rpartition(":")[2]))
        access.share("quiet.test", "secret")
        assert link.startswith("http://quiet.test:")
        host = link.removeprefix("http://")
        with httpx.Client(base_url=f"http://127.0.0.1:{host.rpartition(':')[2]}", trust_env=False) as http:
            http.headers["Host"] = host
            assert http.get("/api/documents").status_code == 401
            http.auth = ("guest", "secret")
            assert len(http.get("/api/documents").json()) == 2
            assert http.delete("/api/documents/x").status_code == 403
            assert http.get("/api/folders").status_code == 403  # this machine's own, though it comes from 127.0.0.1


@pytest.mark.parametrize(
    ("way", "reason"), [("fails", "Could not create share URL"), ("exits", "ended"), ("hangs", r"no answer within 2 s")]
)
def test_a_program_that_gives_no_link(stand_in: Callable[[str], None], way: str, reason: str) -> None:
    stand_in(way)
    with pytest.raises(ServerError, match=reason) as told:
        open_link(1, seconds=20 if way != "hangs" else 2)
    assert "\n" not in told.value.en and told.value.zh.startswith("没能建立分享链接")
    assert ended()


def test_one_that_speaks_no_utf_8(stand_in: Callable[[str], None]) -> None:
    stand_in("speaks in tongues")
    with pytest.raises(ServerError, match="No share link"):
        open_link(1)
    assert ended()


def test_one_that_comes_too_late_is_closed(stand_in: Callable[[str], None]) -> None:
    stand_in("late")
    with pytest.raises(ServerError, match="no answer within 0"):
        open_link(1, seconds=0.3)
    assert ended()


def ended() -> bool:
    """Tell whether nothing is left of a tunnel: neither its program nor the thread that waits for its word."""
    from gradio.tunneling import CURRENT_TUNNELS

    end = time.monotonic() + 20
    while any(thread.name == "share" for thread in threading.enumerate()) and time.monotonic() < end:
        time.sleep(0.05)
    return not CURRENT_TUNNELS and not any(thread.name == "share" for thread in threading.enumerate())
