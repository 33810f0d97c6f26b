"""Brings the derived indexes to what the store holds: by what is missing, or from nothing."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event

import numpy as np

from bot.documents.passages import indexed_text
from bot.storage.fresh import Fresh, Written
from bot.storage.lexical import Addition, LexicalIndex
from bot.storage.numbers import Ids
from bot.storage.store import Store, StoredPassage, vector_key
from bot.types import Progress, StoreError, silent
from embeddings.contract import Encoder, Vectors
from embeddings.index import VectorIndex

_BATCH = 2048
_KEPT, _KEPT_SECONDS = 4, 2.0
"""Batches of vectors that are written at once, for each time the disk is waited for; and after how long at the latest,
for those of a slow encoder are worth more."""
_COMPARED = 50_000
"""Passages that came or went, of more all are compared: that takes less than looking each of them up."""
_ASKED, _LONGEST_QUESTION = 300, 16
_UNSAVED = 131_072
"""Vectors that are held in memory alone while many are made."""


def synchronise_lexical(store: Store, lexical: LexicalIndex, *, words: bool = True) -> None:
    """Make ``lexical`` hold the store's documents, in their present revisions; without ``words`` their places alone."""
    generation = store.generation
    if lexical.generation == generation:
        return
    lexical.refresh()  # another process may have brought it up to date
    present, indexed = store.revisions(), lexical.revisions
    stale = [document_id for document_id, revision in indexed.items() if present.get(document_id) != revision]
    missing = [(d, revision) for d, revision in present.items() if indexed.get(d) != revision]
    if lexical.generation != generation:
        added = (Addition(d, r, passages_of(store, d, r) if words else (), _text_of(store, d, r)) for d, r in missing)
        lexical.update(generation, stale, added, store.passages_of if words else None)


def begin_lexical(lexical: LexicalIndex, fresh: Fresh) -> None:
    """Begin with what was just written: ``synchronise_lexical`` does the rest."""
    lexical.refresh()
    lexical.begin(Addition(one.document_id, one.revision, _passages_in(one), one.text) for one in fresh.written)


def hold_lexical(store: Store, lexical: LexicalIndex, *, words: bool = True) -> None:
    """Make ``lexical`` hold the store's documents in memory alone, where nothing can be written."""
    generation = store.generation
    if lexical.generation != generation:
        present = store.revisions().items()
        passages = store.passages_of if words else lambda document_id: []
        lexical.hold(generation, (Addition(d, r, passages(d), _text_of(store, d, r)) for d, r in present))


def open_vectors(store: Store, path: Path, encoder: Encoder) -> VectorIndex:
    """Load the vector index of ``encoder`` at ``path``; an empty one where it is missing, damaged or another's."""
    return VectorIndex.load(path, _key(store, encoder)) or VectorIndex(encoder.dimension)


def synchronise_vectors(store: Store, path: Path, index: VectorIndex, encoder: Encoder, progress: Progress) -> None:
    """Embed the passages that have no vector yet, make ``index`` hold those of all, and save it at ``path``."""
    generation = store.generation
    if index.generation == generation:
        return
    index.refresh(path, _key(store, encoder))  # another process may have brought it up to date
    if index.generation == generation:
        return
    try:
        _follow(store, path, index, encoder, progress, *changed(store, index.generation, index.ids))
        if len(index) != store.passage_count():  # whatever was noted
            _follow(store, path, index, encoder, progress, *compared(store, index.ids))
        index.save(path, _key(store, encoder), generation)
    except OSError as error:
        raise StoreError(
            f"The vector index {path} cannot be written ({error}): check the free space of the disk and the folder's "
            "permissions. The documents are kept, and can be asked.",
            f"无法写入向量索引 {path}（{error}）：请检查磁盘剩余空间和文件夹权限。文档已保存，可以照常提问。",
        ) from error


def begin_vectors(store: Store, path: Path, index: VectorIndex, encoder: Encoder, fresh: Fresh) -> None:
    """Do with what was just written as ``synchronise_vectors``, which does the rest."""
    index.refresh(path, _key(store, encoder))
    none = np.zeros(0, np.int64)
    came = [np.arange(one.first, one.first + len(one.passages)) for one in fresh.written]
    _follow(store, path, index, encoder, silent, none, np.sort(np.concatenate([none, *came])), fresh)


def changed(store: Store, generation: int, ids: Callable[[], Ids]) -> tuple[Ids, Ids]:
    """Return the numbers of passages that must not be in an index, and of those that must: at least of what changed.

    The index, which holds ``ids()``, was up to date at ``generation``. By what the store has noted since; where that
    is not known, or much, by comparing all.
    """
    noted = store.changes(generation) if 0 < generation <= store.generation else None
    if noted is None or sum(change.count for change in noted) > _COMPARED:
        return compared(store, ids)
    none = np.zeros(0, np.int64)
    came, gone = (
        np.concatenate([none, *(np.arange(c.first, c.first + c.count) for c in noted if c.added == added)])
        for added in (True, False)
    )
    return gone, np.setdiff1d(came, gone)


def compared(store: Store, ids: Callable[[], Ids]) -> tuple[Ids, Ids]:
    """Do as ``changed`` does by comparing all numbers."""
    present = store.passage_ids()
    return np.setdiff1d(ids(), present, assume_unique=True), present


