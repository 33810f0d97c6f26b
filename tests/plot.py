"""The reliability plot of docs/evaluation.md, as a small SVG: it stands on a card of its own, light on any page."""

from collections.abc import Mapping, Sequence

_SIZE, _LEFT, _TOP = 300, 64, 20
_INK, _GRID, _LINE = "#1f2328", "#d0d7de", "#a4373a"


def reliability_plot(bins: Sequence[Mapping[str, float]]) -> str:
    """Draw the share of questions answered rightly (up) against the mean confidence (right) of each bin, both 0..1.

    The dashed line is where a perfectly calibrated confidence would be.
    """
    width, height = _LEFT + _SIZE + 24, _TOP + _SIZE + 56
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="13">',
        "<title>Share of questions answered rightly against confidence</title>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="#fff" stroke="{_GRID}"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        (x, y), (right, top) = _at(tick, tick), _at(1, 1)
        left, bottom = _at(0, 0)
        parts += [
            f'<path d="M{x} {top}V{bottom}M{left} {y}H{right}" stroke="{_GRID}"/>',
            f'<text x="{x}" y="{bottom + 18}" text-anchor="middle" fill="{_INK}">{tick:g}</text>',
            f'<text x="{left - 8}" y="{y + 4}" text-anchor="end" fill="{_INK}">{tick:g}</text>',
        ]
    places = [_at(part["confidence"], part["answerable"]) for part in bins]
    middle = _TOP + _SIZE // 2
    parts += [
        f'<path d="M{_LEFT} {_TOP + _SIZE}L{_LEFT + _SIZE} {_TOP}" stroke="{_INK}" stroke-dasharray="5 5"/>',
        f'<polyline points="{" ".join(f"{x},{y}" for x, y in places)}" fill="none" stroke="{_LINE}" stroke-width="2"/>',
        *(f'<circle cx="{x}" cy="{y}" r="4" fill="{_LINE}"/>' for x, y in places),
        f'<text x="{_LEFT + _SIZE // 2}" y="{height - 14}" text-anchor="middle" fill="{_INK}">mean confidence</text>',
        f'<text x="18" y="{middle}" text-anchor="middle" fill="{_INK}" transform="rotate(-90 18 {middle})">'
        "share right</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _at(right: float, up: float) -> tuple[float, float]:
    return round(_LEFT + right * _SIZE, 1), round(_TOP + (1 - up) * _SIZE, 1)
