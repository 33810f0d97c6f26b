"""Text documents of LibreOffice and others (.odt): headings, lists as they are counted, tables, notes, text boxes."""

import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bot.documents.formats.counting import LEVELS, NO_LABEL, Counters, Label, labelled
from bot.documents.formats.extract import Block, Extract, IsolatedFormat, Options
from bot.documents.formats.office_xml import find_xml, local, read_xml
from bot.documents.formats.opendocument_styles import TEXT, Styles, attribute, number
from bot.documents.formats.prose import (
    BREAK,
    Cell,
    heading_level,
    joined,
    left_out,
    lines_of,
    locked,
    note_block,
    raised,
    table,
)
from bot.documents.formats.zipped import open_zip

_INDEXES = frozenset({"table-of-content", "illustration-index", "table-index", "object-index", "alphabetical-index"})
_NO_TEXT = frozenset(
    {"tracked-changes", "page-number", "page-count", "note-citation", "ruby-text", "sequence-decls", "forms",
     "desc", "title", "binary-data", "event-listeners", "variable-decls", "user-field-decls", "glue-point"}
)  # fmt: skip
_DRAWN = frozenset({"frame", "custom-shape", "rect", "ellipse", "polygon", "g", "line", "path", "text-box", "a"})
_PICTURES = frozenset({"image", "object", "object-ole", "plugin"})
_CHARACTERS = {"tab": "\t", "line-break": BREAK}
_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_MOST_REPEATED = 100


@dataclass(slots=True)
class _Inline:
    """What is read of a paragraph: its text, and what stands beside it (notes, text boxes)."""

    text: list[str] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _InList:
    """The list that is being read, at a level from 0: its style and its counters."""

    style: str
    counters: Counters
    at: int = 0


