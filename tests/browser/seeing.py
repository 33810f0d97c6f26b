"""What the tests of the numbers and of the reading pane ask, and how they look at the page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import FloatRect, Locator, Page

Ask = Callable[[Page, str], Locator]

YEAR = "海宁灯塔建于哪一年？"
YEAR_SENTENCE = "海宁灯塔建于1907年，由石匠周海生设计。"
TICKET = "海宁灯塔的门票是多少元？"
TICKET_SENTENCE = "灯塔每周三上午九点开放，门票十五元。"

IN_VIEW = """([node, pane]) => {
  const [a, b] = [node, pane].map((selector) => document.querySelector(selector).getBoundingClientRect());
  return a.height > 0 && a.top >= b.top - 1 && a.bottom <= Math.min(b.bottom, innerHeight) + 1;
}"""
PHONE: dict[str, Any] = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}


def in_view(page: Page, node: str, pane: str = "#reader .text") -> None:
    """Wait until all of ``node`` stands within the pane and the window."""
    page.wait_for_function(IN_VIEW, arg=[node, pane])


def scrolled(page: Page) -> float:
    """How far the chat is scrolled."""
    top: float = page.evaluate("document.querySelector('#talk .scroll').scrollTop")
    return top


def box(locator: Locator) -> FloatRect:
    """The box of a node that is shown."""
    found = locator.bounding_box()
    assert found is not None
    return found


def apart(first: FloatRect, second: FloatRect) -> bool:
    """Tell whether two boxes have no point in common."""
    return (
        first["y"] + first["height"] <= second["y"]
        or second["y"] + second["height"] <= first["y"]
        or first["x"] + first["width"] <= second["x"]
        or second["x"] + second["width"] <= first["x"]
    )


def tab_to(page: Page, locator: Locator) -> None:
    """Press Tab until ``locator`` has the focus."""
    for _ in range(60):
        if locator.evaluate("(node) => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")
