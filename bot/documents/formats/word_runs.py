"""What stands in a paragraph of Word: its text as it is seen once changes are accepted, its notes and text boxes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.documents.formats.office_xml import W, is_on, local, value_of
from bot.documents.formats.prose import BREAK, raised
from bot.documents.formats.symbols import symbol
from bot.documents.formats.word_math import formula
from bot.documents.formats.word_styles import Styles

_NO_TEXT = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "delText", "instrText", "rt"})
_TAKEN_OUT = frozenset({"del", "moveFrom"})
_PUT_IN = frozenset({"ins", "moveTo"})
_DRAWN = frozenset({"drawing", "pict", "object"})
_PICTURES = frozenset({"blip", "imagedata", "chart", "relIds", "OLEObject"})
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": BREAK, "cr": BREAK, "noBreakHyphen": "-"}
_MUTED = frozenset({"TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "INDEX"})
"""Fields whose result is no text of the document's own."""
_ENCLOSED = re.compile(r"\\o\s*\\ac\s*\([○〇О],\s*(\d{1,2})\)", re.I)  # a number in a circle, drawn by a formula
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(slots=True)
class Inline:
    """What was read of a paragraph: pieces of its ``text``, its ``notes`` (kind and identity), its text ``boxes``."""

    text: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    """A field that has begun: what it computes, and whether its result has."""

    code: str = ""
    result: bool = False
    said: bool = False

    @property
    def kind(self) -> str:
        return (self.code.split() or [""])[0].upper()


class Runs:
    """Reads paragraphs one after the other, for a field may go on over several of them.

    ``counts`` has what was left out: "hidden", "pictures", "changes", "contents".
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._hidden = False
        self._into = Inline()
        self.counts: Counter[str] = Counter()

    def read(self, paragraph: Any, *, hidden: bool, heading: bool) -> Inline:
        """Read a paragraph; ``hidden`` is what its style says, a ``heading`` stands in no table of contents."""
        self._into, self._hidden = Inline(), hidden
        if heading:  # one that does not end must not swallow the document
            self._fields = [one for one in self._fields if one.kind not in _MUTED]
        self._walk(paragraph)
        self._fields = [one for one in self._fields if one.result]
        return self._into

    def _say(self, text: str) -> None:
        muted = [one for one in self._fields if not one.result or one.kind in _MUTED]
        if muted:
            self.counts["contents"] += muted[0].kind == "TOC"
            return
        for one in self._fields:
            one.said = True
        self._into.text.append(text)

    def _walk(self, node: Any) -> None:
        for child in children(node):
            name = local(child)
            if name == "r":
                self._run(child)
            elif name in _TAKEN_OUT:
                self.counts["changes"] += 1
            elif name == "sdt":
                if not is_on(child.find(f"{W}sdtPr"), "showingPlcHdr"):
                    self._walk(child)
            elif name == "fldSimple":
                self._fields.append(_Field(child.get(f"{W}instr", ""), result=True))
                self._walk(child)
                self._fields.pop()
            elif name in ("oMath", "oMathPara"):
                self._say(formula(child))
            elif name not in _NO_TEXT:
                self.counts["changes"] += name in _PUT_IN
                self._walk(child)

    def _run(self, run: Any) -> None:
        properties = run.find(f"{W}rPr")
        own = is_on(properties, "vanish")
        hidden = own if own is not None else self._hidden or self._styles.of(properties, "rStyle").hidden
        high = value_of(properties, "vertAlign") == "superscript"
        for child in children(run):
            name = local(child)
            if hidden and name != "fldChar" and name != "instrText":
                self.counts["hidden"] += len(child.text or "") if name == "t" else 0
            elif name == "t":
                text = child.text or ""
                self._say(raised(text) if high else text)
            elif name in _CHARACTERS:
                self._say(_CHARACTERS[name])
            else:
                self._special(name, child)

    def _special(self, name: str, node: Any) -> None:
        if name == "fldChar":
            self._field(node)
        elif name == "instrText" and self._fields:
            self._fields[-1].code += node.text or ""
        elif name == "sym":
            self._say(_symbol(node))
        elif name in ("footnoteReference", "endnoteReference"):
            self._into.notes.append((name.removesuffix("Reference"), node.get(f"{W}id", "")))
        elif name in _DRAWN:
            self._into.boxes.extend(_boxes(node))
            self.counts["pictures"] += any(local(inner) in _PICTURES for inner in _drawn(node))
        elif name not in _NO_TEXT:
            self._walk(node)

    def _field(self, node: Any) -> None:
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            box = next(iter(node.iter(f"{W}checkBox")), None)
            if box is not None:
                ticked = is_on(box, "checked")
                self._tick("☑" if (is_on(box, "default") if ticked is None else ticked) else "□")
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            number = _ENCLOSED.search(done.code)
            if number and not done.said and 0 < int(number[1]) <= len(_CIRCLES):
                self._say(_CIRCLES[int(number[1]) - 1])

    def _tick(self, box: str) -> None:
        """Say what a check box is; its field has no result."""
        outer = self._fields.pop()
        self._say(box)
        self._fields.append(outer)


def children(node: Any) -> Iterator[Any]:
    """Yield the children of an element; of two writings of the same (mc:AlternateContent) those of the first."""
    for child in node:
        if local(child) == "AlternateContent":
            if len(child):
                yield from children(child[0])
        else:
            yield child


def _drawn(node: Any) -> Iterator[Any]:
    """Yield what a drawing is made of, without what stands in its text boxes."""
    for child in children(node):
        yield child
        if local(child) != "txbxContent":
            yield from _drawn(child)


def _boxes(node: Any) -> Iterator[Any]:
    return (inner for inner in _drawn(node) if local(inner) == "txbxContent")


def _symbol(node: Any) -> str:
    """Return a character of a font of symbols; empty where no other font has it."""
    try:
        code = int(node.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return symbol(node.get(f"{W}font", ""), code)
