"""Texts written as PDF files by two programs, and scanned, and read back.

    python -m tests.roundtrip_pdf CORPUS.jsonl chromium soffice

30 texts of a corpus in BEIR's layout (800 to 6,000 characters, every tenth) are printed by Chromium and LibreOffice,
with and without the indent of first lines; the first pages of 12 of them are rendered at 150 and 300 dots an inch,
turned by up to 0.8 degrees, blurred, given noise, and packed as JPEG. Prints the share of characters (rapidfuzz on the
whole text, without white space), of paragraphs and of titles that come back exactly.
"""

import html
import io
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import numpy as np
import pypdfium2 as pdfium
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image, ImageFilter
from rapidfuzz.distance import Indel

from bot.documents.parser import parse
from bot.types import Document

_TEXTS, _SCANS = 30, 12
_FONT = "Noto Serif CJK SC"
_INDENTED = "p{text-indent:2em;margin:0;text-align:justify}h1{text-align:center}"
_SPACED = "p{margin:1em 0}"


def corpus(path: Path) -> list[list[str]]:
    """Return the texts as lines; the first of each is its title."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = [text for text in texts if 800 < len(text) < 6000][::10][:_TEXTS]
    return [[line.strip() for line in text.split("\n") if line.strip()] for text in chosen]


def as_page(lines: Sequence[str], style: str) -> str:
    """Write a web page."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines[1:])
    head = f"<!doctype html><meta charset=utf-8><style>body{{font:12pt/1.6 '{_FONT}'}}{style}</style>"
    return f"{head}<h1>{html.escape(lines[0])}</h1>{body}"


def as_word(lines: Sequence[str], indent: bool) -> bytes:
    """Write a Word file with a header."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    document.sections[0].header.paragraphs[0].text = "文件汇编 2024"
    document.add_heading(lines[0], 1)
    for line in lines[1:]:
        layout = document.add_paragraph(line).paragraph_format
        if indent:
            layout.first_line_indent, layout.space_after = Pt(24), Pt(0)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def printed(
    texts: Sequence[Sequence[str]], folder: Path, chromium: str, office: str
) -> Iterator[tuple[str, list[Path]]]:
    """Yield what wrote the files, and these in the order of the texts."""
    for name, style, indent in (("indented", _INDENTED, True), ("spaced", _SPACED, False)):
        files = []
        for number, lines in enumerate(texts):
            page, out = folder / f"{name}{number}.html", folder / f"{name}{number}.pdf"
            page.write_text(as_page(lines, style), encoding="utf-8")
            command = [chromium, "--headless", "--no-sandbox", f"--print-to-pdf={out}", str(page)]
            subprocess.run(command, check=True, capture_output=True)
            files.append(out)
        yield f"Chromium, {name}", files
        written = [folder / f"{name}-word{number}.docx" for number in range(len(texts))]
        for path, lines in zip(written, texts, strict=True):
            path.write_bytes(as_word(lines, indent))
        command = [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, written)]
        subprocess.run(command, check=True, capture_output=True)
        yield f"LibreOffice, {name}", [path.with_suffix(".pdf") for path in written]


def scanned(file: Path, dots: int, chance: random.Random) -> bytes:
    """Return the first page of a file as an office scans it."""
    page = pdfium.PdfDocument(file)[0].render(scale=dots / 72).to_pil().convert("L")
    turned = page.rotate(chance.uniform(-0.8, 0.8), fillcolor=255, resample=Image.Resampling.BICUBIC)
    grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6 * dots / 200))).astype(float) * 0.9 + 12
    noise = np.random.default_rng(chance.randrange(1000)).normal(0, 9, grey.shape)
    out = io.BytesIO()
    Image.fromarray((grey + noise).clip(0, 255).astype("uint8")).save(out, "JPEG", quality=70)
    return out.getvalue()


def bare(document: Document, page: int | None = None) -> list[str]:
    """Return the paragraphs without white space, those that begin and end on ``page`` where that is given."""
    text, paragraphs = document.text, document.paragraphs
    inside = [p for p in paragraphs if page is None or document.page_at(p.start) == document.page_at(p.end - 1) == page]
    return ["".join(text[p.start : p.end].split()) for p in inside]


def report(name: str, pairs: Sequence[tuple[list[str], list[str]]]) -> None:
    """Print what came back of (wanted, read)."""
    alike = [Indel.normalized_similarity("".join(wanted), "".join(read)) for wanted, read in pairs]
    exact = sum((Counter(wanted) & Counter(read)).total() for wanted, read in pairs)
    titles = sum(wanted[0] in read[:2] for wanted, read in pairs)
    whole = sum(len(wanted) for wanted, _ in pairs)
    sys.stdout.write(
        f"{name:24} characters {sum(alike) / len(alike):.4f} (worst {min(alike):.4f})  "
        f"paragraphs {exact}/{whole} {exact / whole:.4f}  titles {titles}/{len(pairs)}\n"
    )


def main(path: Path, chromium: str, office: str) -> None:
    """Write, read back, print."""
    texts = corpus(path)
    with tempfile.TemporaryDirectory() as folder:
        for name, files in printed(texts, Path(folder), chromium, office):
            wanted = [["".join(line.split()) for line in lines] for lines in texts]
            report(name, list(zip(wanted, [bare(parse("a.pdf", file.read_bytes())) for file in files], strict=True)))
        chance = random.Random(5)
        for dots in (150, 300):
            pairs = []
            for file in files[:_SCANS]:
                told = bare(parse("a.pdf", file.read_bytes()), page=1)
                read = bare(parse("a.jpg", scanned(file, dots, chance)))
                # The header stands on this one page, and the last paragraph may go on on the next.
                end = next((i for i, text in enumerate(read) if text == told[-1]), len(read))
                pairs.append((told, [text for text in read[: end + 1] if "文件汇编" not in text]))
            report(f"scans at {dots} dpi", pairs)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
