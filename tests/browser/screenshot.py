"""Draw the picture of the web chat for the README: ``python -m tests.browser.screenshot docs/screenshot.png``."""

import json
import sys
import tempfile
from pathlib import Path

from bot.engine import Bot
from tests.browser.serving import SEEDS, chromium, serving


def main(out: Path) -> None:
    """Ask the three example questions and take the picture with the first answer's source open."""
    questions = json.loads((SEEDS / "examples.json").read_text(encoding="utf-8"))["questions"]
    with tempfile.TemporaryDirectory() as home, Bot.open(Path(home)) as bot:
        bot.add(SEEDS)
        with serving(bot) as address, chromium() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 1020}, locale="zh-CN")
            page.goto(address)
            for number, question in enumerate(questions):
                page.fill("#question textarea", question)
                page.press("#question textarea", "Enter")
                page.locator("#talk :is(.answer, .refusal)").nth(number).wait_for()
            page.locator("#talk a.cite").first.click()
            page.locator("#reader mark").wait_for()
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=out, animations="disabled")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
