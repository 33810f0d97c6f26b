"""Folders on the page: in the list of documents and uploaded as a whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.engine import Bot
from bot.settings import Settings
from tests.browser.serving import serving, visiting

Ask = Callable[[Page, str], Locator]
ROWS = "#documents .documents > li"


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


def test_many_documents_are_few_lines_until_a_folder_is_opened(browser: Browser, tmp_path: Path) -> None:
    texts = ((f"部门{n % 20}/类{n % 3}/第{n}号.txt", f"第{n}号物品。".encode(), None) for n in range(600))
    with Bot.open(settings=Settings(home=tmp_path / "home", seeds=None, reader="off")) as bot:
        bot.add_files(texts)
        with serving(bot) as address, visiting(browser, address) as page:
            expect(page.locator("#documents .count")).to_have_text("600")
            expect(page.locator(ROWS)).to_have_count(20)
            assert page.locator("#documents .name").all_inner_texts() == [f"部门{n}" for n in range(20)]
            line_of(page, "部门2").first.locator(".open").click()
            expect(page.locator(ROWS)).to_have_count(23)
            line_of(page, "类1").locator(".open").click()
            expect(page.locator(ROWS)).to_have_count(23 + 10)
            page.fill("#documents .filter", "第")
            expect(page.locator("#documents .these")).to_have_text("只问这 600 篇")
            expect(page.locator(ROWS)).to_have_count(61)  # the last one asks for more, and where it is seen gets it
            page.locator("#documents .more-rows").scroll_into_view_if_needed()
            expect(page.locator(ROWS)).to_have_count(121)
            page.fill("#documents .filter", "")
            expect(page.locator(ROWS)).to_have_count(23 + 10)


def test_a_folder_is_asked_sorted_and_removed_as_a_whole(page: Page, bot: Bot, ask: Ask) -> None:
    for number, name in enumerate(("甲", "乙", "丙")):
        for part in range(3):
            bot.add_bytes(f"{name}/{part}.txt", f"{name}{part}号\n\n{name}{part}号的按钮是{number}{part}。".encode())
    page.reload()
    names = page.locator("#documents .name")
    expect(page.locator(ROWS)).to_have_count(13)  # few: all is seen
    line_of(page, "乙").first.locator(".open").click()
    expect(page.locator(ROWS)).to_have_count(10)
    line_of(page, "丙").first.locator("input").check()
    expect(page.locator("#documents .chosen span")).to_have_text("只问选中的 3 篇")
    expect(ask(page, "丙1号的按钮是多少？")).to_contain_text("21")
    page.locator("#documents .chosen .all").click()
    page.select_option("#documents .sort", "date")
    expect(names.last).to_have_text("说明")
    remove = line_of(page, "甲").first
    remove.hover()
    remove.locator("summary").click()
    remove.locator(".remove").click()
    expect(page.locator("#sure h2")).to_have_text("移除 3 篇文档？")
    page.press("#sure .yes", "Enter")
    expect(line_of(page, "甲")).to_have_count(0)
    assert {info.source[0] for info in bot.documents()} == {"乙", "丙", "说"}


def test_a_folder_is_uploaded_with_its_paths(page: Page, bot: Bot, root: Path) -> None:
    page.set_input_files("#documents .whole input", root)
    expect(page.locator("#documents .reports .done")).to_have_count(2)
    assert {info.source for info in bot.documents()} == {"制度/人事/readme.txt", "制度/财务/readme.txt", "说明.txt"}
    expect(page.locator("#documents .name", has_text="人事制度")).to_be_visible()


def test_a_folder_and_files_are_dropped_together(page: Page, bot: Bot, root: Path, tmp_path: Path) -> None:
    (tmp_path / "单独.txt").write_text("单独的一篇。", encoding="utf-8")
    browser = page.context.new_cdp_session(page)
    dragged = {"items": [], "files": [str(root), str(tmp_path / "单独.txt")], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": kind, "x": 700, "y": 300, "data": dragged})
    expect(page.locator("#documents .reports .done")).to_have_count(3)
    sources = {info.source for info in bot.documents()}
    assert sources == {"制度/人事/readme.txt", "制度/财务/readme.txt", "单独.txt", "说明.txt"}
