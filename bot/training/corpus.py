"""Reads the training text: JSON lines, xz-compressed."""

import json
import lzma
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``folder/name.jsonl.xz``."""
    with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def paragraphs(folder: Path, seed: int) -> Iterator[str]:
    """Yield a balanced sample of modern Chinese paragraphs of every kind of text there is."""
    rng = random.Random(seed)
    for name, share in (("laws", 0.35), ("reports", 1.0), ("guides", 0.5)):
        for row in rows(folder, name):
            if rng.random() < share:
                yield from (paragraph["text"] for paragraph in row["paragraphs"])
    for row in rows(folder, "questions"):
        yield from row["text"].split("。")
    for row in rows(folder, "classical_modern"):
        if rng.random() < 0.25:
            yield row["modern"]


def synonyms(folder: Path) -> dict[str, list[str]]:
    """Return each word of 2 to 4 characters with the other words of its synsets."""
    found: dict[str, list[str]] = {}
    for row in rows(folder, "synonyms"):
        words = [word for word in row["words"] if 1 < len(word) <= 4]
        for word in words:
            found.setdefault(word, []).extend(other for other in words if other != word)
    return {word: others for word, others in found.items() if others}
