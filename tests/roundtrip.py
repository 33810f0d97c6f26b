"""What the round trips of documents share: known texts are written by real programs, read back, and compared."""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from rapidfuzz.distance import Indel

from bot.documents.formats.extract import CELLS, clean
from bot.documents.parser import parse
from bot.structure.tables import cells
from bot.types import Document

Write = Callable[[Document, Path], Path]
"""Writes a document into a folder; returns the file."""
RULE = re.compile(r"\|[\s|:-]+")
"""A line that only draws a table."""
_HEADS = {".eml": 2}
"""Paragraphs that a format puts in front: a mail's subject and sender."""


def texts(folder: Path) -> Iterator[Document]:
    """Yield the texts of a folder (a corpus.jsonl, or .md and .txt files) with the structure that they have."""
    corpus = folder / "corpus.jsonl"
    for line in corpus.read_text(encoding="utf-8").splitlines() if corpus.exists() else ():
        given = json.loads(line)
        yield parse(f"{given['_id']}.md", given["text"].encode())
    for path in sorted((*folder.glob("*.md"), *folder.glob("*.txt"))):
        yield parse(path.name, path.read_bytes())


def lines(document: Document) -> list[tuple[int, str]]:
    """Return (level, text) of each paragraph, white space and rows of tables as formats write them."""
    return [
        (p.level, CELLS.join(cells(text)) if text.startswith("|") else text)
        for p in document.paragraphs
        if not RULE.fullmatch(text := clean(document.text[p.start : p.end]))
    ]


def measure(documents: list[Document], write: Write, *, levels: bool, show: bool) -> str:
    """Return the shares of characters, paragraphs and headings (with ``levels``: these too) that come back."""
    same: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        for number, document in enumerate(documents):
            folder = Path(made) / str(number)
            folder.mkdir()
            out = write(document, folder)
            was, now = lines(document), lines(parse(out.name, out.read_bytes()))[_HEADS.get(out.suffix, 0) :]
            before, after = ("\n".join(text for _, text in found) for found in (was, now))
            same["characters"] += round(Indel.normalized_similarity(before, after) * len(before))
            whole["characters"] += len(before)
            old, fresh = (_headings(found, levels) for found in (was, now))
            for kind, one, other in (
                ("paragraphs", Counter(text for _, text in was), Counter(text for _, text in now)),
                ("headings", old, fresh),
            ):
                same[kind] += (one & other).total()
                whole[kind] += one.total()
                for sign, lost in (("-", one - other), ("+", other - one)) if show else ():
                    say("".join(f"{sign} {kind} {text}\n" for text in lost))
    return ", ".join(f"{kind} {same[kind] / max(1, whole[kind]):.2%} of {whole[kind]}" for kind in whole)


def _headings(found: list[tuple[int, str]], levels: bool) -> Counter[tuple[int, str]]:
    return Counter((level if levels else 1, text) for level, text in found if level)


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line)
    sys.stdout.flush()


def run(description: str | None, writers: Mapping[str, Write], *, levels: bool) -> None:
    """Print a line a writer."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=30)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true", help="print the paragraphs and headings that differ")
    given = parser.parse_args()
    documents = [document for document, _ in zip(texts(given.folder), range(given.most), strict=False)]
    for name, write in writers.items():
        if given.only in name:
            say(f"{name:<28} {measure(documents, write, levels=levels, show=given.show)}\n")
