"""Documents that are put into a store, and vectors for their passages."""

import hashlib

import numpy as np

from bot.storage.records import PutItem, PutStatus
from bot.storage.store import Store
from bot.types import Document, Paragraph, Passage


def item(name: str, lines: list[str], title: str = "标题") -> PutItem:
    """The first line is a heading, the others stand under it."""
    paragraphs, passages, start = [], [], 0
    for index, line in enumerate(lines):
        section = (lines[0],) if index else ()
        paragraphs.append(Paragraph(index, start, start + len(line), section, 0 if index else 1))
        passages.append(Passage(index, start, start + len(line), section, line))
        start += len(line) + 1
    document = Document(name, f"{name}.txt", title, "\n".join(lines), tuple(paragraphs), "GB18030")
    return PutItem(document, passages, hashlib.sha256(document.text.encode()).hexdigest())


A = item("a", ["第一章 总则", "猫在屋顶。", "𠮷野家\x00“引用”😀"])
B = item("b", ["Chapter 1", "A cat."], title="Title")


def vectors(count: int) -> np.ndarray:
    return np.random.default_rng(0).standard_normal((count, 8)).astype(np.float32)


def put(store: Store, item: PutItem) -> PutStatus:
    return store.put_many([item])[0]
