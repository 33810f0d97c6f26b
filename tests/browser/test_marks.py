"""A mark that counts: ask, complain, point at the right paragraph, ask again, take it back, ask again."""

from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.engine import Bot
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, TICKET, TICKET_SENTENCE, YEAR_SENTENCE, Ask

NEAR = "请问海宁灯塔门票是多少元呢？"
OTHER = "海宁灯塔的塔身高多少米？"


def marked(page: Page, reply: Locator, paragraph: str, *, phone: bool) -> None:
    """Say that an answer is wrong, and click the right paragraph of the document that is open."""
    reply.get_by_role("button", name="答得不对").click()
    reply.get_by_role("button", name="指出正确的一段").click()
    if phone:  # opens no document by itself
        page.locator("#reader .pick .list").click()
        page.locator("#documents .open", has_text="灯塔").click()
    expect(page.locator("#reader .pick")).to_contain_text("点一下原文里正确的那一段")
    page.locator("#reader .paragraphs [role=button]", has_text=paragraph).click()
    expect(page.locator("#reader .pick")).to_contain_text("再问这个问题，就用这一段回答")
    expect(reply.locator(".rate[aria-pressed=true]")).to_have_count(1)


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desktop", "phone"])
def test_the_whole_loop(open_page: OpenPage, ask: Ask, bot: Bot, size: dict[str, object]) -> None:
    page = open_page(**size)
    first = ask(page, TICKET)
    expect(first).to_contain_text(TICKET_SENTENCE)
    expect(first.locator("[data-marks]")).to_have_count(0)
    marked(page, first, "由石匠周海生设计", phone=bool(size))
    page.locator("#reader .close").click()

    again = ask(page, NEAR)
    expect(again).to_contain_text(YEAR_SENTENCE)
    line = again.locator("[data-marks]")
    expect(line).to_have_text("据你的标注。 撤销标注")
    expect(ask(page, OTHER).locator("[data-marks]")).to_have_count(0)
    page.reload()
    expect(line).to_have_text("据你的标注。 撤销标注")  # the answer is kept with what it stands on
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]

    line.get_by_role("button", name="撤销标注").click()
    expect(line).to_contain_text("标注已撤销")
    assert bot.feedback.marks() == []
    expect(ask(page, TICKET)).to_contain_text(TICKET_SENTENCE)
    page.reload()
    expect(line).to_have_text("据你的标注。 这个标注已经撤销。")


def test_in_english_and_taken_back_elsewhere(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page(locale="en-US")
    reply = ask(page, TICKET)
    reply.get_by_role("button", name="Wrong answer").click()
    reply.get_by_role("button", name="Point out the right paragraph").click()
    page.locator("#reader .paragraphs [role=button]", has_text="由石匠周海生设计").click()
    expect(page.locator("#reader .pick")).to_have_text("Noted: from now on paragraph 3 answers this question.")
    expect(reply.locator(".rate[aria-pressed=true]")).to_have_count(1)
    line = ask(page, TICKET).locator("[data-marks]")
    expect(line.get_by_role("button")).to_have_text("Take the mark back")
    bot.feedback.take_back(bot.feedback.marks()[0].mark_id)
    line.get_by_role("button").click()
    expect(line).to_contain_text("There is no mark")


def test_thanks_only_for_what_is_kept(open_page: OpenPage, ask: Ask, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page()
    reply = ask(page, TICKET)
    reply.get_by_role("button", name="答得不对").click()
    reply.get_by_role("button", name="指出正确的一段").click()
    begun, go_on, rate = Event(), Event(), bot.rate

    def slowly(*args: Any, **options: Any) -> None:
        begun.set()
        go_on.wait()
        rate(*args, **options)

    monkeypatch.setattr(bot, "rate", slowly)
    page.locator("#reader .paragraphs [role=button]", has_text="由石匠周海生设计").click()
    assert begun.wait(10)
    expect(page.locator("#reader .pick")).to_have_text("")
    go_on.set()
    expect(page.locator("#reader .pick")).to_contain_text("再问这个问题，就用这一段回答")
    assert len(bot.feedback.marks()) == 1
