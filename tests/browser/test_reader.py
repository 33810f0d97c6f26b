"""What a person does in the reading pane: reads on, jumps, asks this document alone, points at a paragraph."""

import json
import re
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from playwright.sync_api import Page, Response, expect

from bot.engine import Bot
from tests.browser.conftest import OpenPage
from tests.browser.seeing import TICKET, TICKET_SENTENCE, YEAR, YEAR_SENTENCE, Ask, in_view, scrolled


def rated(response: Response) -> bool:
    return '"fn_name":"rate"' in (response.request.post_data or "").replace(" ", "")


def test_a_click_opens_the_original_and_leaves_the_chat_where_it_is(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(height=560)
    number = [ask(page, question).locator("a.cite").first for question in (TICKET, YEAR, "灯塔什么时候开放？")][1]
    page.locator("#reader .close").click()
    number.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    before = scrolled(page)
    assert before > 0
    number.click()
    mark, here = page.locator("#reader mark"), page.locator("#reader .here")
    expect(mark).to_have_text(YEAR_SENTENCE)
    expect(here).to_have_text(YEAR_SENTENCE + "塔身高四十二米，用花岗岩砌成。")
    in_view(page, "#reader mark")
    assert scrolled(page) == before
    expect(page.locator("#reader .text")).to_contain_text("雨天不开放")  # the whole document is there
    expect(page.locator("#reader .text .title")).to_have_text("海宁灯塔简介")
    colour = "(node) => getComputedStyle(node).backgroundColor"
    white, tint, dark = (
        sum(json.loads(node.evaluate(colour).replace("rgb(", "[").replace(")", "]")))
        for node in (page.locator("#reader"), here, mark)
    )
    assert dark < tint < white


def long_text(characters: int) -> str:
    """A document of chapters, one of which tells something that no other does."""
    filler = "这一段记录了当天的日常事务，内容与别处大同小异，只为把篇幅写长。"
    lines, chapter = ["值班日志汇编"], 0
    while sum(map(len, lines)) + 2 * len(lines) < characters:
        chapter += 1
        lines.append(f"第{chapter}章 第{chapter}周")
        lines += [f"{chapter}-{day} {filler * 3}" for day in range(1, 20)]
        if chapter == 40:
            lines.append("这一周钟表匠何立本修好了塔里的大钟。他第二天就走了。")
    return "\n\n".join(lines)[:characters]


@pytest.mark.parametrize(("characters", "cut"), [(200_000, False), (260_000, True)])
def test_a_long_document(open_page: OpenPage, ask: Ask, bot: Bot, characters: int, cut: bool) -> None:
    report = bot.add_bytes("日志.txt", long_text(characters).encode())
    assert report.document and report.document.characters == characters
    page = open_page()
    ask(page, "塔里的大钟是谁修好的？")
    expect(page.locator("#reader mark")).to_contain_text("何立本")
    in_view(page, "#reader mark")
    total = report.document.paragraphs
    if not cut:
        expect(page.locator("#reader .paragraphs > * > *")).to_have_count(total)

    outline = page.locator("#outline")
    expect(outline).to_be_hidden()
    page.locator("#reader .contents").click()
    expect(outline.locator("[aria-current]")).to_have_text("第40章 第40周")
    expect(outline.locator("[aria-current]")).to_be_in_viewport()
    for chapter in (3, report.document.headings):  # in a part that is cut off, this fetches it
        name = f"第{chapter}章 第{chapter}周"
        outline.get_by_role("button", name=name, exact=True).click()
        expect(outline.locator("[aria-current]")).to_have_text(name)
        expect(page.locator("#reader .text h3", has_text=name)).to_be_in_viewport()
    before, after = page.get_by_role("button", name="前面的部分"), page.get_by_role("button", name="后面的部分")
    expect(before).to_have_count(1 if cut else 0)
    expect(after).to_have_count(0)
    if cut:
        first = page.locator("#reader .paragraphs > * > *").first.text_content() or ""
        before.click()
        expect(after).to_have_count(1)
        expect(page.locator("#reader .here + *")).to_have_text(first)
    bot.remove(report.document.document_id)


def test_the_file_and_asking_it_alone(open_page: OpenPage, ask: Ask, bot: Bot, address: str) -> None:
    page = open_page()
    ask(page, YEAR)
    document_id = next(info.document_id for info in bot.documents() if info.source == "灯塔.txt")
    expect(page.locator("#reader mark")).to_be_visible()
    href = page.locator("#reader .original").get_attribute("href")
    assert page.request.get(f"{address}/{href}").body() == bot.original(document_id).data
    only, scope = page.locator("#reader .only"), page.locator("#composer .scope")
    expect(scope).to_be_hidden()
    only.click()
    expect(only).to_have_attribute("aria-pressed", "true")
    expect(scope).to_contain_text("《海宁灯塔简介》")
    scope.get_by_role("button").click()
    expect(only).to_have_attribute("aria-pressed", "false")
    expect(scope).to_be_hidden()


def test_pointing_out_the_right_paragraph(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page()
    reply = ask(page, YEAR)
    invitation, paragraphs = page.locator("#reader .pick"), page.locator("#reader .paragraphs [role=button]")
    bad = reply.get_by_role("button", name="答得不对")
    tip, point = reply.locator(".bad + .tip"), reply.get_by_role("button", name="指出正确的一段")
    expect(point).to_be_hidden()
    bad.hover()
    expect(tip).to_have_text("只记下这一次答得不对，不改动别的；之后还可以指出正确的一段。")
    expect(tip).to_be_visible()
    bad.click()
    expect(reply.locator(".wronged")).to_contain_text("已记下：答得不对。")
    expect(reply.locator(".wronged")).to_contain_text("以后再问这个问题，就用那一段回答")
    expect(invitation).to_be_empty()  # nothing happens that was not said
    point.click()
    expect(invitation).to_contain_text("点一下原文里正确的那一段")
    expect(page.locator("#reader .here")).to_be_focused()
    page.keyboard.press("Escape")
    expect(invitation).to_be_empty()
    expect(paragraphs).to_have_count(0)
    expect(page.locator("#reader mark")).to_be_visible()  # only the invitation is gone

    bad.click()  # takes the rating back
    expect(reply.locator(".rate[aria-pressed=true]")).to_have_count(0)
    expect(point).to_be_hidden()
    page.locator("#reader .close").click()
    bad.click()
    point.click()
    expect(invitation).to_contain_text("先从文档列表打开")
    page.locator("#documents .open", has_text="灯塔").click()
    expect(invitation).to_contain_text("点一下原文里正确的那一段")
    with page.expect_response(rated):
        paragraphs.filter(has_text="雨天不开放").click()
    expect(invitation).to_have_text("已记下第 5 段：再问这个问题，就用这一段回答。")
    expect(paragraphs).to_have_count(0)
    page.wait_for_function("() => document.querySelectorAll('#talk .rate[aria-pressed=true]').length === 1")
    assert [quote.text for quote in bot.feedback.ratings()[-1].right] == [TICKET_SENTENCE, "雨天不开放。"]

    second = ask(page, TICKET)
    expect(page.locator("#reader mark")).to_have_text(TICKET_SENTENCE)
    second.locator(".rate").nth(1).click()
    second.locator(".point").click()
    expect(page.locator("#reader .here")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    with page.expect_response(rated):
        page.keyboard.press("Enter")
    expect(invitation).to_have_text("已记下第 3 段：再问这个问题，就用这一段回答。")
    expect(second.locator(".rate").nth(1)).to_have_attribute("aria-pressed", "true")
    assert bot.feedback.ratings()[-1].right[0].text == YEAR_SENTENCE


def test_hostile_text_in_card_outline_and_pane(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    bad = '<img src=x onerror="window.hacked=1">'
    text = f"青鸟行动{bad}\n\n一、口令{bad}\n\n青鸟行动的口令是<b>晨星</b>{bad}。"
    report = bot.add_bytes("青鸟.txt", text.encode())
    assert report.document
    page = open_page()
    ask(page, "青鸟行动的口令是什么？").locator("a.cite").first.hover()
    expect(page.locator("#card .card b")).to_contain_text("<b>晨星</b><img")
    page.locator("#reader .contents").click()
    expect(page.locator("#outline")).to_contain_text("<img src=x")
    expect(page.locator(":is(#reader, #card) img")).to_have_count(0)
    assert page.evaluate("window.hacked") is None
    bot.remove(report.document.document_id)


def test_english(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(locale="en-US")
    number = ask(page, YEAR).locator("a.cite").first
    expect(number).to_have_attribute("aria-label", "Source 1: 海宁灯塔简介, paragraph 3")
    expect(page.locator("#reader .tools")).to_contain_text("Contents")
    page.locator("#talk .rate").nth(1).click()
    page.locator("#talk .point").click()
    expect(page.locator("#reader .pick")).to_contain_text("Click the paragraph that is right; Esc cancels")


LAW = """游艇管理办法

发布单位：青石市水务局

（2031年5月1日审议通过）

第一章 总则

第一条 游艇證照由水务局发放。

第二章 停泊

第三十条 游艇停泊每天十二元。

停泊超过三十天的，到水务局换证照。

第三十条之一 遇大风应当离港。
"""
MANUAL = """# 值守手册

交接时**必须**签字。

- 核对备份

- 核对告警

| 级别 | 响应时间 |
| --- | --- |
| 一级 | 15分钟 |
| 二级 | 1小时 |
"""
HITS = "(name) => [...(CSS.highlights.get(name) ?? [])].map(String)"


@pytest.fixture
def papers(bot: Bot) -> Iterator[Callable[[Page, str], None]]:
    """Two documents; opens one of them by its address."""
    files = {"游艇管理办法.txt": LAW, "值守手册.md": MANUAL}
    ids = {}
    for name, text in files.items():
        report = bot.add_bytes(name, text.encode())
        assert report.document
        ids[name] = report.document.document_id

    def read(page: Page, name: str) -> None:
        page.goto(f"{page.url.partition('#')[0]}#read-{ids[name]}")
        expect(page.locator("#reader .bar b")).to_contain_text(name[:2])

    yield read
    for document_id in ids.values():
        bot.remove(document_id)


Read = Callable[[Page, str], None]


def test_searching_in_the_document_that_is_open(open_page: OpenPage, papers: Read) -> None:
    page = open_page()
    papers(page, "游艇管理办法.txt")
    field, count = page.locator("#finding input"), page.locator("#finding .count")
    expect(field).to_be_hidden()
    page.locator("#reader .text").focus()
    page.keyboard.press("Control+f")
    expect(field).to_be_focused()
    page.keyboard.type("证照")  # 證照 too
    expect(count).to_have_text("第 1 处，共 2 处")
    assert page.evaluate(HITS, "found") == ["證照", "证照"]
    assert page.evaluate(HITS, "found-here") == ["證照"]
    page.keyboard.press("Enter")
    expect(count).to_have_text("第 2 处，共 2 处")
    assert page.evaluate(HITS, "found-here") == ["证照"]
    page.keyboard.press("Shift+Enter")
    page.locator("#finding .find-before").click()
    expect(count).to_have_text("第 2 处，共 2 处")
    field.fill("没有这个词")
    expect(count).to_have_text("没有找到")
    assert page.evaluate(HITS, "found") == []
    field.fill("三十")
    expect(count).to_have_text("第 1 处，共 3 处")
    page.keyboard.press("Escape")  # ends the search alone
    expect(field).to_be_hidden()
    expect(page.locator("#reader")).to_have_class(re.compile(r"\bopen\b"))
    assert page.evaluate(HITS, "found") == []


def test_articles_stand_in_the_contents_and_a_number_leads_there(open_page: OpenPage, papers: Read) -> None:
    page = open_page()
    papers(page, "游艇管理办法.txt")
    page.locator("#reader .contents").click()
    field, lines = page.locator("#outline .jump"), page.locator("#outline button:visible")
    expect(lines).to_have_text(
        [
            *("第一章 总则", "第一条游艇證照由水务局发放。", "第二章 停泊", "第三十条游艇停泊每天十二元。"),
            "第三十条之一遇大风应当离港。",
        ]
    )
    for typed, article in (("30", "第三十条 游艇"), ("第一条", "第一条"), ("三十之一", "第三十条之一")):
        field.fill(typed)
        field.press("Enter")
        expect(page.locator("#reader .text :focus")).to_contain_text(article)
    field.fill("停泊")
    expect(lines).to_have_text(["第二章 停泊", "第三十条游艇停泊每天十二元。"])
    field.fill("第九条")
    expect(page.locator("#outline .none")).to_have_text("目录里没有。")


def test_tables_lists_and_markdown_are_shown_as_such_and_marked_exactly(
    open_page: OpenPage, ask: Ask, papers: Read
) -> None:
    page = open_page()
    papers(page, "值守手册.md")
    text = page.locator("#reader .paragraphs")
    expect(text.locator("strong")).to_have_text("必须")
    expect(text.locator("li")).to_have_text(["- 核对备份", "- 核对告警"])  # the sign is there, and not seen
    assert [node.inner_text().strip() for node in text.locator("li").all()] == ["核对备份", "核对告警"]
    assert [row.inner_text().split("\t") for row in text.locator("tr:visible").all()] == [
        *(["级别", "响应时间"], ["一级", "15分钟"], ["二级", "1小时"])
    ]
    ask(page, "二级的响应时间是多少？").locator("tbody a.cite").first.click()  # the header has a number of its own
    expect(page.locator("#reader tr.here")).to_be_visible()
    marked = "[...document.querySelectorAll('#reader mark')].map((node) => node.textContent).join('')"
    assert page.evaluate(marked) == "| 二级 | 1小时 |"
    assert page.locator("#reader .here").inner_text().split("\t") == ["二级", "1小时"]


def test_what_was_asked_before_of_the_document(open_page: OpenPage, ask: Ask, papers: Read) -> None:
    page = open_page()
    papers(page, "游艇管理办法.txt")
    earlier = page.locator("#reader .tools .earlier")
    expect(earlier).to_be_hidden()
    question = "游艇停泊每天多少元？"
    ask(page, question)
    page.locator("#fresh").click()
    expect(page.locator("#talk .turn")).to_have_count(0)
    papers(page, "值守手册.md")
    expect(earlier).to_be_hidden()
    papers(page, "游艇管理办法.txt")
    expect(earlier).to_have_text("问过 1")
    earlier.click()
    page.locator("#earlier button", has_text=question).click()
    expect(page.locator("#talk .question")).to_have_text(question)
    expect(page.locator("#talk .turn")).to_be_in_viewport()
    expect(page.locator("#reader mark")).to_contain_text("游艇停泊每天十二元。")


def test_what_is_copied_or_printed_keeps_its_source(open_page: OpenPage, ask: Ask, papers: Read) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    papers(page, "值守手册.md")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#reader .paragraphs p'))")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "交接时必须签字。\n——《值守手册》 第 2 段（值守手册.md）"

    ask(page, "游艇停泊每天多少元？")
    expect(page.locator("#reader mark")).to_be_visible()
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.locator("#reader .print").click()
    assert page.locator("body.printing-source").count() == 1
    page.locator("#reader .text").focus()
    text = pypdfium2.PdfDocument(page.pdf())[0].get_textpage().get_text_range()
    for said in ("《游艇管理办法》第三十条第一款", "青石市水务局 2031-05-01", "打印日期", "#cite-", "遇大风应当离港"):
        assert said in text
    assert "多少元" not in text  # the chat is printed where the pane has not the focus
    page.locator("#question textarea").focus()
    assert "多少元" in pypdfium2.PdfDocument(page.pdf())[0].get_textpage().get_text_range()
