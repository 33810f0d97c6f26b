"""A stand-in for a model's server: real HTTP on this machine, which answers by the name of the model that is asked.

It writes what a test tells it to (``says``), or goes wrong in one of the ways in which servers do.
"""

import gzip
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PIECE = 7
ORDER = re.compile(r"请?(?:照写|写出|repeat)[：:]\s*(.+?)(?:\n|$)")
"""An order in the data that the obedient model follows."""


@dataclass
class StandIn:
    """The server at ``url``. ``asked`` are the bodies of all requests for writing, ``headers`` what came with them."""

    url: str
    says: Callable[[str], str] = lambda prompt: ""
    saw: Callable[[dict[str, str]], None] = lambda headers: None
    """Is told the headers of who lists the models."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    """Set when a client closes the connection of a model that would go on."""
    writing: threading.Event = field(default_factory=threading.Event)
    """Set when the first sentence of such a model is out."""

    def prompts(self) -> list[str]:
        """Return the user's part of each request."""
        return [body["messages"][-1]["content"] for body in self.asked]


def chunk(content: str | None = None, finish: str | None = None, **more: Any) -> bytes:
    """Return one event of a stream."""
    delta = {"role": "assistant"} if content is None else {"content": content}
    told = {
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m",
        "choices": [{"index": 0, "delta": {**delta, **more}, "finish_reason": finish}],
    }  # fmt: skip
    return f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode()


class _Handler(BaseHTTPRequestHandler):
    server_version, sys_version = "stand-in", ""
    stand: StandIn

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            self.stand.saw({name.lower(): value for name, value in self.headers.items()})
            listed = {"object": "list", "data": [{"id": name, "object": "model"} for name in ("good", "other")]}
            self._answer(200, json.dumps(listed).encode(), "application/json")
        else:
            self._answer(404, b"<html>not here</html>", "text/html")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path != "/v1/chat/completions":
            self._answer(404, b"<html>not here</html>", "text/html")
            return
        self.stand.asked.append(body)
        self.stand.headers.append({name.lower(): value for name, value in self.headers.items()})
        name, prompt = body["model"], body["messages"][-1]["content"]
        text = self.stand.says(prompt)
        if name.isdigit():
            error = {"error": {"message": "secret words of the server", "type": "x"}}
            self._answer(int(name), json.dumps(error).encode(), "application/json")
            return
        getattr(self, f"_{name}")(body, text)

    def _good(self, body: dict[str, Any], text: str) -> None:
        self._begin()
        self._pieces(text)
        self._end()

    def _newer(self, body: dict[str, Any], text: str) -> None:
        if "max_tokens" in body or "temperature" in body:
            self._answer(400, b'{"error": {"message": "Unsupported parameter"}}', "application/json")
        else:
            self._good(body, text)

    def _obedient(self, body: dict[str, Any], text: str) -> None:
        """Do what the data orders, and leave what it was told to do."""
        ordered = [found[1] for found in ORDER.finditer(body["messages"][-1]["content"])]
        self._good(body, text + "".join(f"{order}。" for order in ordered))

    def _cut(self, body: dict[str, Any], text: str) -> None:
        self._begin()
        self._pieces(text)
        self._end("length")

    def _waiting(self, body: dict[str, Any], text: str) -> None:
        """Write, and then nothing more, until the client goes."""
        self._begin()
        self._pieces(text)
        self.stand.writing.set()
        self._until_gone()

    def _silent(self, body: dict[str, Any], text: str) -> None:
        self.stand.writing.set()
        self._until_gone()

    def _until_gone(self) -> None:
        self.connection.settimeout(60)
        if self.connection.recv(1) == b"":
            self.stand.gone.set()
        self.close_connection = True

    def _endless(self, body: dict[str, Any], text: str) -> None:
        self._begin()
        try:
            while True:
                self._pieces("无尽的话。")
        except OSError:
            self.stand.gone.set()
            self.close_connection = True

    def _line(self, body: dict[str, Any], text: str) -> None:
        """One event without an end."""
        self._begin()
        try:
            while True:
                self.wfile.write(b"data: " + b"x" * 100_000)
        except OSError:
            self.stand.gone.set()
            self.close_connection = True

    def _broken(self, body: dict[str, Any], text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        self._pieces(text)
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _ends(self, body: dict[str, Any], text: str) -> None:
        """End without saying so."""
        self._begin()
        self._pieces(text)
        self.close_connection = True

    def _html(self, body: dict[str, Any], text: str) -> None:
        self._answer(200, b"<html><body>Welcome to the router</body></html>", "text/html")

    def _whole(self, body: dict[str, Any], text: str) -> None:
        """Answer without a stream."""
        told = {"choices": [{"message": {"role": "assistant", "content": text}}]}
        self._answer(200, json.dumps(told).encode(), "application/json")

    def _odd(self, body: dict[str, Any], text: str) -> None:
        self._begin()
        self.wfile.write(b'data: {"choices": [{"delta": 5}]}\n\ndata: [1, 2]\n\ndata: {"choices": 7}\n\n')
        self.close_connection = True

    def _nonsense(self, body: dict[str, Any], text: str) -> None:
        self._begin()
        self.wfile.write(b"data: {not json\n\n")
        self.close_connection = True

    def _error(self, body: dict[str, Any], text: str) -> None:
        """An error within the stream."""
        self._begin()
        self._pieces(text)
        self.wfile.write(b'data: {"error": {"message": "CUDA out of memory"}}\n\n')
        self.close_connection = True

    def _zipped(self, body: dict[str, Any], text: str) -> None:
        self._answer(200, gzip.compress(b"0" * 100_000_000), "text/event-stream", {"Content-Encoding": "gzip"})

    def _moved(self, body: dict[str, Any], text: str) -> None:
        self._answer(307, b"", "text/plain", {"Location": "http://elsewhere.invalid/v1/chat/completions"})

    def _nothing(self, body: dict[str, Any], text: str) -> None:
        self._begin()
        self._end()

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(chunk())

    def _pieces(self, text: str) -> None:
        for at in range(0, len(text), PIECE):
            self.wfile.write(chunk(text[at : at + PIECE]))

    def _end(self, finish: str = "stop") -> None:
        self.wfile.write(chunk("", finish) + b"data: [DONE]\n\n")
        self.close_connection = True

    def _answer(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """Serve on a free port of this machine until the block ends."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    stand = StandIn(f"http://127.0.0.1:{server.server_address[1]}/v1")
    handler.stand = stand  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield stand
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
