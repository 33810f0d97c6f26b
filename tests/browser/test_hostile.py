"""A hundred documents that try to run, fetch or forge something: everywhere the page shows them, they are text."""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import product
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Locator, Page, expect

from bot.engine import Bot
from bot.types import Answer, Citation, Hit
from bot.web.visitors import COOKIE
from tests.browser.serving import serving

Ask = Callable[[Page, str], Locator]
RUN = "window.hacked=1"
ELSEWHERE = "http://evil.example"

PAYLOADS = (
    f"<script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x></svg>",
    f'<a href="javascript:{RUN}">点这里</a>',
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f'<iframe srcdoc="&lt;script&gt;parent.{RUN}&lt;/script&gt;"></iframe>',
    f'<img src="{ELSEWHERE}/p.png" srcset="{ELSEWHERE}/q.png 2x">',
    f'<link rel=stylesheet href="{ELSEWHERE}/s.css"><base href="{ELSEWHERE}/">',
    f"<style>@import url({ELSEWHERE}/s.css); @font-face {{ font-family: x; src: url({ELSEWHERE}/f.woff) }}</style>",
    f'<div style="background:url({ELSEWHERE}/b.png)" onmouseover="{RUN}">',
    f'<form action="{ELSEWHERE}"><input autofocus onfocus={RUN}><button>发送</button></form>',
    f'<meta http-equiv=refresh content="0;url={ELSEWHERE}">',
    f"<details open ontoggle={RUN}><summary>x</summary></details>",
    f"<video><source onerror={RUN}></video><object data={ELSEWHERE}></object><embed src={ELSEWHERE}>",
    f"</p></div></textarea></script><script>{RUN}</script>",
    f"<math><mtext><style><img src=x onerror={RUN}></style></mtext></math>",
    f"![图]({ELSEWHERE}/m.png)",
    f"[点这里](javascript:{RUN})",
    f"[1]: javascript:{RUN} 'x'",
    f"[出处][1]<{ELSEWHERE}/auto>",
    "[1](#cite-0000000000000000.0.1.00000000)",
    '<a class="cite" href="#cite-0000000000000000.0.1.00000000">1</a>',
    '<a class="source" href="#read-0000000000000000">来源</a>',
    "[1][2][3] ［1］ ¹ [^1] 【1】",
    f"${{{RUN}}} {{{{constructor.constructor('{RUN}')()}}}} {{% x %}} <%= x %> #{{{RUN}}}",
    "{{value}} ${value} {title} {count} WORDS %s %(x)s",
    r"$$\href{javascript:window.hacked=1}{x}$$ \(x^2\) \[y\] $\unicode{x41}$",
    "\u202e晨星是令口\u202c \u2066左\u2069\u200f右\u061c",
    "控\x01制\x07字\x1b符\x7f在\x85这里",
    "\x1b[31m红\x1b[0m\x1b]0;标题\x07\x1b]8;;http://evil.example\x07链接\x1b]8;;\x07",
    "零\u200b宽\u200c字\u200d符\ufeff隐\u2060身\u00ad\U000e0041",
    "长" * 400 + "W" * 400,
    "Z" + "\u0300\u0301\u0302\u0303" * 60 + "ﷺ﷽" * 20,
    "`代码` **粗** ~~删~~ | 表 | # 井 > 引 &lt;b&gt; &#60;script&#62; &amp;nbsp;",
    f"\"'><img src=x onerror={RUN}> ' onmouseover='{RUN}' x=\"",
    f"data:text/html,<script>{RUN}</script> vbscript:x file:///etc/passwd //evil.example/x",
)
NAMES = ["".join(pair) for pair in product("青赤玄素紫金银铜铁玉", "鸟鹿鲸鹤狐豹龟猿鹰蝶")]

