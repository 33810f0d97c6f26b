"""The settings on the page: a browser's own, those of everybody, and what is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.engine import Bot
from bot.settings import Settings
from bot.storage.preferences import Preferences
from tests.browser.conftest import FACTS, OpenPage
from tests.browser.seeing import YEAR
from tests.browser.serving import serving, visiting

Ask = Callable[[Page, str], Locator]


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"#settings input[name={name}][value={value}]").check()


def test_a_browser_keeps_its_language_its_look_and_its_size(open_page: OpenPage) -> None:
    page = open_page(locale="zh-CN", color_scheme="light")
    dark = page.locator("body.dark")
    asked = page.locator("#question textarea")
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    before = asked.evaluate(size)
    page.click(".show-settings")
    expect(page.locator("#settings .own > .hint")).to_contain_text("存在这个浏览器里")
    choose(page, "look", "dark")
    expect(dark).to_have_count(1)
    choose(page, "size", "large")
    assert asked.evaluate(size) == pytest.approx(before * 1.15)
    page.keyboard.press("Escape")
    asked.fill("写到一半")
    page.click(".show-settings")
    with page.expect_navigation():
        choose(page, "language", "en")
    expect(page.locator(".show-share")).to_have_text("Share")
    expect(asked).to_have_value("写到一半")
    expect(dark).to_have_count(1)
    assert asked.evaluate(size) == pytest.approx(before * 1.15)
    page.emulate_media(color_scheme="dark")
    page.click(".show-settings")
    choose(page, "look", "light")
    expect(dark).to_have_count(0)  # whatever the system says
    page.emulate_media(color_scheme="light")
    expect(dark).to_have_count(0)
    choose(page, "look", "system")
    page.emulate_media(color_scheme="dark")
    expect(dark).to_have_count(1)


def test_how_strict_refusing_is_shows_what_it_costs_and_holds_from_the_next_question_on(
    browser: Browser, tmp_path: Path
) -> None:
    with Bot.open(settings=Settings(home=tmp_path, seeds=None, reader="builtin")) as bot:
        bot.add_bytes("灯塔.txt", FACTS.encode())
        with serving(bot) as address, visiting(browser, address) as page:
            grow_stricter(page, bot)


def grow_stricter(page: Page, bot: Bot) -> None:
    page.click(".show-settings")
    steps = page.locator("#settings .strictness label")
    expect(steps).to_have_count(3)
    expect(page.locator("#settings .home > .hint")).to_contain_text("所有在这里提问的人")
    measured = bot.home_settings().strictnesses
    for place, step in enumerate(measured.steps):
        assert step.answered is not None and step.right is not None
        right, answered = round(100 * step.right), round(100 * step.answered)
        told = f"每 100 问：答对 {right}，答错 {answered - right}，不答 {100 - answered}"
        expect(steps.nth(place)).to_contain_text(told)
    expect(page.locator("#settings .strictness .hint")).to_contain_text(f"{measured.questions:,} 个问题")
    choose(page, "strictness", "strict")
    expect(steps.last.locator("input")).to_be_checked()
    page.wait_for_function("() => fetch('api/settings').then((r) => r.json()).then((s) => s.strictness === 'strict')")
    assert bot.ask(YEAR).trace.threshold == measured.steps[-1].threshold == 0.5
    page.locator("#settings .reading input").uncheck()
    expect(steps.last).to_contain_text("文中没有")  # another judge decides then, with figures of its own
    assert bot.preferences.now() == Preferences("strict", reader=False)
    assert bot.ask(YEAR).timings.read == 0
    page.reload()
    page.click(".show-settings")
    expect(steps.last.locator("input")).to_be_checked()
    expect(page.locator("#settings .reading input")).not_to_be_checked()


def test_all_my_chats_are_forgotten_and_nobody_elses(open_page: OpenPage, ask: Ask) -> None:
    other = open_page()
    ask(other, YEAR)
    page = open_page()
    page.click(".show-settings")
    forget = page.locator("#settings .forget")
    expect(forget).to_be_disabled()
    page.keyboard.press("Escape")
    for _ in range(2):
        page.click("#fresh")
        ask(page, YEAR)
    page.click(".show-settings")
    expect(page.locator("#settings .kept li").nth(1)).to_contain_text("你的对话 2 个")
    forget.click()
    expect(page.locator("#sure h2")).to_have_text("删除你的 2 个对话？")
    page.press("#sure .no", "Enter")
    expect(page.locator("#sure dialog")).to_be_hidden()
    expect(page.locator("#settings .kept li").nth(1)).to_contain_text("你的对话 2 个")
    forget.click()
    expect(page.locator("#sure .no")).to_be_focused()
    page.press("#sure .yes", "Enter")
    expect(forget).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.locator("#conversations .kept li")).to_have_count(0)
    expect(page.locator("#talk .answer")).to_have_count(0)
    other.reload()
    expect(other.locator("#conversations .kept li")).to_have_count(1)
