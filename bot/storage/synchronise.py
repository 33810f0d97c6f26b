"""Brings the derived indexes to what the store holds: by what is missing, or from nothing."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.documents.passages import indexed_text
from bot.storage.lexical import Addition, LexicalIndex
from bot.storage.numbers import Ids
from bot.storage.store import Store, StoredPassage, vector_key
from bot.types import Progress, StoreError
from embeddings.contract import Encoder, Vectors
from embeddings.index import VectorIndex

_BATCH = 2048
_KEPT, _KEPT_SECONDS = 4, 2.0
"""Batches of vectors that are written at once, for each time the disk is waited for; and after how long at the latest,
for those of a slow encoder are worth more."""


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
        added = (Addition(d, revision, _passages_of(store, d, revision)) for d, revision in missing)
        lexical.update(generation, stale, added)


def hold_lexical(store: Store, lexical: LexicalIndex) -> None:
    """Make ``lexical`` hold the store's documents in memory alone, where nothing can be written."""
    generation = store.generation
    if lexical.generation != generation:
        present = store.revisions().items()
        lexical.hold(generation, (Addition(d, revision, store.passages_of(d)) for d, revision in present))


def open_vectors(store: Store, path: Path, encoder: Encoder) -> VectorIndex:
    """Load the vector index of ``encoder`` at ``path``; an empty one where it is missing, damaged or another's."""
    return VectorIndex.load(path, _key(store, encoder)) or VectorIndex(encoder.dimension)


def synchronise_vectors(store: Store, path: Path, index: VectorIndex, encoder: Encoder, progress: Progress) -> None:
    """Embed the passages that have no vector yet, make ``index`` hold those of all, and save it at ``path``."""
    generation = store.generation
    if index.generation == generation:
        return
    present, indexed = store.passage_ids(), index.ids()
    index.remove(np.setdiff1d(indexed, present, assume_unique=True))
    # A second time where a stored vector was damaged.
    while len(np.setdiff1d(present, index.ids(), assume_unique=True)):
        _embed(store, encoder, index, progress)
        new = np.setdiff1d(present, index.ids(), assume_unique=True)
        for start in range(0, len(new), _BATCH):
            index.add(*store.vectors(encoder.name, new[start : start + _BATCH]))
    try:
        index.save(path, _key(store, encoder), generation)
    except OSError as error:
        raise StoreError(
            f"The vector index {path} cannot be written ({error}): check the free space of the disk and the folder's "
            "permissions. The documents are kept, and can be asked.",
            f"无法写入向量索引 {path}（{error}）：请检查磁盘剩余空间和文件夹权限。文档已保存，可以照常提问。",
        ) from error


def hold_vectors(store: Store, index: VectorIndex, encoder: Encoder) -> None:
    """Make ``index`` hold the vectors of the store's passages, where nothing can be written."""
    generation = store.generation
    present = store.passage_ids()
    index.remove(np.setdiff1d(index.ids(), present, assume_unique=True))
    new = np.setdiff1d(present, index.ids(), assume_unique=True)
    for start in range(0, len(new), _BATCH):
        wanted = new[start : start + _BATCH]
        ids, vectors = store.vectors(encoder.name, wanted)
        if len(ids):
            index.add(ids, vectors)
        stored = store.passages(np.setdiff1d(wanted, ids, assume_unique=True))
        if stored:
            index.add([p.passage_id for p in stored], encoder.encode_document(_texts(stored)))
    index.generation = generation


def _key(store: Store, encoder: Encoder) -> str:
    return f"{vector_key(encoder.name)} {store.home_id}"


def _passages(store: Store, ids: Ids) -> list[StoredPassage]:
    fresh = store.fresh.find(ids.tolist())
    return store.passages(ids) if fresh is None else [StoredPassage(*row) for row in fresh]


def _passages_of(store: Store, document_id: str, revision: int) -> list[StoredPassage]:
    fresh = store.fresh.of(document_id, revision)
    if fresh is None:
        return store.passages_of(document_id)
    return [StoredPassage(*fresh.at(place)) for place in range(len(fresh.passages))]


def _texts(stored: Sequence[StoredPassage]) -> list[str]:
    return [indexed_text(p.title, p.passage.section, p.passage.text) for p in stored]


def _embed(store: Store, encoder: Encoder, index: VectorIndex, progress: Progress) -> None:
    """Make the vectors that are missing, a content once; they go into the store, and at once into ``index``."""
    missing, known = store.missing_vectors(encoder.name), set(index.ids().tolist())
    made: list[tuple[list[StoredPassage], Vectors]] = []
    begun = time.monotonic()
    for start in range(0, len(missing), _BATCH):
        stored, end = _passages(store, missing[start : start + _BATCH]), min(start + _BATCH, len(missing))
        made.append((stored, encoder.encode_document(_texts(stored))))
        if len(made) == _KEPT or end == len(missing) or time.monotonic() - begun > _KEPT_SECONDS:
            _keep(store, encoder, index, known, made)
            made, begun = [], time.monotonic()
        progress(end, len(missing), "embed")


def _keep(
    store: Store, encoder: Encoder, index: VectorIndex, known: set[int],
    made: Sequence[tuple[Sequence[StoredPassage], Vectors]],
) -> None:  # fmt: skip
    ids = [one.passage_id for stored, _ in made for one in stored]
    vectors = np.concatenate([vectors for _, vectors in made]).astype(np.float16)  # as they are read back
    store.save_vectors(encoder.name, ids, vectors)
    new = [at for at, number in enumerate(ids) if number not in known]
    if new:
        index.add([ids[at] for at in new], vectors[new].astype(np.float32))