# Told of by the page itself, before any script of it runs.
WATCH = """
window.told = [];
Object.defineProperty(window, "hacked", { set: () => window.told.push("ran") });
document.addEventListener("securitypolicyviolation", (event) =>
  window.told.push(event.violatedDirective + " " + event.blockedURI));
"""
# Elements that the page makes of itself: an icon's paths, the forms and fields of its own parts.
FOREIGN = """() => {
  const parts = "#header, #side, #talk, #reader, #card, #share";
  const nodes = [...document.querySelectorAll(parts)].flatMap((part) => [...part.querySelectorAll("*")]);
  const forbidden = ["script", "iframe", "frame", "object", "embed", "video", "audio", "source", "link",
    "style", "meta", "base", "math", "animate", "font"];
  const wrong = nodes.filter((node) => forbidden.includes(node.localName)
    || (node.localName === "img" && !node.closest("#share"))
    || (node.localName === "form" && !["composer", "synonym", "in-step"].includes(node.id))
    || node.getAttributeNames().some((name) => name.startsWith("on"))
    || node.style?.cssText.includes("url"));
  return wrong.map((node) => node.outerHTML.slice(0, 200));
}"""
HREFS = "[...document.querySelectorAll('a[href], area[href]')].map((link) => link.getAttribute('href'))"


def hostile_files() -> list[tuple[str, bytes, None]]:
    """A hundred files; names, titles, headings and sentences take the payloads in turn, each in another order."""
    files = []
    for number, name in enumerate(NAMES):
        title, heading, source, words = (
            PAYLOADS[(number * step + shift) % len(PAYLOADS)] for step, shift in ((7, 3), (11, 5), (13, 1), (1, 0))
        )
        lines = (
            f"{name}行动 {title}",
            f"一、{heading}",
            f"{name}行动的口令是{words}晨星{number}。",
            f"{words}{title}。",
            "这一段只是普通的文字。" * 30,  # so that control characters do not make it binary data
        )
        file = f"{source[:60]} {name}{'.md' if number % 2 else '.txt'}".replace("/", "∕").replace("\\", "＼")
        files.append((file, "\n\n".join(lines).encode(), None))
    return files


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Bot.open(tmp_path_factory.mktemp("hostile")) as bot:
        reports = bot.add_files(hostile_files())
        assert [report.error_en for report in reports if report.status != "added"] == []
        yield bot


