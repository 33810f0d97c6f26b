"""Folders of this machine, named on the page and kept in step."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.engine import Bot
from bot.settings import Settings
from bot.web.guard import Access
from tests.browser.serving import serving, visiting

Ask = Callable[[Page, str], Locator]
ROWS = "#documents .documents > li"
KEPT = "#folders .kept-folders li"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with Bot.open(settings=Settings(home=tmp_path / "home", seeds=None, reader="off")) as bot:
        bot.add_bytes("说明.txt", "说明\n\n这里放着说明。".encode())
        yield bot


@pytest.fixture
def page(bot: Bot, browser: Browser) -> Iterator[Page]:
    with serving(bot) as address, visiting(browser, address) as page:
        yield page


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "制度"
    for number, part in enumerate(("人事", "财务")):
        (root / part).mkdir(parents=True)
        (root / part / "readme.txt").write_text(f"{part}制度\n\n{part}事项由{number + 3}号窗口办理。", encoding="utf-8")
    (root / ".git").mkdir()
    (root / ".git" / "x.txt").write_text("不是文档", encoding="utf-8")
    return root


def line_of(page: Page, name: str) -> Locator:
    return page.locator(ROWS).filter(has=page.locator(".name", has_text=name))


def open_kept(page: Page) -> None:
    page.locator("#folders summary").click()


def test_a_folder_is_named_followed_and_forgotten(page: Page, bot: Bot, root: Path, ask: Ask) -> None:
    open_kept(page)
    page.fill("#folders .filter", str(root / "none"))
    page.press("#folders .filter", "Enter")
    expect(page.locator("#folders .wrong")).to_contain_text("不是现有的文件夹")
    page.fill("#folders .filter", str(root))
    page.press("#folders .filter", "Enter")
    expect(page.locator(KEPT)).to_contain_text("2 个文件，已同步")
    expect(page.locator("#folders .wrong")).to_have_text("")
    expect(page.locator("#documents .count")).to_have_text("3")
    expect(ask(page, "财务事项由几号窗口办理？")).to_contain_text("4号窗口")
    (root / "新.txt").write_text("新规定\n\n新规定自七月起施行。", encoding="utf-8")
    page.locator("#folders .again").click()
    expect(line_of(page, "新规定")).to_have_count(1)
    bot.folders.sync("制度")  # what is done elsewhere is seen too
    (root / "新.txt").unlink()
    bot.folders.sync("制度")
    expect(line_of(page, "新规定")).to_have_count(0, timeout=15_000)

    page.locator("#folders .dismiss").click()
    page.locator("#folders .cancel").click()
    expect(page.locator(KEPT)).to_contain_text("制度")
    page.locator("#folders .dismiss").click()
    page.locator("#folders .remove").click()
    expect(page.locator(KEPT)).to_have_count(0)
    expect(page.locator("#documents .count")).to_have_text("1")
    assert (root / "人事" / "readme.txt").exists()


def test_a_folder_that_has_gone_says_so(page: Page, bot: Bot, root: Path) -> None:
    bot.folders.keep(root)
    bot.folders.sync("制度")
    root.rename(root.parent / "搬走")
    page.reload()
    open_kept(page)
    expect(page.locator(KEPT)).to_contain_text("文件夹现在不在")
    page.locator("#folders .again").click()
    expect(page.locator(KEPT)).to_contain_text("没有做任何改动")
    expect(page.locator("#documents .count")).to_have_text("3")


def test_guests_of_a_link_see_folders_in_the_list_and_no_paths(bot: Bot, browser: Browser, root: Path) -> None:
    bot.folders.keep(root)
    bot.folders.sync("制度")
    access = Access()
    with serving(bot, access) as address:
        access.share("share.test", "pass")
        there = address.replace("127.0.0.1", "share.test")
        with visiting(browser, there, http_credentials={"username": "x", "password": "pass"}) as page:
            expect(line_of(page, "制度").first).to_be_visible()
            expect(page.locator("#folders details")).to_be_hidden()
            expect(page.locator("#documents .whole")).to_be_hidden()
            assert str(root) not in page.content()
            denied = page.evaluate("fetch('api/folders').then((answer) => answer.status)")
            assert denied == 403