def _follow(
    store: Store, path: Path, index: VectorIndex, encoder: Encoder, progress: Progress, gone: Ids, present: Ids,
    fresh: Fresh | None = None,
) -> None:  # fmt: skip
    index.remove(gone)
    # A second time where a stored vector was damaged.
    while len(index.missing(present)):
        _embed(store, encoder, index, progress, present, path, fresh or store.fresh)
        new = index.missing(present)
        for start in range(0, len(new), _BATCH):
            index.add(*store.vectors(encoder.name, new[start : start + _BATCH]))
            _unburden(store, encoder, index, path)


def _unburden(store: Store, encoder: Encoder, index: VectorIndex, path: Path) -> None:
    """Write what is in memory alone where that is much; what is still missing is told by the generation of before."""
    if index.unsaved >= _UNSAVED:
        index.save(path, _key(store, encoder), index.generation)


def improve_vectors(store: Store, path: Path, index: VectorIndex, encoder: Encoder, stopping: Event) -> dict[str, int]:
    """Make what large parts of ``index`` are searched by faster, beside those who search; see ``VectorIndex.improve``.

    How much of it must be read is measured on beginnings of passages, which are asked as questions are.
    """
    questions = beginnings(store, np.sort(index.ids()), _LONGEST_QUESTION)
    return index.improve(path, encoder.encode_query(questions), stopping) if questions else {}


def beginnings(store: Store, ids: Ids, longest: int) -> list[str]:
    """Return beginnings, of up to ``longest`` characters, of some hundred passages among ``ids``, ascending."""
    chosen = ids[np.unique(np.linspace(0, len(ids) - 1, _ASKED).astype(np.int64))] if len(ids) else ids
    texts = (stored.passage.text for stored in store.passages(chosen))
    return [text[:longest] for text in texts if len(text) > longest // 2]


def adopt_vectors(store: Store, path: Path, index: VectorIndex, encoder: Encoder, made: dict[str, int]) -> None:
    """Search by what ``improve_vectors`` made from now on."""
    index.adopt(path, _key(store, encoder), made)


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
            index.add([p.passage_id for p in stored], encoder.encode_document(texts_of(stored)))
    index.generation = generation


def _key(store: Store, encoder: Encoder) -> str:
    return f"{vector_key(encoder.name)} {store.home_id}"


def _passages(store: Store, ids: Ids, fresh: Fresh) -> list[StoredPassage]:
    found = fresh.find(ids.tolist())
    return store.passages(ids) if found is None else [StoredPassage(*row) for row in found]


def passages_of(store: Store, document_id: str, revision: int) -> list[StoredPassage]:
    """Return the passages of a document, those that were just written without asking the store."""
    fresh = store.fresh.of(document_id, revision)
    if fresh is None:
        return store.passages_of(document_id)
    return _passages_in(fresh)


def _passages_in(written: Written) -> list[StoredPassage]:
    return [StoredPassage(*written.at(place)) for place in range(len(written.passages))]


def _text_of(store: Store, document_id: str, revision: int) -> str | None:
    """Return a document's text; None where it is damaged, which is told when it is read, or gone."""
    if fresh := store.fresh.of(document_id, revision):
        return fresh.text
    with suppress(StoreError):
        found = list(store.texts([document_id]))  # to the end: a connection left in the midst is not used again
        return found[0].text if found else None
    return None


def texts_of(stored: Sequence[StoredPassage]) -> list[str]:
    """Return what an encoder is given of passages."""
    return [indexed_text(p.title, p.passage.section, p.passage.text) for p in stored]


def _embed(
    store: Store, encoder: Encoder, index: VectorIndex, progress: Progress, among: Ids, path: Path, fresh: Fresh
) -> None:  # fmt: skip
    """Make the vectors that are missing, a content once; they go into the store, and at once into ``index``."""
    missing = store.missing_vectors(encoder.name, among if len(among) <= _COMPARED else None)
    made: list[tuple[list[StoredPassage], Vectors]] = []
    begun = time.monotonic()
    for start in range(0, len(missing), _BATCH):
        stored, end = _passages(store, missing[start : start + _BATCH], fresh), min(start + _BATCH, len(missing))
        made.append((stored, encoder.encode_document(texts_of(stored))))
        if len(made) == _KEPT or end == len(missing) or time.monotonic() - begun > _KEPT_SECONDS:
            _keep(store, encoder, index, made)
            _unburden(store, encoder, index, path)
            made, begun = [], time.monotonic()
        progress(end, len(missing), "embed")


def _keep(
    store: Store, encoder: Encoder, index: VectorIndex, made: Sequence[tuple[Sequence[StoredPassage], Vectors]]
) -> None:
    ids = [one.passage_id for stored, _ in made for one in stored]
    vectors = np.concatenate([vectors for _, vectors in made]).astype(np.float16)  # as they are read back
    store.save_vectors(encoder.name, ids, vectors)
    missing = set(index.missing(np.array(ids, np.int64)).tolist())
    new = [at for at, number in enumerate(ids) if number in missing]
    if new:
        index.add([ids[at] for at in new], vectors[new].astype(np.float32))
