"""What an answer looks like: its outcome, tables, lists, several questions, and where each item stands."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.engine import Bot
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, YEAR, Ask, box
from tests.browser.test_chat import NOWHERE

RATES = "地区,城市,淡季房价,旺季房价,早餐,押金,退房时间\n" + "".join(
    f"{area},{city},{low},{low * 2},含早餐,三百元,中午十二点前\n"
    for area, city, low in [
        ("一类", "北港", 300), ("一类", "南港", 310), ("二类", "东港", 210), ("二类", "西港", 220),
        ("三类", "上港", 110), ("三类", "下港", 120), ("三类", "中港", 130), ("三类", "外港", 140),
    ]
)  # fmt: skip
REPORT = (
    "渡船公司{year}年工作报告\n\n一、经营情况\n{year}年渡船公司客运收入{income}万元。\n\n二、主要工作\n换了新船。\n"
)
RULES = "青石书库阅览规则\n2021年5月1日发布\n\n" + "".join(
    f"第{number}条 {text}\n\n"
    for number, text in [
        ("一", "阅览青石书库的古籍，须有下列证件："),
        ("二", "青石书库的古籍只在馆内阅览，概不外借。"),
        ("三", "青石书库的古籍每次取阅一函。"),
        ("四", "青石书库的古籍不得拍照。"),
        ("五", "青石书库的古籍不得用墨笔抄写。"),
        ("六", "青石书库的古籍须戴手套取阅。"),
        ("七", "青石书库的古籍损坏的，照价赔偿。"),
        ("八", "青石书库逢周一闭馆。"),
    ]
)


@pytest.fixture
def shelf(bot: Bot) -> Iterator[Bot]:
    """A table, the reports of two years, and rules of eight articles."""
    files = {"房价.csv": RATES, "阅览规则.txt": RULES}
    files |= {f"{year}.txt": REPORT.format(year=year, income=income) for year, income in [(2021, 81), (2023, 97)]}
    reports = [bot.add_bytes(name, text.encode()) for name, text in files.items()]
    yield bot
    for report in reports:
        assert report.document
        bot.remove(report.document.document_id)


def tabled(page: Page, reply: Locator) -> list[str]:
    """Copy the table of an answer, and return the lines that the clipboard then holds as text."""
    reply.get_by_role("button", name="复制表格").click()
    expect(reply.locator(".copy-table")).to_have_text("已复制")
    copied: str = page.evaluate("navigator.clipboard.readText()")
    return copied.splitlines()


CLIPBOARD_TABLE = """async () => {
  const [item] = await navigator.clipboard.read();
  const html = await (await item.getType("text/html")).text();
  return [...html.matchAll(/<t[hd](?: [^>]*)?>([^<]*)/g)].map((cell) => cell[1]);
}"""


def test_what_an_answer_is_in_words(open_page: OpenPage, ask: Ask) -> None:
    page = open_page()
    reply = ask(page, YEAR)
    expect(reply.locator(".outcome")).to_have_text(re.compile("^直接回答原文照录"))
    verbatim, tip = reply.locator(".verbatim"), reply.locator(".verbatim + .tip")
    expect(tip).to_be_hidden()
    verbatim.hover()
    expect(tip).to_be_visible()
    expect(tip).to_have_text("引用的每一句都与原文一字不差，不是改写的。是否答对了，请点编号看原文。")
    page.locator("header").hover()
    expect(tip).to_be_hidden()
    verbatim.focus()
    expect(tip).to_be_visible()
    refusal = ask(page, NOWHERE)
    expect(refusal.locator(".outcome b")).to_have_text("没有答案")
    expect(refusal.locator(".verbatim")).to_have_count(0)
    frames = [node.evaluate("(n) => getComputedStyle(n).backgroundColor") for node in (reply, refusal)]
    assert frames[0] != frames[1]


def test_cells_are_a_table_that_scrolls_by_itself_and_is_copied_as_one(
    open_page: OpenPage, ask: Ask, shelf: Bot
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    reply = ask(page, "南港的旺季房价是多少？")
    expect(reply.locator(".grid thead th")).to_have_text(
        ["地区", "城市", "淡季房价", "旺季房价", "早餐", "押金", "退房时间", "出处 2"]
    )
    expect(reply.locator(".grid tbody tr")).to_have_count(1)
    expect(reply.locator(".grid tbody tr > *")).to_have_text(
        ["一类", "南港", "310", "620", "含早餐", "三百元", "中午十二点前", "1"]
    )
    expect(reply).not_to_contain_text("|")
    expect(page.locator("#reader tr.here")).to_contain_text("南港")  # the row, not its header
    lines = tabled(page, reply)
    assert lines[0] == "地区\t城市\t淡季房价\t旺季房价\t早餐\t押金\t退房时间\t出处"
    assert lines[1].startswith("一类\t南港\t310\t620\t含早餐\t三百元\t中午十二点前\t《房价》")
    assert page.evaluate(CLIPBOARD_TABLE)[:8] == lines[0].split("\t")

    phone = open_page(**PHONE)
    table = ask(phone, "南港的旺季房价是多少？").locator(".wide")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert table.evaluate("(node) => node.scrollWidth > node.clientWidth + 50")
    table.evaluate("(node) => node.scrollBy(1000, 0)")
    expect(table.locator("th", has_text="出处")).to_be_in_viewport(ratio=1)


def test_years_side_by_side(open_page: OpenPage, ask: Ask, shelf: Bot) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    reply = ask(page, "渡船公司2021年和2023年的客运收入对比")
    expect(reply.locator(".grid tbody th")).to_have_text(["2021年", "2023年"])
    expect(reply.locator(".grid tbody td p")).to_have_text(
        ["2021年渡船公司客运收入81万元。1", "2023年渡船公司客运收入97万元。2"]
    )
    expect(reply.locator("a.source .year")).to_have_text(["2021年", "2023年"])
    assert [line.split("\t")[:2] for line in tabled(page, reply)] == [
        ["年份", "原文"], ["2021年", "2021年渡船公司客运收入81万元。"], ["2023年", "2023年渡船公司客运收入97万元。"],
    ]  # fmt: skip


def test_a_summary_opens_further(open_page: OpenPage, ask: Ask, shelf: Bot) -> None:
    page = open_page()
    reply = ask(page, "概括渡船公司2023年工作报告")
    lines = reply.locator(".summary > li")
    expect(lines).to_have_count(2)
    expect(lines.first.locator(".head")).to_have_text("一、经营情况1")
    expect(lines.last.locator("p").last).to_have_text("换了新船。4")
    lines.last.locator("a.cite").first.click()
    expect(page.locator("#reader mark")).to_have_text("二、主要工作")
    lines.last.get_by_role("button", name="第2部分讲什么？").click()
    expect(page.locator("#talk .question").last).to_have_text("第2部分讲什么？")
    further = page.locator("#talk .answer").last
    expect(further).to_contain_text("换了新船")
    expect(further).not_to_contain_text("客运收入")


def test_several_questions_are_several_blocks(open_page: OpenPage, ask: Ask, shelf: Bot) -> None:
    page = open_page()
    reply = ask(page, "海宁灯塔建于哪一年？青石书库的古籍能外借吗？")
    blocks = reply.locator(".block")
    expect(blocks.locator("h4")).to_have_text(["“海宁灯塔建于哪一年”", "“青石书库的古籍能外借吗”"])
    expect(blocks.first).to_contain_text("1907")
    expect(blocks.first.locator("a.source .name")).to_have_text("《海宁灯塔简介》")
    expect(blocks.last).to_contain_text("概不外借")
    expect(blocks.last.locator("a.source .name").first).to_have_text("《青石书库阅览规则》")


def test_a_long_list_folds_and_each_item_says_where_it_stands(open_page: OpenPage, ask: Ask, shelf: Bot) -> None:
    page = open_page(width=1180)
    reply = ask(page, "列出所有提到“青石书库”的地方")
    items = reply.locator(".items > li")
    total = items.count()
    assert total > 7
    expect(items.locator("visible=true")).to_have_count(6)
    more = reply.get_by_role("button", name=f"还有 {total - 6} 项，全部显示")
    article = items.nth(2).locator("a.source")
    expect(article).to_contain_text("第二条")
    expect(article.locator(".year")).to_have_text("2021年")
    expect(article.locator(".name")).to_have_text("《青石书库阅览规则》")
    # The article and the year stand whole, the title gives way.
    page.set_viewport_size({"width": 390, "height": 844})
    for part in ("b", ".year"):
        assert article.locator(part).evaluate("(node) => node.scrollWidth <= node.clientWidth + 1")
    assert box(article.locator("b"))["x"] < box(article.locator(".year"))["x"] < box(article.locator(".name"))["x"]
    page.set_viewport_size({"width": 1180, "height": 900})
    for _ in range(6):
        page.locator("#reader .next").click()  # goes on into what is folded
    expect(items.nth(6).locator("a.cite")).to_have_attribute("aria-current", "true")
    expect(more).to_have_count(0)
    expect(items.nth(6)).to_be_in_viewport()
