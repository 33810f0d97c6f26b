"""Kept conversations on the page: found, opened, renamed, exported, deleted, and the same in two tabs."""

import io
from collections.abc import Callable
from pathlib import Path

from docx import Document
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_chat import NOWHERE, TICKET, YEAR, YEAR_SENTENCE, box

Ask = Callable[[Page, str], Locator]


def kept(page: Page) -> Locator:
    return page.locator("#conversations .kept li")


def base(page: Page) -> str:
    """The page's address without the link that is open."""
    return page.url.split("/#")[0].rstrip("/")


def menu(row: Locator) -> Locator:
    """Unfold what can be done with a conversation."""
    row.hover()
    row.locator("summary").click()
    unfolded = row.locator(".menu")
    for line in unfolded.locator("div > *").all():
        expect(line).to_be_in_viewport(ratio=1)  # the list that scrolls does not cut it off
    return unfolded


def links(page: Page) -> list[tuple[str | None, str]]:
    shown = page.locator("#talk :is(a.cite, a.source, a.near)")
    return [(link.get_attribute("href"), link.text_content() or "") for link in shown.all()]


def test_list_open_and_search(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    expect(page.locator("#conversations .none")).to_have_text("还没有对话。提一个问题就有了。")
    ask(page, YEAR)
    ask(page, TICKET)
    expect(kept(page).locator(".name")).to_have_text([YEAR])
    expect(kept(page).locator(".open")).to_have_attribute("aria-current", "true")
    page.locator("#fresh").click()
    expect(kept(page).locator("[aria-current]")).to_have_count(0)
    ask(page, NOWHERE)
    expect(kept(page).locator(".name")).to_have_text([NOWHERE, YEAR])  # the newest first

    find = page.get_by_role("searchbox", name="在对话里查找")
    find.fill("门票")  # in a later question and its answer, not in the title
    expect(kept(page).locator(".name")).to_have_text([YEAR])
    find.fill("长颈鹿")
    expect(page.locator("#conversations .none")).to_have_text("没有找到。换个词试试。")
    find.fill("")
    kept(page).nth(1).locator(".open").click()
    expect(page.locator("#talk .question")).to_have_text([YEAR, TICKET])
    expect(kept(page).nth(1).locator(".open")).to_have_attribute("aria-current", "true")


def test_rename_and_delete(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, YEAR)
    row = kept(page).first
    menu(row).get_by_role("button", name="改名").click()
    row.locator("input").fill("灯塔旧事")
    row.locator("input").press("Enter")
    expect(row.locator(".name")).to_have_text("灯塔旧事")
    menu(row).get_by_role("button", name="改名").click()
    row.locator("input").fill("不要这个")
    row.locator("input").press("Escape")
    expect(row.locator(".name")).to_have_text("灯塔旧事")
    page.reload()
    expect(row.locator(".name")).to_have_text("灯塔旧事")

    delete = menu(row).locator(".danger")
    delete.click()
    expect(delete).to_have_text("确定删除？")
    expect(kept(page)).to_have_count(1)  # nothing is gone at the first click
    delete.click()
    expect(kept(page)).to_have_count(0)
    expect(page.locator("#talk .question")).to_have_count(0)
    expect(page.locator("#talk .welcome")).to_be_visible()


def test_export(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, YEAR)
    row = kept(page).first
    with page.expect_download() as download:
        menu(row).get_by_role("link", name="导出 Markdown").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert YEAR in text
    assert YEAR_SENTENCE in text
    with page.expect_download() as download:
        row.get_by_role("link", name="导出 Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    document = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert any(YEAR in line for line in lines)
    assert any(YEAR_SENTENCE in line for line in lines)


def test_a_reload_shows_the_very_same(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, YEAR)
    ask(page, TICKET)
    ask(page, NOWHERE)
    before = links(page)
    texts = page.locator("#talk :is(.answer, .refusal) > p").all_text_contents()
    assert sum("cite-" in (href or "") for href, _ in before) >= 2
    page.reload()
    expect(page.locator("#talk .refusal")).to_be_visible()
    assert links(page) == before
    assert page.locator("#talk :is(.answer, .refusal) > p").all_text_contents() == texts
    page.locator("#talk a.cite").first.click()
    expect(page.locator("#reader mark")).to_have_text(YEAR_SENTENCE)


def test_another_visitor_sees_none_of_it(open_page: OpenPage, ask: Ask) -> None:
    mine = open_page()
    ask(mine, YEAR)
    expect(kept(mine)).to_have_count(1)
    conversation = mine.evaluate("sessionStorage.getItem('youju-conversation')")
    theirs = open_page()
    expect(theirs.locator("#conversations .none")).to_be_visible()
    expect(kept(theirs)).to_have_count(0)
    answer = theirs.request.get(f"{base(mine)}/api/conversations/{conversation}")
    assert answer.status == 404


def test_a_fresh_page_begins_a_new_chat(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    ask(page, YEAR)
    other = page.context.new_page()
    other.goto(base(page))
    expect(kept(other).locator(".name")).to_have_text([YEAR])
    expect(other.locator("#talk .welcome")).to_be_visible()
    expect(other.locator("#talk .question")).to_have_count(0)


def test_two_tabs_share_the_list_and_say_what_is_new(open_page: OpenPage, ask: Ask) -> None:
    first = open_page()
    second = first.context.new_page()
    second.goto(base(first))
    expect(second.locator("#conversations .none")).to_be_visible()
    ask(first, YEAR)
    expect(kept(second).locator(".name")).to_have_text([YEAR])  # without a reload
    kept(second).locator(".open").click()
    expect(second.locator("#talk .question")).to_have_text([YEAR])

    ask(second, TICKET)
    expect(second.locator("#notice")).to_be_empty()
    box(first).fill(NOWHERE)
    box(first).press("Enter")
    expect(first.locator("#talk .question")).to_have_text([YEAR, TICKET, NOWHERE])
    expect(first.locator("#notice")).to_have_text("这个对话在别的标签页里有新内容，已一并显示。")


def test_deleted_in_another_tab(open_page: OpenPage, ask: Ask) -> None:
    first = open_page()
    ask(first, YEAR)
    second = first.context.new_page()
    second.goto(base(first))
    delete = menu(kept(second).first).locator(".danger")
    delete.click()
    delete.click()
    expect(kept(first)).to_have_count(0)
    expect(first.locator("#talk .question")).to_have_text([YEAR])  # nobody's reading is interrupted

    box(first).fill(TICKET)
    box(first).press("Enter")
    expect(first.locator("#notice")).to_contain_text("这个对话已在别处删除")
    expect(box(first)).to_have_value(TICKET)
    expect(first.locator("#talk .question")).to_have_count(0)
    box(first).press("Enter")
    expect(first.locator("#talk .question")).to_have_text([TICKET])
    expect(first.locator("#talk .answer")).to_contain_text("十五元")
    expect(kept(second).locator(".name")).to_have_text([TICKET])
    expect(first.locator("#notice")).to_be_empty()
