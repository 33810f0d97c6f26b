"""Word's styles: which of them are headings, count as a list, are hidden (styles.xml)."""

import re
from dataclasses import dataclass, replace
from typing import Any

from bot.documents.formats.office_xml import W, is_on, number_of, value_of

_HEADING = re.compile(r"(?:heading|标题|標題|überschrift|titre|título|titolo|заголовок|見出し|제목)\s*([1-9])", re.I)
_TITLE = re.compile(r"title|标题|標題|文档标题|文章标题|公文标题", re.I)
_CONTENTS = re.compile(r"(?:toc|目录|目錄|contents)\s*(?:[1-9]|heading|标题)|table of figures|index \d", re.I)
_LONGEST_CHAIN = 20
_BODY = 9
"""The outline level of text that is no heading; 0 to 8 are those of headings."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs and runs, what it is based on included.

    ``level`` is that of a heading, 1 for the outermost, 0 for text; ``list_id`` is empty where they are in no list;
    ``linked`` is the style whose own list that is, by which a level is found that ``at`` does not tell.
    """

    name: str = ""
    level: int = 0
    list_id: str = ""
    at: int | None = None
    linked: str = ""
    hidden: bool = False

    @property
    def is_title(self) -> bool:
        """Whether it is the style of a document's title."""
        return _TITLE.fullmatch(self.name) is not None

    @property
    def is_contents(self) -> bool:
        """Whether it is the style of entries of a table of contents or its title."""
        return _CONTENTS.fullmatch(self.name) is not None


class Styles:
    """The styles of a document by their identity."""

    def __init__(self, root: Any = None) -> None:
        """Take the root of styles.xml, None where the document has none."""
        self._nodes: dict[str, Any] = {}
        self._known: dict[str, Style] = {}
        self._usual = ""
        for node in () if root is None else root.iter(f"{W}style"):
            identity = node.get(f"{W}styleId", "")
            self._nodes[identity] = node
            if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true", "on"):
                self._usual = identity

    def of(self, properties: Any, reference: str = "pStyle") -> Style:
        """Return the style that w:pPr or w:rPr (None where there is none) refers to, else the usual one."""
        identity = value_of(properties, reference)
        if identity is None:
            identity = self._usual if reference == "pStyle" else ""
        if identity not in self._known:
            self._known[identity] = self._resolve(identity)
        return self._known[identity]

    def _resolve(self, identity: str) -> Style:
        chain: list[tuple[str, Any]] = []
        while identity in self._nodes and len(chain) < _LONGEST_CHAIN:
            chain.append((identity, self._nodes[identity]))
            identity = value_of(self._nodes[identity], "basedOn") or ""
        if not chain:
            return Style(identity, level_by_name(identity))
        style = Style()
        for own, node in reversed(chain):
            style = _based(style, own, node)
        return style


def _based(base: Style, identity: str, node: Any) -> Style:
    """Return what a style says where ``base`` is what it is based on."""
    name = value_of(node, "name") or identity
    properties = node.find(f"{W}pPr")
    level = outline_level(properties)
    if level is None:
        level = level_by_name(name) or base.level
    style = replace(base, name=name, level=level)
    numbered = None if properties is None else properties.find(f"{W}numPr")
    if numbered is not None:
        list_id = value_of(numbered, "numId")
        own_list = base.list_id if list_id is None else list_id
        style = replace(style, list_id=own_list, at=number_of(numbered, "ilvl"), linked=identity)
    elif base.list_id:
        style = replace(style, linked=identity)
    hidden = is_on(node.find(f"{W}rPr"), "vanish")
    return style if hidden is None else replace(style, hidden=hidden)


def outline_level(properties: Any) -> int | None:
    """Return the level of a heading that w:pPr tells: 1 for the outermost, 0 for text, None where it tells none."""
    level = number_of(properties, "outlineLvl")
    return None if level is None else (level + 1 if 0 <= level < _BODY else 0)


def level_by_name(name: str) -> int:
    """Return the level of the heading that a style of this name is for, 0 where it is for none."""
    match = _HEADING.fullmatch(name)
    return int(match[1]) if match else 0
