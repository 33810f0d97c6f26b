"""Which requests another site's page makes, and whom a try is counted against."""

import pytest
from starlette.datastructures import Headers

from bot.web.guard import _is_foreign, _senders
from bot.web.tries import PERSON, PROXY

HOST = "docs.example.org:7860"
FOLLOWED = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def foreign(method: str = "GET", scheme: str = "http", **headers: str) -> bool:
    sent = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return _is_foreign(Headers(sent), {"type": "http", "method": method, "scheme": scheme})


@pytest.mark.parametrize("origin", [f"http://{HOST}", f"https://{HOST}", f"HTTP://{HOST.upper()}"])
def test_our_own_page(origin: str) -> None:
    assert not foreign("POST", origin=origin, sec_fetch_site="same-origin")


@pytest.mark.parametrize(
    "origin",
    [
        *("null", "", HOST, "http://docs.example.org", "http://evil.example", f"http://{HOST}.evil.example"),
        *(f"ftp://{HOST}", f"chrome-extension://{HOST}", f"http://evil.example://{HOST}", f"http://x@{HOST}"),
    ],
)
def test_an_origin_that_is_not_ours(origin: str) -> None:
    assert foreign("POST", origin=origin) and foreign("GET", origin=origin)


def test_behind_https_a_page_over_http_is_not_ours() -> None:
    assert foreign("POST", origin=f"http://{HOST}", x_forwarded_proto="https")
    assert foreign("POST", "https", origin=f"http://{HOST}")
    assert not foreign("POST", "https", origin=f"https://{HOST}")
    assert not foreign("POST", origin=f"https://{HOST}", x_forwarded_proto="https")


@pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site", "of-tomorrow"])
def test_of_another_site_a_link_may_be_followed_and_nothing_else(site: str) -> None:
    headers = {name.replace("-", "_"): value for name, value in FOLLOWED.items()}
    assert not foreign(sec_fetch_site=site, **headers)
    assert foreign("POST", sec_fetch_site=site, **headers)
    for mode, dest in (("navigate", "iframe"), ("no-cors", "image"), ("cors", "empty"), ("no-cors", "script")):
        assert foreign(sec_fetch_site=site, sec_fetch_mode=mode, sec_fetch_dest=dest)
    assert foreign(sec_fetch_site=site)


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_what_is_typed_and_what_our_page_asks(site: str) -> None:
    assert not foreign("POST", sec_fetch_site=site)


@pytest.mark.parametrize(
    ("peer", "named", "senders"),
    [
        ("192.168.1.7", "", [("192.168.1.7", PERSON)]),
        ("192.168.1.7", "10.0.0.1", [("192.168.1.7", PERSON)]),  # anybody can say so
        ("2001:db8:1:2:3:4:5:6", "", [("2001:db8:1:2::/64", PERSON)]),
        ("fe80::1%eth0", "", [("fe80::/64", PERSON)]),
        ("127.0.0.1", "", [("127.0.0.1", PERSON)]),
        ("127.0.0.1", "9.9.9.9, 10.0.0.1", [("127.0.0.1 for 10.0.0.1", PERSON), ("127.0.0.1 for all", PROXY)]),
        ("127.0.0.1", "x:" * 99, [("127.0.0.1 for " + ("x:" * 99)[:64], PERSON), ("127.0.0.1 for all", PROXY)]),
    ],
)
def test_whom_a_try_is_counted_against(peer: str, named: str, senders: list[object]) -> None:
    headers = Headers({"x-forwarded-for": named} if named else {})
    assert _senders({"type": "http", "client": (peer, 5)}, headers) == senders


def test_a_sender_without_an_address() -> None:
    assert _senders({"type": "http", "client": None}, Headers({})) == [("?", PERSON)]
