"""Characters of fonts that have pictures instead of letters, as Word and RTF name them: by font and code."""

_WINGDINGS = {
    0xA8: "□", 0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□",
    0x75: "◆", 0xA7: "▪", 0xD8: "➢", 0xE0: "→", 0xDF: "←",
    **{0x81 + n: chr(0x2460 + n) for n in range(10)}, **{0x8C + n: chr(0x2776 + n) for n in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {0x52: "☑", 0x53: "☒", 0x50: "✓", 0x4F: "✗", 0xA3: "□", 0x2A: "□", 0x30: "□"}
_SYMBOL = {
    0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xB7: "·", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞",
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x65: "ε", 0x71: "θ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x72: "ρ",
    0x73: "σ", 0x66: "φ", 0x77: "ω", 0x57: "Ω", 0x44: "Δ", 0x53: "Σ",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def is_symbols(font: str) -> bool:
    """Tell whether a font has pictures instead of letters."""
    return font.lower() in _FONTS


def symbol(font: str, code: int) -> str:
    """Return a character of a font; empty where only that font has it."""
    known = _FONTS.get(font.lower(), {}).get(code & 0xFF if 0xF000 <= code <= 0xF0FF else code)
    if known is not None:
        return known
    return "" if not 0x20 <= code <= 0xFFFD or 0xD800 <= code <= 0xF8FF else chr(code)
