"""Adding, choosing, reading, replacing and removing documents on the page, good ones and bad ones."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from bot.conversations.chat import ChatQuestion
from bot.engine import Bot
from bot.settings import Settings
from tests.browser.conftest import FACTS, OpenPage
from tests.browser.seeing import PHONE
from tests.browser.serving import serving, visiting

Ask = Callable[[Page, str], Locator]
PICKER = "#upload input"
ROWS = "#documents .documents li"
YEAR = "海宁灯塔建于哪一年？"

DROP = """(files) => {
  const dataTransfer = new DataTransfer();
  for (const [name, content] of files)
    dataTransfer.items.add(new File([typeof content === "number" ? new Uint8Array(content) : content], name));
  for (const kind of ["dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
}"""


@pytest.fixture(autouse=True)
def as_before(bot: Bot) -> Iterator[None]:
    """Leave the documents as they were: the server is everybody's."""
    before = {info.document_id for info in bot.documents()}
    yield
    for info in bot.documents():
        if info.document_id not in before:
            bot.remove(info.document_id)


def row_of(page: Page, title: str) -> Locator:
    return page.locator(ROWS, has_text=title)


def menu_of(page: Page, title: str) -> Locator:
    """Open the menu of a document and return it."""
    row = row_of(page, title)
    row.hover()
    row.locator("summary").click()
    return row.locator(".menu div")


def test_chosen_files_are_read_and_asked_at_once(open_page: OpenPage, ask: Ask, tmp_path: Path, bot: Bot) -> None:
    page = open_page()
    text = "第一章 住宿\n\n一、早餐\n\n（一）时间\n\n银杏客栈的早餐七点半开始，在二楼露台供应。\n"
    (tmp_path / "客栈.txt").write_bytes(text.encode("gb18030"))
    (tmp_path / "notes.md").write_text("# Notes\n\nThe blue boat leaves Pier Seven at noon.\n", encoding="utf-8")
    before = page.locator(ROWS).count()
    page.set_input_files(PICKER, [tmp_path / "客栈.txt", tmp_path / "notes.md"])
    done = page.locator("#documents .reports .done")
    expect(done).to_have_count(2)
    expect(done.first).to_contain_text("客栈.txt")
    expect(done.first).to_contain_text("GB18030，4 段，3 级标题，0 字丢失")
    expect(done.last).to_contain_text("UTF-8，2 段，1 级标题，0 字丢失")
    expect(page.locator(ROWS)).to_have_count(before + 2)
    expect(page.locator("#documents .count")).to_have_text(str(before + 2))
    expect(row_of(page, "客栈").locator("small")).to_have_text("文本 · 今天")  # the encoding matters to nobody

    reply = ask(page, "银杏客栈的早餐几点开始？")
    expect(reply.locator("p:has(.cite)").first).to_contain_text("七点半")
    expect(page.locator("#reader mark")).to_have_text("银杏客栈的早餐七点半开始，在二楼露台供应。")
    assert not list(Path(bot.settings.home).rglob("客栈.txt"))


def test_dropped_files_and_the_one_that_is_too_large(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page(locale="en-US")
    limit = bot.settings.max_file_megabytes
    text = "𠮷村\n\n𠮷村😀的水井一共有七口。井水很甜。"
    page.evaluate(DROP, [["large.txt", limit * 1_000_000 + 1], ["水井.txt", text]])
    expect(page.locator("#documents .failed")).to_contain_text(f"Over {limit} MB")
    expect(page.locator("#documents .failed b")).to_have_text("large.txt")
    expect(page.locator("#documents .done")).to_contain_text("水井.txt")
    expect(page.locator("body")).not_to_have_class("dropping")
    ask(page, "𠮷村的水井一共有几口？")
    expect(page.locator("#reader mark")).to_have_text("𠮷村😀的水井一共有七口。")  # spans are code points


def test_bad_files_get_one_line_each_and_lose_nothing(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    page.fill("#question textarea", "写到一半的问题")
    before = page.locator(ROWS).all_inner_texts()
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "表.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    page.set_input_files(PICKER, [tmp_path / name for name in ("空.txt", "picture.txt", "表.xlsx")])
    failed = page.locator("#documents .reports .failed")
    expect(failed).to_have_count(3)
    assert failed.locator("b").all_inner_texts() == ["空.txt", "picture.txt", "表.xlsx"]
    for line in failed.locator("span").all_inner_texts():
        assert "\n" not in line and "：" not in line[:3] and "请" in line  # what to do
    assert page.locator(ROWS).all_inner_texts() == before
    expect(page.locator("#question textarea")).to_have_value("写到一半的问题")
    failed.first.locator("button").click()
    expect(failed).to_have_count(2)


def test_many_files_are_one_line_that_counts_and_opens(open_page: OpenPage, bot: Bot, tmp_path: Path) -> None:
    page = open_page()
    before = len(bot.documents())
    for number in range(24):
        (tmp_path / f"渡口{number}.txt").write_text(f"{number}号渡口每天开放。", encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.set_input_files(PICKER, sorted(tmp_path.iterdir()))
    line = page.locator("#documents .reports > li")
    expect(line).to_have_count(1)
    expect(line.locator("span").first).to_have_text("25 个文件，读好 24 个，1 个没能读")
    assert line.bounding_box()["height"] < 60  # a line, or two of this length
    assert sum(url.endswith("/api/documents") for url in sent) == 2
    assert len(bot.documents()) == before + 24
    expect(line.locator(".failed b")).to_be_hidden()
    line.locator("summary").click()
    expect(line.locator(".failed b")).to_have_text("空.txt")
    expect(line.locator(".done")).to_have_count(24)
    line.locator(":scope > .dismiss").click()
    expect(line).to_have_count(0)


def test_asking_goes_on_while_a_file_goes_up(open_page: OpenPage, ask: Ask, tmp_path: Path) -> None:
    page = open_page()
    held: list[Route] = []
    page.route("**/api/documents", lambda route: route.continue_() if held else held.append(route))
    (tmp_path / "一.txt").write_text("第一份。", encoding="utf-8")
    (tmp_path / "二.txt").write_text("第二份。", encoding="utf-8")
    page.set_input_files(PICKER, [tmp_path / "一.txt", tmp_path / "二.txt"])
    going = page.locator("#documents .reports .going")
    expect(going).to_have_count(2)
    expect(going.first.locator("progress")).to_be_visible()
    expect(going.last).to_contain_text("等待上传")
    expect(ask(page, YEAR)).to_contain_text("1907")
    expect(going).to_have_count(2)
    held[0].continue_()
    expect(page.locator("#documents .reports .done")).to_have_count(2)
    expect(page.locator("#documents .reports progress:visible")).to_have_count(0)


def test_an_upload_that_breaks_off_says_so_and_the_next_goes_up(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    page.route("**/api/documents", lambda route: route.abort(), times=1)
    (tmp_path / "断.txt").write_text("没有传完。", encoding="utf-8")
    (tmp_path / "续.txt").write_text("传完了。", encoding="utf-8")
    page.set_input_files(PICKER, [tmp_path / "断.txt", tmp_path / "续.txt"])
    expect(page.locator("#documents .failed")).to_contain_text("没有传完。请确认服务还在运行")
    expect(page.locator("#documents .done b")).to_have_text("续.txt")


def test_replace_download_and_remove(open_page: OpenPage, ask: Ask, bot: Bot, tmp_path: Path) -> None:
    data = "﻿草稿\r\n\r\n草稿的编号是零七。".encode("utf-16")
    # A folder that was added gives its files names with a path.
    (tmp_path / "库" / "子").mkdir(parents=True)
    (tmp_path / "库" / "子" / "草稿.txt").write_bytes(data)
    bot.add(tmp_path / "库")
    page = open_page()
    with page.expect_download() as download:
        menu_of(page, "草稿").locator("a").click()
    assert download.value.suggested_filename == "草稿.txt"
    assert Path(download.value.path()).read_bytes() == data

    expect(ask(page, "草稿的编号是多少？")).to_contain_text("零七")
    count = page.locator(ROWS).count()
    (tmp_path / "另一个名字.txt").write_text("草稿\n\n草稿的编号是一九。", encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        menu_of(page, "草稿").locator(".replace").click()
    chooser.value.set_files(tmp_path / "另一个名字.txt")
    expect(page.locator("#documents .done")).to_contain_text("已换成新内容")
    expect(page.locator(ROWS)).to_have_count(count)
    expect(ask(page, "草稿的编号是多少？")).to_contain_text("一九")
    assert [info.source for info in bot.documents() if info.title == "草稿"] == ["子/草稿.txt"]

    menu_of(page, "草稿").locator(".remove").dblclick()
    expect(page.locator("#sure h2")).to_have_text("移除“草稿”？")  # the second click was a slip
    page.keyboard.press("Escape")
    expect(page.locator("#sure dialog")).to_be_hidden()
    assert "草稿" in {info.title for info in bot.documents()}
    menu_of(page, "草稿").locator(".remove").click()
    expect(page.locator("#sure .no")).to_be_focused()
    page.press("#sure .yes", "Enter")
    expect(row_of(page, "草稿")).to_have_count(0)
    assert "草稿" not in {info.title for info in bot.documents()}


def test_a_document_is_read_from_the_list(open_page: OpenPage) -> None:
    page = open_page()
    row_of(page, "海宁灯塔简介").locator(".open").click()
    expect(page.locator("#reader .text")).to_contain_text("花岗岩")
    expect(page.locator("#reader mark")).to_have_count(0)


def make_two_hundred(folder: Path) -> None:
    long = "关于进一步加强和改进" * 11
    for number in range(196):
        (folder / f"{number:03}.txt").write_text(
            f"{long}第{number}号通知\n\n第{number}号仓库存放货物。", encoding="utf-8"
        )
    for color, month in (("红", "三"), ("白", "五")):
        (folder / f"{color}.txt").write_text(f"{color}山茶谱\n\n{color}山茶开在{month}月。", encoding="utf-8")
    (folder / "灯塔.txt").write_text(FACTS, encoding="utf-8")


def test_two_hundred_documents_with_long_names(browser: Browser, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    make_two_hundred(tmp_path / "files")
    with Bot.open(tmp_path / "home") as many:
        many.add(tmp_path / "files")
        with serving(many) as address, visiting(browser, address) as page:
            look_through(page, ask)


def look_through(page: Page, ask: Ask) -> None:
    rows = page.locator(ROWS)
    expect(page.locator("#documents .count")).to_have_text("200")
    expect(rows).to_have_count(61)  # the others come when they are scrolled to
    side = page.locator("#side").bounding_box()
    assert side and page.evaluate("document.querySelector('#side').scrollWidth") <= side["width"]
    assert all(rows.nth(place).bounding_box()["width"] <= side["width"] for place in (0, 30, 59))
    expect(page.locator("#upload")).to_be_in_viewport()  # above the list, however long that is

    page.fill("#documents .filter", "山茶")
    shown = page.locator(f"{ROWS}:visible")
    expect(shown).to_have_count(2)
    page.locator("#documents .these").click()
    expect(page.locator("#documents .chosen span")).to_have_text("只问选中的 2 篇")
    expect(page.locator("#composer .scope")).to_contain_text("只问《")
    reply = ask(page, "红山茶开在几月？")
    expect(reply).to_contain_text("红山茶开在三月。")
    expect(ask(page, YEAR)).to_have_class("refusal")  # the lighthouse is not among those asked
    shown.first.locator("input[type=checkbox]").focus()
    page.keyboard.press("Space")
    expect(shown.first.locator("input[type=checkbox]")).to_be_focused()
    expect(page.locator("#documents .chosen span")).to_have_text("只问选中的 1 篇")
    page.locator("#documents .chosen .all").click()
    expect(page.locator(f"{ROWS} input:checked")).to_have_count(0)
    expect(ask(page, YEAR)).to_contain_text("1907")
    page.fill("#documents .filter", "没有这样的名字")
    expect(shown).to_have_count(0)
    expect(page.locator("#documents .none")).to_contain_text("没有找到")
    page.fill("#documents .filter", "")
    expect(shown).to_have_count(61)


def test_the_list_of_another_tab_follows(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    other = page.context.new_page()
    other.goto(page.url)
    before = page.locator(ROWS).count()
    expect(other.locator(ROWS)).to_have_count(before)
    (tmp_path / "新来的.txt").write_text("新来的\n\n它刚刚到。", encoding="utf-8")
    page.set_input_files(PICKER, tmp_path / "新来的.txt")
    row = row_of(other, "新来的")
    expect(row).to_have_count(1)
    row.locator("input[type=checkbox]").check()
    expect(other.locator("#composer .scope")).to_contain_text("新来的")
    page.bring_to_front()
    menu_of(page, "新来的").locator(".remove").click()
    page.press("#sure .yes", "Enter")
    expect(row).to_have_count(0)
    expect(other.locator("#composer .scope")).to_be_hidden()  # what is gone is not asked alone any more


def test_text_may_be_dragged_into_the_question(open_page: OpenPage) -> None:
    page = open_page()
    dropped = page.evaluate("""() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData("text/plain", "一段文字");
      const event = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer });
      document.querySelector("#question textarea").dispatchEvent(event);
      return event.defaultPrevented;
    }""")
    assert dropped is False
    expect(page.locator("#documents .reports li")).to_have_count(0)


def test_a_file_says_what_was_left_out_and_what_is_there_already(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    rows = "".join(f"<p>第{n}条 本规定的第{n * 7}项由第{n * 13}号窗口办理。</p>" for n in range(1, 40))
    html = f"<meta charset=utf-8><title>办理规定</title><nav><a href=/>首页</a></nav><h1>办理规定</h1>{rows}"
    copy = html.replace("办理规定</title>", "副本</title>")
    (tmp_path / "规定.html").write_text(html, encoding="utf-8")
    (tmp_path / "规定副本.mht").write_text(f"Content-Type: text/html; charset=utf-8\n\n{copy}", encoding="utf-8")
    page.set_input_files(PICKER, [tmp_path / "规定.html", tmp_path / "规定副本.mht"])
    done = page.locator("#documents .reports .done")
    expect(done).to_have_count(2, timeout=30_000)  # each is read by a process of its own
    expect(done.first).to_contain_text("略过导航 1 处，共 2 字。")
    expect(done.first).not_to_contain_text("完全相同")
    expect(done.last).to_contain_text("文字与《规定.html》完全相同。")
    expect(menu_of(page, "办理规定").first).to_contain_text("略过导航 1 处")


@pytest.mark.parametrize(
    ("locale", "kept", "indexed"),
    [
        ("zh-CN", "正在保存：31,000 / 100,000 段", "正在编入索引：62,000 / 100,000 段"),
        ("en-US", "Being kept: 31,000 of 100,000 passages", "Being indexed: 62,000 of 100,000 passages"),
    ],
)
def test_a_large_file_tells_how_far_it_is(
    open_page: OpenPage, bot: Bot, tmp_path: Path, locale: str, kept: str, indexed: str
) -> None:
    page = open_page(locale=locale)
    going = [{"done": 31_000, "total": 100_000, "of": "kept"}, {"done": 62_000, "total": 100_000, "of": "indexed"}]
    page.route("**/api/uploads/*", lambda route: route.fulfill(json=going[0]))
    (tmp_path / "记录.txt").write_text("一份很长的记录。", encoding="utf-8")
    line = page.locator("#documents .reports li")
    words = line.locator("span").first
    with bot._writing():  # so that the server waits
        page.set_input_files(PICKER, tmp_path / "记录.txt")
        expect(words).to_have_text(kept)
        expect(line.locator("progress")).to_have_js_property("value", 0.31)
        going.pop(0)
        expect(words).to_have_text(indexed)
        expect(words).to_have_attribute("aria-live", "off")
    expect(page.locator("#documents .reports .done")).to_have_count(1)
    page.wait_for_timeout(1200)  # no answer that comes late changes what is told at the end
    expect(page.locator("#documents .reports .done")).to_have_count(1)


def test_several_are_removed_at_once_and_none_by_a_slip(open_page: OpenPage, bot: Bot) -> None:
    for number in range(8):
        bot.add_bytes(f"旧{number}.txt", f"旧通知第{number}号\n\n{number}号窗口已经关闭。".encode())
    page = open_page()
    before = len(bot.documents())
    page.fill("#documents .filter", "旧通知")
    page.locator("#documents .these").click()
    page.locator("#documents .remove-them").click()
    sure = page.locator("#sure dialog")
    expect(sure.locator("h2")).to_have_text("移除 8 篇文档？")
    expect(sure.locator("li")).to_have_count(7)  # six names, and how many more
    expect(sure.locator("li").last).to_have_text("……还有 2 篇")
    expect(sure).to_contain_text("不能恢复")
    page.keyboard.press("Escape")
    expect(sure).to_be_hidden()
    expect(page.locator("#documents .chosen span")).to_have_text("只问选中的 8 篇")
    assert len(bot.documents()) == before
    page.locator(f"{ROWS} input").first.uncheck()
    page.locator("#documents .remove-them").click()
    expect(sure.locator(".yes")).to_have_text("移除 7 篇")
    page.press("#sure .yes", "Enter")
    expect(row_of(page, "旧通知")).to_have_count(1)
    assert [info.source for info in bot.documents() if info.source.startswith("旧")] == ["旧0.txt"]
    expect(page.locator("#documents .chosen span")).to_have_count(0)  # what is gone is not asked alone any more


def test_tags_are_given_to_several_taken_from_one_and_narrow_the_list(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    for number in range(8):
        bot.add_bytes(f"项目{number}.txt", f"项目{number}号\n\n项目{number}号由第{number}组承办。".encode())
    page = open_page()
    chips = page.locator("#documents .with-tags button")
    expect(chips).to_have_count(0)
    for number in (2, 3, 5):
        row_of(page, f"项目{number}号").locator("input[type=checkbox]").check()
    page.locator("#documents .tag-them").click()
    dialog = page.locator("#tagging dialog")
    expect(dialog.locator("h2")).to_have_text("3 篇文档的标签")
    page.keyboard.type("#重要")
    page.keyboard.press("Enter")
    page.keyboard.type("<b>合同</b>")
    dialog.locator(".yes").click()  # what stands in the box is meant too
    expect(chips).to_have_text(["#<b>合同</b>3", "#重要3"])
    expect(row_of(page, "项目3号").locator(".tag")).to_have_text(["#<b>合同</b>", "#重要"])
    assert {info.source for info in bot.documents() if info.tags} == {"项目2.txt", "项目3.txt", "项目5.txt"}

    menu_of(page, "项目5号").locator(".tags").click()
    expect(dialog.locator("h2")).to_have_text("“项目5号”的标签")
    dialog.locator("label", has_text="重要").locator("input").uncheck()
    dialog.locator(".yes").click()
    expect(chips).to_have_text(["#<b>合同</b>3", "#重要2"])
    page.locator("#documents .chosen .all").click()
    chips.last.click()
    expect(chips.last).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#documents .name")).to_have_text(["项目2号", "项目3号"])
    page.locator("#documents .these").click()
    expect(ask(page, "项目3号由第几组承办？")).to_contain_text("第3组")
    expect(page.locator("#composer .scope")).to_contain_text("项目2号")
    chips.last.click()
    expect(page.locator(ROWS)).to_have_count(len(bot.documents()))
    page.select_option("#documents .sort", "kind")
    expect(page.locator("#documents .tag")).to_have_count(5 + 2)


SEEN = """() => {
  const side = document.querySelector("#side").getBoundingClientRect();
  const within = (node) => node.getBoundingClientRect().bottom <= Math.min(side.bottom, innerHeight);
  const more = (node) => node.scrollHeight > node.clientHeight;
  const scrolls = (node) => more(node) && /auto|scroll/.test(getComputedStyle(node).overflowY);
  return [
    [...document.querySelectorAll("#documents .documents > li")].filter(within).length,
    [...document.querySelectorAll("#side, #side *")].filter(scrolls).map((node) => node.id || node.className),
  ];
}"""


def test_eight_long_names_are_seen_below_many_chats_with_one_scroller(browser: Browser, tmp_path: Path) -> None:
    long = "关于进一步加强和改进行政机关公文处理工作的"
    files = ((f"{n}.txt", f"{long}第{n}号通知\n\n{n}号窗口。".encode(), None) for n in range(30))
    with Bot.open(settings=Settings(home=tmp_path / "home", seeds=None, reader="off")) as many:
        many.add_files(files)
        with serving(many) as address, visiting(browser, address) as page:
            page.evaluate("() => fetch('api/conversations')")
            visitor = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "youju-visitor")
            for number in range(12):
                many.chat.ask(visitor, ChatQuestion(f"第{number}号通知说了什么？"))
            page.reload()
            expect(page.locator(ROWS)).to_have_count(30)
            expect(page.locator("#conversations .open")).to_have_count(3)
            count, scrollers = page.evaluate(SEEN)
            assert count >= 8
            assert scrollers == ["side"]
            page.locator("#conversations .show-all").click()
            expect(page.locator("#conversations .open")).to_have_count(12)
            assert page.evaluate(SEEN)[1] == ["side"]


def test_a_phone_shows_adding_first(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(**PHONE)
    (tmp_path / "手机.txt").write_text("手机\n\n手机里的备忘。", encoding="utf-8")
    add = page.locator(".show-add")
    expect(add).to_be_in_viewport()
    assert page.evaluate("document.querySelector('header nav button:not([hidden])').className") == "show-add"
    with page.expect_file_chooser() as chooser:
        add.tap()
    chooser.value.set_files(tmp_path / "手机.txt")
    expect(page.locator("#documents .reports .done")).to_be_in_viewport()  # what came of it is seen
    expect(row_of(page, "手机")).to_be_visible()
