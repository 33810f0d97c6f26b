"""HTML to blocks: what web pages, mails and electronic books have in common. lxml reads it as browsers do, nearly."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.documents.formats.extract import Block, clean
from bot.documents.formats.markup_chrome import words_of
from bot.documents.formats.markup_lists import item_marks
from bot.documents.formats.markup_tables import is_table, rows
from bot.documents.markers import find_marker
from bot.pages import Notice
from bot.types import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS = words_of(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form frameset header hr html legend main menu nav noframes ol option p section summary table tbody td tfoot th "
    "thead tr ul caption li iframe"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VERBATIM = frozenset({"pre", "xmp", "listing", "plaintext"})
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_LEFT_OUT = frozenset({"rt", "rp", "script", "style", "template", "noscript", "title", "math:annotation"})
_STRUCK = frozenset({"del", "s", "strike"})
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’—…"
_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}])[ \t\r\f]*\n\s*(?=[{_CJK}])")
_SPACE_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_BROKEN = re.compile("(?m)^(.*[\u4e00-\u9fff])[ \t\r]*\n[ \t]*(?=[\u4e00-\u9fff])")
_FEWEST_BROKEN, _RAGGED = 3, 3
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")
_EMPTY = re.compile(rb"<(title|script|style|textarea|iframe|noscript|xmp)\b([^<>]*)/>", re.I)
_HAN = re.compile("[\u4e00-\u9fff]")
_SIGN = re.compile(r"[\[［(（〔]?注?(?:\d{1,4}|[a-zA-Z*†‡§#①-⑳]{1,3})[\]］)）〕]?")
_NOTE_TAGS = ("li", "aside", "div", "p", "dd")
_LARGEST_NOTE = 200
"""Elements from which on an element is no note."""
_DEEPEST = 2048
"""Elements in each other that lxml reads; it would leave out what is deeper, and say so in its log alone."""


@dataclass(slots=True)
class Reading:
    """What is found on the way: ``pictures`` and ``struck`` (characters of deleted text) are counts."""

    blocks: list[Block] = field(default_factory=list)
    pictures: int = 0
    struck: int = 0
    wrapped: bool = False
    """Whether the page's lines break within Chinese words: what is a space to a browser is none to a reader."""

    def notices(self) -> Iterator[Notice]:
        """Yield lines about what was left out."""
        if self.pictures:
            yield Notice(
                f"{self.pictures} pictures were left out: text in them is not read.",
                f"略过 {self.pictures} 张图片：图中文字未读取。",
            )
        if self.struck:
            yield Notice(
                f"{self.struck} characters that are struck out were left out.", f"略过已划去的文字 {self.struck} 字。"
            )


def parse_markup(text: str) -> "Element":
    """Return the root element of a page.

    Raises:
        DocumentError: elements stand in each other too deeply.
    """
    from lxml import etree
    from lxml.html import HTMLParser

    # HTML has no entities to expand; without ``huge_tree`` what is deeper than 256 elements were lost in silence.
    parser = HTMLParser(no_network=True, huge_tree=True, encoding="utf-8", remove_pis=True, remove_comments=True)
    data = _EMPTY.sub(rb"<\1\2></\1>", text.replace("\0", "\ufffd").encode("utf-8", "replace"))
    root = etree.fromstring(data or b"<html>", parser)
    root = etree.Element("html") if root is None else root
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise DocumentError(
            f"{{source}}: has more than {_DEEPEST} elements in each other and cannot be read whole; save its text as "
            ".txt and add that.",
            f"{{source}}：标签嵌套超过 {_DEEPEST} 层，无法完整读取；请把其中的文字另存为 .txt 后添加。",
        )
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 6 * _DEEPEST))
    return root


def read_blocks(root: "Element", reading: Reading, frame: Callable[[str], "Element | None"] | None = None) -> None:
    """Add the blocks of a page to ``reading``; ``frame`` returns the page that stands in a frame, by its address."""
    _Walk(reading, _Notes(root), frame).whole(root)


class _Notes:
    """Footnotes: a short link to a short element that links back, or says that it is a note."""

    def __init__(self, root: "Element") -> None:
        self._places = {name: element for element in root.iter() for name in _names(element)}
        self._of: dict[Element, Element] = {}
        self.back: set[Element] = set()
        for link in root.iter("a"):
            if (note := self._note(link)) is not None:
                self._of[link] = note
        self.bodies = frozenset(self._of.values())

    def of(self, link: "Element") -> "Element | None":
        """Return the note that a link leads to, None of any other link."""
        return self._of.get(link)

    def _note(self, link: "Element") -> "Element | None":
        target = self._places.get(_fragment(link))
        if target is None or not _SIGN.fullmatch("".join(link.itertext()).strip()):
            return None
        body = target if target.tag in _NOTE_TAGS else next(target.iterancestors(*_NOTE_TAGS), None)
        parts = [] if body is None else [part for part, _ in zip(body.iter(), range(_LARGEST_NOTE), strict=False)]
        if not parts or len(parts) == _LARGEST_NOTE or link in parts or any(part.tag in _HEADINGS for part in parts):
            return None
        own = {name for element in (link, *link.iterancestors("sup", "span")) for name in _names(element)}
        back = {part for part in parts if part.tag == "a" and _fragment(part) in own}
        if not back and "footnote" not in f"{parts[0].get('epub:type')} {parts[0].get('role')}":
            return None
        self.back |= back
        return body


def _fragment(link: "Element") -> str:
    """Return the place on a page to which a link leads; browsers save it with the page's own address before it."""
    return str(link.get("href", "")).partition("#")[2]


