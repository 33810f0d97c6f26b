"""axe-core's rules in the states that need documents of several kinds: folders, tags, tables, long lists, the settings.

On a desktop and on a phone, light and dark, as in ``test_looks.py``.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.engine import Bot
from bot.settings import Settings
from tests.browser.seeing import PHONE
from tests.browser.serving import serving, visiting
from tests.browser.test_answers import REPORT, RULES
from tests.browser.test_looks import assert_sound

Ask = Callable[[Page, str], Locator]
YEARS = "渡船公司2021年和2023年的客运收入对比"
LIST = "列出所有提到“青石书库”的地方"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("home")
    texts = {f"年报/{year}.txt": REPORT.format(year=year, income=income) for year, income in [(2021, 81), (2023, 97)]}
    texts |= {"书库/阅览规则.txt": RULES, **{f"杂/第{n}号.txt": f"第{n}号物品放在{n}号柜。" for n in range(7)}}
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot:
        bot.add_files((name, text.encode(), None) for name, text in texts.items())
        some = [info.document_id for info in bot.documents() if info.source.startswith("年报")]
        bot.collections.retag(some, ["年报", "重要"], [])
        with serving(bot) as address:
            yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_the_newer_states(
    browser: Browser, address: str, ask: Ask, device: str, scheme: Literal["light", "dark"]
) -> None:
    phone = device == "phone"
    size = {name: PHONE[name] for name in ("is_mobile", "has_touch")} if phone else {}
    size |= {"viewport": {"width": 390, "height": 844}} if phone else {}
    language = {"locale": "en-US"} if scheme == "dark" else {}
    with visiting(browser, address, color_scheme=scheme, **size, **language) as page:
        in_the_chat(page, ask)
        if phone:
            assert_sound(page, "a comparison, a long list unfolded")
            page.locator("#talk .answer").last.locator("a.source").first.tap()
        in_the_pane(page)
        if phone:
            assert_sound(page, "contents narrowed, a search")
            page.locator("#reader .close").tap()
            page.locator(".show-side").tap()
        in_the_list(page)
        assert_sound(page, "folders, tags, several chosen" if phone else "all of it beside one another")
        in_dialogs(page)
        if phone:
            page.locator(".show-side").tap()
        page.locator(".show-settings").click()
        page.locator("#settings .kept li").first.wait_for()
        page.locator("#synonyms summary").click()
        assert_sound(page, "settings, synonyms")


def in_the_chat(page: Page, ask: Ask) -> None:
    expect(ask(page, YEARS).locator(".grid tbody tr")).to_have_count(2)
    answer = ask(page, LIST)
    answer.locator("button.unfold").click()
    expect(answer.locator("ol").last.locator("li").last).to_be_visible()


def in_the_pane(page: Page) -> None:
    page.locator("#reader mark").wait_for()
    page.locator("#reader .contents").click()
    page.fill("#outline .jump", "第三条")
    page.locator("#reader .tools .find").click()
    page.fill("#finding input", "古籍")
    expect(page.locator("#finding .count")).to_contain_text("7")


def in_the_list(page: Page) -> None:
    page.locator("#documents .with-tags .tag").first.click()
    for box in page.locator("#documents .documents input[type=checkbox]").all():
        box.check()
    expect(page.locator("#documents .remove-them")).to_be_visible()


def in_dialogs(page: Page) -> None:
    page.locator("#documents .tag-them").click()
    page.locator("#tagging dialog").wait_for()
    assert_sound(page, "tags of several")
    page.locator("#tagging .no").click()
    page.locator("#documents .remove-them").click()
    page.locator("#sure dialog").wait_for()
    assert_sound(page, "several are removed")
    page.locator("#sure .no").click()
