"""Brings the derived indexes to what the store holds: by what is missing, or from nothing."""

from pathlib import Path

import numpy as np

from bot.documents.passages import indexed_text
from bot.storage.lexical import Addition, LexicalIndex
from bot.storage.store import Store, vector_key
from bot.types import Progress, StoreError
from embeddings.contract import Encoder
from embeddings.index import VectorIndex

_BATCH = 2048


def synchronise_lexical(store: Store, lexical: LexicalIndex) -> None:
    """Make ``lexical`` hold the store's documents, in their present revisions."""
    generation = store.generation
    if lexical.generation == generation:
        return
    lexical.refresh()  # another process may have brought it up to date
    present, indexed = store.revisions(), lexical.revisions
    stale = [document_id for document_id, revision in indexed.items() if present.get(document_id) != revision]
    missing = [(d, revision) for d, revision in present.items() if indexed.get(d) != revision]
    if lexical.generation != generation:
        lexical.update(generation, stale, (Addition(d, revision, store.passages_of(d)) for d, revision in missing))


def open_vectors(path: Path, encoder: Encoder) -> VectorIndex:
    """Load the vector index of ``encoder`` at ``path``; an empty one where it is missing, damaged or another's."""
    return VectorIndex.load(path, vector_key(encoder.name)) or VectorIndex(encoder.dimension)


def synchronise_vectors(store: Store, path: Path, index: VectorIndex, encoder: Encoder, progress: Progress) -> None:
    """Embed the passages that have no vector yet, make ``index`` hold those of all, and save it at ``path``."""
    generation = store.generation
    if index.generation == generation:
        return
    present, indexed = store.passage_ids(), index.ids()
    index.remove(np.setdiff1d(indexed, present, assume_unique=True))
    # A second time where a stored vector was damaged.
    while len(new := np.setdiff1d(present, index.ids(), assume_unique=True)):
        _embed(store, encoder, progress)
        for start in range(0, len(new), _BATCH):
            index.add(*store.vectors(encoder.name, new[start : start + _BATCH]))
    try:
        index.save(path, vector_key(encoder.name), generation)
    except OSError as error:
        raise StoreError(
            f"The vector index {path} cannot be written ({error}): check the free space of the disk and the folder's "
            "permissions, then try again.",
            f"无法写入向量索引 {path}（{error}）：请检查磁盘剩余空间和文件夹权限，然后重试。",
        ) from error


def _embed(store: Store, encoder: Encoder, progress: Progress) -> None:
    missing = store.missing_vectors(encoder.name)
    for start in range(0, len(missing), _BATCH):
        stored = store.passages(missing[start : start + _BATCH])
        texts = [indexed_text(p.title, p.passage.section, p.passage.text) for p in stored]
        store.save_vectors(encoder.name, [p.passage_id for p in stored], encoder.encode_document(texts))
        progress(min(start + _BATCH, len(missing)), len(missing), "embed")