class _Reader:
    """Reads a document's parts in order; ``counts`` has what was left out."""

    def __init__(self, styles: Styles) -> None:
        self.title = ""
        self.counts: Counter[str] = Counter()
        self._styles = styles
        self._lists: dict[str, Counters] = {}
        self._outline = Counters()
        self._noted: Counter[str] = Counter()

    def read_into(self, container: Any, out: list[Block], aside: list[Block] | None = None) -> None:
        """Add what stands in a container; ``aside`` takes what would break it, in a cell of a table."""
        for child in container:
            name = local(child)
            beside = out if aside is None else aside
            if name in ("p", "h"):
                self._paragraph(child, out, beside, None)
            elif name == "list":
                self._list(child, out, beside, None)
            elif name == "table":
                self._table(child, beside)
            elif name in _INDEXES:
                self.counts["contents"] += 1
            elif name == "tracked-changes":
                self.counts["changes"] += len(child)
            elif name in _DRAWN:
                self._drawing(child, beside)
            elif name == "section" and attribute(child, "display") == "none":
                self.counts["hidden"] += len("".join(child.itertext()))
            elif name not in _NO_TEXT:
                self.read_into(child, out, aside)

    def _paragraph(self, node: Any, out: list[Block], beside: list[Block], listed: _InList | None) -> None:
        style = self._styles.of(node)
        level = number(node, "outline-level", 1) if local(node) == "h" else 0
        inline = _Inline()
        self._walk(node, inline, style.hidden)
        lines = lines_of("".join(inline.text).split(BREAK), whole=level > 0)
        label = self._label(level, listed) if attribute(node, "is-list-header") != "true" else NO_LABEL
        if lines:
            lines[0] = labelled(label, lines[0])
            if style.is_title and not self.title:
                self.title = joined(lines)
        out.extend(Block(line, heading_level(line, level)) for line in lines)
        beside.extend(inline.beside)

    def _label(self, level: int, listed: _InList | None) -> Label:
        if listed is not None:
            levels = self._styles.lists.get(listed.style, {})
            return listed.counters.count(levels, listed.at) if listed.at in levels else NO_LABEL
        levels = self._styles.outline
        return self._outline.count(levels, level - 1) if level - 1 in levels else NO_LABEL

    def _list(self, node: Any, out: list[Block], beside: list[Block], above: _InList | None) -> None:
        own = attribute(node, "style-name")
        if above is None:
            listed = _InList(own, self._counters(node, own))
        else:
            listed = _InList(own or above.style, above.counters, above.at + 1)
        for item in node:
            start = number(item, "start-value", 0)
            counts = local(item) == "list-item"
            if start and listed.at < LEVELS:
                listed.counters.restart(listed.at, start)
            for child in item:
                name = local(child)
                if name in ("p", "h"):
                    self._paragraph(child, out, beside, listed if counts else _UNCOUNTED)
                    counts = False
                elif name == "list":
                    self._list(child, out, beside, listed)
                else:
                    self.read_into([child], out, beside)

    def _counters(self, node: Any, style: str) -> Counters:
        """Return the counters of a list: its own, or those of the one that it goes on from."""
        before = attribute(node, "continue-list") or (style if attribute(node, "continue-numbering") == "true" else "")
        counters = (self._lists.get(before) if before else None) or Counters()
        self._lists[style] = self._lists[attribute(node, "id")] = counters
        return counters

    def _walk(self, node: Any, into: _Inline, hidden: bool, high: bool = False) -> None:
        self._say(node.text, into, hidden, high)
        for child in node:
            self._inner(child, into, hidden, high)
            self._say(child.tail, into, hidden, high)

    def _say(self, text: str | None, into: _Inline, hidden: bool, high: bool) -> None:
        if text and hidden:
            self.counts["hidden"] += len(text)
        elif text:
            text = text.replace("\n", " ")
            into.text.append(raised(text) if high else text)

    def _inner(self, node: Any, into: _Inline, hidden: bool, high: bool) -> None:
        name = local(node)
        if name == "s":
            self._say(" ", into, hidden, high)
        elif name in _CHARACTERS:
            into.text.append(_CHARACTERS[name])
        elif name == "note":
            self._note(node, into)
        elif name == "annotation":
            self.counts["comments"] += 1
        elif name in _DRAWN and not node.tag.startswith(TEXT):
            self._drawing(node, into.beside)
        elif name not in _NO_TEXT:
            style = self._styles.of(node)
            self._walk(node, into, hidden or style.hidden or attribute(node, "is-hidden") == "true", style.high)

    def _note(self, node: Any, into: _Inline) -> None:
        kind = attribute(node, "note-class")
        inside: list[Block] = []
        for body in node:
            if local(body) == "note-body":
                self.read_into(body, inside)
        self._noted[kind] += 1
        into.beside.extend(note_block(kind, self._noted[kind], inside, "".join(into.text)))

    def _drawing(self, node: Any, beside: list[Block]) -> None:
        boxes = [node] if local(node) not in ("frame", "a", "g") else list(node)
        self.counts["pictures"] += any(local(box) in _PICTURES for box in boxes)
        for box in boxes:
            if local(box) in ("frame", "g", "a"):
                self._drawing(box, beside)
            elif local(box) not in _PICTURES | _NO_TEXT:
                self.read_into(box, beside)

    def _table(self, node: Any, out: list[Block]) -> None:
        aside: list[Block] = []
        rows = [self._row(line, aside) for line in _rows(node)]
        out.extend(table([line for line in rows if line]))
        out.extend(aside)

    def _row(self, node: Any, aside: list[Block]) -> list[Cell]:
        cells: list[Cell] = []
        covered = 0  # cells under the one before, on the same row
        for child in node:
            times = min(number(child, "number-columns-repeated", 1), _MOST_REPEATED)
            if local(child) == "covered-table-cell":
                above = max(0, times - covered)
                covered = max(0, covered - times)
                cells.extend([Cell(goes_on=True)] * above)
            elif local(child) == "table-cell":
                inside: list[Block] = []
                self.read_into(child, inside, aside)
                columns = min(number(child, "number-columns-spanned", 1), _MOST_REPEATED)
                covered = columns - 1
                cells.extend([Cell(tuple(block for block in inside if block.text), columns)] * times)
        return cells


_UNCOUNTED = _InList("", Counters())


def _rows(node: Any) -> list[Any]:
    found: list[Any] = []
    for child in node:
        if local(child) == "table-row":
            found.extend([child] * min(number(child, "number-rows-repeated", 1), _MOST_REPEATED))
        elif local(child) in _ROWS:
            found.extend(_rows(child))
    return found


def _extract(data: bytes, _: Options) -> Extract:
    with open_zip(data) as archive:
        if _is_locked(archive):
            raise locked()
        content = read_xml(archive, "content.xml")
        reader = _Reader(Styles(find_xml(archive, "styles.xml"), content))
        body = next(node for node in content.iter() if local(node) == "text" and local(node.getparent()) == "body")
        blocks: list[Block] = []
        reader.read_into(body, blocks)
    return Extract(tuple(blocks), title=reader.title, notices=tuple(left_out(reader.counts)))


def _is_locked(archive: zipfile.ZipFile) -> bool:
    manifest = find_xml(archive, "META-INF/manifest.xml")
    return manifest is not None and any(local(node) == "encryption-data" for node in manifest.iter())


FORMAT = IsolatedFormat(("ODT", "ODT"), (".odt",), _extract)
