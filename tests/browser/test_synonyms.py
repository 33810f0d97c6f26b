"""Synonyms on the page: added, used and shown, removed."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.engine import Bot
from tests.browser.conftest import OpenPage

Ask = Callable[[Page, str], Locator]
GROUPS = "#synonyms .groups li"


@pytest.fixture(autouse=True)
def as_before(bot: Bot) -> Iterator[None]:
    """Leave no synonyms: the server is everybody's."""
    yield
    for group in bot.synonyms.all():
        bot.synonyms.remove(group.group_id)


def test_a_group_is_added_used_and_removed(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page()
    page.click(".show-settings")
    expect(page.locator("#synonyms form")).to_be_hidden()
    page.click("#synonyms summary")
    page.fill("#synonyms input", "航标塔＝灯塔、 <b>lighthouse</b>")
    page.press("#synonyms input", "Enter")
    expect(page.locator(GROUPS)).to_have_text(["航标塔 = 灯塔 = <b>lighthouse</b>×"])
    expect(page.locator("#synonyms input")).to_have_value("")
    expect(page.locator("#synonyms .count")).to_have_text("1")
    assert bot.synonyms.all()[0].terms == ("航标塔", "灯塔", "<b>lighthouse</b>")

    page.keyboard.press("Escape")
    reply = ask(page, "航标塔的门票多少钱？")
    expect(reply.locator("p:has(.cite)").first).to_contain_text("十五元")
    reply.locator(".found summary").click()
    expect(reply.locator(".found")).to_contain_text("当作同一个词：航标塔 = 灯塔 = <b>lighthouse</b>")

    page.click(".show-settings")
    page.fill("#synonyms input", "灯塔")
    page.click("#synonyms form button")
    expect(page.locator("#synonyms .wrong")).to_contain_text("一组要有 2 到 20 个不同的同义词")
    expect(page.locator("#synonyms input")).to_have_value("灯塔")
    page.click(f"{GROUPS} button")
    expect(page.locator(GROUPS)).to_have_count(0)
    expect(page.locator("#synonyms .wrong")).to_have_text("")
    assert bot.synonyms.all() == []
