"""Hostile files for the tests: what is small and unpacks to much, nests deeply, refers to itself, declares too much."""

import io
import struct
import zipfile
from collections.abc import Iterator

import xlsxwriter

from tests.presentations import report
from tests.workbooks import budget

_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="x">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">{}]>'.format(
    "".join(f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 12))
)
_QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50_000}">]>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield the names and the bytes of hostile files; a name says what is wrong."""
    yield from _zips()
    yield from _entities()
    yield from _workbooks()
    yield from _opendocument()
    yield from _slides()
    yield from _texts()
    yield "cyclic sectors.xls", _cyclic_xls()


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip file of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _changed(data: bytes, **parts: str | bytes) -> bytes:
    """Return an office file with parts of it replaced; ``__`` in their names stands for ``/``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    new = {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}
    return packed({**old, **new})


def _saved(made: object) -> bytes:
    out = io.BytesIO()
    made.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def _book(part: str, data: str | bytes) -> bytes:
    return _changed(_saved(budget()), **{part: data})


def _sheet(rows: str, after: str = "", before: str = "") -> str:
    return f"<worksheet {_MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def _zips() -> Iterator[tuple[str, bytes]]:
    yield "zeros.zip", packed({"a.txt": bytes(50_000_000)})
    yield "entries.zip", packed({f"{n}.txt": b"x" for n in range(6_000)})
    inner = packed({"a.txt": b"x" * 900_000})
    for _ in range(6):
        inner = packed({f"{n}.zip": inner for n in range(3)})
    yield "nested.zip", inner
    # Each file is less than a megabyte, so no ratio is looked at; together they are much.
    yield "many megabytes.zip", packed({f"{n}.txt": bytes(999_999) for n in range(400)})
    honest = packed({"a.txt": b"x" * 30_000_000})
    yield "lying.zip", honest.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 1_000))
    yield "lying.xlsx", _lying(_book(_SHEET, _sheet("<row><c><v>1</v></c></row>" * 800_000)))
    yield "overlapping.zip", _overlapping()


def _lying(data: bytes) -> bytes:
    """Return a zip file whose largest entry declares a hundredth of what it holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = max(entry.file_size for entry in archive.infolist())
    return data.replace(struct.pack("<L", size), struct.pack("<L", size // 100))


def _overlapping() -> bytes:
    """Return a zip file whose entries are all the same bytes."""
    data = packed({"0.txt": b"text " * 190_000})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    directory = b"".join(entry.replace(b"0.txt", f"{n % 10}.txt".encode()) for n in range(300))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 300, 300, len(directory), start, 0)
    return data[:start] + directory + tail


def _entities() -> Iterator[tuple[str, bytes]]:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    for name, entities, times in (("laughs", _LAUGHS, 1), ("quadratic", _QUADRATIC, 50_000), ("outside", _OUTSIDE, 1)):
        used = "&l;" if name == "laughs" else "&a;"
        yield f"{name}.xlsx", _book(_SHEET, entities + _sheet(cell.format(used * times)))
        strings = f"<sst {_MAIN}><si><t>{used * times}</t></si></sst>"
        yield f"{name} in strings.xlsx", _book(_STRINGS, entities + strings)
        yield f"{name}.ods", packed({"content.xml": (entities + _ODS.format(f"<text:p>{used}</text:p>")).encode()})
        slide = f'<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">{used}</p:sld>'
        yield f"{name}.pptx", _changed(_saved(report()), **{"ppt/slides/slide1.xml": entities + slide})
    wide = '<?xml version="1.0" encoding="UTF-16"?>' + _LAUGHS + _sheet(cell.format("&l;"))
    yield "wide laughs.xlsx", _book(_SHEET, wide.encode("utf-16"))


def _workbooks() -> Iterator[tuple[str, bytes]]:
    deep = 70_000
    yield "deep sheet.xlsx", _book(_SHEET, _sheet("<row>" * deep + "</row>" * deep))
    yield "deep strings.xlsx", _book(_STRINGS, f"<sst {_MAIN}><si>" + "<r>" * deep + "</r>" * deep + "</si></sst>")
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(15_000))
    book = f'<workbook {_MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{{}}</workbook>'
    yield "sheets.xlsx", _book("xl/workbook.xml", book.format(f"<sheets>{sheets}</sheets>"))
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 16_000))
    strings = f"<sst {_MAIN}><si><t>{'很长的文字' * 6_000}</t></si></sst>"
    yield "strings.xlsx", _changed(_saved(budget()), **{_SHEET: _sheet(cells), _STRINGS: strings})
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    corner = corners.partition("</row>")[0] + "</row>"
    yield "corners.xlsx", _book(_SHEET, _sheet(corners))
    # What a sheet declares of its size is worth nothing.
    yield "declared.xlsx", _book(_SHEET, _sheet(corner, before='<dimension ref="A1:XFD1048576"/>'))
    merges = "".join(f'<mergeCell ref="A{n % 900 + 1}:XFD1048576"/>' for n in range(50_000))
    yield "merges.xlsx", _book(_SHEET, _sheet(corner, f"<mergeCells>{merges}</mergeCells>"))
    many = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 900))
    yield "merges of rows.xlsx", _book(_SHEET, _sheet(many, f"<mergeCells>{merges}</mergeCells>"))
    with zipfile.ZipFile(io.BytesIO(_saved(budget()))) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    yield "cycle.xlsx", _book("xl/_rels/workbook.xml.rels", relations.replace("worksheets/sheet1.xml", "workbook.xml"))
    yield (
        "outside.xlsx",
        _book("xl/_rels/workbook.xml.rels", relations.replace("/xl/worksheets/sheet1.xml", "../../../../etc/passwd")),
    )
    for name, row in (
        ("row number", '<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c></row>'),
        ("column name", '<row r="1"><c r="ZZZZZZZZZ1"><v>1</v></c></row>'),
        ("style number", '<row r="1"><c r="A1" s="4294967295"><v>1</v></c></row>'),
        ("string number", '<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>'),
        ("number", f'<row r="1"><c r="A1"><v>{"9" * 500_000}</v></c></row>'),
    ):
        yield f"{name}.xlsx", _book(_SHEET, _sheet(row))
    code = '"' * 9 + "#,##0.0[" * 100_000
    styles = f'<styleSheet {_MAIN}><numFmts><numFmt numFmtId="200" formatCode="{code.replace(chr(34), "&quot;")}"/>'
    styles += '</numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    yield (
        "format.xlsx",
        _changed(
            _saved(budget()),
            **{"xl/styles.xml": styles, _SHEET: _sheet('<row r="1"><c r="A1" s="0"><v>1</v></c></row>')},
        ),
    )
    out = io.BytesIO()
    wide = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = wide.add_worksheet()
    for at in range(8):
        sheet.write_row(at, 0, [at] * 16_384)
    wide.close()
    yield "wide.xlsx", out.getvalue()


