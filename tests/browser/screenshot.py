"""Draw the picture of the web chat for the README: ``python -m tests.browser.screenshot docs/screenshot.png``."""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from bot.engine import Bot
from tests.browser.serving import SEEDS, chromium, serving


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer and for the questions to go on with."""
    turns = page.locator("#talk .turn:has(.answer, .refusal)")
    before = turns.count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    turns.nth(before).locator(".follow").wait_for(state="attached")


def main(out: Path) -> None:
    """Keep one conversation, hold another with example questions, and take the picture with the last source open."""
    first, second, last = json.loads((SEEDS / "examples.json").read_text(encoding="utf-8"))["questions"]
    with tempfile.TemporaryDirectory() as home, Bot.open(Path(home)) as bot:
        bot.add(SEEDS)
        with serving(bot) as address, chromium() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 1020}, locale="zh-CN")
            page.goto(address)
            for conversation in ((last,), (second, first)):
                page.locator("#fresh").click()
                page.locator("#talk .welcome").wait_for()
                for question in conversation:
                    ask(page, question)
            page.locator("#talk a.cite").last.click()
            page.locator("#reader mark").wait_for()
            page.mouse.move(0, 0)
            page.evaluate("document.activeElement.blur()")
            page.wait_for_timeout(500)  # for the card to go
            page.screenshot(path=out, animations="disabled")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
