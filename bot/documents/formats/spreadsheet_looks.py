"""How the cells of an Excel file look: number formats, what is hidden, formulas that nobody has calculated."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from posixpath import join, normpath
from typing import Any

from bot.documents.formats.cell_texts import BUILT_IN, GENERAL
from bot.documents.formats.office_xml import parse_xml
from bot.documents.formats.zipped import read_entry

MOST_SHEETS = 500
_CELL = re.compile(r"([A-Z]{1,3})[0-9]{1,7}$")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class Looks:
    """What is known of a sheet besides its values, rows and columns counted from 0.

    ``codes`` are the number formats of cells that have another than "General"; ``hidden`` counts rows and columns that
    are not shown, ``unsolved`` formulas without a result, ``wrong`` cells that show an error. ``rows`` and ``columns``
    are how far cells with something in them reach.
    """

    codes: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: int = 0
    unsolved: int = 0
    wrong: int = 0
    rows: int = 0
    columns: int = 0


def read_xlsx(archive: zipfile.ZipFile) -> dict[str, Looks]:
    """Return the looks of an .xlsx file's sheets by their names."""
    book = parse_xml(read_entry(archive, "xl/workbook.xml"))
    relations = parse_xml(read_entry(archive, "xl/_rels/workbook.xml.rels"))
    targets = {node.get("Id"): node.get("Target", "") for node in relations.iter("{*}Relationship")}
    codes = _codes(archive)
    names = set(archive.namelist())
    sheets: dict[str, Looks] = {}
    for node in islice(book.iter("{*}sheet"), MOST_SHEETS):
        target = targets.get(node.get(_RELATION) or node.get(_STRICT_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if part in names and "worksheets" in part:
            sheets[node.get("name", "")] = _looks(read_entry(archive, part), codes)
    return sheets


def read_xls(data: bytes) -> dict[str, Looks]:
    """Return the looks of an .xls file's sheets by their names."""
    import xlrd  # here: who asks and adds nothing need not wait for it

    book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    sheets: dict[str, Looks] = {}
    for sheet in book.sheets():
        found = sheets[sheet.name] = Looks(rows=sheet.nrows, columns=sheet.ncols)
        found.hidden = sum(bool(row.hidden) for row in sheet.rowinfo_map.values())
        found.hidden += sum(bool(column.hidden) for column in sheet.colinfo_map.values())
        for at in range(sheet.nrows):
            for column, kind in enumerate(sheet.row_types(at)):
                if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                    key = book.xf_list[sheet.cell_xf_index(at, column)].format_key
                    # What Excel writes of its own accord differs by country; the number says which format is meant.
                    code = BUILT_IN.get(key) or book.format_map[key].format_str
                    if code != GENERAL:
                        found.codes[at, column] = code
                elif kind == xlrd.XL_CELL_ERROR:
                    found.wrong += 1
    return sheets


def _codes(archive: zipfile.ZipFile) -> list[str]:
    """Return the number format of each style of cells."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = parse_xml(read_entry(archive, "xl/styles.xml"))
    own = {node.get("numFmtId"): node.get("formatCode", GENERAL) for node in root.iter("{*}numFmt")}
    styles = root.find("{*}cellXfs")
    ids = [] if styles is None else [node.get("numFmtId", "0") for node in styles]
    return [own.get(key) or BUILT_IN.get(int(key) if key.isdecimal() else 0, GENERAL) for key in ids]


def _looks(data: bytes, codes: list[str]) -> Looks:
    from lxml import etree  # here: who asks and adds nothing need not wait for it

    looks = Looks()
    styles = {str(number): code for number, code in enumerate(codes) if code != GENERAL}
    at = 0
    events = etree.iterparse(
        io.BytesIO(data), tag=("{*}row", "{*}col"),
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
    )  # fmt: skip
    for _, node in events:
        looks.hidden += node.get("hidden") in ("1", "true")
        if node.tag.endswith("}row"):
            number = node.get("r", "")
            at = int(number) if number.isdecimal() else at + 1
            _note_row(looks, node, at - 1, styles)
        node.clear()
        while node.getprevious() is not None:
            del node.getparent()[0]
    return looks


def _note_row(looks: Looks, row: Any, at: int, styles: dict[str, str]) -> None:
    cells = row.findall("{*}c")
    last = -1
    for column, cell in enumerate(cells):
        code = styles.get(cell.get("s"))
        if code is not None and cell.get("t") in (None, "n", "d"):
            looks.codes[at, _column(cell, column)] = code
        if len(cell):
            last = column
    if last >= 0:
        looks.rows, looks.columns = at + 1, max(looks.columns, _column(cells[last], last) + 1)
    for formula in row.iterfind("{*}c/{*}f"):
        cell = formula.getparent()
        looks.unsolved += not cell.findtext("{*}v") and cell.get("t") != "str"
        looks.wrong += cell.get("t") == "e"


def _column(cell: Any, position: int) -> int:
    """Return the column of a cell, counted from 0; that of its ``position`` in the row where it does not say."""
    place = _CELL.match(cell.get("r", ""))
    if place is None:
        return position
    number = 0
    for letter in place[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1
