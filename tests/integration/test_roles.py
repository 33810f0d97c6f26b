"""Every route of the running server, asked for by everybody: without a key, and as reader, editor and owner."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from bot.engine import Bot
from bot.settings import Settings
from bot.storage.keys import ROLES, Role
from bot.web.access import Access
from bot.web.api import create_app
from bot.web.doors import ANY, DOORS, door_of
from bot.web.tries import PERSON
from tests.browser.serving import serving
from tests.integration.serving import make_home, wait_for

PASSWORD = "芝麻 open"
READERS = {
    *("POST /api/ask", "POST /api/search", "POST /api/suggest", "POST /api/wordings"),
    *("DELETE /api/conversations", "POST /api/conversations/{conversation_id}/turns/{turn_id}/written"),
    *("PATCH /api/conversations/{conversation_id}", "DELETE /api/conversations/{conversation_id}"),
    *("POST /v1/chat/completions", "POST /v1/embeddings"),
    *("POST /api/conversations", "POST /api/conversations/{conversation_id}/turns"),
    "PUT /api/conversations/{conversation_id}/turns/{turn_id}/feedback",
}
"""What a reader may do besides reading; whatever else changes anything is not theirs."""
OWNERS = {
    *("PATCH /api/settings", "GET /api/keys", "POST /api/keys", "DELETE /api/keys/{key_id}"),
    *("PATCH /api/settings/writer", "POST /api/settings/writer/look"),
}
HERE = "/api/folders"
UNLOCKED = {"GET /healthz", "GET /readyz"}


@dataclass(frozen=True, slots=True)
class Served:
    bot: Bot
    address: str
    secrets: dict[str, str]
    routes: frozenset[str]

    def client(self, key: str | None = None, **headers: str) -> httpx.Client:
        bearer = {"Authorization": f"Bearer {self.secrets[key]}"} if key else {}
        sent = {**bearer, "Accept-Language": "en", **headers}
        return httpx.Client(base_url=self.address, trust_env=False, timeout=60, headers=sent)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = make_home(tmp_path_factory.mktemp("home"))
    with Bot.open(settings=Settings(home=home, seeds=None)) as bot:
        secrets = {role: bot.keys.new(f"the {role}'s", role).secret for role in ROLES}
        paths = create_app(bot).openapi()["paths"]
        routes = frozenset(f"{method.upper()} {path}" for path, methods in paths.items() for method in methods)
        with serving(bot, Access("0.0.0.0", password=PASSWORD, keys=bot.keys)) as address:
            yield Served(bot, address, secrets, routes)


def asked(client: httpx.Client, route: str) -> int:
    """Ask for a route in a way that changes nothing even where it is let through."""
    method, _, path = route.partition(" ")
    path = re.sub(r"\{\w+\}", "0", path)
    return client.request(method, path, json={"wrong": 1} if method in ("POST", "PUT", "PATCH") else None).status_code


def lowest(route: str) -> Role:
    """The role that a route of the API needs, as this test sees it."""
    if route.split(" ")[1].startswith(HERE) or route in OWNERS:
        return "owner"
    return "reader" if route.startswith("GET ") or route in READERS else "editor"


def test_every_route_of_the_api_by_role(served: Served) -> None:
    assert len(served.routes) > 30
    for role in (None, *ROLES):
        with served.client(role) as client:
            for route in sorted(served.routes - UNLOCKED - {"DELETE /api/conversations"}):
                status = asked(client, route)
                if role is None:
                    assert status == 401, route
                elif ROLES.index(role) < ROLES.index(lowest(route)):
                    assert status == 403, (role, route, status)
                else:
                    assert status not in (401, 403) and status < 500, (role, route, status)


def test_the_table_says_the_same(served: Served) -> None:
    assert [door.path for door in DOORS if door.unlocked] == ["/healthz|/readyz"]
    for route in served.routes:
        door = door_of(*re.sub(r"\{\w+\}", "0", route).split(" "))
        assert door is not None and door.role == lowest(route), route


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json", "/config", "/gradio_api/info", "/theme.css", "/x"])
def test_without_a_key_nothing_is_told_of_any_address(served: Served, path: str) -> None:
    with served.client() as client:
        for method in sorted(ANY | {"TRACE", "FOO"}):
            response = client.request(method, path)
            assert (response.status_code, response.headers["WWW-Authenticate"][:5]) == (401, "Basic")


def test_a_key_comes_as_a_password_too_and_the_password_as_bearer(served: Served) -> None:
    with served.client() as client:
        for auth in (("anyone", served.secrets["reader"]), ("", served.secrets["owner"]), ("有据", PASSWORD)):
            assert client.get("/api/documents", auth=auth).status_code == 200
        wrong = served.secrets["owner"][:-1] + "_"
        assert client.get("/api/documents", headers={"Authorization": f"Bearer {wrong}"}).status_code == 401


def test_what_a_role_lacks_is_told(served: Served) -> None:
    with served.client("reader") as reader, served.client("editor") as editor:
        assert "editor's key" in reader.delete("/api/documents/x").json()["error"]
        assert "owner" in reader.patch("/api/settings", json={}).json()["error"]
        assert "owner" in editor.patch("/api/settings", json={}).json()["error"]
        refused = reader.delete("/api/documents/x", headers={"Accept-Language": "zh"}).json()["error"]
        assert "编辑者" in refused


def test_a_revoked_key_opens_nothing_and_its_last_use_is_kept(served: Served) -> None:
    made = served.bot.keys.new("for a moment", "reader")
    served.secrets["moment"] = made.secret
    with served.client("moment") as client:
        assert client.get("/api/documents").status_code == 200
        used = wait_for(lambda: next(key.used_at for key in served.bot.keys.all() if key.key_id == made.key.key_id))
        assert used >= made.key.made_at
        served.bot.keys.revoke(made.key.key_id)
        assert client.get("/api/documents").status_code == 401


def state(client: httpx.Client) -> dict[str, object]:
    """What the share panel is told."""
    config = client.get("/config").json()
    part = next(part for part in config["components"] if part["props"].get("elem_id") == "share")
    body = {"component_id": part["id"], "fn_name": "state", "session_hash": "s", "data": None}
    told: dict[str, object] = client.post("/gradio_api/component_server", json=body).json()
    return told


def test_the_owner_makes_lists_and_revokes_keys_over_http(served: Served) -> None:
    with served.client("owner") as owner:
        made = owner.post("/api/keys", json={"name": " Open  WebUI ", "role": "editor", "days": 90})
        assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
        key = made.json()
        secret = key.pop("secret")
        assert (key["name"], key["role"], key["used_at"]) == ("Open WebUI", "editor", None)
        listed = owner.get("/api/keys")
        assert key in listed.json() and secret not in listed.text
        with httpx.Client(
            base_url=served.address, trust_env=False, headers={"Authorization": f"Bearer {secret}"}
        ) as program:
            assert program.get("/api/documents").status_code == 200
            assert program.get("/api/keys").status_code == program.post("/api/keys", json={}).status_code == 403
            assert owner.delete(f"/api/keys/{key['key_id']}").status_code == 204
            assert program.get("/api/documents").status_code == 401
        assert key["key_id"] not in owner.get("/api/keys").text
        assert owner.delete(f"/api/keys/{key['key_id']}").status_code == 404
        for wrong in (
            {"name": " "},
            {"name": "a\u0007"},
            {"name": "x" * 61},
            {"name": "a", "days": 0},
            {"name": "a", "role": "x"},
        ):
            assert owner.post("/api/keys", json=wrong).status_code == 422, wrong


def test_the_page_knows_the_role_and_tells_the_password_to_the_owner_alone(served: Served) -> None:
    rights = {}
    for role in ROLES:
        with served.client(role) as client:
            told = state(client)
        rights[role] = [told[name] for name in ("read_only", "guest", "owner", "password", "can_open")]
    assert rights == {
        "reader": [True, True, False, None, False],
        "editor": [False, False, False, None, False],
        "owner": [False, False, True, PASSWORD, False],
    }


def test_another_site_may_link_here_and_nothing_else(served: Served) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    picture = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    with served.client("owner") as client:
        assert client.get("/", headers=link).status_code == 200
        for path in ("/", "/api/documents", "/pwa_icon/512", "/nothing"):
            assert client.get(path, headers=picture).status_code == 403
        assert client.post("/api/ask", json={"question": "x"}, headers=link).status_code == 403


def test_guessing_is_slowed_down_and_whoever_is_in_stays_in(served: Served) -> None:
    with served.client("reader") as anna, served.client(**{"X-Forwarded-For": "6.6.6.6"}) as mallory:
        # A proxy on this machine names them; both are behind one address.
        assert anna.get("/api/documents", headers={"X-Forwarded-For": "6.6.6.6"}).status_code == 200
        for at in range(PERSON.burst):
            assert mallory.get("/api/documents", auth=("x", f"guess {at}")).status_code == 401
        told = [knock(mallory, f"further guess {at}") for at in range(30)]
        assert told.count(429) >= 15 and 401 not in told
        assert anna.get("/api/documents", headers={"X-Forwarded-For": "6.6.6.6"}).status_code == 200
        other = {"X-Forwarded-For": "7.7.7.7"}
        assert mallory.get("/api/documents", auth=("x", PASSWORD), headers=other).status_code == 200


def knock(client: httpx.Client, password: str) -> int:
    """Guess, and hang up where the answer is kept back."""
    try:
        response = client.get("/api/documents", auth=("x", password), timeout=0.2)
    except httpx.TimeoutException:
        return 0
    if response.status_code == 429:
        assert 1 <= int(response.headers["Retry-After"]) <= 10
    return response.status_code
