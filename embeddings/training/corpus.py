"""Read the training text: documents of titled paragraphs, sentence pairs, synonyms and questions."""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENT_FILES = ("laws", "reports", "guides")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's text and the heading it stands under ("" where there is none)."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A titled text; ``kind`` is the file it came from."""

    kind: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the strings that answer it, and the number of its paragraph in ``Corpus.question_texts``."""

    text: str
    answers: tuple[str, ...]
    paragraph: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """All training text. ``pairs`` are (classical, modern) sentences, ``synonyms`` the words of one sense each."""

    documents: tuple[Document, ...]
    pairs: tuple[tuple[str, str], ...]
    synonyms: tuple[tuple[str, ...], ...]
    question_texts: tuple[Paragraph, ...]
    questions: tuple[Question, ...]


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def read_corpus(folder: Path) -> Corpus:
    """Read every file of the corpus folder; a missing one raises FileNotFoundError."""
    documents = [
        Document(kind, row["title"], tuple(Paragraph(p["section"], p["text"]) for p in row["paragraphs"]))
        for kind in DOCUMENT_FILES
        for row in _rows(folder, kind)
    ]
    pairs = [(row["classical"], row["modern"]) for row in _rows(folder, "classical_modern")]
    synonyms = [tuple(row["words"]) for row in _rows(folder, "synonyms")]
    texts: list[Paragraph] = []
    questions: list[Question] = []
    for row in _rows(folder, "questions"):
        questions.extend(Question(q["text"], tuple(q["answers"]), len(texts)) for q in row["questions"])
        texts.append(Paragraph(row["title"], row["text"]))
    return Corpus(tuple(documents), tuple(pairs), tuple(synonyms), tuple(texts), tuple(questions))
