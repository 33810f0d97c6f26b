"""Who may come in."""

import base64

import pytest

from bot.web.guard import Access


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


def test_without_a_password_everybody_is_admitted() -> None:
    assert Access().admits(None)


@pytest.mark.parametrize("user", ["", "anyone", "有据"])
def test_the_password_counts_whatever_the_user(user: str) -> None:
    access = Access(password="a:b 芝麻")
    assert access.admits(basic(user, "a:b 芝麻"))
    assert not access.admits(basic(user, "a:b"))
    assert not access.admits(basic(user, ""))


@pytest.mark.parametrize(
    "header", [None, "", "Basic", "Basic !", "Bearer x", "Basic " + base64.b64encode(b"x").decode()]
)
def test_malformed_credentials_are_refused(header: str | None) -> None:
    assert not Access(password="x").admits(header)


def test_a_share_link_lets_its_host_in_and_asks_everybody_for_the_password() -> None:
    access = Access()
    assert not access.knows("abc.gradio.live")
    access.share("ABC.gradio.live", "secret")
    assert access.knows("abc.gradio.live") and access.knows("localhost:7860")
    assert not access.admits(None)
    assert access.admits(basic("x", "secret"))


def test_who_comes_by_the_link_only_reads() -> None:
    access = Access()
    assert not access.is_read_only("localhost:7860")
    access.share("ABC.gradio.live", "secret")
    for host in ("abc.gradio.live", "ABC.gradio.LIVE:443", "x@abc.gradio.live"):
        assert access.is_shared(host) and access.is_read_only(host)
    for host in ("localhost:7860", "127.0.0.1", "[::1]:7860", "abc.gradio.live.example"):
        assert not access.is_shared(host) and not access.is_read_only(host)


def test_with_share_write_it_does_not() -> None:
    access = Access(share_write=True)
    access.share("abc.gradio.live", "secret")
    assert access.is_shared("abc.gradio.live") and not access.is_read_only("abc.gradio.live")
