"""What a person does with the chat: asks, reads the answer, goes on, changes a question, rates and copies."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from bot.engine import Bot
from tests.browser.conftest import OpenPage

Ask = Callable[[Page, str], Locator]
YEAR = "海宁灯塔建于哪一年？"
YEAR_SENTENCE = "海宁灯塔建于1907年，由石匠周海生设计。"
TICKET = "海宁灯塔的门票是多少元？"
NOWHERE = "灯塔里的火星企鹅最爱哪种口味的冰淇淋？"
PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}
SERVER = re.compile(r"/gradio_api/component_server/")

IN_VIEW = """(selector) => {
  const [node, pane] = [[...document.querySelectorAll(selector)].at(-1), document.querySelector("#talk .scroll")];
  const [a, b] = [node.getBoundingClientRect(), pane.getBoundingClientRect()];
  return a.height > 0 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
}"""


@contextmanager
def held(page: Page, function: str = "ask") -> Iterator[Callable[[], None]]:
    """Hold what the page asks of a server function back until the function given is called: a slow server."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        if asked["fn_name"] == function:
            waiting.append(route)
        else:
            route.continue_()

    def release() -> None:
        while waiting:
            waiting.pop().continue_()

    page.route(SERVER, hold)
    yield release
    release()
    page.unroute(SERVER)


def box(page: Page) -> Locator:
    return page.locator("#question textarea")


def numbers(reply: Locator) -> list[str]:
    return reply.locator("a.cite").all_text_contents()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_ask_by_enter_and_by_button(open_page: OpenPage, ask: Ask, locale: str) -> None:
    page = open_page(locale=locale)
    expect(page.locator("#send")).to_have_text("发送" if locale == "zh-CN" else "Send")
    expect(page.locator("#talk .welcome")).to_be_visible()
    reply = ask(page, YEAR)
    expect(reply.locator("p:has(.cite)")).to_have_text(YEAR_SENTENCE + "1")
    expect(reply).to_contain_text("原文照录" if locale == "zh-CN" else "Verbatim")
    expect(page.locator("#talk .welcome")).to_be_hidden()
    expect(box(page)).to_have_value("")

    box(page).fill(TICKET)
    page.locator("#send").click()
    expect(page.locator("#talk .answer")).to_have_count(2)
    expect(page.locator("#talk .question")).to_have_text([YEAR, TICKET])
    box(page).fill("第一行")
    box(page).press("Shift+Enter")
    box(page).press_sequentially("第二行")
    expect(box(page)).to_have_value("第一行\n第二行")  # a new line, not a question
    expect(page.locator("#talk .question")).to_have_count(2)


def test_enter_that_ends_a_composition_asks_nothing(open_page: OpenPage) -> None:
    page = open_page()
    box(page).focus()
    typing = page.context.new_cdp_session(page)
    typing.send("Input.imeSetComposition", {"text": "deng ta", "selectionStart": 7, "selectionEnd": 7})
    box(page).dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True})
    box(page).dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "bubbles": True, "cancelable": True})
    typing.send("Input.insertText", {"text": "灯塔建于哪一年？"})
    expect(box(page)).to_have_value("灯塔建于哪一年？")
    expect(page.locator("#talk .question")).to_have_count(0)
    box(page).press("Enter")
    expect(page.locator("#talk .question")).to_have_text("灯塔建于哪一年？")


def test_questions_to_begin_and_to_go_on_with(open_page: OpenPage) -> None:
    page = open_page()
    starters = page.locator("#talk .welcome button.example")
    starters.first.wait_for()
    assert starters.count() <= 4
    box(page).fill("写到一半")
    question = starters.first.inner_text()
    starters.first.click()
    expect(page.locator("#talk .question")).to_have_text(question)
    page.locator("#talk a.cite").first.wait_for()
    expect(box(page)).to_have_value("写到一半")  # a click on a proposal takes nothing that was typed

    proposed = page.locator("#talk .follow button.example:visible")
    proposed.first.wait_for()
    page.wait_for_function(IN_VIEW, arg="#talk .follow")
    following = proposed.first.inner_text()
    assert following != question
    offered = proposed.all_inner_texts()
    page.reload()
    expect(proposed).to_have_text(offered)  # of a kept conversation too
    page.wait_for_function(IN_VIEW, arg="#talk .follow")
    page.locator("#conversations .kept .open").first.click()
    expect(page.locator("#talk .follow")).to_have_count(1)
    proposed.first.click()
    expect(page.locator("#talk .question")).to_have_text([question, following])
    expect(page.locator("#talk .answer")).to_have_count(2)  # what is proposed is answered
    expect(page.locator("#talk .refusal")).to_have_count(0)
    page.locator("#fresh").click()
    expect(page.locator("#talk .question")).to_have_count(0)
    expect(starters.first).to_be_visible()


