"""Vectors across languages, made behind the scenes: adding does not wait for them, and stopping loses none.

Passages in Chinese and others are searched apart: of the same language as the question they would crowd out those that
this index is for. The vectors stand in the store, so that what was made is there again after a stop; the index, a
file for each language where there are many, is brought up to date of them when somebody asks, or after adding.
"""

import logging
import math
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.documents.passages import indexed_text
from bot.language.folding import mostly_han
from bot.storage.home import VECTORS
from bot.storage.numbers import Ids
from bot.storage.store import Store
from bot.storage.synchronise import beginnings, changed, compared
from bot.types import Language, StoreError
from embeddings.contract import Encoder, Vectors
from embeddings.index import VectorIndex

logger = logging.getLogger(__name__)

_BATCH = 64
"""Passages that are encoded at once: about 50 ms of work, after which a stop is heeded."""
_GIVEN_WAY = 0.1
"""Seconds at most that a batch waits for questions which do not wait for it."""
_LOADED = 4096
_FEWEST_KEPT, _UNSAVED = 4096, 131_072
"""Vectors for which a file is worth while, and those that are held in memory alone while many are made."""
_QUESTION: dict[Language, int] = {"zh": 16, "en": 60}
"""Characters of a question."""
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

    ``writing`` holds the locks under which the store and the files in ``folder`` are written (in memory alone, where
    no folder is given); ``give_way`` waits at most so many seconds for who goes first.
    """

    def __init__(
        self, store: Store, encoder: Encoder, writing: Callable[[], AbstractContextManager[object]],
        give_way: Callable[[float], None] = lambda seconds: None, folder: Path | None = None,
    ) -> None:  # fmt: skip
        self._store = store
        self._encoder = encoder
        self._writing = writing
        self._give_way = give_way
        self._waited_for = 0
        self._folder = folder
        self._indexes: dict[Language, VectorIndex] = {
            "zh": VectorIndex(encoder.dimension), "en": VectorIndex(encoder.dimension)
        }  # fmt: skip
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._generation = -1
        self._home_id = ""
        self._stopping, self._all_there = threading.Event(), threading.Event()
        self._all_there.set()

    def start(self) -> None:
        """Make the vectors that are missing, in a thread of its own, unless that goes on already."""
        with self._lock:
            if self._stopping.is_set() or self.working or self.finished:
                return
            self._all_there.clear()
            self._thread = threading.Thread(target=self._work, name="youju-bilingual", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop within a moment; what was made is kept."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the vectors are made, at most ``seconds``."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _wait_for_all(self, seconds: float) -> None:
        """Wait until every passage can be found, at most ``seconds``."""
        self._waited_for += 1
        try:
            self._all_there.wait(seconds)
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
        self._wait_for_all(PATIENCE if written_in != "zh" else _LOADING)
        own, index = self._indexes[written_in], self._indexes["en" if written_in == "zh" else "zh"]
        scope = None if documents is None else self._store.passage_ids(documents)
        at_home, abroad = (len(i) if scope is None else len(scope) - len(i.missing(scope)) for i in (own, index))
        if not abroad:
            return Nearest()
        _, ids = index.search(self._encoder.encode_query([text]), limit, scope)
        rareness = max(_OWN, math.log(at_home / abroad)) if at_home >= abroad else _FEW if at_home else 0.0
        return Nearest(tuple(int(i) for i in ids[0]), rareness)

    def _work(self) -> None:
        try:
            while not self._stopping.is_set() and not self.finished:
                self._all_there.clear()
                self._catch_up()
                if self.finished:
                    self._all_there.set()
                    self._improve()
        except Exception:  # a thread of its own: nobody else would hear of it
            logger.exception("the vectors across languages could not be made")
            self._stopping.set()
        finally:
            self._all_there.set()

    def _catch_up(self) -> None:
        generation = self._store.generation
        self._open()
        since = min(index.generation for index in self._indexes.values())
        done = self._follow(*changed(self._store, since, self._ids))
        if done and sum(map(len, self._indexes.values())) != self._store.passage_count():  # whatever was noted
            done = self._follow(*compared(self._store, self._ids))
        if done:
            for language, index in self._indexes.items():
                index.generation = generation
                self._save(language, _FEWEST_KEPT)
            self._generation = generation

    def _ids(self) -> Ids:
        return np.concatenate([index.ids() for index in self._indexes.values()])

    def _follow(self, gone: Ids, present: Ids) -> bool:
        """Forget what is gone and take up what is missing; tell whether it came to its end."""
        for index in self._indexes.values():
            index.remove(gone)
            present = index.missing(present)
        while len(present) and not self._stopping.is_set():
            ids, vectors = self._store.vectors(self._encoder.name, present[:_LOADED])
            if not len(ids):
                if not self._waited_for:
                    self._give_way(_GIVEN_WAY)
                ids, vectors = self._make(present[:_BATCH])
                if not len(ids):  # they were removed meanwhile
                    return False
            self._add(ids, vectors)
            present = np.setdiff1d(present, ids, assume_unique=True)
        return not len(present)

    # Files

    def _open(self) -> None:
        """Hold what stands in the files, by whichever process; of another home (a backup was restored) nothing."""
        home_id = self._store.home_id
        for language, index in self._indexes.items():
            if home_id == self._home_id:
                if self._folder is not None:
                    index.refresh(self._path(language), self._key(home_id))
                continue
            loaded = VectorIndex.load(self._path(language), self._key(home_id)) if self._folder else None
            self._indexes[language] = loaded or VectorIndex(self._encoder.dimension)
        self._home_id = home_id

    def _path(self, language: Language) -> Path:
        assert self._folder is not None
        return self._folder / f"{VECTORS}-{language}"

    def _key(self, home_id: str) -> str:
        return f"{self._encoder.name} {home_id}"

    def _save(self, language: Language, fewest: int) -> None:
        """Write what is in memory alone, where that is much: of the rest the store has the vectors."""
        index = self._indexes[language]
        if self._folder is None or self._store.read_only or index.unsaved < fewest:
            return
        with suppress(StoreError, OSError), self._writing():  # else it stays in memory
            index.save(self._path(language), self._key(self._home_id), index.generation)

    def _improve(self) -> None:
        """Let large parts be searched faster: how much must be read is measured on beginnings in the other language."""
        for language, index in self._indexes.items():
            if self._stopping.is_set() or not index.improvable:
                continue
            other: Language = "en" if language == "zh" else "zh"
            asked = self._indexes[other] if len(self._indexes[other]) else index
            texts = beginnings(self._store, np.sort(asked.ids()), _QUESTION[other])
            if texts:
                path = self._path(language)
                self._save(language, 0)
                made = index.improve(path, self._encoder.encode_query(texts), self._stopping)
                with suppress(StoreError, OSError), self._writing():
                    index.adopt(path, self._key(self._home_id), made)
                if index.generation != self._generation:  # another process has written meanwhile
                    self._generation = -1

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
            self._save(language, _UNSAVED)
