"""Written answers on the page, by a stand-in for a model's server: what stands, what does not, what can go wrong."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.engine import Bot
from bot.settings import Settings
from bot.storage.preferences import WriterChoice
from bot.web.guard import Access
from tests.browser.conftest import FACTS
from tests.browser.seeing import TICKET, TICKET_SENTENCE, YEAR, YEAR_SENTENCE
from tests.browser.serving import serving, visiting
from tests.browser.test_looks import SMALL, assert_sound
from tests.integration.model_server import StandIn, standing_in

Ask = Callable[[Page, str], Locator]
NOWHERE = "灯塔里的火星企鹅最爱哪种口味的冰淇淋？"
FALSE = "海宁灯塔在2031年重修。"
BOTH = f"{YEAR_SENTENCE}{FALSE}"


@pytest.fixture(scope="module")
def lent() -> Iterator[StandIn]:
    with standing_in() as stand:
        yield stand


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    given = Settings(home=tmp_path_factory.mktemp("written"), seeds=None, reader="off", llm_seconds=5)
    with Bot.open(settings=given) as bot:
        bot.add_bytes("灯塔.txt", FACTS.encode())
        yield bot


@pytest.fixture(scope="module")
def served(home: Bot) -> Iterator[str]:
    with serving(home) as address:
        yield address


@pytest.fixture
def stand(lent: StandIn, home: Bot) -> StandIn:
    """The model "good" writes a true sentence and a false one, and is asked in every new browser."""
    lent.says = lambda prompt: BOTH
    lent.asked.clear()
    lent.gone.clear()
    home.writing.choose(WriterChoice(lent.url, "good", "paragraph"))
    return lent


@pytest.fixture
def page(browser: Browser, served: str, stand: StandIn) -> Iterator[Page]:
    with visiting(browser, served) as page:
        page.locator("#composer .mode").first.wait_for()
        yield page


def choose(home: Bot, **chosen: object) -> None:
    home.writing.choose(replace(home.writing.choice(), **chosen))  # type: ignore[arg-type]


def mode(page: Page, name: str) -> Locator:
    return page.locator(f"#composer .mode[data-mode={name}]")


def done(answer: Locator) -> Locator:
    """The written block of an answer, once nothing more is written."""
    block = answer.locator(".written")
    expect(block).to_have_attribute("aria-busy", "false", timeout=20_000)
    return block


def said(block: Locator) -> list[str]:
    """The sentences without their signs, numbers and reasons."""
    texts: list[str] = block.locator(".said").evaluate_all("""(nodes) => nodes.map((node) => {
      const copy = node.cloneNode(true);
      for (const more of copy.querySelectorAll("sup, .sign, .reason")) more.remove();
      return copy.textContent;
    })""")
    return texts


def signs(block: Locator) -> list[str | None]:
    return [one.get_attribute("aria-label") for one in block.get_by_role("img").all()]


def quotes(answer: Locator) -> list[str]:
    return answer.locator(":scope > p:has(.cite)").all_text_contents()


def test_a_paragraph_stands_above_its_quotes_with_sign_number_and_reason(page: Page, ask: Ask, stand: StandIn) -> None:
    expect(mode(page, "paragraph")).to_have_attribute("aria-pressed", "true")  # the home's default
    answer = ask(page, YEAR)
    block = done(answer)
    assert said(block) == [YEAR_SENTENCE, FALSE]
    assert signs(block) == ["原文照录", "无据"]
    expect(block.locator(".outcome")).to_contain_text("由 good 写成")
    expect(block.locator(".tally")).to_have_text("2 句中 1 句有据，1 处无据，已划掉")
    expect(block.locator("s")).to_have_text([FALSE[:-1], "。"])
    expect(block.locator(".reason")).to_have_text("（与引文对不上：2031年）")
    expect(page.locator("#talk .unseen[role=status]")).to_have_text("2 句中 1 句有据，1 处无据，已划掉")
    assert quotes(answer) == [f"{YEAR_SENTENCE}1"]
    expect(answer.locator(".basis")).to_have_text("所据原文")
    above = "([a, b]) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING"
    assert page.evaluate(above, [block.element_handle(), answer.locator(".verbatim").last.element_handle()])
    page.locator("#reader .close").click()
    number = block.locator(".said").first.locator("a.cite")
    number.hover()
    expect(page.locator("#card .words b")).to_have_text(YEAR_SENTENCE)
    number.click()
    expect(page.locator("#reader mark")).to_have_text(YEAR_SENTENCE)
    page.reload()
    block = done(page.locator("#talk .answer"))
    assert (said(block), signs(block)) == ([YEAR_SENTENCE, FALSE], ["原文照录", "无据"])
    assert len(stand.asked) == 1


def test_points_and_a_table_one_click_each_and_kept(page: Page, ask: Ask, stand: StandIn) -> None:
    stand.says = lambda prompt: f"- {YEAR_SENTENCE}\n- {FALSE}\n"
    mode(page, "points").click()
    answer = ask(page, YEAR)
    block = done(answer)
    expect(block.locator("li")).to_have_count(2)
    assert said(block) == [YEAR_SENTENCE, FALSE]
    stand.says = lambda prompt: "| 项目 | 年份 |\n|---|---|\n| 海宁灯塔 | 1907年 |\n| 海宁灯塔 | 2031年 |\n"
    mode(page, "table").click()  # of the last answer, at once
    rows = block.locator("tbody tr:visible")
    expect(block.locator("thead th")).to_have_text(["项目", "年份", "出处"])
    expect(rows).to_have_count(2)
    expect(rows.first.locator("a.cite")).to_have_text("1")
    expect(rows.last.locator("s")).to_have_text(["海宁灯塔", "2031年"])
    expect(rows.last.locator(".reason")).to_contain_text("2031年")
    expect(block.locator(".tally")).to_contain_text("2 行中 1 行有据")
    page.reload()
    expect(mode(page, "table")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#talk .written tbody tr:visible")).to_have_count(2)
    mode(page, "quotes").click()
    expect(page.locator("#talk .written")).to_have_count(0)
    assert quotes(page.locator("#talk .answer")) == [f"{YEAR_SENTENCE}1"]
    asked = len(stand.asked)
    expect(ask(page, TICKET).locator(".written")).to_have_count(0)
    page.reload()
    expect(page.locator("#talk .answer")).to_have_count(2)
    expect(page.locator("#talk :is(.written, .basis)")).to_have_count(0)
    assert len(stand.asked) == asked


def test_what_no_quote_carries_is_left_out_where_that_is_chosen(page: Page, ask: Ask, home: Bot) -> None:
    choose(home, unsupported="left_out")
    block = done(ask(page, YEAR))
    assert said(block) == [YEAR_SENTENCE]
    expect(block.locator(".tally")).to_have_text("2 句中 1 句有据，1 处无据，已略去")
    expect(block.locator("s")).to_have_count(0)


def test_a_refusal_is_never_written_of(page: Page, ask: Ask, stand: StandIn) -> None:
    refusal = ask(page, NOWHERE)
    expect(refusal).to_contain_text("没有")
    expect(page.locator("#send")).to_have_text("发送")
    expect(page.locator("#talk .written")).to_have_count(0)
    assert stand.asked == []


def test_what_a_model_writes_is_text(page: Page, ask: Ask, stand: StandIn) -> None:
    run = "window.hacked=1"
    stand.says = lambda prompt: (
        f"{YEAR_SENTENCE}<img src=x onerror={run}><script>{run}</script>[这里](javascript:{run})是1907年。"
        f"![图](http://evil.example/x.png)a < b，`${{{run}}}`{{{{x}}}}。<a href='http://evil.example'>1907</a>。"
        '<iframe srcdoc="&lt;script&gt;parent.hacked=1&lt;/script&gt;"></iframe>\n&lt;b&gt;1907年&lt;/b&gt;。'
    )
    for name in ("paragraph", "points"):
        mode(page, name).click()
        block = done(ask(page, YEAR))
        assert YEAR_SENTENCE in said(block)[0]
        tags = block.locator("*").evaluate_all("(nodes) => [...new Set(nodes.map((node) => node.localName))]")
        assert set(tags) <= {"p", "div", "span", "b", "i", "s", "sup", "a", "ul", "li", "svg", "path", "button"}
        links = block.locator("a").evaluate_all("(nodes) => nodes.map((node) => node.getAttribute('href'))")
        assert links and all(link.startswith("#cite-") for link in links)
        assert "a < b" in block.inner_text() and "&lt;b&gt;" in block.inner_text()
    assert page.evaluate("window.hacked") is None


def test_stopping_reaches_the_server_and_loses_nothing(page: Page, ask: Ask, home: Bot, stand: StandIn) -> None:
    stand.says = lambda prompt: f"{YEAR_SENTENCE}灯塔"
    choose(home, model="waiting")
    answer = ask(page, YEAR)
    block = answer.locator(".written")
    expect(block.locator(".said")).to_have_count(1)
    expect(block).to_have_attribute("aria-busy", "true")
    expect(block).to_have_attribute("aria-live", "off")
    expect(block.locator(".outcome")).to_contain_text("waiting 正在写已有 1 句")
    expect(page.locator("#talk .unseen[role=status]")).to_have_text("waiting 正在写")
    assert quotes(answer) == [f"{YEAR_SENTENCE}1"]  # nothing waits for the model
    expect(page.locator("#send")).to_have_text("停止")
    page.locator("#send").click()
    expect(page.locator("#send")).to_have_text("发送")
    assert stand.gone.wait(30)
    expect(block.locator(".ended")).to_contain_text("已停止，写好的部分保留。")
    expect(block.locator(".tally")).to_have_text("1 句中 1 句有据")
    page.wait_for_function(
        """() => fetch("api/conversations").then((r) => r.json())
          .then(([one]) => fetch(`api/conversations/${one.conversation_id}`)).then((r) => r.json())
          .then(({ turns }) => turns[0].answer.written?.outcome === "stopped")"""
    )
    page.reload()
    block = done(page.locator("#talk .answer"))
    assert said(block) == [YEAR_SENTENCE]
    expect(block.locator(".ended")).to_contain_text("已停止")
    choose(home, model="good")
    stand.says = lambda prompt: YEAR_SENTENCE
    block.locator(".retry").click()
    expect(block.locator(".ended")).to_have_count(0)
    expect(block.locator(".outcome")).to_contain_text("由 good 写成")


def test_the_next_question_needs_no_waiting(page: Page, ask: Ask, home: Bot, stand: StandIn) -> None:
    stand.says = lambda prompt: f"{YEAR_SENTENCE}灯塔"
    choose(home, model="waiting")
    first = ask(page, YEAR)
    expect(first.locator(".written .said")).to_have_count(1)
    choose(home, model="good")
    stand.says = lambda prompt: TICKET_SENTENCE
    second = ask(page, TICKET)
    assert stand.gone.wait(30)
    assert said(done(second)) == [TICKET_SENTENCE]
    assert said(done(first)) == [YEAR_SENTENCE]
    expect(page.locator("#send")).to_have_text("发送")


def test_of_two_clicks_the_last_one_counts(page: Page, ask: Ask, home: Bot, stand: StandIn) -> None:
    stand.says = lambda prompt: f"{YEAR_SENTENCE}灯塔"
    choose(home, model="waiting")
    answer = ask(page, YEAR)
    expect(answer.locator(".written .said")).to_have_count(1)
    mode(page, "quotes").click()
    expect(answer.locator(".written")).to_have_count(0)
    assert stand.gone.wait(30)
    choose(home, model="good")
    expect(page.locator("#send")).to_have_text("发送")
    page.reload()
    expect(page.locator("#talk .answer")).to_have_count(1)
    expect(page.locator("#talk .written")).to_have_count(0)


@pytest.mark.parametrize(
    ("model", "line", "stands"),
    [
        ("broken", "的连接中断了", 1), ("html", "的回应不符合 OpenAI 的协议", 0), ("endless", "写的超过", 0),
        ("line", "的回应不符合", 0), ("nonsense", "的回应不符合", 0), ("500", "返回了错误", 0), ("404", "没有模型", 0),
        ("401", "不接受这个密钥", 0), ("nothing", "什么也没写", 0), ("waiting", "用时超过 5 秒", 1),
    ],
)  # fmt: skip
def test_whatever_the_server_does_the_quotes_stand_and_a_line_says_it(
    page: Page, ask: Ask, home: Bot, stand: StandIn, model: str, line: str, stands: int
) -> None:
    stand.says = lambda prompt: f"{YEAR_SENTENCE}灯塔"
    choose(home, model=model)
    answer = ask(page, YEAR)
    assert quotes(answer) == [f"{YEAR_SENTENCE}1"]
    block = done(answer)
    expect(block.locator(".ended")).to_contain_text(line)
    assert said(block)[:stands] == [YEAR_SENTENCE][:stands]
    assert quotes(answer) == [f"{YEAR_SENTENCE}1"]
    stand.says = lambda prompt: BOTH
    choose(home, model="good")
    block.get_by_role("button", name="再写一次").click()
    assert said(done(answer)) == [YEAR_SENTENCE, FALSE]


def test_a_model_that_was_switched_off_meanwhile(page: Page, ask: Ask, home: Bot) -> None:
    home.writing.choose(WriterChoice())
    answer = ask(page, YEAR)
    expect(answer.locator(".written .ended")).to_contain_text("还没有设置写作模型")
    assert quotes(answer) == [f"{YEAR_SENTENCE}1"]
    expect(page.locator("#composer .modes")).to_be_hidden()


def test_what_is_copied_has_numbers_marks_and_sources(browser: Browser, served: str, ask: Ask, stand: StandIn) -> None:
    with visiting(browser, served, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.locator("#composer .mode").first.wait_for()
        answer = ask(page, YEAR)
        done(answer)
        answer.locator(".copy").click()
        expect(answer.locator(".copy")).to_have_text("已复制")
        head, text, empty, source = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert head == "（由 good 写成，2 句中 1 句有据，1 处无据，已划掉）"
    assert text == f"{YEAR_SENTENCE}[1]【无据】{FALSE}（与引文对不上：2031年）"
    assert empty == "" and source.startswith("[1] 《海宁灯塔简介》")


def test_other_wordings_are_shown_searched_and_taken_back(page: Page, ask: Ask, home: Bot, stand: StandIn) -> None:
    choose(home, proposing=True)
    page.reload()
    stand.says = lambda prompt: "- 灯塔的门票多少钱\n- 灯塔票价\n"
    mode(page, "quotes").click()
    refusal = ask(page, NOWHERE)
    offer = refusal.locator(".offer")
    expect(offer).to_contain_text("问题只交给本机的 good")
    assert stand.asked == []
    offer.get_by_role("button", name="换个说法再找").click()
    expect(offer.locator("li")).to_have_text(["灯塔的门票多少钱", "灯塔票价"])
    assert FACTS[:9] not in stand.prompts()[0] and NOWHERE in stand.prompts()[0]
    expect(offer.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    told = page.locator("#talk .reworded")
    expect(told).to_contain_text("也按模型的说法“灯塔的门票多少钱”、“灯塔票价”找过")
    expect(page.locator("#talk .found")).to_contain_text("也按模型的说法查找：灯塔的门票多少钱、灯塔票价")
    told.get_by_role("button", name="只按原话找").click()
    expect(told).to_have_count(0)
    expect(page.locator("#talk .refusal")).to_have_count(1)
    assert len(stand.asked) == 1


def test_questions_by_the_model_are_those_that_the_documents_answer(
    page: Page, ask: Ask, home: Bot, stand: StandIn
) -> None:
    choose(home, proposing=True)
    page.reload()
    mode(page, "quotes").click()
    expect(ask(page, YEAR).locator(".offer")).to_contain_text("换个说法再找")
    stand.says = lambda prompt: f"- {TICKET}\n- {NOWHERE}\n"
    page.get_by_role("button", name="让 good 再提几个问题").click()
    proposed = page.locator("#talk .proposed")
    expect(proposed).to_have_text([TICKET])
    expect(proposed).to_have_attribute("title", "由 good 提出")
    proposed.click()
    expect(page.locator("#talk .question").last).to_have_text(TICKET)


def test_without_a_model_the_page_is_as_it_was(browser: Browser, served: str, ask: Ask, home: Bot) -> None:
    home.writing.choose(WriterChoice())
    with visiting(browser, served) as page:
        answer = ask(page, YEAR)
        expect(page.locator("#talk .follow").or_(answer.locator(".found")).first).to_be_visible()
        expect(page.locator("#composer .modes")).to_be_hidden()
        expect(page.locator("#composer .modes > *")).to_have_count(0)
        expect(page.locator("#talk :is(.written, .basis, .offer, .propose, .unseen)")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_everybody_can_read_and_touch_it(
    browser: Browser, served: str, ask: Ask, home: Bot, stand: StandIn, device: str, scheme: Literal["light", "dark"]
) -> None:
    phone = device == "phone"
    size = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True} if phone else {}
    language = {"locale": "en-US"} if scheme == "dark" else {}
    choose(home, proposing=True)
    with visiting(browser, served, color_scheme=scheme, **size, **language) as page:
        page.locator("#composer .mode").first.wait_for()
        done(ask(page, YEAR)).locator(".tally").focus()
        assert_sound(page, "a paragraph")
        stand.says = lambda prompt: "| 海宁灯塔 | 年份 |\n|---|---|\n| 海宁灯塔 | 1907年 |\n| 海宁灯塔 | 2031年 |\n"
        mode(page, "table").click()
        expect(page.locator("#talk .written tbody tr:visible")).to_have_count(2)
        page.locator("#talk .propose").wait_for()
        assert_sound(page, "a table")
        if phone:
            assert page.evaluate(SMALL) == []
        stand.says = lambda prompt: "- 灯塔的门票多少钱\n"
        offer = ask(page, NOWHERE).locator(".offer")
        offer.get_by_role("button").click()
        offer.locator("li").wait_for()
        assert_sound(page, "other wordings")
        page.click(".show-settings")
        panel = page.locator("#settings .writer")
        panel.locator("summary").click()
        panel.locator(".see").click()
        expect(panel.locator(".leaves")).not_to_have_text("")
        panel.locator(".use").scroll_into_view_if_needed()
        assert_sound(page, "the settings")
        if phone:
            assert page.evaluate(SMALL) == []


# The settings


def test_what_leaves_is_said_before_it_is_switched_on(
    browser: Browser, served: str, ask: Ask, home: Bot, lent: StandIn
) -> None:
    home.writing.choose(WriterChoice())
    lent.says = lambda prompt: BOTH
    lent.asked.clear()
    host = lent.url.split("/")[2]
    with visiting(browser, served) as page:
        page.click(".show-settings")
        panel = page.locator("#settings .writer")
        expect(panel.locator(".told")).to_contain_text("现在没有设")
        expect(panel.locator(".key")).to_contain_text("YOUJU_LLM_KEY")
        use, leaves = panel.locator(".use"), panel.locator(".leaves")
        expect(panel.locator("fieldset").first).to_be_hidden()
        panel.locator(".url").fill("ftp://nowhere")
        panel.locator(".see").click()
        expect(panel.locator(".wrong")).to_contain_text("不是模型服务的地址")
        expect(use).to_be_disabled()
        panel.locator(".url").fill(lent.url)
        panel.locator(".see").click()
        expect(leaves).to_contain_text(f"只交给本机的 {host}")
        expect(panel.locator(".seen")).to_have_text(f"{host} 有应答，列出 2 个模型。")
        expect(panel.locator(".wrong")).to_have_text("")
        assert home.writing.settings().server is None and lent.asked == []
        panel.locator(".url").fill("http://models.invalid:9/v1")
        expect(leaves).to_have_text("")  # it was told of another address
        expect(use).to_be_disabled()
        panel.locator(".see").click()
        expect(leaves).to_contain_text("会发到 models.invalid:9（连接未加密）")
        expect(panel.locator(".seen")).to_contain_text("连不上 models.invalid:9")
        panel.locator(".url").fill(lent.url)
        panel.locator(".see").click()
        panel.get_by_role("button", name="other").click()
        expect(panel.locator(".model")).to_have_value("other")
        panel.get_by_role("button", name="good").click()
        expect(use).to_be_focused()
        page.keyboard.press("Enter")
        expect(panel.locator(".told")).to_contain_text(f"good，在 {host}")
        expect(panel.locator(".goes")).to_contain_text(f"只交给本机的 {host}")
        panel.locator(".mode input[value=points]").check()
        panel.locator(".unsupported input[value=left_out]").check()
        panel.locator(".proposing input").check()
        page.wait_for_function("() => fetch('api/settings/writer').then((r) => r.json()).then((s) => s.proposing)")
        assert home.writing.choice() == WriterChoice(lent.url, "good", "points", "left_out", True)
        page.keyboard.press("Escape")
        expect(mode(page, "points")).to_have_attribute("aria-pressed", "true")
        assert said(done(ask(page, YEAR))) == [YEAR_SENTENCE]
        page.click(".show-settings")
        panel.get_by_role("button", name="停用").click()
        expect(panel.locator(".told")).to_contain_text("现在没有设")
        page.keyboard.press("Escape")
        expect(page.locator("#composer .modes")).to_be_hidden()
        assert home.writing.settings().server is None


def test_what_was_named_at_the_start_is_shown_as_fixed(browser: Browser, tmp_path: Path, lent: StandIn) -> None:
    given = Settings(home=tmp_path, seeds=None, reader="off", llm=lent.url, llm_model="good")
    with Bot.open(settings=given) as bot:
        bot.add_bytes("灯塔.txt", FACTS.encode())
        with serving(bot) as address, visiting(browser, address, locale="en-US") as page:
            page.click(".show-settings")
            panel = page.locator("#settings .writer")
            expect(panel.locator(".told")).to_contain_text("YOUJU_LLM")
            expect(panel.locator("details")).to_be_hidden()
            expect(panel.get_by_role("button", name="Switch off")).to_have_count(0)
            panel.locator(".mode input[value=table]").check()
            page.keyboard.press("Escape")
            expect(mode(page, "table")).to_have_attribute("aria-pressed", "true")


def test_who_may_only_read_sees_it_and_changes_nothing(browser: Browser, home: Bot, ask: Ask, stand: StandIn) -> None:
    key = home.keys.new("a reader's", "reader").secret
    with serving(home, Access("0.0.0.0", password="correct horse", keys=home.keys)) as address:
        login = {"username": "any", "password": key}
        with visiting(browser, address, http_credentials=login) as page:
            block = done(ask(page, YEAR))  # to read and to ask is theirs
            assert said(block) == [YEAR_SENTENCE, FALSE]
            page.click(".show-settings")
            panel = page.locator("#settings .writer")
            expect(panel.locator(".goes")).to_be_visible()
            expect(panel.locator(":is(details, .off)").locator("visible=true")).to_have_count(0)
            for field in ("mode", "unsupported", "proposing"):
                expect(panel.locator(f"fieldset.{field}")).to_have_js_property("disabled", True)
            refused = page.evaluate("""() => Promise.all([["PATCH", ""], ["POST", "/look"]].map(([method, path]) =>
              fetch(`api/settings/writer${path}`, {
                method, headers: { "Content-Type": "application/json" }, body: '{"url": "http://127.0.0.1:9"}',
              }).then((r) => r.status)))""")
            assert refused == [403, 403]
            assert page.evaluate("fetch('api/settings/writer').then((r) => r.json()).then((s) => s.url)") is None
    assert home.writing.choice() == WriterChoice(stand.url, "good", "paragraph")
