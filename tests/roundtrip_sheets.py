"""Texts and tables written as spreadsheets and slides, and read back.

    python -m tests.roundtrip_sheets CORPUS.jsonl [soffice]

The first 30 texts of a corpus in BEIR's layout become slides (each heading a slide's title) and sheets (a line a row);
30 tables of random words, amounts, shares and dates are written by three libraries, and with ``soffice`` by LibreOffice
as .xls and .ods too (10 of them). Prints the share of characters in order (rapidfuzz), of paragraphs, headings and rows
that come back exactly.
"""

import csv
import datetime
import io
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook
from pptx import Presentation
from rapidfuzz.distance import LCSseq

from bot.documents.parser import parse
from bot.types import Document

_TEXTS = _TABLES = 30
_BY_OFFICE = 10
_WORDS = "城区街道项目预算设备水务局负责人合同采购办公防汛电话"
_FORMATS = ("General", '"¥"#,##0.00', "0.0%", 'yyyy"年"m"月"d"日"')

Line = tuple[str, bool]
"""A paragraph, and whether it is a heading."""
Cell = tuple[object, str, str]
"""A value, its number format, and the text that it shows."""


def lines_of(document: Document) -> list[Line]:
    """Return the paragraphs of a document."""
    return [(document.text[p.start : p.end], p.level > 0) for p in document.paragraphs]


def as_slides(lines: Sequence[Line]) -> bytes:
    """Write a slide for each heading, the text below it into its body."""
    book = Presentation()
    body = None
    for text, heading in lines:
        if heading or body is None:
            slide = book.slides.add_slide(book.slide_layouts[1])
            body = slide.placeholders[1].text_frame
            if heading:
                slide.shapes.title.text_frame.text = text
                continue
        frame = body.paragraphs[0] if not body.text else body.add_paragraph()
        frame.text = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_sheet(lines: Sequence[Line]) -> bytes:
    """Write a sheet with a line a row."""
    return by_openpyxl([[(text, "General", text)] for text, _ in lines])


def by_openpyxl(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Write a table with openpyxl."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for at, cells in enumerate(rows, 1):
        for column, (value, code, _) in enumerate(cells, 1):
            cell = sheet.cell(at, column, value)  # type: ignore[arg-type]
            cell.number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Write a table with XlsxWriter."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        codes = {code: book.add_format({"num_format": code}) for code in _FORMATS}
        for at, cells in enumerate(rows):
            for column, (value, code, _) in enumerate(cells):
                write = sheet.write_datetime if isinstance(value, datetime.date) else sheet.write
                write(at, column, value, codes[code])
    return out.getvalue()


def by_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Write what a table shows as a .csv file in the encoding of a Chinese Excel."""
    out = io.StringIO()
    csv.writer(out).writerows([shown for _, _, shown in cells] for cells in rows)
    return out.getvalue().encode("gb18030")


def by_libreoffice(suffix: str) -> Callable[[Sequence[Sequence[Cell]]], bytes]:
    """Return a writer that has LibreOffice turn an .xlsx file into another kind."""

    def write(rows: Sequence[Sequence[Cell]]) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.xlsx").write_bytes(by_openpyxl(rows))
            command = ["soffice", "--headless", "--convert-to", suffix, "--outdir", folder, f"{folder}/a.xlsx"]
            subprocess.run(command, check=True, capture_output=True)
            return (Path(folder) / f"a.{suffix}").read_bytes()

    return write


def table(rng: random.Random) -> list[list[Cell]]:
    """Return a table of names, amounts, shares and dates under a header."""
    kinds = [rng.randrange(4) for _ in range(rng.randint(2, 7))]
    header: list[Cell] = [(name, "General", name) for name in (f"{_word(rng)}{n}" for n in range(len(kinds)))]
    return [header, *([_cell(rng, kind) for kind in (0, *kinds[1:])] for _ in range(rng.randint(2, 40)))]


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(_WORDS, k=rng.randint(2, 6)))


def _cell(rng: random.Random, kind: int) -> Cell:
    if kind == 1:
        cents = rng.randrange(10**7)
        return cents / 100, _FORMATS[1], f"¥{cents / 100:,.2f}"
    if kind == 2:
        share = rng.randrange(1000)
        return share / 1000, _FORMATS[2], f"{share / 10:.1f}%"
    if kind == 3:
        day = datetime.date(2000, 1, 1) + datetime.timedelta(days=rng.randrange(9000))
        return day, _FORMATS[3], f"{day.year}年{day.month}月{day.day}日"
    word = _word(rng)
    return word, "General", word


def main() -> None:
    """Print the figures."""
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for _, line in zip(range(_TEXTS), file, strict=False)]
    originals = [lines_of(parse("a.txt", text.encode())) for text in texts]
    for name, write, suffix in (("slides", as_slides, "pptx"), ("sheets", as_sheet, "xlsx")):
        found = [lines_of(parse(f"a.{suffix}", write(lines))) for lines in originals]
        _report(name, originals, found, headings=suffix == "pptx")
    writers = {"openpyxl.xlsx": by_openpyxl, "xlsxwriter.xlsx": by_xlsxwriter, "gb18030.csv": by_csv}
    if sys.argv[2:] == ["soffice"]:
        writers |= {"libreoffice.xls": by_libreoffice("xls"), "libreoffice.ods": by_libreoffice("ods")}
    for name, write_table in writers.items():
        rng = random.Random(1)
        tables = [table(rng) for _ in range(_BY_OFFICE if "libreoffice" in name else _TABLES)]
        expected = [[(" | ".join(shown for _, _, shown in cells), False) for cells in rows] for rows in tables]
        _report(name, expected, [lines_of(parse(name, write_table(rows))) for rows in tables], headings=False)


def _report(name: str, expected: Sequence[list[Line]], found: Sequence[list[Line]], headings: bool) -> None:
    whole = sum(len("\n".join(text for text, _ in lines)) for lines in expected)
    same = sum(
        LCSseq.similarity("\n".join(t for t, _ in lines), "\n".join(t for t, _ in read))
        for lines, read in zip(expected, found, strict=True)
    )
    shares = [f"characters {same / whole:.2%}", f"paragraphs {_kept(expected, found, lambda line: True):.2%}"]
    if headings:
        shares.append(f"headings {_kept(expected, found, lambda line: line[1]):.2%}")
    print(f"{name:18}{'  '.join(shares)}")  # noqa: T201


def _kept(expected: Sequence[list[Line]], found: Sequence[list[Line]], holds: Callable[[Line], bool]) -> float:
    """Return the share of lines that come back."""

    def count(lines: Iterable[Line]) -> Counter[str]:
        return Counter(text for text, heading in lines if holds((text, heading)))

    kept = sum((count(lines) & count(read)).total() for lines, read in zip(expected, found, strict=True))
    return kept / sum(count(lines).total() for lines in expected)


if __name__ == "__main__":
    main()
