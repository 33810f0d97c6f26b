"""The pages of a PDF file in the reading pane: the cited sentence marked, turned over, left for the text."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from bot.documents.parser import document_id
from bot.engine import Bot
from tests.browser.conftest import OpenPage
from tests.browser.seeing import Ask, box, in_view

FILES = Path(__file__).parents[1] / "files" / "pdf"
QUESTION = "三楼的图书可以借吗？"


@pytest.fixture
def rules(bot: Bot) -> Iterator[None]:
    report = bot.add_bytes("图书馆规则.pdf", (FILES / "chromium.pdf").read_bytes())
    yield
    assert report.document
    bot.remove(report.document.document_id)


@pytest.mark.usefixtures("rules")
def test_a_citation_opens_its_page_with_the_sentence_marked(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(height=700)
    source = ask(page, QUESTION)
    expect(source.locator(".source").first).to_contain_text("第 1 页")
    picture = page.locator("#reader .sheet img")
    expect(picture).to_have_js_property("complete", True)
    page.wait_for_function("document.querySelector('#reader .sheet img')?.naturalWidth > 0")
    in_view(page, "#reader .spot", "#reader .paper")
    sheet = box(picture)
    for spot in page.locator("#reader .spot").all():
        place = box(spot)
        assert sheet["x"] < place["x"] and place["x"] + place["width"] < sheet["x"] + sheet["width"]
    expect(page.locator("#reader .leaf")).to_have_text("第 1 页，共 2 页")
    expect(page.locator("#reader .where .place")).to_contain_text("第 1 页")
    page.locator("#reader .leaves .after").click()
    expect(page.locator("#reader .leaf")).to_have_text("第 2 页，共 2 页")
    expect(page.locator("#reader .spot")).to_have_count(0)
    expect(page.locator("#reader .leaves .after")).to_be_disabled()
    page.locator("#reader .contents").click()
    page.locator("#outline button", has_text="一、阅览").click()
    expect(page.locator("#reader .leaf")).to_have_text("第 1 页，共 2 页")


@pytest.mark.usefixtures("rules")
def test_the_text_stands_behind_the_pages(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(height=700)
    ask(page, QUESTION)
    switch = page.locator("#reader .paged")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#reader .text")).to_be_hidden()
    switch.click()
    expect(page.locator("#reader .paper")).to_be_hidden()
    expect(page.locator("#reader mark")).to_contain_text("三楼的图书不可以借")
    in_view(page, "#reader mark")
    switch.click()
    in_view(page, "#reader .spot", "#reader .paper")
    # A paragraph is pointed out in the text.
    page.locator("#talk .answer [aria-label='答得不对']").last.click()
    page.locator("#talk .answer .point").last.click()
    expect(page.locator("#reader .text")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reader .paper")).to_be_visible()


@pytest.mark.usefixtures("rules")
def test_a_page_that_cannot_be_drawn_leaves_the_text(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    page.route("**/pages/*", lambda route: route.abort())
    ask(page, QUESTION)
    expect(page.locator("#reader .state")).to_contain_text("这一页画不出来")
    expect(page.locator("#reader mark")).to_contain_text("三楼的图书不可以借")


@pytest.mark.usefixtures("rules")
def test_a_page_and_a_heading_can_be_linked_to(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(height=700)
    ask(page, QUESTION)
    document = f"#read-{document_id('图书馆规则.pdf')}"
    page.locator("#reader .leaves .after").click()
    assert page.evaluate("location.hash") == f"{document}.p2"
    address = page.evaluate("location.href")
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("#reader .leaf")).to_have_text("第 2 页，共 2 页")
    page.locator("#reader .paged").click()
    in_view(page, "#reader .here")
    expect(page.locator("#reader .here")).to_have_text("Notes for foreign readers")
    page.locator("#reader .contents").click()
    page.locator("#outline button", has_text="一、阅览").click()
    address = page.evaluate("location.href")
    assert page.evaluate("decodeURIComponent(location.hash)") == f"{document}.h一、阅览"
    page.goto("about:blank")
    page.goto(address)
    page.locator("#reader .paged").click()
    expect(page.locator("#reader .here")).to_have_text("一、阅览")
    page.goto("about:blank")
    page.goto(f"{address}别的")
    expect(page.locator("#reader .state")).to_contain_text("文档里没有这个标题")


def test_the_pages_of_a_file_that_a_password_opened_are_shown(bot: Bot, open_page: OpenPage) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(70, 700, "The meeting begins at nine.")
    canvas.save()
    report = bot.upload("locked.pdf", out.getvalue(), password="secret")[0]
    assert report.document
    try:
        page = open_page()
        page.goto(f"{page.url.partition('#')[0]}#read-{report.document.document_id}")
        page.wait_for_function("document.querySelector('#reader .sheet img')?.naturalWidth > 0")
        page.locator("#reader .paged").click()
        expect(page.locator("#reader .paragraphs")).to_contain_text("The meeting begins at nine.")
    finally:
        bot.remove(report.document.document_id)