@contextmanager
def watched(browser: Browser, bot: Bot, **options: object) -> Iterator[tuple[Page, str]]:
    """Open the page over ``bot``; at the end nothing has run, been blocked, asked, or fetched from elsewhere."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", **options)
    context.set_default_timeout(20_000)
    page = context.new_page()
    fetched: list[str] = []
    told: list[str] = []
    page.add_init_script(WATCH)
    page.on("request", lambda request: fetched.append(request.url))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.on("popup", lambda other: told.append(other.url))
    page.on("console", lambda line: told.append(line.text) if "Content Security Policy" in line.text else None)
    with serving(bot) as address:
        page.goto(address)
        page.locator("#documents .documents li").first.wait_for()
        yield page, address
        assert page.evaluate("window.told") == []
        context.close()
    assert told == []
    assert [url for url in fetched if not url.startswith((address + "/", "data:", "blob:"))] == []


def own_links(bot: Bot, answers: list[Answer]) -> set[str]:
    """Every link that the page may have."""
    places: list[tuple[str, Citation | Hit]] = [("cite", c) for answer in answers for c in answer.citations]
    places += [("near", hit) for answer in answers for hit in answer.nearest]
    links = {f"#{kind}-{place.target}" for kind, place in places} | {"docs"}
    return links | {f"api/documents/{info.document_id}/original" for info in bot.documents()}


def assert_text_alone(page: Page, links: set[str]) -> None:
    assert page.evaluate(FOREIGN) == []
    export = re.compile(r"api/conversations/[0-9a-f-]+/export\?format=(md|docx)")
    assert [href for href in page.evaluate(HREFS) if href not in links and not export.fullmatch(href)] == []


def visitor_of(page: Page) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE)


def keep_conversation(bot: Bot, visitor: str) -> tuple[str, list[Answer]]:
    """Ask about every document, in hostile words too, and keep it all as one conversation."""
    conversation, answers = None, []
    for number, name in enumerate(NAMES):
        before = PAYLOADS[number % len(PAYLOADS)][:80] + " " if number % 3 == 0 else ""
        question = f"{before}{name}行动的{'预算是多少万元' if number % 10 == 9 else '口令是什么'}？"
        answers.append(bot.ask(question))
        conversation = bot.conversations.append(visitor, conversation, answers[-1]).conversation_id
    assert conversation
    return conversation, answers


def test_a_hundred_documents_are_listed_cited_and_opened_as_text(browser: Browser, hostile: Bot) -> None:
    with watched(browser, hostile) as (page, address):
        infos = {info.document_id: info for info in hostile.documents()}
        rows = page.locator("#documents .documents li")
        rows.last.wait_for()
        while rows.count() < len(infos):  # the list is drawn as it is scrolled to
            drawn = rows.count()
            rows.last.scroll_into_view_if_needed()
            expect(rows).not_to_have_count(drawn)
        expect(rows).to_have_count(len(infos))
        assert sorted(page.locator("#documents .name").all_text_contents()) == sorted(i.title for i in infos.values())
        conversation, answers = keep_conversation(hostile, visitor_of(page))
        page.reload()
        links = own_links(hostile, answers)
        page.locator("#conversations .open").click()
        shown = page.locator("#talk .turn")
        expect(shown).to_have_count(len(NAMES))
        assert_answers(page, answers)
        assert_text_alone(page, links)
        open_each(page, answers)
        assert_text_alone(page, links)
        look_at_cards(page, answers)
        assert_exports(page, f"{address}/api/conversations/{conversation}/export")


def assert_answers(page: Page, answers: list[Answer]) -> None:
    questions = page.locator("#talk .question").all_text_contents()
    assert questions == [answer.question for answer in answers]
    said = page.evaluate("""() => [...document.querySelectorAll("#talk .answer p:has(sup)")].map((line) => {
      const copy = line.cloneNode(true);
      copy.querySelector("sup").remove();
      return copy.textContent;
    })""")
    assert said == [
        sentence.text
        for answer in answers
        for place, sentence in enumerate(answer.sentences)
        if all(place not in (*table.sentences, table.head) for table in answer.tables)  # cells, not sentences
    ]
    cited = [answer for answer in answers if not answer.abstained]
    assert len(cited) >= 60
    near = page.locator("#talk .refusal q").all_text_contents()
    assert near == [hit.text for answer in answers for hit in answer.nearest]
    numbers = page.locator("#talk a.cite").all_text_contents()
    assert all(re.fullmatch(r"\d+", number) for number in numbers)


def open_each(page: Page, answers: list[Answer]) -> None:
    """Open every citation in the reading pane: the very words are marked."""
    quotes = {f"#cite-{c.target}": c.quote for answer in answers for c in answer.citations}
    wrong = page.evaluate(
        """async (quotes) => {
          const wrong = [];
          for (const [hash, quote] of Object.entries(quotes)) {
            document.querySelector(`#talk a.cite[href="${hash}"]`).click();
            const until = performance.now() + 5000;
            const marks = () => [...document.querySelectorAll("#reader mark")].map((node) => node.textContent);
            const there = () => marks().join("") === quote;
            while (!(location.hash === hash && there()) && performance.now() < until)
              await new Promise((go) => setTimeout(go, 4));
            if (!there()) wrong.push([quote, document.querySelector("#reader").textContent.slice(0, 300)]);
          }
          return wrong;
        }""",
        quotes,
    )
    assert wrong == []


def look_at_cards(page: Page, answers: list[Answer]) -> None:
    numbers = page.locator("#talk a.cite")
    for place in range(0, 60, 6):
        numbers.nth(place).scroll_into_view_if_needed()
        numbers.nth(place).hover()
        quote_shown = answers_quote(answers, numbers.nth(place).get_attribute("href"))
        expect(page.locator("#card .words b")).to_have_text(re.sub(r"\s+", " ", quote_shown).strip())
    assert page.evaluate(FOREIGN) == []


def answers_quote(answers: list[Answer], href: str | None) -> str:
    return next(c.quote for answer in answers for c in answer.citations if f"#cite-{c.target}" == href)


def assert_exports(page: Page, address: str) -> None:
    """What is downloaded runs and links nothing either: Markdown that a viewer renders, and Word."""
    markdown = page.context.request.get(address + "?format=md").text()
    tokens = MarkdownIt("commonmark", {"html": True}).parse(markdown)
    kinds = {token.type for block in tokens for token in [block, *(block.children or [])]}
    assert "heading_open" in kinds
    assert kinds & {"html_block", "html_inline", "image", "link_open"} == set()
    word = zipfile.ZipFile(BytesIO(page.context.request.get(address + "?format=docx").body()))
    for name in word.namelist():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(word.read(name))
            assert b'TargetMode="External"' not in word.read(name)


def test_a_person_asks_them(browser: Browser, hostile: Bot, ask: Ask) -> None:
    with watched(browser, hostile) as (page, address):
        asked = [
            f"<img src=x onerror={RUN}> 青鸟行动的口令是什么？",
            "赤鹿行动的口令是什么？",
            "赤鹿行动的火星冰淇淋多少钱？",
            "怎样提升立法质量？",
        ]
        for question in asked:
            ask(page, question)
            expect(page.locator("#talk .question").last).to_have_text(question)
        page.locator("#documents .documents li input[type=checkbox]").first.check()
        page.locator("#documents .documents li input[type=checkbox]").nth(1).check()
        page.locator("#documents .documents li summary").first.click()
        page.locator("#talk .found summary").first.click()
        page.locator("#talk .follow .example").first.wait_for()
        page.locator(".show-share").click()
        expect(page.locator("#share pre").first).to_contain_text(asked[1])  # the last one that is in view
        visitor = visitor_of(page)
        kept = hostile.conversations.list(visitor)[0]
        expect(page.locator("#conversations .open .name")).to_have_text(kept.title)
        turns = hostile.conversations.turns(visitor, kept.conversation_id)
        links = own_links(hostile, [turn.answer for turn in turns])
        assert_text_alone(page, links)
        page.keyboard.press("Escape")

        # A forged link in the page's address opens nothing that is not a document's own.
        for forged in (f"#cite-<img src=x onerror={RUN}>", "#cite-0000000000000000.0.1.00000000", "#read-../../x"):
            page.goto(address + "/" + quote(forged, safe="#"))
            page.reload()
            expect(page.locator("#reader .note")).to_have_attribute("role", "alert")
            assert page.evaluate(FOREIGN) == []


def test_hostile_names_come_and_go_through_the_page(browser: Browser, hostile: Bot, tmp_path: Path) -> None:
    with watched(browser, hostile) as (page, _):
        names = [f"<img src=x onerror={RUN}>.txt", "\u202etxt.exe", "a" * 240 + ".txt", "{{x}} ${y} %s [1](#cite-0).md"]
        files = [{"name": n, "mimeType": "text/plain", "buffer": f"{n} 的内容。".encode()} for n in names]
        before = {info.document_id for info in hostile.documents()}
        files.append({"name": "零.txt", "mimeType": "text/plain", "buffer": "一个\0零字节。".encode()})
        page.set_input_files("#upload input", files)
        expect(page.locator("#documents .reports .done")).to_have_count(4)  # a null costs one character
        expect(page.locator("#documents .reports .failed")).to_have_count(1)  # .exe
        assert page.locator("#documents .reports b").all_text_contents() == [*names, "零.txt"]
        assert_text_alone(page, own_links(hostile, []))
        for info in hostile.documents():
            if info.document_id not in before:
                hostile.remove(info.document_id)
