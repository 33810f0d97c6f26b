"""Word files (.docx, .docm): headings, numbers that Word makes, tables, notes and text boxes, in reading order."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from bot.documents.formats.counting import NO_LABEL, Label, labelled
from bot.documents.formats.extract import Block, Extract, IsolatedFormat, Options
from bot.documents.formats.office_xml import W, find_xml, is_on, local, number_of, read_xml, value_of
from bot.documents.formats.prose import (
    BREAK,
    NOTES,
    Cell,
    drop_contents_title,
    heading_level,
    joined,
    left_out,
    lines_of,
    note_block,
    table,
)
from bot.documents.formats.word_numbering import Numbering
from bot.documents.formats.word_runs import Inline, Runs, children
from bot.documents.formats.word_styles import Style, Styles, outline_level
from bot.documents.formats.zipped import open_zip
from bot.pages import Notice

_CONTAINERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "txbxContent"})
_WORDS = re.compile(r"[^\W\d_]{2}")


class _Package:
    """The parts of a file that matter, found by what refers to them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._main = _related(archive, "", "/").get("officeDocument", ["word/document.xml"])[0]
        self._core = _related(archive, "", "/").get("core-properties", [""])[0]
        self._parts = _related(archive, self._main, str(PurePosixPath(self._main).parent))
        self.body = read_xml(archive, self._main).find(f"{W}body")
        if self.body is None:
            raise ValueError("no text document")

    def roots(self, kind: str) -> list[Any]:
        """Return the roots of the parts of a kind, such as "styles" or "header"."""
        found = (find_xml(self._archive, name) for name in self._parts.get(kind, ()))
        return [root for root in found if root is not None]

    def core_title(self) -> str:
        """Return the title among the file's properties."""
        root = find_xml(self._archive, self._core)
        return next((node.text or "" for node in (root if root is not None else ()) if local(node) == "title"), "")

    def root(self, kind: str) -> Any:
        """Return the root of the part of a kind, None where there is none."""
        return next(iter(self.roots(kind)), None)


def _related(archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, list[str]]:
    """Return the names of the parts that a part refers to, by kind; parts outside the file are left out."""
    path = PurePosixPath(part)
    root = find_xml(archive, f"{path.parent}/_rels/{path.name}.rels" if part else "_rels/.rels")
    found: dict[str, list[str]] = {}
    for node in () if root is None else root:
        target = node.get("Target", "")
        if node.get("TargetMode") != "External" and target:
            name = target if target.startswith("/") else f"{folder}/{target}"
            found.setdefault(node.get("Type", "").rpartition("/")[2], []).append(_plain_path(name))
    return found


def _plain_path(name: str) -> str:
    parts: list[str] = []
    for part in name.split("/"):
        if part == "..":
            parts[-1:] = []
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