def test_numbers_in_order_of_appearance_with_their_sources(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    question = "列出所有提到“灯塔”的地方"
    citations = bot.ask(question).citations
    page = open_page()
    reply = ask(page, question)
    shown = numbers(reply)
    firsts = list(dict.fromkeys(shown))
    assert firsts == [str(number) for number in range(1, len(firsts) + 1)]
    assert len(firsts) > 1
    assert firsts == list(dict.fromkeys(str(citation.number) for citation in citations))
    paragraphs = {citation.number: (citation.document_id, citation.paragraph) for citation in citations}
    assert len(set(paragraphs.values())) == len(paragraphs)  # one number a paragraph
    for sentence in reply.locator("p:has(.cite)").all():
        assert 1 <= sentence.locator("a.cite").count() <= 3
    sources = reply.locator("a.source")
    expect(sources).to_have_count(len(shown))  # each item says where it stands
    places = [citation.paragraph + 1 for citation in citations]
    assert [text.split()[1] for text in sources.locator("b").all_text_contents()] == [str(place) for place in places]
    said = [text.evaluate("(node) => [...node.childNodes, ...node.lastChild.childNodes].filter((n) => n.nodeType === 3)"
                          ".map((n) => n.data).join('')") for text in reply.locator("p:has(.cite)").all()]  # fmt: skip
    quotes = [text.strip() for text in said]
    assert quotes == [citation.quote for citation in citations]
    title = next(info.title for info in bot.documents() if info.source == "灯塔.txt")
    label = f"出处 1：《{title}》第 {citations[0].paragraph + 1} 段"
    expect(reply.locator("a.cite").first).to_have_attribute("aria-label", label)


def test_a_refusal_has_no_numbers(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    reply = ask(page, NOWHERE)
    expect(reply).to_have_class("refusal")
    expect(reply).to_contain_text("没有找到依据")
    expect(reply.locator("a.cite, sup, a.source")).to_have_count(0)
    assert not re.search(r"\[\d+\]", reply.inner_text())
    colours = page.evaluate(
        "['#talk .refusal', 'body'].map((name) => getComputedStyle(document.querySelector(name)).backgroundColor)"
    )
    assert colours[0] == "rgb(240, 239, 235)" != colours[1]  # a grey box
    expect(reply).to_contain_text("不是答案")
    near = reply.locator("a.near")
    assert near.count() == reply.locator("em").count() > 0
    for why in reply.locator("em").all():
        assert why.inner_text().startswith("这一段")
    expect(reply.locator("em").first).to_contain_text("火星")
    near.first.click()
    expect(page.locator("#reader .here")).to_be_visible()
    expect(page.locator("#reader mark")).to_have_count(0)


def test_a_follow_up_tells_what_was_searched(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, YEAR)
    reply = ask(page, "它有多高？")
    searched = reply.locator(".searched")
    expect(searched).to_contain_text("海宁灯塔")
    expect(reply.locator("p:has(.cite)").first).to_contain_text("海宁灯塔")
    searched.get_by_role("button", name="按原话查找").click()
    expect(page.locator("#talk .refusal")).to_contain_text("没有找到依据")
    expect(page.locator("#talk .searched")).to_have_count(0)
    expect(page.locator("#talk .question")).to_have_text([YEAR, "它有多高？"])  # in its place, not once more


def test_edit_replaces_the_question_and_what_follows(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, NOWHERE)
    ask(page, YEAR)
    page.locator("#talk .asked").first.hover()
    page.locator("#talk .edit").first.click()
    expect(box(page)).to_have_value(NOWHERE)
    expect(page.locator("#composer .editing")).to_contain_text("后面的问答会被替换")
    expect(page.locator("#talk .leaving")).to_have_count(2)
    box(page).press("Escape")
    expect(page.locator("#composer .editing")).to_be_hidden()
    expect(page.locator("#talk .leaving")).to_have_count(0)
    expect(box(page)).to_have_value("")

    page.locator("#talk .asked").first.hover()
    page.locator("#talk .edit").first.click()
    box(page).fill(TICKET)
    box(page).press("Enter")
    expect(page.locator("#talk .question")).to_have_text([TICKET])
    expect(page.locator("#talk .answer")).to_contain_text("十五元")
    page.reload()
    expect(page.locator("#talk .question")).to_have_text([TICKET])


def test_ask_again_looks_once_more(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page()
    question = "鹤鸣码头的渡轮几点开船？"
    refusal = ask(page, question)
    expect(refusal).to_have_class("refusal")
    added = bot.add_bytes("渡轮.txt", "鹤鸣码头\n\n鹤鸣码头的渡轮早上六点开船。".encode())
    refusal.get_by_role("button", name="重新回答").click()
    expect(page.locator("#talk .answer")).to_contain_text("早上六点")
    expect(page.locator("#talk .question")).to_have_text([question])
    assert added.document
    bot.remove(added.document.document_id)


def test_stop_gives_the_question_back_and_keeps_nothing(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, YEAR)
    with held(page) as release:
        box(page).fill(TICKET)
        box(page).press("Enter")
        expect(page.locator("#talk .waiting")).to_be_visible()
        expect(page.locator("#talk .question")).to_have_text([YEAR, TICKET])
        expect(page.locator("#send")).to_have_text("停止")
        page.locator("#send").click()
        expect(page.locator("#talk .waiting")).to_have_count(0)
        expect(box(page)).to_have_value(TICKET)
        expect(page.locator("#send")).to_have_text("发送")
        with page.expect_response(SERVER):
            release()
    expect(page.locator("#talk .question")).to_have_text([YEAR])
    box(page).press("Enter")
    expect(page.locator("#talk .question")).to_have_text([YEAR, TICKET])
    expect(page.locator("#talk .answer")).to_have_count(2)
    expect(page.locator("#notice")).to_be_empty()


def test_only_one_document_is_asked(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    speech = next(info for info in bot.documents() if info.source != "灯塔.txt")
    page = open_page()
    page.get_by_role("checkbox", name=f"只问 {speech.title}").check()
    scope = page.locator("#composer .scope")
    expect(scope).to_contain_text(f"只问《{speech.title}》")
    expect(ask(page, YEAR)).to_have_class("refusal")
    scope.get_by_role("button", name="改为问全部文档").click()
    expect(scope).to_be_hidden()
    expect(page.get_by_role("checkbox", name=f"只问 {speech.title}")).not_to_be_checked()
    expect(ask(page, YEAR).locator("p:has(.cite)")).to_contain_text("1907")


def test_how_an_answer_was_found(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    trace = bot.ask(YEAR).trace
    page = open_page()
    found = ask(page, YEAR + "？").locator(".found")  # not asked before: what is kept tells no stages
    expect(found.locator("table")).to_be_hidden()
    expect(found.locator("summary")).to_have_text(re.compile(r"怎么找到的 · \d+ 毫秒"))
    found.locator("summary").click()
    terms = [text.strip() for text in found.locator(".terms li").all_inner_texts()]
    assert terms == [term for term, _ in trace.terms]
    rows = found.locator("tbody tr")
    expect(rows).to_have_count(len(trace.passages))
    cells = rows.first.locator("td").all_inner_texts()
    best = trace.passages[0]
    assert cells[0].startswith(f"第 {best.paragraph + 1} 段")
    assert [float(cell) for cell in cells[1:]] == pytest.approx(
        [best.lexical, best.dense, best.document, best.evidence], abs=0.5
    )
    expect(found).to_contain_text(re.compile(r"检索 [\d.]+ · 打分 [\d.]+"))
    ask(page, TICKET)
    expect(found.locator("table")).to_be_visible()  # what was unfolded stays so
    rows.first.get_by_role("button").click()
    expect(page.locator("#reader .here")).to_contain_text("1907")


def test_copy_with_sources(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    reply = ask(page, YEAR)
    reply.get_by_role("button", name="复制（带出处）").click()
    expect(reply.locator(".copy")).to_have_text("已复制")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0] == f"{YEAR_SENTENCE}[1]"
    assert lines[-1].startswith("[1] 《海宁灯塔简介》")
    assert lines[-1].endswith("第 3 段")


def test_a_rating_survives_a_reload(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, YEAR)
    ask(page, TICKET)
    good, bad = page.get_by_role("button", name="答得好"), page.get_by_role("button", name="答得不对")
    good.first.click()
    expect(good.first).to_have_attribute("aria-pressed", "true")
    good.last.click()
    bad.last.click()
    expect(bad.last).to_have_attribute("aria-pressed", "true")
    expect(good.last).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(good.first).to_have_attribute("aria-pressed", "true")
    expect(bad.first).to_have_attribute("aria-pressed", "false")
    expect(bad.last).to_have_attribute("aria-pressed", "true")
    good.first.click()
    expect(good.first).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_phone(open_page: OpenPage, ask: Ask, locale: str) -> None:
    page = open_page(locale=locale, **PHONE)
    reply = ask(page, YEAR)
    expect(page.locator("#reader")).to_be_hidden()  # no sheet over an answer that nobody has read
    page.wait_for_function(IN_VIEW, arg="#talk .question")
    expect(box(page)).not_to_be_focused()  # no keyboard over it either
    expect(reply.locator("a.cite")).to_be_in_viewport()
    menu = page.locator(".show-side")
    menu.tap()
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(menu).to_have_text("关闭" if locale == "zh-CN" else "Close")
    expect(page.locator("#upload")).to_be_in_viewport()
    page.locator("#fresh").tap()
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("#talk .welcome")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
