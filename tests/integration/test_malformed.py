"""Requests that no proper program sends, byte for byte: each gets one clear answer, and the terminal no traceback."""

import io
import logging
import re
import socket
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from bot.engine import Bot
from bot.settings import Settings
from bot.web.guard import Access
from tests.browser.serving import serving
from tests.integration.serving import make_home, problem

Send = Callable[..., bytes]
QUESTION = b'{"question":"x"}'
JSON = b"Content-Type: application/json\r\n"
FORM = b"Content-Type: multipart/form-data; boundary=x\r\n"
FILE = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\ntext\r\n--x--\r\n'
JSON_ROUTES = [
    *("POST /api/ask", "POST /api/search", "PATCH /api/conversations/x", "POST /gradio_api/component_server"),
    *("POST /gradio_api/component_server/", "POST /gradio_api/queue/join", "POST /gradio_api/call/ask"),
    "POST /gradio_api/cancel",
]


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Bot.open(settings=Settings(home=make_home(tmp_path_factory.mktemp("home")), seeds=None)) as bot:
        yield bot


@pytest.fixture(scope="module")
def address(bot: Bot) -> Iterator[str]:
    with serving(bot) as address:
        yield address


@pytest.fixture(scope="module")
def locked(bot: Bot) -> Iterator[str]:
    with serving(bot, Access(password="x")) as address:
        yield address


