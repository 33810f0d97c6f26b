"""An index in a cluster: one server at a time writes to it, all search it, and each keeps an index of places.

Places, which counts are made of, stay in the home folder: a cluster finds texts, and not where in them a word stands.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from filelock import Timeout

from bot.storage.cluster import Cluster
from bot.storage.cluster_search import ClusterVectors, ClusterWords
from bot.storage.cluster_writer import ClusterWriter
from bot.storage.home import LEXICAL
from bot.storage.indexed import terms_mark
from bot.storage.indexes import Indexes
from bot.storage.lexical import LexicalIndex
from bot.storage.milvus import Milvus
from bot.storage.store import Store, vector_key
from bot.storage.synchronise import hold_lexical, synchronise_lexical
from bot.types import Check, Progress, StoreError
from embeddings.contract import Encoder

_REST = 10.0
"""Seconds for which nobody who only asks waits for a cluster again that could not be written."""


class ClusterIndexes(Indexes):
    """Passages and documents in a Milvus, the index of places in the home folder."""

    lexical: ClusterWords
    vectors: ClusterVectors

    def __init__(self, home: Path, store: Store, encoder: Encoder, url: str) -> None:
        super().__init__(home, store, encoder)
        self._milvus = Milvus(url)
        self._again = 0.0
        self._places = LexicalIndex.open(home / LEXICAL, _places_mark(self._home_id))
        self._open_cluster()

    def _open_cluster(self) -> None:
        self._cluster = cluster_of(self._store, self._encoder, self._milvus)
        self.lexical = ClusterWords(self._cluster, self._places)
        self.vectors = ClusterVectors(self._cluster)

    def synchronise(self, progress: Progress, *, wait: bool) -> bool:
        """Bring the cluster and the index of places up to date; without ``wait`` leave it to who writes now.

        Returns:
            Whether they were behind and are up to date now.

        Raises:
            StoreError: content is damaged, or the cluster cannot be used; the documents are kept.
        """
        generation = self._store.generation
        if self.lexical.generation == generation == self.vectors.generation:
            return False
        if (not wait and time.monotonic() < self._again) or not self._thread_lock.acquire(blocking=wait):
            return False
        try:
            self._forget_another_home()
            self._cluster.refresh()
            self._write(progress, wait)
        except Timeout:
            return False
        except StoreError:
            self._again = time.monotonic() + _REST
            if wait:
                raise
            return False  # whoever asks is answered from what is there, or told that nothing is
        finally:
            self._store.fresh.clear()
            self._thread_lock.release()
        return self.lexical.generation >= generation

    def _forget_another_home(self) -> None:
        home_id = self._store.home_id
        if home_id != self._home_id:
            self._home_id = home_id
            self._places.begin_anew(_places_mark(home_id))
            self._open_cluster()

    def _write(self, progress: Progress, wait: bool) -> None:
        with ExitStack() as held:
            try:
                if self._store.read_only:
                    raise PermissionError
                held.enter_context(self._process_lock.acquire(timeout=-1 if wait else 0))
                synchronise_lexical(self._store, self._places, words=False)
            except Timeout:
                raise
            except (StoreError, OSError):
                hold_lexical(self._store, self._places, words=False)
            # Of a read replica, the servers of the main database write the index.
            if self._cluster.state.generation != self._store.generation and not self._store.read_only:
                still = held.enter_context(self._store.database.alone(wait=wait))
                if still is not None:
                    self._cluster.refresh()
                    ClusterWriter(self._cluster, self._store, self.ahead, progress).bring(still)

    def improve(self) -> None:
        """Leave it to the cluster, which indexes what it is given."""

    def settle(self) -> None:
        """Return at once: nothing is made behind the scenes here."""

    def stop(self) -> None:
        """Give back the connection."""
        self._milvus.close()

    def check(self) -> Iterator[Check]:
        """Tell whether the cluster holds as many passages and documents as the store, and the places of every text."""
        documents, cluster = self._store.revisions(), self._cluster
        there = cluster.is_there
        for name, held, wanted in (
            ("passages in Milvus", self._milvus.count(cluster.passages) if there else 0, self._store.passage_count()),
            ("documents in Milvus", self._milvus.count(cluster.documents) if there else 0, len(documents)),
        ):
            mend = f"; drop {cluster.passages} there, then start Youju: it is made again" if held != wanted else ""
            yield Check(name, held == wanted, f"{held} of {wanted}, {self._milvus.where}{mend}")
        same = self._places.holds(documents)
        mend = "" if same else "; stop Youju and delete lexical: it is made again at its start"
        yield Check("index of places", same, f"{len(documents)} documents{mend}")


def cluster_of(store: Store, encoder: Encoder, milvus: Milvus) -> Cluster:
    """Return the collections of a store, which may not be there yet, for the vectors of an encoder."""
    return Cluster(milvus, store.home_id, f"{vector_key(encoder.name)} {terms_mark()}", encoder.dimension)


def _places_mark(home_id: str) -> str:
    """What tells an index of places from one of words too, in the same folder."""
    return f"{home_id} places"
