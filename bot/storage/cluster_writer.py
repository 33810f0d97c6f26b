"""Writes to a cluster what has changed in the store, so that a writer that is killed is gone on from."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from bot.storage.bm25 import NONE, Statistics, dimensions, text_weights
from bot.storage.cluster import Cluster, Levels, sum_of
from bot.storage.indexed import joined_bodies
from bot.storage.milvus import Row
from bot.storage.store import Store, StoredPassage
from bot.storage.synchronise import passages_of, texts_of
from bot.types import Progress
from embeddings.contract import Encoder, Vectors

_BATCH = 500
"""Rows of one request: some 3 MB."""
COMMITTED = 20_000
"""Passages after which a writer that is killed need not begin anew."""
_DRIFT = 0.1
"""Share by which the average length may differ from that which the stored weights were made with."""
_COMPARED = 20_000
"""Documents that came or went; where there are more, all are compared."""
_SAMPLED = 50
"""Documents whose lengths stand for all, before any was counted."""


class ClusterWriter:
    """Brings ``cluster`` to the store's generation; one at a time, see ``Database.alone``."""

    def __init__(
        self, cluster: Cluster, store: Store, encoder: Encoder, progress: Progress, committed: int = COMMITTED
    ) -> None:
        self._cluster, self._store, self._encoder, self._progress = cluster, store, encoder, progress
        self._committed = committed
        self._passages: list[Row] = []
        self._documents: list[Row] = []
        self._said: list[Levels] = []
        self._length = 0
        """Passages that were written since the last commit."""

    def bring(self, still: Callable[[], None]) -> None:
        """Write what came and delete what went. ``still`` is called before it counts, and raises where it must not."""
        cluster, target = self._cluster, self._store.generation
        if cluster.state.generation == target:
            return
        if not cluster.state.mark:
            cluster.begin_anew()
        cluster.clear_unfinished()
        if not cluster.state.whole:
            self._weigh_anew()
        came, gone = self._changed(target)
        counted = cluster.said_by(cluster.held(gone))
        if not any(cluster.state.averages):
            cluster.state = replace(cluster.state, averages=self._averages(came))
        for number, (revision, document_id) in enumerate(sorted(came.items()), 1):
            self._add(document_id, revision, cluster.state.commit + 1)
            if self._length >= self._committed:
                self._commit(still)
            self._progress(number, len(came), "embed")
        self._said.append((-counted[0], -counted[1]))
        self._commit(still, generation=target)
        cluster.forget(gone)
        cluster.sweep(lambda: set(self._store.revisions().values()))
        if any(_has_drifted(*pair) for pair in zip(cluster.said, cluster.state.averages, strict=True)):
            self._weigh_anew()

    def _changed(self, target: int) -> tuple[dict[int, str], set[int]]:
        """Return the documents, by revision, that are to be written, and the revisions that are to go."""
        cluster, store = self._cluster, self._store
        noted = store.changes(cluster.state.generation) if 0 < cluster.state.generation <= target else None
        if noted is None or len(noted) > _COMPARED:
            present = {revision: document_id for document_id, revision in store.revisions().items()}
            held = cluster.held()
            return {r: d for r, d in present.items() if r not in held}, held - present.keys()
        gone = {change.revision for change in noted if not change.added}
        came = {change.revision: change.document_id for change in noted if change.added}
        done = gone | cluster.held(came.keys())
        return {r: d for r, d in came.items() if r not in done}, gone

    def _averages(self, came: Mapping[int, str]) -> tuple[float, float]:
        """Return the average lengths of the first of some documents."""
        passages, documents = list[int](), list[int]()
        for revision, document_id in islice(sorted(came.items()), _SAMPLED):
            whole, bodies = joined_bodies(passages_of(self._store, document_id, revision))
            documents.append(len(whole.split()))
            passages += (len(body.split()) for body in bodies)
        return float(np.mean(passages or [0])), float(np.mean(documents or [0]))

    def _weigh_anew(self) -> None:
        """Write every document again, with weights of the present average lengths."""
        cluster = self._cluster
        cluster.note(replace(cluster.state, averages=(cluster.said[0].average, cluster.said[1].average), whole=False))
        held = cluster.held()
        for document_id, revision in self._store.revisions().items():
            if revision in held:
                self._add(document_id, revision, cluster.state.commit)
        self._flush()
        self._said, self._length = [], 0
        cluster.note(replace(cluster.state, whole=True))

    # Rows

    def _commit(self, still: Callable[[], None], **now: object) -> None:
        self._flush()
        still()
        self._cluster.commit(sum_of(self._said), **now)
        self._said, self._length = [], 0

    def _add(self, document_id: str, revision: int, number: int) -> None:
        content = passages_of(self._store, document_id, revision)
        if not self._is_present(document_id, revision):
            content = []  # of another revision, which comes in its turn
        whole, bodies = joined_bodies(content)
        average, average_whole = self._cluster.state.averages
        for some, said in _batches(content, bodies):
            vectors = self._vectors(some)
            kept = [(s.passage_id, told) for s, told in zip(some, said, strict=True) if s.passage_id in vectors]
            self._passages += (
                {
                    "passage": passage_id, "revision": revision, "document": document_id, "length": told.total(),
                    "vector": vectors[passage_id], "words": text_weights(told, average),
                }
                for passage_id, told in kept
            )  # fmt: skip
            self._said.append((Statistics.of([told for _, told in kept], sum(t.total() for _, t in kept)), NONE))
            self._length += len(kept)
            if len(self._passages) >= _BATCH:
                self._flush_passages()
        told = dimensions(whole.split())
        self._said.append((NONE, Statistics.of([told], told.total())))
        self._documents.append(
            {
                "revision": revision, "document": document_id, "number": number, "length": told.total(),
                "words": text_weights(told, average_whole),
            }
        )  # fmt: skip
        if len(self._documents) >= _BATCH:
            self._flush()

    def _is_present(self, document_id: str, revision: int) -> bool:
        with self._store.database.read() as connection:
            there = "SELECT count(*) FROM documents WHERE document_id = ? AND revision = ?"
            return bool(connection.execute(there, (document_id, revision)).fetchone()[0])

    def _flush(self) -> None:
        """Write what waits; a document after its passages, so that they are all there where it is."""
        self._flush_passages()
        self._cluster.milvus.put(self._cluster.documents, self._documents)
        self._documents = []

    def _flush_passages(self) -> None:
        for start in range(0, len(self._passages), _BATCH):
            self._cluster.milvus.put(self._cluster.passages, self._passages[start : start + _BATCH])
        self._passages = []

    def _vectors(self, stored: Sequence[StoredPassage]) -> dict[int, Vectors]:
        """Return the vectors of passages by their number; those that are not kept yet are made, and kept."""
        ids = [one.passage_id for one in stored]
        for again in (True, False):
            missing = set(self._store.missing_vectors(self._encoder.name, np.array(ids, np.int64)).tolist())
            some = [one for one in stored if one.passage_id in missing]
            if some:
                made = self._encoder.encode_document(texts_of(some))
                self._store.save_vectors(self._encoder.name, [one.passage_id for one in some], made)
            found, vectors = self._store.vectors(self._encoder.name, ids)
            if len(found) == len(ids) or not again:  # one that was damaged is made a second time
                break
        return dict(zip(found.tolist(), vectors, strict=True))


def _batches(
    content: Sequence[StoredPassage], bodies: Iterable[str]
) -> Iterator[tuple[Sequence[StoredPassage], list[Counter[int]]]]:
    """Yield passages, so many as one request takes, with how often each says which term."""
    left = iter(bodies)
    for start in range(0, len(content), _BATCH):
        some = content[start : start + _BATCH]
        yield some, [dimensions(body.split()) for body in islice(left, len(some))]


def _has_drifted(said: Statistics, average: float) -> bool:
    return abs(said.average - average) > _DRIFT * average
