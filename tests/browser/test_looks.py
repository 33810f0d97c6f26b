"""How the page looks and reads to everybody: axe-core's rules (WCAG AA contrast among them) in every state of it.

On a desktop and on a phone, light and dark; and nothing is wider than the window.
"""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from bot.engine import Bot
from tests.browser.serving import serving, visiting

Ask = Callable[[Page, str], Locator]
YEAR = "海宁灯塔建于哪一年？"
NOWHERE = "火星企鹅最爱哪种口味的冰淇淋？"
SETTLED = "document.getAnimations().every((animation) => animation.effect.getTiming().iterations === Infinity)"


def assert_sound(page: Page, state: str) -> None:
    """No serious or critical finding of axe-core, and no sideways scrolling."""
    page.wait_for_function(SETTLED)  # a colour on its way has the contrast of neither end
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert grave == [], state
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state


def show_side(page: Page, *, phone: bool) -> None:
    if phone:
        page.locator(".show-side").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_every_state(browser: Browser, bot: Bot, ask: Ask, device: str, scheme: Literal["light", "dark"]) -> None:
    phone = device == "phone"
    size = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True} if phone else {}
    language = {"locale": "en-US"} if scheme == "dark" else {}
    with (
        serving(bot, connect=lambda port: f"http://share.test:{port}") as address,
        visiting(browser, address, color_scheme=scheme, **size, **language) as page,
    ):
        page.locator("button.example").first.wait_for()
        assert_sound(page, "empty")

        ask(page, YEAR).locator("a.cite").first.click()
        page.locator("#reader mark").wait_for()
        page.locator("#reader .contents").click()
        assert_sound(page, "answer, original, outline")
        page.locator("#reader .close").click()

        ask(page, NOWHERE)
        page.evaluate("document.querySelectorAll('#talk details').forEach((part) => (part.open = true))")
        assert_sound(page, "refusal, how it was found")

        show_side(page, phone=phone)
        files = [
            {"name": "雨.txt", "mimeType": "text/plain", "buffer": "雨天不开放。".encode()},
            {"name": "空.txt", "mimeType": "text/plain", "buffer": b""},
        ]
        page.set_input_files("#upload input", files)
        expect(page.locator("#documents .reports .failed")).to_have_count(1)
        expect(page.locator("#documents .reports .done")).to_have_count(1)
        row = page.locator("#documents .documents li", has_text="雨")
        row.locator("input[type=checkbox]").check()
        row.locator("summary").click()
        row.locator(".remove").click()
        assert_sound(page, "documents, a menu, reports")
        row.locator(".remove").click()
        expect(row).to_have_count(0)
        page.locator("#conversations summary").first.click()
        assert_sound(page, "conversations, a menu")
        show_side(page, phone=phone)

        page.locator(".show-share").click()
        page.locator("#share pre").first.wait_for()
        assert_sound(page, "sharing")
        page.locator("#share .open-link").click()
        page.locator("#share img").wait_for()
        assert_sound(page, "a link")
