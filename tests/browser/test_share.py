"""The share panel: a link with its QR code and password, what its guests may do, and lines that a program can run."""

import ast
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import segno
from playwright.sync_api import Browser, Locator, Page, expect

from bot.engine import Bot
from bot.types import as_json
from bot.web.guard import Access
from bot.web.share import open_link
from bot.web.visitors import COOKIE
from tests.browser.serving import serving, visiting

Ask = Callable[[Page, str], Locator]
YEAR = "海宁灯塔建于哪一年？"


def link_to(port: int) -> str:
    return f"http://share.test:{port}"


def guest(browser: Browser, address: str, password: str) -> AbstractContextManager[Page]:
    where = link_to(int(address.rpartition(":")[2]))
    return visiting(browser, where, http_credentials={"username": "guest", "password": password}, locale="en-US")


def test_a_link_that_cannot_be_had_is_one_line(
    browser: Browser, bot: Bot, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, not listening: whoever connects is turned away at once
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{unused.getsockname()[1]}")
        with serving(bot, connect=open_link) as address, visiting(browser, address) as page:
            page.locator(".show-share").click()
            expect(page.locator("#share .link b")).to_have_text(address + "/")
            page.locator("#share .open-link").click()
            wrong = page.locator("#share .wrong")
            expect(wrong).to_contain_text("没能建立分享链接")
            assert "\n" not in wrong.inner_text()
            expect(page.locator("#share .open-link")).to_be_enabled()
            expect(page.locator("#share img")).to_have_count(0)
            page.keyboard.press("Escape")
            expect(ask(page, YEAR)).to_contain_text("1907")  # no password, nothing else changed


def test_a_link_with_its_code_and_password_and_what_guests_may_do(browser: Browser, bot: Bot, ask: Ask) -> None:
    access = Access()
    with serving(bot, access, link_to) as address:
        link = link_to(int(address.rpartition(":")[2]))
        with visiting(browser, address) as page:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            page.locator(".show-share").click()
            page.locator("#share .open-link").click()
            panel = page.locator("#share dialog")
            expect(panel.locator(".link b")).to_have_text(link)
            assert access.password and len(access.password) >= 16
            expect(panel.locator(".link code")).to_have_text(access.password)
            drawn = segno.make(link, micro=False).svg_data_uri(scale=4, border=2, light="#fff")
            assert panel.locator("img").get_attribute("src") == drawn
            assert panel.locator("img").evaluate("(image) => image.complete && image.naturalWidth > 0")
            expect(panel).to_contain_text("不能增删文档")
            panel.locator(".link .copy").first.click()
            expect(panel.locator(".link .copy").first).to_have_text("已复制")
            assert page.evaluate("navigator.clipboard.readText()") == link
            page.keyboard.press("Escape")
            # The browser has learnt the password from the panel; documents may be changed from here.
            expect(ask(page, YEAR)).to_contain_text("1907")
            expect(page.locator("#upload")).to_be_visible()

        with guest(browser, address, access.password) as page:
            expect(page.locator("#documents .guest")).to_be_visible()
            expect(page.locator("#upload")).to_be_hidden()
            look_at_settings(page)
            row = page.locator("#documents .documents li").first
            row.hover()
            row.locator("summary").click()
            expect(row.locator(".menu a")).to_be_visible()
            expect(row.locator(".menu button:visible")).to_have_count(0)
            page.keyboard.press("Escape")
            expect(ask(page, YEAR)).to_contain_text("1907")
            change = """async () => {
              const form = new FormData();
              form.append("files", new File(["新内容。"], "灯塔.txt"));
              const response = await fetch("api/documents", { method: "POST", body: form });
              return [response.status, (await response.json()).type];
            }"""
            assert page.evaluate(change) == [403, "/api/problems/forbidden"]
            page.locator(".show-share").click()
            expect(page.locator("#share .link b")).to_have_text(link)
            expect(page.locator("#share .open-link")).to_have_count(0)
            assert not page.evaluate("isSecureContext")  # copying has to go another way then
            page.locator("#share .link .copy").first.click()
            page.keyboard.press("Escape")
            page.locator("#question textarea").click()
            page.keyboard.press("Control+V")
            expect(page.locator("#question textarea")).to_have_value(link)
    assert next(info for info in bot.documents() if info.source == "灯塔.txt").title != "新内容。"


def test_guests_that_may_write(browser: Browser, bot: Bot) -> None:
    access = Access(share_write=True)
    with serving(bot, access, link_to) as address:
        access.share("share.test", "open sesame")
        with guest(browser, address, "open sesame") as page:
            expect(page.locator("#upload")).to_be_visible()
            expect(page.locator("#documents .guest")).to_be_hidden()
            page.set_input_files(
                "#upload input", [{"name": "客人.txt", "mimeType": "text/plain", "buffer": "客人带来的话。".encode()}]
            )
            expect(page.locator("#documents .reports .done")).to_have_count(1)
    bot.remove(next(info.document_id for info in bot.documents() if info.source == "客人.txt"))


def look_at_settings(page: Page) -> None:
    """See what a guest may change there, and be refused the rest."""
    page.click(".show-settings")
    expect(page.locator("#settings .home > .guest")).to_be_visible()
    expect(page.locator("#settings .strictness label")).to_have_count(3)
    expect(page.locator("#settings .strictness input:enabled")).to_have_count(0)
    expect(page.locator("#settings .reading input")).to_be_disabled()
    expect(page.locator("#settings .own input:enabled")).to_have_count(10)  # a browser's own are its own
    page.click("#synonyms summary")
    expect(page.locator("#synonyms .hint")).to_be_visible()
    expect(page.locator("#synonyms form")).to_be_hidden()
    page.keyboard.press("Escape")
    for path, body in (
        ("settings", {"strictness": "strict"}),
        ("documents/remove", {"documents": ["x"]}),
        ("documents/tags", {"documents": ["x"], "add": ["x"]}),
    ):
        assert page.evaluate(CHANGE, [path, body]) == 403


CHANGE = """async ([path, body]) => {
  const method = path === "settings" ? "PATCH" : "POST";
  const headers = { "Content-Type": "application/json" };
  return (await fetch(`api/${path}`, { method, headers, body: JSON.stringify(body) })).status;
}"""

CLEAN = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


def run_lines(page: Page, *, client: bool = True) -> list[dict[str, object]]:
    """Run what the panel offers, curl in a shell and the client in Python, and return what they print."""
    page.locator(".show-share").click()
    lines = page.locator("#share pre")
    expect(lines).to_have_count(2)
    curl, python = lines.all_text_contents()
    page.keyboard.press("Escape")
    environment = {**CLEAN, "HF_HUB_DISABLE_TELEMETRY": "1", "PYTHONUTF8": "1"}
    printed = subprocess.run(curl, shell=True, env=environment, capture_output=True, check=True, encoding="utf-8")
    results = [json.loads(printed.stdout)]
    if client:
        ran = subprocess.run([sys.executable, "-c", python], env=environment, capture_output=True, encoding="utf-8")
        assert ran.returncode == 0, ran.stderr
        results.append(ast.literal_eval(ran.stdout))
    return results


def kept(page: Page, bot: Bot) -> dict[str, object]:
    """The answer object that the page has shown last."""
    visitor = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE)
    newest = bot.conversations.list(visitor)[0]
    answer = bot.conversations.turns(visitor, newest.conversation_id)[-1].answer
    shown: dict[str, object] = as_json(answer)
    return shown


