"""Formulas of Word (OMML) in one line: x², (a+b)/c, √(x)."""

from typing import Any

from bot.documents.formats.office_xml import local

_DIGITS = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_RAISED = frozenset("0123456789+-−n")


def formula(node: Any) -> str:
    """Return a formula as people type it."""
    name = local(node)
    if name == "t":
        return str(node.text or "")
    parts = {local(child): child for child in node}
    if name == "f" and "num" in parts and "den" in parts:
        return f"{_grouped(parts['num'])}/{_grouped(parts['den'])}"
    if name == "sSup" and "sup" in parts:
        return _part(parts, "e") + _raised(formula(parts["sup"]))
    if name == "sSub" and "sub" in parts:
        return f"{_part(parts, 'e')}_{_grouped(parts['sub'])}"
    if name == "sSubSup" and "sub" in parts and "sup" in parts:
        return f"{_part(parts, 'e')}_{_grouped(parts['sub'])}{_raised(formula(parts['sup']))}"
    if name == "rad":
        return f"{_raised(_part(parts, 'deg'))}√({_part(parts, 'e')})"
    if name == "d":
        return f"({', '.join(formula(child) for child in node if local(child) == 'e')})"
    return "" if name.endswith("Pr") else "".join(formula(child) for child in node)


def _part(parts: dict[str, Any], name: str) -> str:
    return formula(parts[name]) if name in parts else ""


def _grouped(node: Any) -> str:
    text = formula(node)
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _raised(text: str) -> str:
    if not text:
        return ""
    return text.translate(_DIGITS) if set(text) <= _RAISED else f"^({text})" if len(text) > 1 else f"^{text}"
