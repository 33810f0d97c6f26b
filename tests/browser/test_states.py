"""What the page shows where something is missing: documents, a question, the server, time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot import Bot, Settings
from tests.browser.conftest import FACTS, OpenPage
from tests.browser.serving import serving
from tests.browser.test_chat import NOWHERE, PHONE, SERVER, TICKET, YEAR, box, held
from tests.integration.serving import running

Ask = Callable[[Page, str], Locator]
GRADIO_SAYS = "text=/connection|error|reconnect|something went wrong/i"


@pytest.fixture
def empty_home(tmp_path: Path) -> Iterator[str]:
    with Bot.open(settings=Settings(home=tmp_path / "home", seeds=None)) as bot, serving(bot) as address:
        yield address


def test_no_documents(browser: Browser, empty_home: str, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(empty_home)
    welcome = page.locator("#talk .welcome")
    expect(welcome).to_contain_text("还没有文档。先添加你自己的文件")
    expect(welcome.locator("button.example")).to_have_count(0)
    expect(page.locator("#documents .none")).to_have_text("还没有文档。添加一个，马上就能提问。")
    with page.expect_file_chooser() as chooser:
        welcome.get_by_role("button", name="添加文档").click()
    (tmp_path / "灯塔.txt").write_text("海宁灯塔\n\n海宁灯塔建于1907年。\n", encoding="utf-8")
    chooser.value.set_files(tmp_path / "灯塔.txt")
    expect(welcome).to_contain_text("每个回答都是原文里的句子")
    expect(welcome.locator(".first")).to_be_hidden()
    box(page).fill(YEAR)
    box(page).press("Enter")
    expect(page.locator("#talk .answer")).to_contain_text("1907")
    context.close()


def test_a_question_without_any_document(browser: Browser, empty_home: str) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(empty_home)
    expect(page.locator("#talk .welcome")).to_contain_text("There are no documents yet.")
    box(page).fill(YEAR)
    box(page).press("Enter")
    expect(page.locator("#talk .refusal")).to_be_visible()
    expect(page.locator("#talk .refusal")).to_contain_text("Add your own files")
    expect(page.locator("#talk :is(.cite, .near)")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_an_empty_and_an_endless_question_get_one_line(open_page: OpenPage, ask: Ask, locale: str) -> None:
    page = open_page(locale=locale)
    notice = page.locator("#notice")
    box(page).press("Enter")
    expect(notice).to_contain_text("问题" if locale == "zh-CN" else "question")
    long = "为什么灯塔" * 400 + "？"
    box(page).fill(long)
    page.locator("#send").click()
    expect(notice).to_contain_text("2000")
    assert "\n" not in notice.inner_text()
    expect(notice.locator("button")).to_have_count(0)  # once more would not help
    expect(box(page)).to_have_value(long)
    expect(page.locator("#talk .question")).to_have_count(0)
    expect(page.locator("#conversations .kept li")).to_have_count(0)
    ask(page, YEAR)
    expect(notice).to_be_hidden()


@pytest.mark.parametrize("options", [{}, {"locale": "en-US", **PHONE}])
def test_the_server_is_gone_and_comes_back(open_page: OpenPage, ask: Ask, options: dict[str, object]) -> None:
    page = open_page(**options)
    ask(page, YEAR)
    chinese = "locale" not in options
    page.context.set_offline(True)
    box(page).fill(TICKET)
    page.locator("#send").click()
    notice = page.locator("#notice")
    expect(notice).to_contain_text("连不上服务" if chinese else "The server cannot be reached")
    expect(box(page)).to_have_value(TICKET)
    expect(page.locator("#talk .question")).to_have_text([YEAR])
    expect(page.locator(GRADIO_SAYS)).to_have_count(0)
    page.locator("#notice .retry").click()
    expect(notice).to_be_visible()
    expect(box(page)).to_have_value(TICKET)
    page.context.set_offline(False)
    page.locator("#notice .retry").click()
    expect(page.locator("#talk .answer")).to_have_count(2)
    expect(page.locator("#talk .answer").last).to_contain_text("十五元")
    expect(box(page)).to_have_value("")
    expect(notice).to_be_hidden()


def test_a_server_that_stops_and_starts_again(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    with Bot.open(settings=Settings(home=tmp_path, seeds=None)) as bot:
        bot.add_bytes("灯塔.txt", FACTS.encode())
    with running(tmp_path) as server:
        page.goto(server.url)
        box(page).fill(YEAR)
        box(page).press("Enter")
        expect(page.locator("#talk .answer")).to_have_count(1)
    box(page).fill(TICKET)
    box(page).press("Enter")
    expect(page.locator("#notice")).to_contain_text("连不上服务")
    expect(page.locator(GRADIO_SAYS)).to_have_count(0)
    expect(page.locator(".toast-body")).to_have_count(0)
    expect(page.locator("#talk .question")).to_have_text([YEAR])
    with running(tmp_path, "--port", str(urlsplit(server.url).port)):
        page.locator("#notice .retry").click()
        expect(page.locator("#talk .question")).to_have_text([YEAR, TICKET])
        expect(page.locator("#talk .answer").last).to_contain_text("十五元")
        expect(page.locator(GRADIO_SAYS)).to_have_count(0)
        context.close()


def test_one_lost_request(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    page.route(SERVER, lambda route: route.abort())
    box(page).fill(YEAR)
    box(page).press("Enter")
    expect(page.locator("#notice")).to_contain_text("服务没能回答")  # it is there: to look for it would not help
    expect(box(page)).to_have_value(YEAR)
    page.reload()
    expect(box(page)).to_have_value(YEAR)
    box(page).press("Enter")
    expect(page.locator("#notice")).to_contain_text("服务没能回答")
    page.unroute(SERVER)
    box(page).fill(TICKET)  # changed meanwhile: what stands in the box is asked
    page.locator("#notice .retry").click()
    expect(page.locator("#talk .question")).to_have_text([TICKET])
    expect(page.locator("#talk .answer")).to_contain_text("十五元")


def test_the_open_chat_stays_when_another_cannot_be_opened(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, YEAR)
    page.locator("#fresh").click()
    ask(page, NOWHERE)
    page.context.set_offline(True)
    page.locator("#conversations .kept li").nth(1).locator(".open").click()
    expect(page.locator("#notice")).to_contain_text("连不上服务")
    expect(page.locator("#talk .question")).to_have_text([NOWHERE])
    page.context.set_offline(False)
    page.locator("#notice .retry").click()
    expect(page.locator("#talk .question")).to_have_text([YEAR])


def test_a_slow_server(open_page: OpenPage) -> None:
    page = open_page(locale="en-US")
    with held(page) as release:
        box(page).fill(YEAR)
        box(page).press("Enter")
        expect(page.get_by_role("status", name="Searching")).to_be_visible()
        expect(page.locator("#send")).to_have_text("Stop")
        box(page).fill("the next question")
        box(page).press("Enter")  # one after the other
        expect(box(page)).to_have_value("the next question")
        release()
        expect(page.locator("#talk .answer")).to_contain_text("1907")
    expect(page.locator("#send")).to_have_text("Send")
    expect(box(page)).to_have_value("the next question")


def test_another_chat_while_waiting(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, NOWHERE)
    page.locator("#fresh").click()
    with held(page) as release:
        box(page).fill(YEAR)
        box(page).press("Enter")
        expect(page.locator("#talk .waiting")).to_be_visible()
        page.locator("#conversations .kept .open").click()
        expect(page.locator("#talk .question")).to_have_text([NOWHERE])
        release()
        kept = page.locator("#conversations .kept li")
        expect(kept.locator(".name")).to_have_text([YEAR, NOWHERE])  # the answer waits in its own chat
    expect(page.locator("#talk .question")).to_have_text([NOWHERE])
    expect(kept.nth(1).locator(".open")).to_have_attribute("aria-current", "true")
    kept.first.locator(".open").click()
    expect(page.locator("#talk .answer")).to_contain_text("1907")


def test_an_unnamed_language_reads_english(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(locale="fr-FR")
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator("header")).to_contain_text("Every sentence shows its source")
    expect(box(page)).to_have_attribute("placeholder", "Ask your documents…")
    expect(ask(page, NOWHERE)).to_contain_text("not an answer")


def shown(page: Page) -> tuple[int, int, bool]:
    """How many sentences are marked, how many numbers are open, and whether the address leads somewhere."""
    return page.locator("#reader mark").count(), page.locator("#talk [aria-current]").count(), "#" in page.url


def test_nothing_that_is_marked_is_stale(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page()
    number = ask(page, YEAR).locator("a.cite").first
    expect(page.locator("#reader mark")).to_be_visible()
    ask(page, NOWHERE)
    expect(page.locator("#reader .empty")).to_be_visible()
    assert shown(page) == (0, 0, False)

    number.click()
    expect(page.locator("#reader mark")).to_be_visible()
    page.locator("#fresh").click()
    expect(page.locator("#reader .empty")).to_be_visible()
    assert shown(page) == (0, 0, False)

    page.locator("#conversations .kept .open").first.click()
    number.click()
    page.reload()  # keeps what was open
    expect(page.locator("#reader mark")).to_contain_text("1907")
    expect(number).to_have_attribute("aria-current", "true")


def test_a_document_that_is_replaced_and_removed(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    bot.add_bytes("钟楼.txt", "雾山钟楼\n\n雾山钟楼的大钟重三吨。".encode())
    page = open_page()
    ask(page, "雾山钟楼的大钟有多重？")
    expect(page.locator("#reader mark")).to_have_text("雾山钟楼的大钟重三吨。")
    text = "雾山钟楼\n\n雾山钟楼的大钟重五吨。"
    page.set_input_files("#upload input", [{"name": "钟楼.txt", "mimeType": "text/plain", "buffer": text.encode()}])
    expect(page.locator("#reader mark")).to_have_text("雾山钟楼的大钟重五吨。")
    expect(page.locator("#reader .note")).to_contain_text("原文已变")
    row = page.locator("#documents .documents li", has_text="雾山钟楼")
    row.hover()
    row.locator("summary").click()
    row.locator(".remove").click()
    page.press("#sure .yes", "Enter")
    expect(page.locator("#notice")).to_have_text("《雾山钟楼》已经移除，所以原文关上了。")
    expect(page.locator("#reader .empty")).to_be_visible()
    assert shown(page) == (0, 0, False)


def test_back_on_a_phone(open_page: OpenPage, ask: Ask) -> None:
    page = open_page(**PHONE)
    sheet, side, menu = page.locator("#reader"), page.locator("#side"), page.locator(".show-side")
    number = ask(page, YEAR).locator("a.cite").first
    number.tap()
    page.locator(".card .read").tap()
    expect(sheet).to_be_in_viewport()
    page.reload()
    expect(page.locator("#reader mark")).to_be_in_viewport()
    page.go_back()
    expect(sheet).to_be_hidden()
    expect(page.locator("#talk .answer")).to_be_visible()

    menu.tap()
    page.wait_for_function("history.state?.youju")
    page.reload()
    expect(side).to_be_visible()
    page.locator("#documents .open", has_text="灯塔").tap()
    expect(sheet).to_be_in_viewport()
    expect(side).to_be_hidden()
    page.go_back()
    expect(sheet).to_be_hidden()
    expect(side).to_be_visible()
    page.go_back()
    expect(side).to_be_hidden()

    menu.tap()
    menu.tap()  # closed by hand: nothing is left that Back would have to close
    page.wait_for_function("!history.state?.youju")
    page.go_back()
    assert page.url == "about:blank"