class _Reader:
    """Reads a document's paragraphs and tables in order; counters and fields go on from one to the next."""

    def __init__(self, package: _Package) -> None:
        self.title = ""
        self._titled = False  # Whether the last paragraph was of the title, which may be several.
        self._styles = Styles(package.root("styles"))
        self._numbering = Numbering(package.root("numbering"))
        self.runs = Runs(self._styles)
        self._notes = {
            (kind, node.get(f"{W}id", "")): node
            for kind in NOTES
            for root in package.roots(f"{kind}s")
            for node in root.iter(f"{W}{kind}")
        }
        self._noted = dict.fromkeys(NOTES, 0)
        self._carried: Inline | None = None

    def read_into(self, container: Any, out: list[Block], aside: list[Block] | None = None) -> None:
        """Add what stands in a container; ``aside`` takes what would break it, in a cell of a table."""
        for child in children(container):
            name = local(child)
            if name == "p":
                blocks, beside = self._paragraph(child)
                out.extend(blocks)
                (out if aside is None else aside).extend(beside)
            elif name == "tbl":
                self._table(child, out if aside is None else aside)
            elif name == "sdt" and _is_contents(child):
                self.runs.counts["contents"] += 1
            elif name in _CONTAINERS:
                self.read_into(child, out, aside)
            elif name in ("altChunk", "subDoc"):
                self.runs.counts["parts"] += 1

    def _paragraph(self, node: Any) -> tuple[list[Block], list[Block]]:
        properties = node.find(f"{W}pPr")
        style = self._styles.of(properties)
        own_level = outline_level(properties)
        level = style.level if own_level is None else own_level
        mark = None if properties is None else properties.find(f"{W}rPr")
        before, self._carried = self._carried, None
        inline = self.runs.read(node, hidden=style.hidden, heading=level > 0)
        if before is not None:
            inline = Inline(before.text + inline.text, before.notes + inline.notes, before.boxes + inline.boxes)
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self._carried = inline  # the paragraph goes on in the next once the deletion of its mark is accepted
            return [], []
        text = "".join(inline.text)
        if style.is_contents and not level:
            self.runs.counts["contents"] += 1
            return [], []
        label = NO_LABEL if is_on(mark, "vanish") and not text else self._label(properties, style)
        blocks = self._lines(text, label, level)
        if blocks:
            if style.is_title and (self._titled or not self.title):
                self.title = joined([self.title, *(block.text for block in blocks)])
            self._titled = style.is_title
        return blocks, self._beside(inline, text)

    def _lines(self, text: str, label: Label, level: int) -> list[Block]:
        lines = lines_of(text.split(BREAK), whole=level > 0)
        if not lines:
            return []
        lines[0] = labelled(label, lines[0])
        return [Block(line, heading_level(line, level)) for line in lines]

    def _label(self, properties: Any, style: Style) -> Label:
        numbered = None if properties is None else properties.find(f"{W}numPr")
        list_id, at = value_of(numbered, "numId"), number_of(numbered, "ilvl")
        if list_id is None:
            list_id = style.list_id
            linked = self._numbering.level_of_style(list_id, style.linked)
            at = at if at is not None else linked if linked is not None else style.at
        return self._numbering.next(list_id, at or 0)

    def _beside(self, inline: Inline, text: str) -> list[Block]:
        """Return the notes of a paragraph and what stands in its text boxes."""
        out: list[Block] = []
        for kind, identity in inline.notes:
            node = self._notes.pop((kind, identity), None)
            if node is not None:
                self._noted[kind] += 1
                inside: list[Block] = []
                self.read_into(node, inside)
                out.extend(note_block(kind, self._noted[kind], inside, text))
        for box in inline.boxes:
            self.read_into(box, out)
        return out

    def _table(self, node: Any, out: list[Block]) -> None:
        rows: list[list[Cell]] = []
        aside: list[Block] = []
        for line in _found(node, "tr"):
            properties = line.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.runs.counts["changes"] += 1
                continue
            cells = [Cell(columns=number_of(properties, "gridBefore") or 0)]
            cells += [self._cell(cell, aside) for cell in _found(line, "tc")]
            cells.append(Cell(columns=number_of(properties, "gridAfter") or 0))
            rows.append([cell for cell in cells if cell.columns > 0])
        out.extend(table(rows))
        out.extend(aside)

    def _cell(self, node: Any, aside: list[Block]) -> Cell:
        properties = node.find(f"{W}tcPr")
        inside: list[Block] = []
        self.read_into(node, inside, aside)
        merged = value_of(properties, "vMerge")
        return Cell(
            blocks=tuple(block for block in inside if block.text),
            columns=max(1, number_of(properties, "gridSpan") or 1),
            goes_on=merged is not None and merged != "restart",
        )


def _found(node: Any, name: str) -> list[Any]:
    """Return the rows of a table or the cells of a row, those in content controls too."""
    found = []
    for child in children(node):
        if local(child) == name:
            found.append(child)
        elif local(child) in _CONTAINERS:
            found.extend(_found(child, name))
    return found


def _is_contents(node: Any) -> bool:
    gallery = next(node.iter(f"{W}docPartGallery"), None)
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _core_title(package: _Package, blocks: Sequence[Block]) -> str:
    """Return the title among the file's properties where the text begins with it: templates leave others there."""
    said = "".join(package.core_title().split())
    for count in range(1, 5):
        lines = [block.text for block in blocks if block.text][:count]
        if said and "".join("".join(lines).split()) == said:
            return joined(lines)
    return ""


def _notices(package: _Package, counts: Counter[str]) -> Iterator[Notice]:
    counts["comments"] = sum(1 for root in package.roots("comments") for _ in root.iter(f"{W}comment"))
    margins = [root for kind in ("header", "footer") for root in package.roots(kind)]
    counts["margins"] = any(_WORDS.search(node.text or "") for root in margins for node in root.iter(f"{W}t"))
    return left_out(counts)


def _extract(data: bytes, options: Options) -> Extract:
    if not data.startswith(b"PK"):  # an older or a locked file under the newer name
        from bot.documents.formats import converted  # here: it reads files like this one

        return converted.FORMAT.extract(data, options)
    with open_zip(data) as archive:
        package = _Package(archive)
        reader = _Reader(package)
        blocks: list[Block] = []
        reader.read_into(package.body, blocks)
        if reader.runs.counts["contents"]:
            blocks = drop_contents_title(blocks)
        return Extract(
            tuple(blocks),
            title=reader.title or _core_title(package, blocks),
            notices=tuple(_notices(package, reader.runs.counts)),
        )


FORMAT = IsolatedFormat(("Word", "Word"), (".docx", ".docm"), _extract)
