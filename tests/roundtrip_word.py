"""How much of a known text comes back from the files that word processors make of it.

    python -m tests.roundtrip_word FOLDER [--most 30] [--only odt]

FOLDER holds a corpus.jsonl, or .md and .txt files. Each text is written as Word, OpenDocument, RTF and older Word
files, with the numbers of its items typed or left to the program to count, and read back: the share of characters
(by Indel's measure), and of paragraphs and headings (with their levels) that are the very same.
"""

import html
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.documents.formats.extract import CELLS
from bot.language.numerals import numeral
from bot.types import Document
from tests.roundtrip import lines, run
from tests.word_files import add_item, add_list, add_use, new, saved

_HAN = "[一二三四五六七八九十百]+"
_COUNTED = (
    (rf"(?P<number>{_HAN})、", "chineseCounting", "%1、"),
    (rf"（(?P<number>{_HAN})）", "chineseCounting", "（%1）"),
    (rf"第(?P<number>{_HAN})章(?P<space> ?)", "chineseCountingThousand", "第%1章"),
    (rf"第(?P<number>{_HAN})条(?P<space> ?)", "chineseCountingThousand", "第%1条"),
    (r"(?P<number>\d{1,2})\.(?!\d)(?P<space> ?)", "decimal", "%1."),
    (r"（(?P<number>\d{1,2})）", "decimal", "（%1）"),
    (r"(?P<number>\d{1,2})、", "decimal", "%1、"),
)
"""What programs count by themselves: expression, form, text."""


def word(*, counted: bool) -> Callable[[Document, Path], Path]:
    """Return a writer by python-docx; ``counted``: the numbers of items are left to Word."""

    def write(document: Document, folder: Path) -> Path:
        made, lists = new(), Lists()
        rows: list[list[str]] = []
        for level, text in lines(document):
            parts = text.split(CELLS)
            if rows and len(parts) != len(rows[0]):
                _add_table(made, rows)
                rows = []
            if len(parts) > 1:
                rows.append(parts)
            elif not (counted and lists.add(made, text, level)):
                made.add_paragraph(text, style=f"Heading {min(level, 9)}" if level else None)
        if rows:
            _add_table(made, rows)
        out = folder / "out.docx"
        out.write_bytes(saved(made))
        return out

    return write


def _add_table(made: Any, rows: list[list[str]]) -> None:
    table = made.add_table(len(rows), len(rows[0]))
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text


class Lists:
    """The lists of a document: an item goes on in one where its number is the next, else it begins one anew."""

    def __init__(self) -> None:
        self._next: dict[tuple[int, bool], tuple[int, int]] = {}
        self._made = 1000

    def add(self, made: Any, text: str, level: int) -> bool:
        for at, (expression, form, label) in enumerate(_COUNTED):
            match = re.match(expression, text)
            if match is None or not text[match.end() :].strip():
                continue
            apart = bool(match.groupdict().get("space"))
            number = numeral(match["number"])
            use, expected = self._next.get((at, apart), (0, 0))
            if number != expected:
                use = self._begin(made, 900 + 2 * at + apart, form, label, number)
            self._next[at, apart] = use, number + 1
            add_item(made, text[match.end() :], use, style=f"Heading {min(level, 9)}" if level else None)
            return True
        return False

    def _begin(self, made: Any, abstract: int, form: str, label: str, number: int) -> int:
        if not made.part.numbering_part.element.xpath(f'w:abstractNum[@w:abstractNumId="{abstract}"]'):
            add_list(made, abstract, [(form, label)], suffix="space" if abstract % 2 else "nothing")
        self._made += 1
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{number}"/></w:lvlOverride>'
        add_use(made, self._made, abstract, override)
        return self._made


def office(suffix: str, write: Callable[[Document, Path], Path], *through: str) -> Callable[[Document, Path], Path]:
    """Return a writer by LibreOffice, of what another one writes."""

    def convert(document: Document, folder: Path) -> Path:
        path = write(document, folder)
        for number, wanted in enumerate((*through, suffix)):
            into = folder / str(number)
            command = ["soffice", f"-env:UserInstallation=file://{folder.parent}/profile", "--headless"]
            subprocess.run(
                [*command, "--convert-to", wanted, "--outdir", into, path], check=True, capture_output=True, timeout=120
            )
            path = into / f"out.{wanted}"
        return path

    return convert


def pandoc(suffix: str) -> Callable[[Document, Path], Path]:
    """Return a writer by pandoc."""

    def write(document: Document, folder: Path) -> Path:
        body = ""
        for level, text in lines(document):
            parts = "".join(f"<td>{html.escape(part)}</td>" for part in text.split(CELLS))
            tag = f"h{min(level, 6)}" if level else "p"
            body += f"<tr>{parts}</tr>" if CELLS in text else f"<{tag}>{html.escape(text)}</{tag}>"
        body = re.sub("((?:<tr>.*?</tr>)+)", r"<table>\1</table>", body)
        out = folder / f"out.{suffix}"
        command = ["pandoc", "-s", "-f", "html", "-o", str(out)]
        subprocess.run(command, input=body.encode(), check=True, capture_output=True)
        return out

    return write


WRITERS: dict[str, Callable[[Document, Path], Path]] = {
    "docx, python-docx": word(counted=False),
    "docx, python-docx, counted": word(counted=True),
    "docx, pandoc": pandoc("docx"),
    "odt, pandoc": pandoc("odt"),
    "rtf, pandoc": pandoc("rtf"),
    "docx, LibreOffice, counted": office("docx", word(counted=True), "odt"),
    "odt, LibreOffice": office("odt", word(counted=False)),
    "odt, LibreOffice, counted": office("odt", word(counted=True)),
    "rtf, LibreOffice": office("rtf", word(counted=False)),
    "rtf, LibreOffice, counted": office("rtf", word(counted=True)),
    "doc, LibreOffice": office("doc", word(counted=False)),
}


if __name__ == "__main__":
    run(__doc__, WRITERS, levels=True)
