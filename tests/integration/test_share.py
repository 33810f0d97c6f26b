"""The share link where it cannot be had, and what its guests may do, told apart by the name they come under.

The tunnel itself needs a service on the Internet, and is not tried here.
"""

import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import HTTPConnection

from bot.engine import Bot
from bot.page.share_panel import PageSharing
from bot.settings import Settings
from bot.types import ServerError
from bot.web.access import Access, Caller, note_caller
from bot.web.share import Sharing, new_password, open_link
from tests.browser.serving import serving
from tests.integration.serving import make_home, problem, running

LINK = "https://quiet-meadow.gradio.live"
FINE = "图书逾期未还每天收取多少滞纳金？"
Guest = Callable[..., httpx.Client]


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


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    home = make_home(tmp_path_factory.mktemp("home"))
    with Bot.open(settings=Settings(home=home, seeds=None)) as bot:
        yield bot


@pytest.fixture
def guest(bot: Bot, request: pytest.FixtureRequest) -> Iterator[Guest]:
    """Serve with a link that is open; gives a client that comes by it, or by another host."""
    access = Access(share_write=getattr(request, "param", False))
    opened: list[tuple[str, str]] = []
    with serving(bot, access) as address:
        Sharing(access, 1, lambda *told: opened.append(told), lambda port: LINK).open_link()
        ((link, password),) = opened
        assert link == LINK

        def client(host: str = "quiet-meadow.gradio.live", language: str = "en") -> httpx.Client:
            headers = {"Host": host, "Accept-Language": language}
            return httpx.Client(base_url=address, headers=headers, auth=("x", password), trust_env=False, timeout=60)

        yield client


WRITES = [
    ("POST", "/api/documents"),
    ("POST", "/api/documents/"),
    ("POST", "/api/documents?replace=x"),
    ("POST", "/%61pi/documents"),
    ("PUT", "/api/documents/{id}"),
    ("DELETE", "/api/documents/{id}"),
    ("DELETE", "/api/documents/none"),
    ("POST", "/api/documents/tags"),
    ("POST", "/api/documents/remove"),
    ("PATCH", "/api/settings"),
]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_guest_changes_no_document(guest: Guest, bot: Bot, method: str, path: str) -> None:
    before = bot.documents()
    path = path.replace("{id}", before[0].document_id)
    files = [("files", ("library.md", "换掉。".encode()))]
    for language, word in (("en", "--share-write"), ("zh-CN", "只能阅读和提问")):
        for host in ("quiet-meadow.gradio.live", "QUIET-meadow.gradio.live:443"):
            with guest(host, language) as client:
                response = client.request(method, path, files=files)
            assert word in problem(response, 403)
    assert bot.documents() == before


def test_a_guest_reads_and_asks(guest: Guest, bot: Bot) -> None:
    with guest() as client:
        answer = client.post("/api/ask", json={"question": FINE}).json()
        assert answer["citations"][0]["quote"] == "图书逾期未还的，每册每天收取滞纳金二角。"
        identity = answer["citations"][0]["document_id"]
        assert client.get(f"/api/documents/{identity}").json()["source"] == "library.md"
        assert client.get(f"/api/documents/{identity}/original").content == bot.original(identity).data
        assert client.post("/api/search", json={"query": FINE}).status_code == 200
        assert client.get("/").status_code == 200
        assert client.get("/api/documents", auth=("x", "guessed")).status_code == 401
        assert client.get("/api/documents", headers={"Host": "another.gradio.live"}).status_code == 421
        assert client.post("/gradio_api/upload", files=[("files", ("a.txt", b"a"))]).status_code == 404


@pytest.mark.parametrize("guest", [False, True], indirect=True)
def test_documents_are_changed_here_and_with_share_write_by_guests_too(
    guest: Guest, bot: Bot, request: pytest.FixtureRequest
) -> None:
    writing = request.node.callspec.params["guest"]
    hosts = ["127.0.0.1", *(["quiet-meadow.gradio.live"] if writing else [])]
    for host in hosts:
        with guest(host) as client:
            made = client.post("/api/documents", files=[("files", ("new.txt", "新来的文件。".encode()))])
            assert made.status_code == 200
            identity = made.json()[0]["document"]["document_id"]
            assert client.delete(f"/api/documents/{identity}").status_code == 204
    assert len(bot.documents()) == 2


def call(client: httpx.Client, part: str, function: str, data: object) -> Any:
    """Call a function of the page as its script does, and return its result."""
    config = client.get("/config").json()
    found = next(each for each in config["components"] if each["props"].get("elem_id") == part)
    body = {"component_id": found["id"], "fn_name": function, "session_hash": "s", "data": data}
    response = client.post("/gradio_api/component_server", json=body)
    assert response.status_code == 200, response.text
    return response.json()


