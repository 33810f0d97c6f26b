"""Vectors across languages, made behind the scenes: adding does not wait for them, and stopping loses none.

Passages in Chinese and others are searched apart: of the same language as the question they would crowd out those that
this index is for. The vectors stand in the store, so that what was made is there again after a stop; the index itself
lives in memory, from the first question in another language on, and is built of them in a moment.
"""

import logging
import math
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.documents.passages import indexed_text
from bot.language.folding import mostly_han
from bot.storage.numbers import Ids
from bot.storage.store import Store
from bot.types import Language, StoreError
from embeddings.contract import Encoder, Vectors
from embeddings.index import VectorIndex

logger = logging.getLogger(__name__)

_BATCH = 64
"""Passages that are encoded at once: about 50 ms of work, after which a stop is heeded."""
_GIVEN_WAY = 0.5
"""Seconds at most that a batch waits for questions which do not wait for it."""
_LOADED = 4096
_LOADING = 0.3
"""Seconds that any question waits: enough to load what was made before."""
_OWN, _FEW = 2.0, 0.7
"""Log-odds that who asks in a language means the documents in it: where they are most, and where they are few."""
PATIENCE = 2.0
"""Seconds that a question waits for vectors that are being made."""


@dataclass(frozen=True, slots=True)
class Made:
    """Passages that have their vectors, of all that are to have one."""

    done: int
    total: int

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class Nearest:
    """Ids of passages in another language, best first.

    ``rareness`` is the logarithm of how many passages there are in the question's own language for each in another, at
    least ``_OWN`` where they are most and ``_FEW`` where there are any: so much less likely is it that the answer
    stands in the other.
    """

    ids: tuple[int, ...] = ()
    rareness: float = 0.0


class BilingualIndex:
    """Finds the passages in another language that lie nearest to a question. Usable from several threads.

    ``writing`` holds the locks under which the store is written; ``give_way`` waits at most so many seconds for who
    goes first.
    """

    def __init__(
        self, store: Store, encoder: Encoder, writing: Callable[[], AbstractContextManager[object]],
        give_way: Callable[[float], None] = lambda seconds: None,
    ) -> None:  # fmt: skip
        self._store = store
        self._encoder = encoder
        self._writing = writing
        self._give_way = give_way
        self._waited_for = 0
        self._indexes: dict[Language, VectorIndex] = {
            "zh": VectorIndex(encoder.dimension), "en": VectorIndex(encoder.dimension)
        }  # fmt: skip
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._generation = -1
        self._home_id = store.home_id
        self._stopping = threading.Event()

    def start(self) -> None:
        """Make the vectors that are missing, in a thread of its own, unless that goes on already."""
        with self._lock:
            if self._stopping.is_set() or self.working or self.finished:
                return
            self._thread = threading.Thread(target=self._work, name="youju-bilingual", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop within a moment; what was made is kept."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the vectors are made, at most ``seconds``."""
        thread = self._thread
        if thread is not None:
            self._waited_for += 1
            try:
                thread.join(seconds)
            finally:
                self._waited_for -= 1

    @property
    def working(self) -> bool:
        """Whether vectors are being made at this moment."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def finished(self) -> bool:
        """Whether every passage that there is now can be found; cheap to ask before each question."""
        return self._store.generation == self._generation

    @property
    def made(self) -> Made:
        """How far the work is."""
        total = self._store.passage_count()
        if self.finished:  # every open page asks
            return Made(total, total)
        kept = total - len(self._store.missing_vectors(self._encoder.name))
        return Made(min(total, max(kept, sum(map(len, self._indexes.values())))), total)

    def nearest(self, text: str, written_in: Language | None, limit: int, documents: Sequence[str] | None) -> Nearest:
        """Return the passages in the other language that lie nearest to ``text``.

        ``documents`` (ids) narrows the scope. Where vectors are still being made, an English question waits for them
        for ``PATIENCE``, a Chinese one for a moment; after that, what is there counts.
        """
        if written_in is None:
            return Nearest()
        self.start()
        # Most documents are in Chinese: a Chinese question seldom needs what is still to be made.
        self.wait(PATIENCE if written_in != "zh" else _LOADING)
        own, index = self._indexes[written_in], self._indexes["en" if written_in == "zh" else "zh"]
        scope = None if documents is None else self._store.passage_ids(documents)
        at_home, abroad = (len(i) if scope is None else int(np.isin(i.ids(), scope).sum()) for i in (own, index))
        if not abroad:
            return Nearest()
        _, ids = index.search(self._encoder.encode_query([text]), limit, scope)
        rareness = max(_OWN, math.log(at_home / abroad)) if at_home >= abroad else _FEW if at_home else 0.0
        return Nearest(tuple(int(i) for i in ids[0]), rareness)

    def _work(self) -> None:
        try:
            while not self._stopping.is_set() and not self.finished:
                self._catch_up()
        except Exception:  # a thread of its own: nobody else would hear of it
            logger.exception("the vectors across languages could not be made")
            self._stopping.set()

    def _catch_up(self) -> None:
        generation, present, home_id = self._store.generation, self._store.passage_ids(), self._store.home_id
        for index in self._indexes.values():
            # A backup that was restored has passages of the same numbers.
            stale = home_id != self._home_id
            index.remove(index.ids() if stale else np.setdiff1d(index.ids(), present, assume_unique=True))
        self._home_id = home_id
        known = np.concatenate([index.ids() for index in self._indexes.values()])
        new = np.setdiff1d(present, known, assume_unique=True)
        while len(new) and not self._stopping.is_set():
            ids, vectors = self._store.vectors(self._encoder.name, new[:_LOADED])
            if not len(ids):
                if not self._waited_for:
                    self._give_way(_GIVEN_WAY)
                ids, vectors = self._make(new[:_BATCH])
                if not len(ids):  # they were removed meanwhile
                    return
            self._add(ids, vectors)
            new = np.setdiff1d(new, ids, assume_unique=True)
        if not len(new):
            self._generation = generation

    def _make(self, ids: Ids) -> tuple[Ids, Vectors]:
        stored = self._store.passages(ids)
        texts = [indexed_text(p.title, p.passage.section, p.passage.text) for p in stored]
        vectors = self._encoder.encode_document(texts)
        made = np.array([p.passage_id for p in stored], np.int64)
        # Where nothing can be written, they serve as long as this process lasts.
        with suppress(StoreError), self._writing():
            self._store.save_vectors(self._encoder.name, made, vectors)
        return made, vectors

    def _add(self, ids: Ids, vectors: Vectors) -> None:
        texts = {p.passage_id: p.passage.text for p in self._store.passages(ids)}
        chinese: npt.NDArray[np.bool_] = np.array([mostly_han(texts.get(int(i), "")) is not False for i in ids])
        masks: tuple[tuple[Language, npt.NDArray[np.bool_]], ...] = (("zh", chinese), ("en", ~chinese))
        for language, mask in masks:
            self._indexes[language].add(ids[mask], vectors[mask])
