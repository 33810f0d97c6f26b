"""Spreadsheets: .xlsx and its kin, .xls, .ods; a heading a sheet, a paragraph a row, its table's header in front."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.formats.cell_texts import GENERAL, shown
from bot.documents.formats.extract import Block, Extract, IsolatedFormat, Options
from bot.documents.formats.grids import blocks
from bot.documents.formats.office_zip import count_pictures, open_office
from bot.documents.formats.opendocument_sheets import read_ods
from bot.documents.formats.regions import Grid
from bot.documents.formats.spreadsheet_looks import MOST_SHEETS, Looks, read_xls, read_xlsx
from bot.pages import Notice
from bot.types import DocumentError

MOST_ROWS = 50_000
"""Rows that are read of a sheet."""
_MOST_CELLS = 3_000_000
"""Cells between the first and the last one of a sheet, empty ones counted: the library keeps them all."""
_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|表|表格)\s?\d*", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0"
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class _Book:
    """The ``sheets`` that were read, the names of those that were ``left_out``, and what is told of all together."""

    sheets: list[Grid]
    left_out: tuple[str, ...] = ()
    looks: tuple[Looks, ...] = ()
    formats_known: bool = True
    pictures: int = 0


def _extract(data: bytes, options: Options) -> Extract:
    book = _read(data)
    filled = [(sheet, list(blocks(sheet))) for sheet in book.sheets]
    filled = [(sheet, found) for sheet, found in filled if found]
    out: list[Block] = []
    for sheet, found in filled:
        if len(filled) > 1 or not _DEFAULT_NAME.fullmatch(sheet.name):
            out.append(Block(sheet.name, level=1))
        out.extend(found)
    return Extract(tuple(out), title=_title(filled), notices=tuple(_notices(book)))


def _title(filled: Sequence[tuple[Grid, list[Block]]]) -> str:
    """Return the line above the table of the only sheet; empty where there are several sheets, or no such line."""
    if len(filled) != 1:
        return ""
    first = filled[0][1][0]
    return first.text if not first.row and len(first.text) <= _LONGEST_TITLE else ""


def _read(data: bytes) -> _Book:
    if data.startswith(_OLE):
        return _old_book(data)
    with open_office(data) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            _refuse_encrypted(archive)
            return _Book(read_ods(archive, MOST_ROWS), pictures=count_pictures(archive))
        looks = read_xlsx(archive) if "xl/workbook.xml" in names else {}
        return _with_values(data, looks, bool(looks), count_pictures(archive))


def _old_book(data: bytes) -> _Book:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _locked()
    try:
        looks = read_xls(data)
    except Exception:  # a library of another maker: what it does not understand, the first may read all the same
        return _with_values(data, {}, False, 0)
    return _with_values(data, looks, True, 0)


def _with_values(data: bytes, looks: dict[str, Looks], known: bool, pictures: int) -> _Book:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise _locked() from error
    sheets: list[Grid] = []
    left_out: list[str] = []
    kept = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    for at, about in enumerate(kept):
        look = looks.get(about.name, Looks())
        if at >= MOST_SHEETS or look.rows * look.columns > _MOST_CELLS:
            left_out.append(about.name)
            continue
        unseen = about.visible != SheetVisibleEnum.Visible
        sheets.append(_grid(book.get_sheet_by_name(about.name), look, unseen))
    return _Book(sheets, tuple(left_out), tuple(looks.values()), known, pictures)


def _grid(sheet: object, look: Looks, unseen: bool) -> Grid:
    from python_calamine import CalamineSheet

    assert isinstance(sheet, CalamineSheet)
    rows = [
        [shown(value, look.codes.get((at, column), GENERAL)) for column, value in enumerate(values)]
        for at, values in enumerate(sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS))
    ]
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Grid(sheet.name, rows, merged, unseen, look.hidden, sheet.total_height > MOST_ROWS)


def _refuse_encrypted(archive: zipfile.ZipFile) -> None:
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise _locked()


def _locked() -> DocumentError:
    return DocumentError(
        "{source}: is locked with a password; open it, save it without one and add that.",
        "{source}：已加密；请打开后另存为不加密的文件，再重新添加。",
    )


def _notices(book: _Book) -> list[Notice]:
    unseen = [sheet.name for sheet in book.sheets if sheet.unseen]
    cut = [sheet.name for sheet in book.sheets if sheet.cut]
    hidden = sum(sheet.hidden for sheet in book.sheets)
    unsolved, wrong = sum(look.unsolved for look in book.looks), sum(look.wrong for look in book.looks)
    said = [
        (unseen, f"Hidden sheets were read as well: {_names(unseen)}.", f"隐藏的工作表也已读取：{_names(unseen)}。"),
        (hidden, f"{hidden} hidden rows or columns were read as well.", f"隐藏的 {hidden} 行（列）也已读取。"),
        (
            cut,
            f"Of {_names(cut)} the first {MOST_ROWS:,} rows were read.",
            f"{_names(cut)} 只读取了前 {MOST_ROWS:,} 行。",
        ),
        (
            book.left_out,
            f"Too large to be read, left out: {_names(book.left_out)}.",
            f"过大而未读取的工作表：{_names(book.left_out)}。",
        ),
        (
            unsolved,
            f"{unsolved} formulas without a stored result were left out; open and save the file in Excel, add again.",
            f"{unsolved} 个公式没有保存结果，已略过；请用 Excel 打开、保存后重新添加。",
        ),
        (wrong, f"{wrong} cells show an error (#DIV/0! and the like).", f"{wrong} 个单元格显示错误值（如 #DIV/0!）。"),
        (book.pictures, f"{book.pictures} pictures or charts were left out.", f"略过 {book.pictures} 个图片或图表。"),
        (
            not book.formats_known,
            "Numbers are given as stored: their formats (%, currency) could not be read.",
            "数字按存储值给出：无法读取其格式（百分比、货币等）。",
        ),
    ]
    return [Notice(en, zh) for holds, en, zh in said if holds]


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:5]) + ("…" if len(names) > 5 else "")


FORMAT = IsolatedFormat(("电子表格", "spreadsheet"), (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"), _extract)
