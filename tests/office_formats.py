"""Questions of an office asked of its documents as other programs write them, beside the plain text.

    python -m tests.office_formats COUNTING.py FOLDER [--only docx] [--keep FILES]

FOLDER holds ``documents/`` (.txt and .md) and ``questions.jsonl``. COUNTING.py asks them of a folder (with ``--json
--missed`` it prints a line for each question that was not answered right, then a line of JSON). The documents are
written as Word files by python-docx (headings, tables and titles as such), as PDF by Chromium and by LibreOffice.
Prints for each kind what share is right, partly right, wrong and refused, and which questions fare otherwise than on
the plain text.
"""

import argparse
import html
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt

from bot.documents.formats.extract import CELLS
from bot.documents.parser import parse
from bot.types import Document
from tests.roundtrip import lines, say
from tests.word_files import new, saved

_FONT = "Noto Serif CJK SC"
_STYLE = f"body{{font:12pt/1.6 '{_FONT}'}}p{{text-indent:2em;margin:0}}h1{{text-align:center}}td{{border:1px solid}}"
_COUNTS = ("right", "partly", "wrong", "refused", "wrong_answers")
Row = tuple[int, list[str]]
"""The level of a line (0: text, -1: the title), and its cells where it is a row of a table, else itself alone."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted on a folder: the shares, and (question, verdict, answer) of each that was not right."""

    shares: dict[str, Any]
    missed: dict[str, tuple[str, str, str]]


def rows(document: Document) -> list[Row]:
    """Return a document's lines as an office writes them."""
    found = [(level, text.split(CELLS)) for level, text in lines(document)]
    at = next((at for at, (level, cells) in enumerate(found[:3]) if cells == [document.title] and not level), None)
    return [(-1 if index == at else level, cells) for index, (level, cells) in enumerate(found)]


def tables(found: Sequence[Row]) -> list[tuple[bool, list[Row]]]:
    """Return the lines in groups: rows of one table (True), or text."""
    groups = [list(group) for _, group in groupby(found, key=lambda row: len(row[1]))]
    alone = [(len(group) > 1 and len(group[0][1]) > 1, group) for group in groups]
    return [
        (wide, group if wide else [(level, [CELLS.join(cells)]) for level, cells in group]) for wide, group in alone
    ]


def as_word(document: Document) -> bytes:
    """Write a Word file."""
    made = new()
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    for is_table, group in tables(rows(document)):
        if is_table:
            table = made.add_table(len(group), len(group[0][1]), style="Table Grid")
            for line, (_, texts) in zip(table.rows, group, strict=True):
                for cell, text in zip(line.cells, texts, strict=True):
                    cell.text = text
            continue
        for level, (text,) in group:
            style = "Title" if level < 0 else f"Heading {min(level, 9)}" if level else None
            layout = made.add_paragraph(text, style).paragraph_format
            if not level:
                layout.first_line_indent, layout.space_after = Pt(24), Pt(0)
    return saved(made)


def as_page(document: Document) -> str:
    """Write a web page."""
    body = ""
    for is_table, group in tables(rows(document)):
        if is_table:
            drawn = ("".join(f"<td>{html.escape(text)}</td>" for text in texts) for _, texts in group)
            body += f"<table style='border-collapse:collapse'>{''.join(f'<tr>{line}</tr>' for line in drawn)}</table>"
            continue
        for level, (text,) in group:
            tag = "h1" if level < 0 else f"h{min(level + 1, 6)}" if level else "p"
            body += f"<{tag}>{html.escape(text)}</{tag}>"
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style>{body}"


def write_word(documents: Sequence[Document], out: Path) -> None:
    """Write the documents as Word files into a folder."""
    for document in documents:
        (out / f"{Path(document.source).stem}.docx").write_bytes(as_word(document))


def print_by_chromium(documents: Sequence[Document], out: Path) -> None:
    """Print the documents as web pages."""
    with tempfile.TemporaryDirectory() as folder:
        for document in documents:
            page = Path(folder) / "page.html"
            page.write_text(as_page(document), encoding="utf-8")
            file = out / f"{Path(document.source).stem}.pdf"
            command = [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--no-pdf-header-footer",
                f"--print-to-pdf={file}",
                page,
            ]
            subprocess.run(command, check=True, capture_output=True)


def print_by_libreoffice(documents: Sequence[Document], out: Path) -> None:
    """Print the documents' Word files."""
    with tempfile.TemporaryDirectory() as folder:
        write_word(documents, Path(folder))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        written = sorted(Path(folder).glob("*.docx"))
        subprocess.run([*command, "--outdir", out, *written], check=True, capture_output=True)


WRITERS: dict[str, Callable[[Sequence[Document], Path], None]] = {
    "docx, python-docx": write_word,
    "pdf, Chromium": print_by_chromium,
    "pdf, LibreOffice": print_by_libreoffice,
}


def count(counting: Path, folder: Path) -> Outcome:
    """Ask the questions of a folder."""
    command = [sys.executable, str(counting), str(folder), "--json", "--missed"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    parts = [line.split("\t", 4) for line in said[:-1]]
    return Outcome(
        json.loads(said[-1]), {identity: (text, verdict, answer) for verdict, _, identity, text, answer in parts}
    )


def tell(name: str, outcome: Outcome, plain: Outcome) -> None:
    """Print the shares of a kind of files, and what differs from the plain text's."""
    say(f"{name:20}" + "".join(f" {kind} {outcome.shares[kind]:.4f}" for kind in _COUNTS) + "\n")
    for identity in sorted(outcome.missed.keys() | plain.missed.keys()):
        (text, was, _), (other, now, answer) = (
            found.missed.get(identity, ("", "right", "")) for found in (plain, outcome)
        )
        if was != now:
            say(f"    {identity} {was} -> {now}: {text or other}\n        {answer}\n")


def main() -> None:
    """Write, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counting", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="write only the kinds whose name holds this")
    parser.add_argument("--keep", type=Path, help="a folder to leave the written files in")
    given = parser.parse_args()
    sources = sorted((given.folder / "documents").iterdir())
    documents = [parse(path.name, path.read_bytes()) for path in sources]
    plain = count(given.counting, given.folder)
    tell("as it is", plain, plain)
    with tempfile.TemporaryDirectory() as made:
        for name, write in WRITERS.items():
            if given.only not in name:
                continue
            folder = (given.keep or Path(made)) / name
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "documents").mkdir(parents=True)
            shutil.copy(given.folder / "questions.jsonl", folder)
            write(documents, folder / "documents")
            tell(name, count(given.counting, folder), plain)


if __name__ == "__main__":
    main()
