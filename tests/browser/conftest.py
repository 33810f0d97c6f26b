"""One server and one browser for all tests here; every page asserts that it asked for nothing elsewhere or closed."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page

from bot.engine import Bot
from tests.browser.serving import CHROMIUM, SEEDS, chromium, serving

FACTS = """海宁灯塔简介

一、建造
海宁灯塔建于1907年，由石匠周海生设计。塔身高四十二米，用花岗岩砌成。

二、开放
灯塔每周三上午九点开放，门票十五元。雨天不开放。
"""

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Bot.open(tmp_path_factory.mktemp("home")) as bot:
        bot.add(SEEDS)
        bot.add_bytes("灯塔.txt", FACTS.encode())
        yield bot


@pytest.fixture(scope="session")
def address(bot: Bot) -> Iterator[str]:
    with serving(bot) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; `make test` installs it where apt is there")
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser, address: str, bot: Bot) -> Iterator[OpenPage]:
    """Open the web chat: ``open_page(locale="zh-CN", width=1440, height=900, **of the browser context)``."""
    contexts = []
    fetched: list[str] = []
    closed: list[str] = []
    broken: list[str] = []

    def open_page(locale: str = "zh-CN", width: int = 1440, height: int = 900, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale=locale, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("request", lambda request: fetched.append(request.url))
        page.on("response", lambda response: closed.append(response.url) if response.status in (404, 415) else None)
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(address)
        page.locator("#documents .documents li").first.wait_for(state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    for mark in bot.feedback.marks():  # the tests share the bot: what one marks must not answer another
        bot.feedback.take_back(mark.mark_id)
    elsewhere = [url for url in fetched if urlsplit(url).scheme in ("http", "https", "ws", "wss")]
    assert [url for url in elsewhere if not url.startswith(address + "/")] == []
    assert [url for url in closed if not url.startswith(address + "/api/")] == []
    assert broken == []


@pytest.fixture
def ask() -> Callable[[Page, str], Locator]:
    """Type a question, send it, and return the message that answers it."""

    def ask(page: Page, question: str) -> Locator:
        replies = page.locator("#talk :is(.answer, .refusal)")
        before = replies.count()
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        replies.nth(before).wait_for()
        return replies.nth(before)

    return ask
