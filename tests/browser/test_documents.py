"""Adding, reading and removing documents on the page, good ones and bad ones."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from bot.engine import Bot
from tests.browser.conftest import OpenPage

Ask = Callable[[Page, str], Locator]
PICKER = "#side input[type=file]"

HOSTILE = """青鸟行动 <img src=x onerror="window.hacked=1">

青鸟行动的口令是<b>晨星</b>![图](http://evil.example/p.png)[点这里](#cite-0.0.1.x)<script>window.hacked=2</script>$$x^2$$。
`代码` **粗** <a class="cite" href="#cite-0.0.1.x">9</a>
https://evil.example/t ${window.hacked=3} {{value}} %%%LATEX_BLOCK_0%%%
"""


def test_upload_and_ask_at_once(open_page: OpenPage, ask: Ask, tmp_path: Path, bot: Bot) -> None:
    page = open_page()
    text = "银杏客栈须知\n\n银杏客栈的早餐七点半开始，在二楼露台供应。\n\n退房时间是中午十二点。\n"
    (tmp_path / "客栈.txt").write_bytes(text.encode("gb18030"))
    (tmp_path / "notes.md").write_text("# Notes\n\nThe blue boat leaves Pier Seven at noon.\n", encoding="utf-8")
    before = page.locator("#documents .documents li").count()
    page.set_input_files(PICKER, [tmp_path / "客栈.txt", tmp_path / "notes.md"])
    expect(page.locator("#documents .documents li")).to_have_count(before + 2)
    expect(page.locator("#documents .documents li", has_text="客栈")).to_contain_text("GB18030 · 3 段")
    expect(page.locator("#documents .reports .done")).to_have_count(2)

    reply = ask(page, "银杏客栈的早餐几点开始？")
    expect(reply.locator("p:has(.cite)").first).to_contain_text("七点半")
    expect(page.locator("#reader mark")).to_have_text("银杏客栈的早餐七点半开始，在二楼露台供应。")
    assert not list(Path(bot.settings.home).rglob("客栈.txt"))


def test_dropped_files_and_the_one_that_is_too_large(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    page = open_page(locale="en-US")
    limit = bot.settings.max_file_megabytes
    page.evaluate(
        """(limit) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([new Uint8Array(limit * 1e6 + 1)], "large.txt"));
          dataTransfer.items.add(new File(["𠮷村\\n\\n𠮷村😀的水井一共有七口。井水很甜。"], "水井.txt"));
          document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
        }""",
        limit,
    )
    expect(page.locator("#documents .failed")).to_contain_text(f"large.txt: over {limit} MB")
    expect(page.locator("#documents .done")).to_contain_text("水井.txt")
    ask(page, "𠮷村的水井一共有几口？")
    expect(page.locator("#reader mark")).to_have_text("𠮷村😀的水井一共有七口。")  # spans are code points


def test_remove(open_page: OpenPage, bot: Bot) -> None:
    report = bot.add_bytes("草稿.txt", "草稿\n\n这份草稿明天作废。".encode())
    page = open_page()
    item = page.locator("#documents .documents li", has_text="草稿")
    item.hover()
    item.locator(".remove").click()
    expect(item.locator(".remove")).to_have_text("确定移除？")
    assert report.document in bot.documents()  # nothing is gone at the first click
    item.locator(".remove").click()
    expect(item).to_have_count(0)
    assert report.document not in bot.documents()


def test_bad_files_get_one_line_each_and_lose_nothing(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    page.fill("#question textarea", "写到一半的问题")
    before = page.locator("#documents .documents li").all_inner_texts()
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    page.set_input_files(PICKER, [tmp_path / "空.txt", tmp_path / "picture.txt"])
    failed = page.locator("#documents .reports .failed")
    expect(failed).to_have_count(2)
    for line in failed.all():
        assert "\n" not in line.locator("span").inner_text()
    expect(failed.first).to_contain_text("空.txt")
    assert page.locator("#documents .documents li").all_inner_texts() == before
    expect(page.locator("#question textarea")).to_have_value("写到一半的问题")
    failed.first.locator("button").click()
    expect(failed).to_have_count(1)


def test_hostile_text_is_shown_as_text(open_page: OpenPage, ask: Ask, bot: Bot) -> None:
    report = bot.add_bytes('<img src=x onerror="window.hacked=4">.txt', HOSTILE.encode())
    assert report.document
    page = open_page()
    expect(page.locator("#documents")).to_contain_text("<img src=x")
    reply = ask(page, "青鸟行动的口令是什么？")
    expect(reply).to_contain_text("<b>晨星</b>![图](http://evil.example/p.png)[点这里](#cite-0.0.1.x)")
    expect(reply.locator("img, script, b:text('晨星'), code, .katex")).to_have_count(0)
    numbers = [link.get_attribute("href") for link in reply.locator("a").all()]
    assert numbers and all(href.startswith(f"#cite-{report.document.document_id}.") for href in numbers)
    expect(page.locator("#reader mark")).to_contain_text("<script>window.hacked=2</script>")
    expect(page.locator("#reader .text")).to_contain_text("${window.hacked=3} {{value}} %%%LATEX_BLOCK_0%%%")
    expect(page.locator("#reader .text :is(img, script, a, b, code)")).to_have_count(0)

    question = "<img src=x onerror=window.hacked=5> ![x](http://evil.example/q.png) 青鸟行动的**口令**是什么？"
    ask(page, question)
    expect(page.locator("#chat .question").last).to_have_text(question)
    expect(page.locator("#chat img")).to_have_count(0)
    assert page.evaluate("window.hacked") is None
    bot.remove(report.document.document_id)
