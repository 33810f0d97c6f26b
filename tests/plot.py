"""The plots of docs/evaluation.md and docs/scale.md, as small SVGs: each on a card of its own, light on any page."""

import math
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


def growth_plot(title: str, unit: str, curves: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Draw curves of (passages, figure), all above 0, on logarithmic scales; each is named at its right end."""
    width, height = _LEFT + _SIZE + 150, _TOP + _SIZE + 56
    points = [point for curve in curves.values() for point in curve]
    (left, right), (low, high) = (_decades([point[axis] for point in points]) for axis in (0, 1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="13">',
        f"<title>{title}</title>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="#fff" stroke="{_GRID}"/>',
    ]

    def place(passages: float, figure: float) -> tuple[float, float]:
        return _at((math.log10(passages) - left) / (right - left), (math.log10(figure) - low) / (high - low))

    for power in range(left, right + 1):
        x, y = place(10**power, 10**low)
        parts += [
            f'<path d="M{x} {y}V{_TOP}" stroke="{_GRID}"/>',
            f'<text x="{x}" y="{y + 18}" text-anchor="middle" fill="{_INK}">{10**power:,}</text>',
        ]
    for power in range(low, high + 1):
        x, y = place(10**left, 10**power)
        parts += [
            f'<path d="M{x} {y}H{x + _SIZE}" stroke="{_GRID}"/>',
            f'<text x="{x - 8}" y="{y + 4}" text-anchor="end" fill="{_INK}">{10.0**power:g}</text>',
        ]
    for name, curve in curves.items():
        places = [place(*point) for point in curve]
        drawn = " ".join(f"{x},{y}" for x, y in places)
        parts += [
            f'<polyline points="{drawn}" fill="none" stroke="{_LINE}" stroke-width="2"/>',
            *(f'<circle cx="{x}" cy="{y}" r="3" fill="{_LINE}"/>' for x, y in places),
            f'<text x="{places[-1][0] + 8}" y="{places[-1][1] + 4}" fill="{_INK}">{name}</text>',
        ]
    text = f"{title} ({unit}) by passages"
    parts += [
        f'<text x="{_LEFT + _SIZE // 2}" y="{height - 14}" text-anchor="middle" fill="{_INK}">{text}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _at(right: float, up: float) -> tuple[float, float]:
    return round(_LEFT + right * _SIZE, 1), round(_TOP + (1 - up) * _SIZE, 1)
