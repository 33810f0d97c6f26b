"""What stands in for the page until it is there: what is typed and sent meanwhile is not lost, and is asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.seeing import PHONE, TICKET, TICKET_SENTENCE, YEAR, YEAR_SENTENCE
from tests.browser.serving import visiting
from tests.browser.test_looks import assert_sound

BOX = "#ahead textarea"
LATER = "#question textarea"
Release = Callable[[], None]


@contextmanager
def held(page: Page) -> Iterator[Release]:
    """Hold back Gradio's own files until ``release`` is called."""
    waiting: list[Route] = []
    open_now = False

    def hold(route: Route) -> None:
        if open_now:
            route.continue_()
        else:
            waiting.append(route)

    def release() -> None:
        nonlocal open_now
        open_now = True
        while waiting:
            waiting.pop().continue_()

    page.route("**/assets/*.js", hold)
    yield release
    release()
    page.unroute("**/assets/*.js", hold)


def open_slowly(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.locator(BOX).wait_for()


@pytest.mark.parametrize("phone", [False, True])
def test_a_question_that_is_sent_before_the_page_is_there(browser: Browser, address: str, phone: bool) -> None:
    sizes: dict[str, Any] = {"viewport": {"width": PHONE["width"], "height": PHONE["height"]}} if phone else {}
    with visiting(browser, address, **sizes) as page, held(page) as release:
        open_slowly(page, address)
        assert_sound(page, "nothing but what stands in")
        page.fill(BOX, YEAR)
        page.press(BOX, "Enter")
        expect(page.locator("#ahead .told")).to_have_text("页面正在打开，打开后马上提问。")
        expect(page.locator("#talk")).to_have_count(0)
        release()
        expect(page.locator("#talk .answer")).to_contain_text(YEAR_SENTENCE)
        expect(page.locator("#ahead")).to_have_count(0)
        expect(page.locator("#talk .question")).to_have_text([YEAR])
        expect(page.locator(LATER)).to_have_value("")


def test_what_is_typed_and_not_sent_stands_in_the_box(browser: Browser, address: str) -> None:
    with visiting(browser, address) as page, held(page) as release:
        open_slowly(page, address)
        page.locator(BOX).press_sequentially("灯塔门票")
        page.press(BOX, "Enter")
        page.locator("#ahead button").click()  # taken back
        expect(page.locator("#ahead .told")).to_be_empty()
        page.focus(BOX)
        page.press(BOX, "ArrowLeft")
        page.press(BOX, "ArrowLeft")
        release()
        page.locator(LATER).wait_for()
        expect(page.locator("#ahead")).to_have_count(0)
        page.keyboard.type("的")
        expect(page.locator(LATER)).to_have_value("灯塔的门票")
        expect(page.locator("#talk .turn")).to_have_count(0)


def test_after_a_reload_it_goes_on_the_conversation(
    browser: Browser, address: str, ask: Callable[[Page, str], Any]
) -> None:
    with visiting(browser, address) as page:
        page.locator(LATER).wait_for()
        ask(page, YEAR)
        with held(page) as release:
            open_slowly(page, address)
            page.fill(BOX, TICKET)
            page.press(BOX, "Enter")
            release()
            expect(page.locator("#talk .answer").last).to_contain_text(TICKET_SENTENCE)
            expect(page.locator("#talk .question")).to_have_text([YEAR, TICKET])


def test_what_an_input_method_is_writing_is_not_torn_away(browser: Browser, address: str) -> None:
    with visiting(browser, address) as page, held(page) as release:
        open_slowly(page, address)
        page.focus(BOX)
        page.dispatch_event(BOX, "compositionstart")
        release()
        page.locator("#talk .example").first.wait_for()
        expect(page.locator(BOX)).to_be_visible()
        page.keyboard.insert_text("灯塔")
        page.dispatch_event(BOX, "compositionend")
        expect(page.locator("#ahead")).to_have_count(0)
        expect(page.locator(LATER)).to_have_value("灯塔")


def test_in_the_look_and_language_that_were_chosen(browser: Browser, address: str) -> None:
    with visiting(browser, address) as page, held(page):
        page.evaluate("localStorage.setItem('youju-language', 'en'); localStorage.setItem('youju-look', 'dark')")
        open_slowly(page, address)
        expect(page.locator("#ahead h2")).to_have_text("Ask your documents")
        expect(page.locator(BOX)).to_have_attribute("placeholder", "Ask your documents…")
        assert page.evaluate("getComputedStyle(document.querySelector('#ahead')).backgroundColor") == "rgb(22, 24, 27)"
