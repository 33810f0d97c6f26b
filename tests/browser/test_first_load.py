"""A first visit stays small, and a second one fetches nothing that cannot have changed."""

import re

from playwright.sync_api import Browser

from bot.page.preloads import needed
from tests.browser.first_load import Visit, visits

OURS = 130_000
"""Bytes: scripts, styles, words, lists and the icon; 250 KB were allowed."""
ALL = 400_000


def test_what_is_sent(browser: Browser, address: str) -> None:
    first, second = visits(browser, address, None, slower=1)
    assert first.size(gradio=False) < OURS, sorted(first.sent, key=lambda sent: -sent.size)[:9]
    assert first.size(gradio=False) + first.size(gradio=True) < ALL
    fetched = [sent.path for sent in second.sent if sent.path.startswith("/assets/") and sent.size]
    assert fetched == []
    assert not fonts(first)
    scripts = {sent.path.removeprefix("/assets/") for sent in first.sent if re.fullmatch(r"/assets/.+\.js", sent.path)}
    asked_late = scripts - set(needed())
    assert len(asked_late) <= 3, asked_late  # the words of Gradio's own in one language among them
    assert set(needed()) - {sent.path.removeprefix("/assets/") for sent in first.sent} == set()


def fonts(visit: Visit) -> list[str]:
    return [sent.path for sent in visit.sent if sent.path.endswith((".woff", ".woff2", ".ttf"))]
