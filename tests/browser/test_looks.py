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
NOWHERE = "灯塔里的火星企鹅最爱哪种口味的冰淇淋？"
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


SMALL = """() => [...document.querySelectorAll("button, a, summary, label")].filter((node) => {
  const [box, more] = [node.getBoundingClientRect(), node.matches(".cite") ? 10 : 0];
  return node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box.width > 1
    && Math.min(box.width + 2 * more, box.height + 2 * more) < 39;
}).map((node) => node.outerHTML.slice(0, 80))"""
"""What a finger would miss; the place around a number belongs to it."""


def test_what_a_finger_touches(browser: Browser, bot: Bot, ask: Ask) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    with serving(bot) as address, visiting(browser, address, **phone) as page:
        page.locator("button.example").first.wait_for()
        assert page.evaluate(SMALL) == []
        ask(page, NOWHERE)
        number = ask(page, YEAR).locator("a.cite").first
        assert page.evaluate(SMALL) == []
        target = number.evaluate("(node) => getComputedStyle(node, '::after').inset")
        assert target == "-11px -10px"
        number.tap()
        page.locator(".card .read").tap()
        page.locator("#reader .contents").tap()
        assert page.evaluate(SMALL) == []
        page.locator("#reader .close").tap()
        show_side(page, phone=True)
        page.locator("#documents input[type=checkbox]").first.check()
        page.locator("#conversations summary").first.tap()
        assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper(browser: Browser, bot: Bot, ask: Ask, scheme: Literal["light", "dark"]) -> None:
    with serving(bot) as address, visiting(browser, address, color_scheme=scheme) as page:
        ask(page, "列出所有提到“灯塔”的地方")
        ask(page, NOWHERE)
        page.emulate_media(media="print")
        for shown in (".question", ".answer p", ".cite", "li .source", ".refusal", ".near"):
            expect(page.locator(f"#talk {shown}").first).to_be_visible()
        for hidden in ("header", "#side", "#reader", "#composer", "#talk .facts", "#talk .found", "#talk summary"):
            expect(page.locator(hidden).first).to_be_hidden()
        # Waited for: the page's colours change in a short transition.
        expect(page.locator("#talk .answer p:has(.cite)").first).to_have_css("color", "rgb(0, 0, 0)")
        whole = "(node) => node.getBoundingClientRect().bottom <= document.documentElement.scrollHeight"
        assert page.locator("#talk .refusal").evaluate(whole)  # the chat does not scroll within a page
        scroll = page.locator("#talk .scroll")
        assert scroll.evaluate("(node) => node.scrollHeight <= node.clientHeight + 1")


@pytest.mark.parametrize(
    ("scheme", "usual", "more"),
    [("light", "rgb(95, 103, 113)", "rgb(61, 68, 76)"), ("dark", "rgb(154, 163, 173)", "rgb(205, 211, 218)")],
)
def test_more_contrast(browser: Browser, bot: Bot, scheme: Literal["light", "dark"], usual: str, more: str) -> None:
    with serving(bot) as address, visiting(browser, address, color_scheme=scheme) as page:
        soft = page.locator("#talk .welcome p").first
        expect(soft).to_have_css("color", usual)
        page.emulate_media(contrast="more")
        expect(soft).to_have_css("color", more)


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
        assert_sound(page, "documents, a menu, reports")
        row.locator(".remove").click()
        assert_sound(page, "a question before something is removed")
        page.press("#sure .yes", "Enter")
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
