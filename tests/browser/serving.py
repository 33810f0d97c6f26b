"""A real server and a real Chromium, for the browser tests and for the picture in the README."""

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from bot.engine import Bot
from bot.page import mount
from bot.web.api import create_app
from bot.web.guard import Access
from bot.web.server import configuration, listen
from bot.web.share import Sharing

SEEDS = Path(__file__).parents[2] / "seeds"
CHROMIUM = shutil.which("chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
# A share link's name leads here; a page under it is no secure context, as any page over plain http is not.
_FLAGS += ["--host-resolver-rules=MAP share.test 127.0.0.1"]
_FLAGS += ["--disable-background-networking", "--disable-component-update"]


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def application(
    bot: Bot, access: Access | None = None, sharing: Sharing | None = None, *, page: bool = True,
    mcp_write: bool = False,
) -> FastAPI:  # fmt: skip
    """Build the web application with the page, or without."""

    async def build() -> FastAPI:  # where no event loop runs, Gradio opens some and never closes them
        return create_app(bot, access, sharing, mount if page else None, mcp_write=mcp_write)

    with ThreadPoolExecutor(1) as pool:  # Playwright's own loop runs in this thread
        return pool.submit(asyncio.run, build()).result()


@contextmanager
def serving(
    bot: Bot, access: Access | None = None, connect: Callable[[int], str] | None = None, *, port: int = 0,
    page: bool = True, mcp_write: bool = False,
) -> Iterator[str]:  # fmt: skip
    """Serve page and API of ``bot`` on ``port`` (0: a free one) of this machine; gives the address.

    ``connect`` turns the port into a share link; without it none can be opened. Without ``page`` it is the API alone.
    """
    listener = listen("127.0.0.1", port)
    access = access or Access()
    sharing = Sharing(access, listener.getsockname()[1], lambda link, password: None, connect) if connect else None
    app = application(bot, access, sharing, page=page, mcp_write=mcp_write)
    server = _Server(configuration(app, end=1))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        if not server.ready.wait(60):
            raise RuntimeError("the server did not start; its log says why")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def visiting(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """Open the web chat in a browser context of its own, and assert that no script of it failed."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", **options})
    context.set_default_timeout(15_000)
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(address)
    page.locator("#documents .documents li").first.wait_for(state="attached")
    yield page
    context.close()
    assert broken == []
