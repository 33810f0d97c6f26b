"""What a person does with a number: looks at its card, opens it, goes to the next one, passes its address on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from bot.engine import Bot
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, TICKET, TICKET_SENTENCE, YEAR, YEAR_SENTENCE, Ask, apart, box, in_view, tab_to

LAW = """游园管理办法

第一章 总则

第一条 为了管好青石游园，制定本办法。

第二章 票务

第三条 青石游园门票每人十二元。

六十岁以上的老人持证免票入园。

第四条 青石游园每周一闭园检修。
"""


@pytest.fixture
def law(bot: Bot) -> Iterator[str]:
    """A document with articles; gives its id."""
    report = bot.add_bytes("游园管理办法.txt", LAW.encode())
    assert report.document
    yield report.document.document_id
    bot.remove(report.document.document_id)


def test_the_card_of_a_number(open_page: OpenPage, ask: Ask, law: str) -> None:
    page = open_page()
    number = ask(page, YEAR).locator("a.cite").first
    card = page.locator("#card .card")
    expect(card).to_be_hidden()
    number.hover()
    expect(card.locator(".from")).to_have_text("《海宁灯塔简介》 · 一、建造")
    expect(card.locator("b")).to_have_text(YEAR_SENTENCE)
    expect(card.locator(".words")).to_have_text("一、建造" + YEAR_SENTENCE + "塔身高四十二米，用花岗岩砌成。")
    expect(card.locator(".read")).to_be_hidden()
    assert apart(box(card), box(number))
    assert apart(box(card), box(page.locator("#reader")))
    page.clock.install()
    card.locator("b").hover()  # the pointer may go there, to select some words
    page.clock.run_for(1000)
    expect(card).to_be_visible()
    page.locator("header").hover()
    page.clock.run_for(1000)
    expect(card).to_be_hidden()
    page.clock.resume()

    number.hover()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator("#reader mark")).to_be_visible()  # one key closes one thing

    ask(page, "六十岁以上的老人怎么入园？").locator("a.cite").first.hover()
    expect(card.locator(".from")).to_have_text("《游园管理办法》第三条第二款")
    expect(card.locator("b")).to_have_text("六十岁以上的老人持证免票入园。")


def test_everything_by_keyboard(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    number = ask(page, YEAR).locator("a.cite").first
    page.locator("#reader .close").click()
    expect(number).to_have_attribute("aria-label", "出处 1：《海宁灯塔简介》第 3 段")
    card = page.locator("#card .card")
    page.locator("#talk .edit").first.focus()
    tab_to(page, number)
    expect(card.locator("b")).to_have_text(YEAR_SENTENCE)
    expect(number).to_have_attribute("aria-describedby", "citation-card")
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark")).to_have_text(YEAR_SENTENCE)
    expect(card).to_be_hidden()
    tab_to(page, page.locator("#reader .contents"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#outline button", has_text="二、开放"))
    page.keyboard.press("Enter")
    expect(page.locator("#reader .text h3", has_text="二、开放")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reader .bar")).to_be_hidden()
    expect(number).to_be_focused()
    expect(card).to_be_hidden()


def test_a_number_is_a_link_that_another_tab_can_open(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    number = ask(page, TICKET).locator("a.cite").first
    with page.context.expect_page() as opened:
        number.click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator("#reader mark")).to_have_text(TICKET_SENTENCE)


def test_arrows_go_from_number_to_number_also_after_the_chat_was_drawn_again(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    first, second = ask(page, YEAR), ask(page, TICKET)
    mark = page.locator("#reader mark")
    expect(mark).to_have_text(TICKET_SENTENCE)
    expect(page.locator("#reader .next")).to_be_disabled()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    expect(mark).to_have_text(YEAR_SENTENCE)
    expect(page.locator("#reader .previous")).to_be_disabled()
    first.locator(".rate").first.click()  # draws the conversation anew
    expect(first.locator(".rate[aria-pressed=true]")).to_have_count(1)
    expect(page.locator("#talk [aria-current]")).to_have_count(1)
    expect(first.locator("a.cite").first).to_have_attribute("aria-current", "true")
    page.keyboard.press("ArrowRight")
    expect(mark).to_have_text(TICKET_SENTENCE)
    expect(second.locator("a.cite").first).to_have_attribute("aria-current", "true")
    page.locator("#question textarea").press("ArrowLeft")  # there it moves the caret
    expect(second.locator("a.cite").first).to_have_attribute("aria-current", "true")
    first.locator("a.source").first.click()
    expect(first.locator("a.cite").first).to_have_attribute("aria-current", "true")
    page.reload()
    expect(mark).to_have_text(YEAR_SENTENCE)  # the page's address is the citation's
    expect(first.locator("a.cite").first).to_have_attribute("aria-current", "true")
    expect(page.locator("#reader .next")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(first.locator("a.cite").first).to_be_focused()


def test_the_address_of_a_citation(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    old = "渡船须知\n\n海螺湾的渡船每天开三班。末班在傍晚六点。"
    report = bot.add_bytes("渡船.txt", old.encode())
    assert report.document
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "海螺湾的渡船每天开几班？")
    page.locator("#reader .link").click()
    expect(page.locator("#reader .link")).to_have_text("链接已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    assert link.partition("#")[2].startswith(f"cite-{report.document.document_id}.")

    other = open_page()
    mark, note = other.locator("#reader mark"), other.locator("#reader .note")
    other.goto(link)  # in a tab that has the page already
    expect(mark).to_have_text("海螺湾的渡船每天开三班。")

    def again() -> None:
        other.goto("about:blank")
        other.goto(link)

    again()
    expect(mark).to_have_text("海螺湾的渡船每天开三班。")
    expect(note).to_have_count(0)
    bot.add_bytes("渡船.txt", "渡船须知\n\n新设了票亭。\n\n海螺湾的渡船每天开三班。末班在傍晚六点。".encode())
    again()
    expect(mark).to_have_text("海螺湾的渡船每天开三班。")
    expect(note).to_contain_text("一字未改")
    bot.add_bytes("渡船.txt", "渡船须知\n\n新设了票亭。\n\n如今海螺湾的渡船每天开五班。末班在傍晚七点。".encode())
    again()
    expect(note).to_contain_text("原文已变")
    expect(note.locator("blockquote")).to_have_text("海螺湾的渡船每天开三班。")
    expect(mark).to_have_text("如今海螺湾的渡船每天开五班。")
    in_view(other, "#reader mark")
    bot.remove(report.document.document_id)
    again()
    expect(note).to_have_attribute("role", "alert")
    expect(note.locator("blockquote")).to_have_text("海螺湾的渡船每天开三班。")
    expect(other.locator("#reader .tools")).to_be_hidden()
    other.locator("#reader .close").click()
    assert "#" not in other.url


def test_on_a_phone(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(**PHONE)
    number = ask(page, YEAR).locator("a.cite").first
    card, sheet, mark = page.locator("#card .card"), page.locator("#reader"), page.locator("#reader mark")
    expect(sheet).to_be_hidden()  # no sheet over an answer that nobody has read
    number.tap()
    expect(card.locator("b")).to_have_text(YEAR_SENTENCE)
    expect(sheet).to_be_hidden()
    assert apart(box(card), box(number))
    assert box(card)["x"] >= 0 and box(card)["x"] + box(card)["width"] <= 390
    card.get_by_role("button", name="打开原文").tap()
    expect(card).to_be_hidden()
    expect(mark).to_have_text(YEAR_SENTENCE)
    in_view(page, "#reader mark")
    assert box(number)["y"] >= 56 and box(number)["y"] + box(number)["height"] <= box(sheet)["y"]
    page.locator("#reader .contents").tap()
    page.locator("#outline button", has_text="二、开放").tap()
    expect(page.locator("#outline")).to_be_hidden()
    page.locator("#reader .close").tap()
    expect(sheet).to_be_hidden()

    number.tap()
    expect(card).to_be_visible()
    page.locator("#talk .question").first.tap()
    expect(card).to_be_hidden()
    number.tap()
    expect(card).to_be_visible()
    number.tap()
    expect(mark).to_have_text(YEAR_SENTENCE)
    expect(sheet).to_be_in_viewport()
    page.locator("#reader .close").tap()

    page.locator("#talk .rate").nth(1).tap()
    page.locator("#talk .point").tap()
    expect(page.locator("#reader .pick")).not_to_contain_text("Esc")
    page.locator("#reader .pick .list").tap()
    page.locator("#documents .open", has_text="灯塔").tap()
    page.locator("#reader .paragraphs [role=button]", has_text="雨天不开放").tap()
    expect(page.locator("#reader .pick")).to_have_text("已记下第 5 段：再问这个问题，就用这一段回答。")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