def untimed(answer: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in answer.items() if name != "timings"}


ODD = "海宁灯塔's \"门票\" $HOME `id` $(id) \\n \\ %s !! 😀🏮\n是多少元？\t&& #{x} 'a'\\''"


def test_the_lines_ask_what_was_asked(browser: Browser, bot: Bot, ask: Ask) -> None:
    with serving(bot) as address, visiting(browser, address) as page:
        ask(page, ODD)
        shown = kept(page, bot)
        assert shown["question"] == ODD
        for result in run_lines(page):
            assert untimed(result) == json.loads(json.dumps(untimed(shown)))


def test_the_lines_carry_password_scope_and_the_turns_before(browser: Browser, bot: Bot, ask: Ask) -> None:
    password = "芝麻 o'pen $x\\"
    credentials = {"username": "x", "password": password}
    with (
        serving(bot, Access(password=password)) as address,
        visiting(browser, address, http_credentials=credentials) as page,
    ):
        page.locator("#documents li", has_text="灯塔").locator("input[type=checkbox]").check()
        ask(page, "海宁灯塔的门票是多少元？")
        ask(page, "那它的塔身有多高？")
        shown = kept(page, bot)
        assert shown["query"] != shown["question"]
        for result in run_lines(page):
            assert untimed(result) == json.loads(json.dumps(untimed(shown)))


def test_the_panel_is_of_the_question_in_sight_and_claims_what_is_so(browser: Browser, bot: Bot, ask: Ask) -> None:
    with serving(bot) as address, visiting(browser, address) as page:
        ask(page, YEAR)
        page.locator("#fresh").click()
        expect(page.locator("#talk .question")).to_have_count(0)
        about, curl = page.locator("#share .about"), page.locator("#share pre").first

        def panel() -> None:
            page.keyboard.press("Escape")
            page.locator(".show-share").click()
            expect(page.locator("#share pre")).to_have_count(2)

        panel()
        expect(curl).not_to_contain_text(YEAR)
        page.keyboard.press("Escape")
        page.locator("#conversations .kept .open").first.click()
        expect(page.locator("#talk .question")).to_have_count(1)
        panel()
        expect(about).to_contain_text(YEAR)
        expect(curl).to_contain_text(YEAR)
        expect(page.locator("#share .link")).to_contain_text("只有这台机器能打开")
        expect(page.locator("#share .link")).not_to_contain_text("分享链接")  # none can be had here
        page.keyboard.press("Escape")
        ask(page, "列出所有提到“工作”的地方")
        panel()
        expect(curl).to_contain_text("工作")
        page.keyboard.press("Escape")
        page.set_viewport_size({"width": 1440, "height": 380})
        page.locator("#talk .scroll").evaluate("(node) => node.scrollTo(0, 0)")
        panel()
        expect(curl).to_contain_text(YEAR)