def _names(element: "Element") -> list[str]:
    return [name for name in (element.get("id"), element.get("name")) if name]


class _Walk:
    """Goes through a page and collects its blocks."""

    def __init__(
        self, reading: Reading, notes: _Notes, frame: Callable[[str], "Element | None"] | None, depth: int = 0
    ) -> None:
        self._reading = reading
        self._notes = notes
        self._frame = frame
        self._depth = depth
        self._text: list[str] = []
        self._mark = ""
        self._waiting: list[tuple[str, Element]] = []
        self._noted: set[Element] = set()
        self.blocks: list[Block] = []

    def whole(self, root: "Element") -> None:
        """Read a page."""
        self._reading.wrapped = _is_wrapped("".join(root.itertext()))
        self._element(root)
        self._flush()
        self._reading.blocks.extend(self.blocks)

    def _flush(self, level: int = 0) -> None:
        text = _one_line("".join(self._text), self._reading.wrapped)
        self._text.clear()
        if text:
            mark, self._mark = self._mark, ""
            # Who types numbers into a list that has marks as well hides those.
            self.blocks.append(Block(text if not mark or find_marker(text) else mark + text, level))
        waiting, self._waiting = self._waiting, []
        for sign, note in waiting:
            if note not in self._noted:
                self._noted.add(note)
                own = rf"^(?:[\^↑ ]*[\[(（〔注]*{re.escape(sign)}[\])）〕.、．：:\s]+(?!\d)|[\^↑ ]+)"
                said = re.sub(own, "", self._joined(note, " "))
                if said:
                    self.blocks.append(Block(f"[{'注' if _HAN.search(said) else 'note '}{sign}] {said}"))

    def _element(self, element: "Element") -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT:
            return
        if tag in _STRUCK:
            self._reading.struck += len(clean("".join(element.itertext())))
        elif tag == "br":
            self._flush()
        elif tag == "img":
            self._reading.pictures += element.get("width") not in ("0", "1")
        elif element in self._notes.bodies:
            return  # stands behind what it belongs to
        elif (level := _level(element)) > 0:
            self._flush()
            self._text.append(self._joined(element, ""))
            self._flush(level)
        elif tag in _VERBATIM:
            self._verbatim(element)
        elif tag in _LISTS:
            self._list(element)
        elif tag == "table" and is_table(element):
            self._table(element)
        elif tag == "a" and (note := self._notes.of(element)) is not None:
            sign = clean("".join(element.itertext())).strip("[]［］()（）〔〕注")
            self._text.append(f"[{sign}]")
            self._waiting.append((sign, note))
        elif element in self._notes.back:
            return
        elif tag == "q":
            self._text.append("“")
            self._inside(element)
            self._text.append("”")
        elif tag in ("iframe", "frame"):
            self._framed(element)
        elif tag in _BLOCKS:
            self._flush()
            self._inside(element)
            self._flush()
        else:
            self._inside(element)

    def _inside(self, element: "Element") -> None:
        self._text.append(element.text or "")
        for child in element:
            self._element(child)
            self._text.append(child.tail or "")

    def _list(self, element: "Element") -> None:
        self._flush()
        marks = item_marks(element)
        outer, self._mark = self._mark, ""
        self._text.append(element.text or "")
        for child in element:
            if child.tag == "li" and child not in self._notes.bodies:
                self._flush()
                self._mark = next(marks)
                self._inside(child)
                self._flush()
                self._mark = ""
            else:
                self._element(child)
            self._text.append(child.tail or "")
        self._flush()
        self._mark = outer

    def _verbatim(self, element: "Element") -> None:
        self._flush()
        for br in element.iter("br"):
            br.tail = "\n" + (br.tail or "")
        for line in "".join(element.itertext()).splitlines():
            self._text.append(line)
            self._flush()

    def _table(self, element: "Element") -> None:
        self._flush()
        for caption in element.iter("caption"):
            self._text.append(self._joined(caption, " "))
            self._flush()
        self.blocks.extend(rows(element, lambda cell: self._joined(cell, " ")))
        self._flush()  # the notes

    def _joined(self, element: "Element", between: str) -> str:
        """Return the text of an element in one line; notes wait for its end."""
        walk = _Walk(self._reading, self._notes, self._frame, self._depth)
        walk._inside(element)
        self._waiting += walk._waiting
        walk._waiting = []
        walk._flush()
        lines = [block.text for block in walk.blocks]
        if between:
            return between.join(lines)
        return _SPACE_BETWEEN_CJK.sub("", " ".join(lines)) if len(lines) > 1 else "".join(lines)

    def _framed(self, element: "Element") -> None:
        page = self._frame(element.get("src", "")) if self._frame and self._depth < 3 else None
        if page is not None:
            self._flush()
            walk = _Walk(self._reading, _Notes(page), self._frame, self._depth + 1)
            walk._element(page)
            walk._flush()
            self.blocks.extend(walk.blocks)


def _level(element: "Element") -> int:
    if element.get("role") == "heading" and (said := element.get("aria-level", "2")).isdecimal():
        return min(6, max(1, int(said[:3])))
    return _HEADINGS.get(element.tag, 0)


def _one_line(text: str, wrapped: bool) -> str:
    text = _INVISIBLE.sub("", text)
    return clean(_BETWEEN_CJK.sub("", text) if wrapped else text)


def _is_wrapped(text: str) -> bool:
    """Tell whether lines were broken by hand at one width; programs break them at spaces, wherever those are."""
    widths = [len(line.strip()) for line in _BROKEN.findall(text)]
    return len(widths) >= _FEWEST_BROKEN and max(widths) - min(widths) <= _RAGGED