def complain(client: httpx.Client, document_id: str) -> None:
    """Ask, and say that the first paragraph of a document would have been right."""
    asked = call(client, "talk", "ask", {"question": FINE, "conversation": None})
    right = {"document_id": document_id, "paragraph": 0}
    turn = asked["turns"][0]["turn_id"]
    rated = {"conversation": asked["conversation"], "turn": turn, "rating": "bad", "right": right}
    assert call(client, "talk", "rate", rated) is None


@pytest.mark.parametrize("guest", [False, True], indirect=True)
def test_a_guest_marks_nothing_and_takes_nothing_back(guest: Guest, bot: Bot) -> None:
    document_id = bot.documents()[0].document_id
    with guest() as client:
        assert call(client, "share", "state", None)["guest"] is True
        complain(client, document_id)
    assert (bot.feedback.marks(), bot.ask(FINE).trace.way) == ([], "evidence")
    assert bot.feedback.ratings()[-1].right  # what a guest says is kept, to be a test
    with guest("127.0.0.1") as client:
        assert call(client, "share", "state", None)["guest"] is False
        complain(client, document_id)
    [mark] = bot.feedback.marks()
    with guest() as client:
        assert client.post("/api/ask", json={"question": FINE}).json()["citations"][0]["mark"] == mark.mark_id
        refused = client.delete(f"/api/marks/{mark.mark_id}")
        assert (refused.status_code, "where Youju runs" in refused.json()["error"]) == (403, True)
    assert bot.feedback.marks() == [mark]
    with guest("127.0.0.1") as client:
        assert client.delete(f"/api/marks/{mark.mark_id}").status_code == 204
        gone = client.delete(f"/api/marks/{mark.mark_id}")
        assert problem(gone, 404)
        for wrong in ("0", "-1", "x", str(2**63)):
            assert client.delete(f"/api/marks/{wrong}").status_code == 422
    assert bot.ask(FINE).trace.way == "evidence"


def test_the_link_is_opened_once_behind_the_password_that_there_is() -> None:
    access = Access(password="kept")
    opened: list[tuple[str, str]] = []
    sharing = Sharing(access, 7, lambda *told: opened.append(told), lambda port: f"https://port{port}.gradio.live")
    sharing.open_link()
    sharing.open_link()
    assert opened == [("https://port7.gradio.live", "kept")]
    assert sharing.link == "https://port7.gradio.live"
    assert access.caller("port7.gradio.live", "kept") == Caller("reader", guest=True)
    assert access.caller("localhost", "kept") == Caller("owner")


def test_the_page_opens_a_link_only_for_this_machines_own_browser(bot: Bot) -> None:
    """Whoever opens one sets a password that everybody then needs."""
    access = Access("0.0.0.0", names=["docs.example.org"], password="kept")
    with (
        serving(bot, access, lambda port: LINK) as address,
        httpx.Client(base_url=address, trust_env=False, auth=("x", "kept")) as client,
    ):

        def call(function: str, host: str) -> dict[str, object]:
            config = client.get("/config").json()
            part = next(part for part in config["components"] if part["props"].get("elem_id") == "share")
            body = {"component_id": part["id"], "fn_name": function, "session_hash": "s", "data": None}
            response = client.post("/gradio_api/component_server", json=body, headers={"Host": host})
            assert response.status_code == 200, response.text
            result: dict[str, object] = response.json()
            return result

        for host in ("docs.example.org", "192.168.7.7:80"):
            assert call("state", host)["can_open"] is False
            assert "--share" in str(call("open", host)["error"])
        assert call("state", "localhost")["can_open"] is True
        state = call("open", "localhost")
        assert (state["link"], state["password"], state["can_open"]) == (LINK, "kept", False)


def test_the_panel_knows_the_networks_addresses_and_tells_no_guest(bot: Bot) -> None:
    access = Access("0.0.0.0", password="kept")
    sharing = Sharing(access, 7, lambda *told: None, lambda port: LINK, near=["http://192.168.7.7:7860"])
    for guest, near in ((False, ["http://192.168.7.7:7860"]), (True, [])):
        scope = {"type": "http", "headers": [(b"host", b"localhost")], "client": ("192.168.7.8", 1)}
        request = HTTPConnection(note_caller(scope, Caller("reader", guest=guest)))
        assert PageSharing(access, sharing).state(None, request)["near"] == near  # type: ignore[arg-type]
