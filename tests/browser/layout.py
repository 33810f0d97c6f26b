"""The main states of the page as coarse drawings, to see a layout that broke: ``python -m tests.browser.layout``.

It writes the drawings anew, into ``layouts/``: for each cell whether nothing, a little or much is drawn there. Letters
of another font draw much the same; a pane that is elsewhere, or something that is gone, does not.
"""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page

from bot.engine import Bot
from bot.settings import Settings
from tests.browser.serving import SEEDS, chromium, serving, visiting

FOLDER = Path(__file__).parent / "layouts"
CELL = 30
"""Pixels; what moves less than that has not moved."""
EDGE = 10
"""How far two pixels beside each other differ at least (of 255) where something is drawn, if only a border."""
LITTLE, MUCH = 0.02, 0.14
"""The shares of a cell that are edges from which on a little is drawn there, or much."""
MOST = 0.01
"""The share of the cells of a state that may differ: lines of another font end elsewhere."""
TONE = 12
"""How far the mean brightness may differ, of 255: light and dark are 200 apart."""

QUESTION = "海宁灯塔建于哪一年？"
FACTS = "海宁灯塔简介\n\n一、建造\n海宁灯塔建于1907年，由石匠周海生设计。\n\n二、开放\n灯塔每周三上午九点开放。\n"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 840}, "is_mobile": True, "has_touch": True}


def drawing(picture: bytes) -> str:
    """Return a screenshot as lines of cells, behind a line with its mean brightness."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    tone = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    edges = image.filter(ImageFilter.FIND_EDGES)
    edges.paste(0, (0, 0, edges.width, 1))  # the filter leaves the picture's own rim as it is
    edges.paste(0, (0, edges.height - 1, edges.width, edges.height))
    edges.paste(0, (0, 0, 1, edges.height))
    edges.paste(0, (edges.width - 1, 0, edges.width, edges.height))
    drawn = edges.point([255 if value >= EDGE else 0 for value in range(256)])
    across, down = image.width // CELL, image.height // CELL
    cells = drawn.resize((across, down), Image.Resampling.BOX, (0, 0, across * CELL, down * CELL)).tobytes()
    signs = "".join("#" if cell >= MUCH * 255 else "+" if cell >= LITTLE * 255 else "." for cell in cells)
    return "\n".join([f"{tone}", *(signs[row * across : (row + 1) * across] for row in range(down))]) + "\n"


def difference(one: str, other: str) -> float:
    """Return the share of cells that hold something in one drawing alone, and nothing near it; 1.0: another tone."""
    (tone, *rows), (other_tone, *other_rows) = one.split(), other.split()
    if abs(int(tone) - int(other_tone)) > TONE or [len(row) for row in rows] != [len(row) for row in other_rows]:
        return 1.0
    alone = _alone(rows, other_rows) + _alone(other_rows, rows)
    return alone / (len(rows) * len(rows[0]))


def _alone(rows: list[str], others: list[str]) -> int:
    """Count the cells of ``rows`` without anything in the nine cells around the same place of ``others``."""
    near = [
        [any(sign != "." for line in others[max(y - 1, 0) : y + 2] for sign in line[max(x - 1, 0) : x + 2])
         for x in range(len(row))] for y, row in enumerate(rows)
    ]  # fmt: skip
    return sum(sign != "." and not near[y][x] for y, row in enumerate(rows) for x, sign in enumerate(row))


def taken(page: Page) -> str:
    """Return the page as it is drawn now, without a caret or a pointer on it."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    return drawing(page.screenshot(animations="disabled", caret="hide"))


@contextmanager
def served() -> Iterator[str]:
    """Serve what is drawn, with nothing that others have added; gives the address."""
    with (
        tempfile.TemporaryDirectory(prefix="youju-layout-") as home,
        Bot.open(settings=Settings(home=Path(home), seeds=None, reader="off")) as bot,
    ):
        bot.add(SEEDS)
        bot.add_bytes("灯塔.txt", FACTS.encode())
        with serving(bot) as address:
            yield address


def states(browser: Browser, address: str) -> Iterator[tuple[str, Page]]:
    """Bring the page into each of its main states; gives their names, each with the page as it is then."""
    for device, size in (("desktop", {}), ("phone", PHONE)):
        for scheme in ("light", "dark"):
            with visiting(browser, address, color_scheme=scheme, **size) as page:
                for state in _of_one(page, phone=device == "phone", short=scheme == "dark"):
                    yield f"{device}-{scheme}-{state}", page


def _of_one(page: Page, *, phone: bool, short: bool) -> Iterator[str]:
    page.locator("button.example").first.wait_for()
    yield "empty"
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.locator("#talk .answer").wait_for()
    if not phone:
        page.locator("#reader mark").wait_for()
    page.wait_for_load_state("networkidle")  # questions to go on with are there, or there are none
    yield "answer"
    if short:
        return
    if phone:
        page.locator("#talk a.cite").first.tap()
        page.locator(".card .read").tap()
        page.locator("#reader mark").wait_for()
        yield "original"
        page.locator("#reader .close").tap()
        page.locator(".show-side").tap()
        yield "lists"
        page.locator(".show-side").tap()
    page.locator(".show-settings").click()
    page.locator("#settings .kept li").first.wait_for()
    yield "settings"
    page.locator("#settings .close").click()
    page.locator(".show-share").click()
    page.locator("#share pre").first.wait_for()
    yield "share"


def main() -> None:
    """Write all drawings anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    with served() as address, chromium() as browser:
        for name, page in states(browser, address):
            (FOLDER / f"{name}.txt").write_text(taken(page), encoding="utf-8")


if __name__ == "__main__":
    main()
