"""What is used of Gradio that it does not promise is still there, in the form in which it is used."""

import inspect

import httpx
import pytest
from gradio import networking, processing_utils, tunneling

from bot.web.gradio_inside import fetch_nothing, tunnels
from tests.parts import run_apart


def test_the_tunnel_is_opened_as_it_was() -> None:
    parameters = list(inspect.signature(networking.setup_tunnel).parameters)
    assert parameters == [
        "local_host", "local_port", "share_token", "share_server_address", "share_server_tls_certificate",
    ]  # fmt: skip
    assert tunnels() is tunneling.CURRENT_TUNNELS
    made = tunneling.Tunnel("127.0.0.1", 9, "127.0.0.1", 9, "token", None)
    assert made.proc is None
    assert callable(made.kill)


def test_what_a_request_names_as_a_file_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processing_utils, "async_transport", processing_utils.async_transport)
    fetch_nothing()
    with pytest.raises(httpx.ConnectError, match="not fetched"):
        run_apart(processing_utils.async_ssrf_protected_download("http://198.51.100.1/a.txt", "/nowhere"))