@pytest.fixture
def terminal() -> Iterator[io.StringIO]:
    """What the server tells its terminal."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    logger = logging.getLogger("uvicorn")
    logger.addHandler(handler)
    yield told
    logger.removeHandler(handler)


@pytest.fixture
def send(address: str, terminal: io.StringIO) -> Iterator[Send]:
    """Send bytes, and with ``end`` nothing more; return what comes back before the server hangs up."""

    def send(request: bytes, end: bool = False) -> bytes:
        with socket.create_connection(("127.0.0.1", urlsplit(address).port), timeout=20) as connection:
            connection.sendall(request)
            if end:
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    yield send
    assert "Traceback" not in terminal.getvalue()


def request(line: bytes, headers: bytes = b"", body: bytes = b"", host: bytes = b"Host: localhost\r\n") -> bytes:
    length = b"Content-Length: %d\r\n" % len(body) if body else b""
    return line + b" HTTP/1.1\r\n" + host + headers + length + b"Connection: close\r\n\r\n" + body


def status(response: bytes) -> int:
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", response)
    assert found, response
    return int(found[1])


def error(response: bytes) -> str:
    """Return the one line of an error, asserting that there is nothing else."""
    head, _, body = response.partition(b"\r\n\r\n")
    told = {"content-type": "application/problem+json"} if b"application/problem+json" in head.lower() else {}
    return problem(httpx.Response(status(response), headers=told, content=body))


def assert_both_languages(send: Send, line: bytes, statuses: set[int]) -> None:
    english = send(request(line))
    chinese = send(request(line, b"Accept-Language: zh\r\n"))
    assert status(english) == status(chinese) and status(english) in statuses
    assert not re.search(r"[\u4e00-\u9fff]", error(english)) and re.search(r"[\u4e00-\u9fff]", error(chinese))


@pytest.mark.parametrize("route", JSON_ROUTES)
@pytest.mark.parametrize(
    "kind", [None, b"", b"application/x-www-form-urlencoded", b"text/plain", b"multipart/form-data", b"\xff", b"json"]
)
def test_a_body_that_does_not_say_json(send: Send, route: str, kind: bytes | None) -> None:
    header = b"" if kind is None else b"Content-Type: " + kind + b"\r\n"
    english = send(request(route.encode(), header, QUESTION))
    chinese = send(request(route.encode(), header + b"Accept-Language: zh-CN\r\n", QUESTION))
    assert (status(english), status(chinese)) == (415, 415)
    assert "Content-Type: application/json" in error(english) and error(english).isascii()
    assert "请以 JSON 发送" in error(chinese)


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/problem+json"])
def test_every_way_to_say_json(address: str, kind: str) -> None:
    response = httpx.post(f"{address}/api/ask", content=QUESTION, headers={"Content-Type": kind}, trust_env=False)
    assert response.status_code == 200


@pytest.mark.parametrize("route", JSON_ROUTES)
@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"null", b"NaN", b"\xff", b'{"data": NaN}', b'{"title":"\\ud800"}', b'{"data":{}}'),
        *(b"[" * 900, b"[" * 100_000 + b"]" * 100_000, b'{"a":' + b"9" * 5000 + b"}"),
        b'{"question":"x","history":' + b"[" * 960 + b"]" * 960 + b"}",
    ],
    ids=lambda body: f"{body[:20]}-{len(body)}",
)
def test_a_body_that_is_no_proper_json(send: Send, route: str, body: bytes) -> None:
    assert status(send(request(route.encode(), JSON, body))) in (400, 422)


@pytest.mark.parametrize("scheme", [b"Basic ", b"Bearer ", b"basic  ", b"Digest ", b""])
@pytest.mark.parametrize(
    "credentials",
    [b"\xe9", b"\xff\xff", "é".encode(), b"YQ", b"====", b"eDr/", b"A" * 9000, b"A" * 60_000, b"", b"Og=="],
    ids=lambda c: f"{c[:9]!r}-{len(c)}",
)
def test_credentials_that_are_none(locked: str, terminal: io.StringIO, scheme: bytes, credentials: bytes) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(locked).port), timeout=20) as connection:
        connection.sendall(request(b"GET /", b"Authorization: " + scheme + credentials + b"\r\n"))
        response = b"".join(iter(lambda: connection.recv(65536), b""))
    if len(credentials) > 50_000 and status(response) == 400:
        return  # the head is too long to be read at all
    assert status(response) in (401, 429)
    assert (b'www-authenticate: Basic realm="Youju"' in response) is (status(response) == 401)
    assert "password" in error(response)
    assert "Traceback" not in terminal.getvalue()


@pytest.mark.parametrize(
    "host",
    [b"\xff", b"[", b"", "℀".encode(), b"localhost\\x", b"[::1%25eth0]", b"a" * 5000, b"localhost.", b"user:x@evil"],
    ids=lambda host: str(host[:12]),
)
def test_a_host_that_is_none(send: Send, host: bytes) -> None:
    response = send(request(b"GET /api/documents", host=b"Host: " + host + b"\r\n"))
    assert status(response) == 421
    assert "--allow-host" in error(response)


@pytest.mark.parametrize("host", [b"localhost:x", b"localhost:999999", b"x@localhost", b"localhost:-1", b"localhost#"])
def test_a_host_that_is_ours_in_an_odd_way(send: Send, host: bytes) -> None:
    for path in (b"/", b"/config", b"/api/documents"):
        assert status(send(request(b"GET " + path, host=b"Host: " + host + b"\r\n"))) in (200, 421)


@pytest.mark.parametrize("host", [b"", b"Host: localhost\r\nHost: localhost\r\n"])
def test_no_host_or_two(send: Send, host: bytes) -> None:
    assert status(send(request(b"GET /api/documents", host=host))) == 400


@pytest.mark.parametrize(
    "header",
    [
        *(b"Cookie: youju-visitor=\xff", b"Cookie: ;;;===;", b"Cookie: " + b"a=b;" * 9000, b'Cookie: a="'),
        *(b"Accept-Language: \xff;q=x,zh;q=nan", b"Accept-Language: " + b"zh," * 9000, b"Accept: \xff"),
        *(b"X-Forwarded-Host: a:b:c", b"X-Forwarded-Host: [", b"X-Forwarded-Proto: \xff", b"X-Forwarded-Prefix: ["),
        *(
            b"Range: bytes=x",
            b"Range: bytes=5-1",
            b"If-Modified-Since: \xff",
            b"Accept-Encoding: \xff",
            b"Referer: \xff",
        ),
    ],
    ids=lambda header: str(header[:30]),
)
def test_odd_headers(send: Send, header: bytes) -> None:
    for path in (b"/", b"/config", b"/gradio_api/info", b"/api/documents", b"/static-offline-docs/favicon.png"):
        assert status(send(request(b"GET " + path, header + b"\r\n"))) in (200, 400, 416)


def test_another_host_behind_a_proxy_is_not_believed(send: Send) -> None:
    assert b"evil.example" not in send(request(b"GET /config", b"X-Forwarded-Host: evil.example\r\n"))


@pytest.mark.parametrize(
    "header",
    [
        *(b"Content-Length: -1", b"Content-Length: x", b"Content-Length: 5, 6", b"Transfer-Encoding: x", b"No Colon"),
        b"Null: \0",
    ],
    ids=lambda header: str(header[:30]),
)
def test_headers_that_are_none(send: Send, header: bytes) -> None:
    assert status(send(request(b"GET /api/documents", header + b"\r\n"))) == 400


@pytest.mark.parametrize(
    "path",
    [
        *("/%ff", "/%00", "/%", "/%zz", "/api/%ff", "/api/documents/%ff", "/api/documents/%00/original"),
        *("/api/citations/%00", "/api/citations/x.-1.5.00000000", f"/api/citations/x.{'9' * 5000}.1.00000000"),
        *("/api/conversations/%00", "/assets/%00", f"/assets/{'a' * 5000}", "/assets/..%2f..%2fx", "/pwa_icon/0"),
        *("/pwa_icon/12000", f"/static-offline-docs/{'a' * 80}", "/gradio_api/file=http%3A%2F%2F1.1.1.1%2F", "//x"),
        *("http://127.0.0.1/api/documents", "http://[/", "*", "/gradio_api/call/ask/none"),
    ],
    ids=lambda path: path[:40],
)
def test_a_path_that_leads_nowhere(send: Send, path: str) -> None:
    assert_both_languages(send, b"GET " + path.encode(), {422} if path.startswith("/api/citations") else {404})


@pytest.mark.parametrize("query", ["page=x", "deep_link=..%2fx", "deep_link=%00", "%ff=%ff", "view=api"])
def test_gradio_reads_nothing_from_the_query(address: str, query: str) -> None:
    with httpx.Client(base_url=address, trust_env=False) as http:
        for path in ("/", "/config", "/gradio_api/info"):
            asked = http.get(f"{path}?{query}")
            assert asked.status_code == 200
            assert len(asked.text) == len(http.get(path).text)


@pytest.mark.parametrize("query", ["query=%ff", "query=%00", "query=%ed%a0%80", "other=%"])
def test_odd_words_to_look_for(send: Send, query: str) -> None:
    assert status(send(request(f"GET /api/conversations?{query}".encode()))) == 200


@pytest.mark.parametrize("method", ["PUT", "TRACE", "FOO", "get", "DELETE"])
def test_a_method_that_is_not_taken(send: Send, method: str) -> None:
    for path in ("/", "/api/ask", "/gradio_api/info"):
        told = 405 if path == "/api/ask" and method in ("PUT", "DELETE", "TRACE") else 404
        assert_both_languages(send, f"{method} {path}".encode(), {told})


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"", b"x"),
        (b"Content-Type: multipart/form-data\r\n", FILE),
        (b"Content-Type: multipart/form-data; boundary=\xff\r\n", FILE),
        (b"Content-Type: multipart/form-data; boundary=y\r\n", FILE),
        (FORM, b"x"),
        (FORM, FILE[:60]),
        (FORM, FILE.replace(b'; filename="a.txt"', b"")),
        (FORM, FILE.replace(b"files", b"other")),
        (FORM, b"--x\r\n" + b"A" * 9000 + b": x\r\n\r\nx\r\n--x--\r\n"),
        (FORM, FILE[:-7] * 2000),
        (JSON, QUESTION),
    ],
)
def test_an_upload_that_is_none(send: Send, bot: Bot, headers: bytes, body: bytes) -> None:
    before = bot.documents()
    response = send(request(b"POST /api/documents", headers, body))
    assert status(response) in (400, 415, 422)
    assert error(response)
    assert bot.documents() == before


@pytest.mark.parametrize(
    "path", [b"/api/ask", b"/api/documents", b"/gradio_api/component_server", b"/gradio_api/queue/join"]
)
def test_a_body_that_ends_early_is_not_answered(send: Send, path: bytes, address: str) -> None:
    headers = b"Host: localhost\r\n" + (FORM if path.endswith(b"documents") else JSON) + b"Content-Length: 1000\r\n\r\n"
    answered = send(b"POST " + path + b" HTTP/1.1\r\n" + headers + b"{}", end=True)
    assert answered == b"" or status(answered) == 400  # where the form is read before the end is noticed
    assert httpx.get(f"{address}/api/documents", trust_env=False).status_code == 200


def test_a_body_that_is_longer_than_it_says(send: Send) -> None:
    line = b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + JSON + b"Content-Length: 3\r\n\r\n"
    assert status(send(line + QUESTION)) == 422


def test_too_long_a_body_is_told_in_the_readers_language(address: str) -> None:
    body = {"question": "问" * 1_000_000}
    with httpx.Client(base_url=address, trust_env=False) as http:
        english = http.post("/api/ask", json=body)
        chinese = http.post("/api/ask", json=body, headers={"Accept-Language": "zh"})
    assert (english.status_code, chinese.status_code) == (413, 413)
    assert "over 2 MB" in english.json()["error"] and "请求超过 2 MB" in chinese.json()["error"]
