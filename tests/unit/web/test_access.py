"""Who may come in, and as what."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.keys import ROLES, KeyTable, Role
from bot.web.access import Access, Caller, credential_of

LINK = "abc.gradio.live"


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:7860", "127.0.0.1:7860", "[::1]:80", "[::1]"])
def test_loopback_is_known_by_its_names(host: str) -> None:
    assert Access().knows(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "example.com",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "10.0.0.7",
        "user@evil",
        "[::1",
        "x/localhost",
    ],
)
def test_other_names_are_not(host: str) -> None:
    assert not Access().knows(host)


def test_listening_everywhere_takes_any_address_but_no_name() -> None:
    access = Access("0.0.0.0", names=["docs.example.org"])
    assert access.knows("192.168.1.20:7860") and access.knows("[fe80::1]:7860") and access.knows("docs.example.org")
    assert not access.knows("rebound.example")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_whoever_is_at_this_machine_is_let_in_without_a_password(host: str) -> None:
    assert Access(host).is_open
    assert Access(host).caller(host, None) == Caller("owner")


@pytest.mark.parametrize(
    "access",
    [Access("0.0.0.0"), Access("::"), Access("192.168.1.20"), Access(names=["docs.example.org"]), Access(password="x")],
)
def test_others_need_a_password_or_a_key_even_under_our_own_name(access: Access) -> None:
    for host in ("localhost", "127.0.0.1:7860", "192.168.1.20", "docs.example.org"):
        assert not access.is_open
        assert access.caller(host, None) is None
        assert access.caller(host, "") is None


@pytest.mark.parametrize("user", ["", "anyone", "有据"])
def test_the_password_counts_whatever_the_user(user: str) -> None:
    access = Access(password="a:b 芝麻")
    assert access.caller("localhost", credential_of(basic(user, "a:b 芝麻"))) == Caller("owner")
    for wrong in ("a:b", "", "a:b 芝麻 ", "A:b 芝麻"):
        assert access.caller("localhost", credential_of(basic(user, wrong))) is None


def test_bearer_carries_it_too() -> None:
    assert Access(password="secret").caller("localhost", credential_of("Bearer secret")) == Caller("owner")
    assert credential_of("bearer  secret ") == "secret"


@pytest.mark.parametrize(
    "header",
    [
        *(None, "", "Basic", "Basic !", "Basic é", "Bearer", "Bearer ", "Bearer é", "Digest x", "x"),
        *("Basic " + base64.b64encode(data).decode() for data in (b"x", b"\xff:x", b"x:\xe9")),
        *("Basic YQ", "Basic ====", "Basic eDr/", "Basic " + "A" * 90_000, "Bearer " + "A" * 90_000),
    ],
    ids=lambda header: str(header)[:16],
)
def test_a_header_that_carries_none(header: str | None) -> None:
    assert credential_of(header) is None


def test_a_share_link_lets_its_host_in_and_asks_everybody_for_the_password() -> None:
    access = Access()
    assert not access.knows(LINK)
    access.share(LINK.upper(), "secret")
    assert access.knows(LINK) and access.knows("localhost:7860")
    assert access.caller("localhost", None) is None
    assert access.caller("localhost", "secret") == Caller("owner")


@pytest.mark.parametrize(("share_write", "role"), [(False, "reader"), (True, "editor")])
def test_what_whoever_comes_by_the_link_may_do(share_write: bool, role: Role) -> None:
    access = Access(share_write=share_write)
    access.share("ABC.gradio.live", "secret")
    for host in (LINK, "ABC.gradio.LIVE:443", f"x@{LINK}"):
        assert access.is_shared(host) and access.caller(host, "secret") == Caller(role, guest=True)
    for host in ("localhost:7860", "127.0.0.1", "[::1]:7860", f"{LINK}.example"):
        assert not access.is_shared(host)
    assert not Caller(role, guest=True).may_mark


def test_a_key_makes_what_it_says(tmp_path: Path) -> None:
    keys = KeyTable(Database(tmp_path / "home.db"))
    access = Access("0.0.0.0", keys=keys, password="secret")
    access.share(LINK, "secret")
    for role in ROLES:
        made = keys.new(f"of a {role}", role)
        for host in ("192.168.1.20", LINK):
            caller = access.caller(host, made.secret)
            assert caller == Caller(role, made.key.key_id)
            assert caller.may_mark is (role != "reader")
        keys.revoke(made.key.key_id)
        assert access.caller(LINK, made.secret) is None


def test_each_role_may_what_those_before_it_may() -> None:
    assert [[Caller(one).may(other) for other in ROLES] for one in ROLES] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_a_key_expires(tmp_path: Path) -> None:
    keys = KeyTable(Database(tmp_path / "home.db"))
    made = keys.new("for a week", "reader", days=7)
    assert made.key.expires_at is not None
    end = datetime.fromisoformat(made.key.expires_at)
    assert (end - datetime.fromisoformat(made.key.made_at)).days == 7
    assert keys.find(made.secret) == made.key
    assert keys.find(made.secret, end) is None
    assert keys.find(made.secret, datetime(2020, 1, 1, tzinfo=UTC)) == made.key
