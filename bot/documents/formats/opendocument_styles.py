"""Styles of OpenDocument files: what is hidden or raised, how lists and headings count."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.documents.formats.counting import BULLET, LEVELS, NO_NUMBER, Level
from bot.documents.formats.office_xml import local

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCounting", "甲": "ideographTraditional", "子": "ideographZodiac", "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth", "壹": "chineseLegalSimplified", "㊀": "ideographEnclosedCircle", "": NO_NUMBER,
}  # fmt: skip
"""By how the file says the first number: "一, 二, 三, ..."."""
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of paragraphs or runs: their text is ``hidden``, is raised (``high``), is the title."""

    hidden: bool = False
    high: bool = False
    is_title: bool = False


_PLAIN = Style()


class Styles:
    """The styles of a document: of paragraphs and runs, of ``lists`` by name, of the ``outline``; levels from 0."""

    def __init__(self, *roots: Any) -> None:
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        self._nodes: dict[tuple[str, str], Any] = {}
        self._known: dict[tuple[str, str], Style] = {}
        for root in roots:
            for node in () if root is None else root.iter():
                name = local(node)
                if name == "style":
                    self._nodes[attribute(node, "family"), attribute(node, "name")] = node
                elif name == "list-style":
                    self.lists[attribute(node, "name")] = dict(_levels(node))
                elif name == "outline-style":
                    self.outline = {at: one for at, one in _levels(node) if one.form != NO_NUMBER}

    def of(self, node: Any) -> Style:
        """Return the style of a paragraph, a heading or a run."""
        family = "paragraph" if local(node) in ("p", "h") else "text"
        key = family, attribute(node, "style-name")
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def _resolve(self, key: tuple[str, str]) -> Style:
        chain: list[Any] = []
        while key in self._nodes and len(chain) < _LONGEST_CHAIN:
            chain.append(self._nodes[key])
            key = key[0], attribute(chain[-1], "parent-style-name")
        style = _PLAIN
        for node in reversed(chain):
            if attribute(node, "name") == "Title":
                style = replace(style, is_title=True)
            for child in node:
                if local(child) == "text-properties":
                    position, shown = attribute(child, "text-position"), attribute(child, "display")
                    style = replace(
                        style,
                        hidden=shown == "none" if shown else style.hidden,
                        high=position.startswith("super") if position else style.high,
                    )
        return style


def _levels(node: Any) -> Iterator[tuple[int, Level]]:
    for child in node:
        at = number(child, "level", 0) - 1
        if not 0 <= at < LEVELS:
            continue
        if "bullet" in local(child) or "image" in local(child):
            yield at, Level(form=BULLET)
        else:
            form = attribute(child, "num-format")
            followed = [attribute(inner, "label-followed-by") for inner in child.iter()]
            yield (
                at,
                Level(
                    start=number(child, "start-value", 1),
                    form=_FORMS.get(form[:1], "decimal"),
                    text=_text(child, at, form),
                    apart="nothing" not in followed,
                ),
            )


def _text(node: Any, at: int, form: str) -> str:
    """Return the text of a level with %1 to %9 for the numbers of the levels."""
    if written := attribute(node, "num-list-format"):
        for level in range(10, 0, -1):
            written = written.replace(f"%{level}%", f"%{level}")
        return written
    shown = number(node, "display-levels", 1) if form else 0
    numbers = ".".join(f"%{level + 1}" for level in range(max(0, at + 1 - shown), at + 1))
    return attribute(node, "num-prefix") + numbers + attribute(node, "num-suffix")


def attribute(node: Any, name: str) -> str:
    """Return an attribute of whatever namespace; empty where it is not there."""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def number(node: Any, name: str, usual: int) -> int:
    """Return an attribute that counts, ``usual`` where there is none."""
    value = attribute(node, name)
    return int(value) if value.isdecimal() and len(value) < 7 else usual
