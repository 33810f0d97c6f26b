"""Where a span stands on pages: whole lines, and the parts of the first and the last."""

from bot.pages import Box
from bot.structure.boxes import boxes_at

LINES = [Box(1, 100, 200, 900, 220, 0, 40), Box(1, 100, 230, 900, 250, 40, 80), Box(2, 100, 100, 300, 120, 80, 90)]


def test_a_span_within_a_line_and_over_several() -> None:
    assert boxes_at(LINES, 10, 20) == (Box(1, 300, 200, 500, 220, 10, 20),)
    assert boxes_at(LINES, 20, 85) == (
        Box(1, 500, 200, 900, 220, 20, 40),
        Box(1, 100, 230, 900, 250, 40, 80),
        Box(2, 100, 100, 200, 120, 80, 85),
    )
    assert boxes_at(LINES, 90, 100) == boxes_at(LINES, 5, 5) == boxes_at([], 0, 9) == ()


def test_an_upright_line_is_cut_from_above() -> None:
    assert boxes_at([Box(1, 800, 100, 830, 900, 0, 8)], 2, 6) == (Box(1, 800, 300, 830, 700, 2, 6),)
