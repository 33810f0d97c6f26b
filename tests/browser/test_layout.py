"""The main states look as they did, to within another font's rendering: a layout that broke is seen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.layout import FOLDER, MOST, difference, served, states, taken

OTHER_FONTS = {
    "serif": "* { font-family: 'Noto Serif CJK SC', serif !important; }",
    "monospace": "* { font-family: 'DejaVu Sans Mono', monospace !important; }",
    "wider": "* { letter-spacing: 0.4px !important; }",
}
"""What another machine may do to text."""
BROKEN = {
    "the box to ask in is gone": "#composer { display: none !important; }",
    "the box to ask in stands above": "#composer { position: absolute !important; top: 90px; }",
    "the lists stand on the other side": "#side { order: 3 !important; }",
    "the lists are gone": "#side { visibility: hidden !important; }",
    "the original is gone": "#reader { visibility: hidden !important; }",
    "the panes stand below one another": "#panes { display: block !important; }",
    "the answer is gone": "#talk .answer { visibility: hidden !important; }",
    "the header is twice as high": "header { height: 130px !important; }",
    "all of it moved": "#panes { transform: translateX(120px); }",
}
ON_A_PHONE = ("the box to ask in is gone", "the answer is gone", "the header is twice as high", "all of it moved")
CHANGED = [
    *(("desktop-light-answer", name) for name in (*OTHER_FONTS, *BROKEN)),
    *(("phone-light-answer", name) for name in (*OTHER_FONTS, *ON_A_PHONE)),
]
"""States that are drawn with a style that changes them, too."""

Drawings = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def drawings(browser: Browser) -> Iterator[Drawings]:
    """Each state under its name and what was changed in it, "" where nothing was."""
    made: Drawings = {}
    with served() as address:
        for state, page in states(browser, address):
            made[state, ""] = taken(page)
            for name in (changed for of, changed in CHANGED if of == state):
                style = page.add_style_tag(content={**OTHER_FONTS, **BROKEN}[name])
                made[state, name] = taken(page)
                style.evaluate("(node) => node.remove()")
    yield made


def test_each_state_looks_as_it_did(drawings: Drawings) -> None:
    kept = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt")}
    now = {state: drawn for (state, change), drawn in drawings.items() if not change}
    assert set(now) == set(kept)
    apart = {state: difference(kept[state], now[state]) for state in now}
    broken = {state: f"{share:.1%}\n{now[state]}" for state, share in apart.items() if share > MOST}
    assert broken == {}, "if it is meant to look so: python -m tests.browser.layout"


@pytest.mark.parametrize(("state", "change"), CHANGED)
def test_a_font_is_no_change_and_a_broken_layout_is(drawings: Drawings, state: str, change: str) -> None:
    share = difference(drawings[state, ""], drawings[state, change])
    assert (share > MOST) == (change in BROKEN), f"{share:.1%}\n{drawings[state, change]}"
