"""The share link where it cannot be had. What comes when it can be had needs another machine, and is not tried here."""

import signal
import socket
from pathlib import Path

import pytest

from bot.share import new_password, open_link
from bot.types import ServerError
from tests.integration.serving import make_home, running


def test_without_a_tunnel_one_line_says_so_and_serving_goes_on(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, not listening: whoever connects is turned away at once
        proxy = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with running(make_home(tmp_path), "--share", HTTPS_PROXY=proxy, HTTP_PROXY=proxy) as server:
            assert server.line() == "Asking for a share link …\n"
            assert server.line().startswith("No share link (")
            with server.client() as http:
                assert http.get("/").status_code == 200
                assert len(http.get("/api/documents").json()) == 2
            server.process.send_signal(signal.SIGTERM)
            assert server.line() == "Stopped.\n"
            assert server.process.wait() == 0


def test_a_service_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        proxy = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
            monkeypatch.setenv(name, proxy)
        with pytest.raises(ServerError, match=r"no answer within 0\.5 s"):
            open_link(1, seconds=0.5)


def test_passwords_differ_and_are_long() -> None:
    passwords = {new_password() for _ in range(100)}
    assert len(passwords) == 100
    assert min(map(len, passwords)) >= 16
