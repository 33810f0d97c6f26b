"""Spreadsheets of LibreOffice (.ods): each cell's text as it is shown stands in the file itself."""

import zipfile
from collections.abc import Iterator
from typing import Any

from bot.documents.formats.office_xml import parse_xml
from bot.documents.formats.regions import Grid, Merged
from bot.documents.formats.zipped import read_entry

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WIDEST = 16_384
_MOST_REPEATED = 1_000
"""A filled row that is repeated more often is no content."""


def read_ods(archive: zipfile.ZipFile, most_rows: int) -> list[Grid]:
    """Return the sheets of an .ods file, each up to ``most_rows`` rows."""
    root = parse_xml(read_entry(archive, "content.xml"))
    unseen = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(node.get(f"{_TABLE}display") == "false" for node in style)
    }
    sheets = root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    return [_grid(sheet, sheet.get(f"{_TABLE}style-name") in unseen, most_rows) for sheet in sheets]


def _grid(sheet: Any, unseen: bool, most_rows: int) -> Grid:
    rows: list[list[str]] = []
    merged: list[Merged] = []
    empty = hidden = 0
    cut = False
    for node in sheet.iter(f"{_TABLE}table-row"):
        times = _count(node, "number-rows-repeated")
        texts = list(_cells(node, len(rows) + empty, merged))
        if not texts:
            empty += times
            continue
        cut = len(rows) + empty + 1 > most_rows
        if cut:
            break
        hidden += node.get(f"{_TABLE}visibility", "visible") != "visible"
        rows.extend([] for _ in range(empty))
        rows.extend(list(texts) for _ in range(min(times, _MOST_REPEATED, most_rows - len(rows))))
        empty = max(0, times - _MOST_REPEATED) and 1
    return Grid(sheet.get(f"{_TABLE}name", ""), rows, tuple(merged), unseen, hidden=hidden, cut=cut)


def _cells(row: Any, at: int, merged: list[Merged]) -> Iterator[str]:
    """Yield the texts of a row's cells up to its last one that has text; note those that are merged."""
    column = empty = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = min(_count(cell, "number-columns-repeated"), _WIDEST - column)
        covered = cell.tag.endswith("}covered-table-cell")
        text = "" if covered else "\n".join(map(_text, cell.iterchildren(f"{_TEXT}p")))
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down * right > 1 and not covered:
            merged.append((at, column, at + down - 1, column + right - 1))
        if text:
            yield from [""] * empty
            yield from [text] * times
            empty = 0
        else:
            empty += times
        column += times


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph; spaces, tabs and line breaks are elements of their own."""
    parts = [paragraph.text or ""]
    for node in paragraph:
        kind = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        parts.append(" " if kind in ("s", "tab", "line-break") else "" if kind == "annotation" else _text(node))
        parts.append(node.tail or "")
    return "".join(parts)


def _count(node: Any, name: str) -> int:
    value = node.get(f"{_TABLE}{name}", "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1
