"""Real sockets that say nothing, or next to nothing: they are closed, and the page answers others meanwhile."""

import asyncio
import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import ClassVar

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.web.connections import Patience, PatientProtocol
from bot.web.server import _Server, configuration, listen

HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"


class Quick(PatientProtocol):
    """The same, with less patience."""

    patience: ClassVar[Patience] = Patience(head=0.5, slow=0.4, body_rate=100, look=0.1)


class Calm(PatientProtocol):
    """Looks often, and waits long: a busy machine makes anybody slow."""

    patience: ClassVar[Patience] = Patience(head=30, slow=20, body_rate=100, look=0.05)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the length of the body, or with much of nothing."""
    if scope["type"] != "http":
        return
    body = await Request(scope, receive).body()
    much = scope["path"] == "/much"
    await PlainTextResponse("x" * 50_000_000 if much else str(len(body)))(scope, receive, send)


@contextmanager
def served(protocol: type[PatientProtocol]) -> Iterator[int]:
    ready = threading.Event()
    listener = listen("127.0.0.1", 0)
    server = _Server(configuration(application, protocol, end=1), ready.set)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        assert ready.wait(20)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(Quick) as port:
        yield port


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def closed(connection: socket.socket) -> bytes:
    """Return what comes until the server hangs up; it fails where it does not."""
    data = b""
    with suppress(ConnectionResetError):
        while received := connection.recv(65536):
            data += received
    return data


@pytest.mark.parametrize("begun", [b"", b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\n", HEAD, HEAD + b"x" * 500])
def test_silence_is_closed(port: int, begun: bytes) -> None:
    with connect(port) as connection:
        connection.sendall(begun)
        assert closed(connection) == b""


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\nX: ", HEAD])
def test_a_byte_now_and_then_does_not_help(port: int, begun: bytes) -> None:
    with connect(port) as connection, suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(begun)
        for _ in range(200):
            connection.sendall(b"x")
            time.sleep(0.05)
        pytest.fail("it was listened to for ten seconds")


def test_a_second_head_is_not_waited_for_either(port: int) -> None:
    with connect(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /")
        assert closed(connection).startswith(b"HTTP/1.1 200 OK")


def test_an_answer_that_nobody_takes_is_given_up(port: int) -> None:
    with connect(port) as connection:
        connection.sendall(b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(1.5)
        assert len(closed(connection)) < 50_000_000


def test_whoever_sends_at_a_fair_pace_is_heard_out() -> None:
    with served(Calm) as port, connect(port) as connection:
        connection.sendall(HEAD)
        for _ in range(20):
            connection.sendall(b"x" * 50)
            time.sleep(0.05)
        connection.shutdown(socket.SHUT_WR)
        assert closed(connection).endswith(b"\r\n\r\n1000")


def test_whoever_takes_an_answer_slowly_gets_it() -> None:
    with served(Calm) as port, connect(port) as connection:
        connection.sendall(b"GET /much HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        taken = 0
        while received := connection.recv(2_500_000):
            taken += len(received)
            time.sleep(0.02)
        assert taken > 50_000_000


def test_three_hundred_silent_sockets_do_not_take_the_page_down() -> None:
    with served(PatientProtocol) as port, ExitStack() as held:
        for _ in range(300):
            held.enter_context(connect(port))
        for _ in range(3):
            assert httpx.get(f"http://127.0.0.1:{port}/", timeout=5, trust_env=False).text == "0"


def test_over_so_many_those_that_have_waited_longest_make_room() -> None:
    with served(PatientProtocol) as port, ExitStack() as held, selectors.DefaultSelector() as selector:
        sockets = [held.enter_context(connect(port)) for _ in range(450)]
        assert httpx.get(f"http://127.0.0.1:{port}/", timeout=5, trust_env=False).text == "0"
        for number, each in enumerate(sockets):
            selector.register(each, selectors.EVENT_READ, number)
        ended = {key.data for key, _ in selector.select(timeout=5)}
        assert len(ended) >= 45 and max(ended) < 100


def test_the_second_half_of_a_short_answer_waits_for_nothing() -> None:
    seen: list[int] = []

    class Noting(Calm):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            connection = transport.get_extra_info("socket")
            seen.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    with served(Noting) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).text == "0"
    assert seen and all(seen)
