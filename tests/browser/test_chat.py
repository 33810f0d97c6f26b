"""What a person does with the chat and the reading pane."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from bot.engine import Bot
from tests.browser.conftest import FACTS, OpenPage

Ask = Callable[[Page, str], Locator]
YEAR = "海宁灯塔建于哪一年？"
TICKET = "海宁灯塔的门票是多少元？"
NOWHERE = "火星企鹅最爱哪种口味的冰淇淋？"

IN_VIEW = """() => {
  const mark = document.querySelector("#reader mark").getBoundingClientRect();
  const pane = document.querySelector("#reader .text").getBoundingClientRect();
  return mark.height > 0 && mark.top >= pane.top && mark.bottom <= Math.min(pane.bottom, innerHeight);
}"""


def sentence(reply: Locator) -> str:
    """The first sentence of an answer, without its numbers."""
    text, numbers = reply.locator("p:has(.cite)").first, reply.locator("p:has(.cite) sup").first
    return text.inner_text().removesuffix(numbers.inner_text())


def test_a_number_opens_the_original_at_its_sentence(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page()
    reply = ask(page, YEAR)
    mark = page.locator("#reader mark")
    expect(mark).to_have_text(sentence(reply))  # beside the chat the first source opens by itself
    assert "1907" in mark.inner_text()
    page.locator("#reader .close").click()
    expect(page.locator("#reader .bar")).to_be_hidden()

    number = reply.locator("a.cite").first
    assert number.get_attribute("href").startswith("#cite-")
    title = next(info.title for info in bot.documents() if info.source == "灯塔.txt")
    expect(number).to_have_attribute("aria-label", f"出处 1：《{title}》第 3 段")
    scrolled = page.evaluate("document.querySelector('#chat .bubble-wrap').scrollTop")
    number.click()
    expect(mark).to_have_text(sentence(reply))
    assert page.evaluate(IN_VIEW)
    assert page.evaluate("document.querySelector('#chat .bubble-wrap').scrollTop") == scrolled
    expect(number).to_have_attribute("aria-current", "true")
    expect(page.locator("#reader .text")).to_contain_text("雨天不开放")  # the whole document is there
    expect(page.locator("#reader .text h3").first).to_be_visible()


def test_the_marked_text_is_the_quote_of_the_api(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page()
    reply = ask(page, TICKET)
    citation = bot.ask(TICKET).citations[0]
    reply.locator("a.cite").first.click()
    expect(page.locator("#reader mark")).to_have_text(citation.quote)
    assert citation.quote in FACTS


def test_other_citations_by_click_and_by_key(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    first, second = ask(page, YEAR), ask(page, TICKET)
    mark = page.locator("#reader mark")
    expect(mark).to_have_text(sentence(second))
    first.locator("a.cite").first.click()
    expect(mark).to_have_text(sentence(first))
    expect(page.locator("#reader .previous")).to_be_disabled()
    for _ in range(first.locator("a.cite").count()):
        page.locator("#reader .next").click()
    expect(mark).to_have_text(sentence(second))
    second.locator("a.source").first.click()
    expect(second.locator("a.cite").first).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#reader .bar")).to_be_hidden()
    expect(second.locator("a.cite").first).to_be_focused()


def test_a_refusal_has_no_numbers(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    reply = ask(page, NOWHERE)
    expect(reply).to_have_class("refusal")
    expect(reply).to_contain_text("没有找到依据")
    expect(reply.locator("a.cite")).to_have_count(0)
    expect(reply).to_contain_text("不是答案")
    reply.locator("a.near").first.click()
    expect(page.locator("#reader .here")).to_be_visible()
    expect(page.locator("#reader mark")).to_have_count(0)


def test_examples(open_page: OpenPage) -> None:
    page = open_page()
    examples = page.locator("button.example")
    expect(examples).to_have_count(3)
    question = examples.first.inner_text()
    examples.first.click()
    expect(page.locator("#chat .question")).to_have_text(question)
    page.locator("#chat a.cite").first.wait_for()
    expect(page.locator("#welcome")).to_be_hidden()
    page.locator("#fresh").click()
    expect(page.locator("#chat .question")).to_have_count(0)
    examples.last.click()
    expect(page.locator("#chat .refusal")).to_be_visible()


def test_an_empty_and_an_endless_question_get_one_line(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    box, notice = page.locator("#question textarea"), page.locator("#notice p")
    box.press("Enter")
    expect(notice).to_contain_text("问题")
    long = "为什么" * 20_000
    box.fill(long)
    page.locator("#send").click()
    expect(notice).to_contain_text("2000")
    expect(box).to_have_value(long)
    expect(page.locator("#chat .question")).to_have_count(0)
    ask(page, YEAR)
    expect(notice).to_be_hidden()


def test_a_replaced_original_says_so(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page()
    bot.add_bytes("风筝.txt", "风筝节\n\n潍坊风筝节始于1984年。".encode())
    reply = ask(page, "潍坊风筝节始于哪一年？")
    expect(page.locator("#reader mark")).to_have_text("潍坊风筝节始于1984年。")
    report = bot.add_bytes("风筝.txt", "风筝节\n\n这里换了内容，潍坊风筝节另有说法。".encode())
    reply.locator("a.cite").first.click()
    expect(page.locator("#reader .note")).to_contain_text("原文已变")
    expect(page.locator("#reader mark")).to_have_count(0)
    bot.remove(report.document.document_id)
    reply.locator("a.cite").first.click()
    expect(page.locator("#reader .note")).to_have_attribute("role", "alert")


def test_english(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(locale="en-US")
    expect(page.locator("header")).to_contain_text("Every sentence shows its source")
    expect(page.locator("#send")).to_have_text("Send")
    expect(page.locator("#question textarea")).to_have_attribute("placeholder", "Ask your documents…")
    expect(page.locator("#documents li").first).to_contain_text("paragraphs:")
    expect(ask(page, YEAR)).to_contain_text("Verbatim")
    expect(ask(page, NOWHERE)).to_contain_text("not an answer")
    page.press("#question textarea", "Enter")
    expect(page.locator("#notice p")).to_contain_text("question")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_phone(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(width=390, height=844, is_mobile=True, has_touch=True)
    reply = ask(page, YEAR)
    expect(page.locator("#reader")).to_be_hidden()  # no sheet over an answer that nobody has read
    reply.locator("a.cite").first.tap()
    expect(page.locator("#reader mark")).to_have_text(sentence(reply))
    page.wait_for_function(IN_VIEW)
    number, sheet = reply.locator("a.cite").first.bounding_box(), page.locator("#reader").bounding_box()
    assert number and sheet
    assert 56 <= number["y"] < number["y"] + number["height"] <= sheet["y"]  # under the header, over the sheet
    page.locator("#reader .close").tap()
    expect(page.locator("#reader")).to_be_hidden()
    page.locator(".show-documents").tap()
    expect(page.locator("#upload")).to_be_in_viewport()
    page.locator("#documents .open", has_text="灯塔").tap()
    expect(page.locator("#reader .text")).to_contain_text("花岗岩")
    expect(page.locator("#reader .text")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