def _opendocument() -> Iterator[tuple[str, bytes]]:
    cell = "<table:table-cell{}><text:p>x</text:p></table:table-cell>"
    lots = ' table:number-columns-repeated="999999999"'
    rows = '<table:table-row table:number-rows-repeated="999999999">{}</table:table-row>'
    spanned = ' table:number-columns-spanned="99999999" table:number-rows-spanned="99999999"'
    for name, row in (
        ("repeated", rows.format(cell.format(lots)) * 40),
        ("repeated digits", rows.replace("999999999", "9" * 99).format(cell.format(lots.replace("999", "9" * 99)))),
        (
            "spanned",
            "<table:table-row>" + cell.format(spanned) * 5_000 + "</table:table-row>" + rows.format(cell.format("")),
        ),
        ("deep", "<table:table-row-group>" * 18_000 + "</table:table-row-group>" * 18_000),
        (
            "deep text",
            "<table:table-row><table:table-cell><text:p>"
            + "<text:span>" * 240
            + "x"
            + "</text:span>" * 240
            + "</text:p></table:table-cell></table:table-row>",
        ),
    ):
        yield f"{name}.ods", packed({"content.xml": _ODS.format(row).encode(), "META-INF/manifest.xml": b"<m/>"})


def _slides() -> Iterator[tuple[str, bytes]]:
    data = _saved(report())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        slide = archive.read("ppt/slides/slide2.xml").decode()
        table = archive.read("ppt/slides/slide3.xml").decode()
        notes = archive.read("ppt/notesSlides/_rels/notesSlide1.xml.rels").decode()
        book = archive.read("ppt/presentation.xml").decode()
    head, _, tail = slide.partition("<p:grpSp>")
    for name, times in (("groups", 30), ("deep groups", 6_000)):
        nested = "<p:grpSp><p:nvGrpSpPr><p:cNvPr id='9' name='g'/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
        whole = head + nested * times + "</p:grpSp>" * times + tail.partition("</p:grpSp>")[2]
        yield f"{name}.pptx", _changed(data, **{"ppt/slides/slide2.xml": whole})
    spans = table.replace('rowSpan="2"', 'rowSpan="2000000000" gridSpan="2000000000"')
    yield "spans.pptx", _changed(data, **{"ppt/slides/slide3.xml": spans})
    cycle = notes.replace("../slides/slide1.xml", "../notesSlides/notesSlide1.xml")
    yield "cycle.pptx", _changed(data, **{"ppt/notesSlides/_rels/notesSlide1.xml.rels": cycle})
    first = book[book.index("<p:sldId ") : book.index("/>", book.index("<p:sldId ")) + 2]
    yield "same slide.pptx", _changed(data, **{"ppt/presentation.xml": book.replace(first, first * 6_000)})


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "quotes.csv", b'"' * 1_000_001
    yield "open quotes.csv", b'a,"b\n' * 20_000
    yield "columns.csv", b"," * 1_000_000 + b"x\n1,2\n"
    yield "cell.csv", b"a,b\n1," + b"x" * 3_000_000
    yield "lines.tsv", b"a\tb\n" * 30_000


def _cyclic_xls() -> bytes:
    """Return a compound file whose sectors lead to one another."""
    head = bytearray(512)
    head[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<LLLLLLLLL", head, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    table = struct.pack("<L", 1) + struct.pack("<L", 1) + struct.pack("<126L", *[1] * 126)
    return bytes(head) + table * 40
