"""Both indexes of a home, and the locks under which they and the documents change."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from filelock import FileLock, Timeout

from bot.storage.lexical import LexicalIndex
from bot.storage.store import Store
from bot.storage.synchronise import open_vectors, synchronise_lexical, synchronise_vectors
from bot.types import Check, Progress
from embeddings.contract import Encoder


class Indexes:
    """The index of words and the index of an encoder's vectors, derived from a store in the same home folder."""

    def __init__(self, home: Path, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self._vectors_path = home / "vectors.faiss"
        self.lexical = LexicalIndex.open(home / "lexical")
        self.vectors = open_vectors(self._vectors_path, encoder)
        self._thread_lock = threading.RLock()
        self._process_lock = FileLock(home / "lock")

    def writing(self) -> ExitStack:
        """Hold both locks: one writer at a time, in this process and in others."""
        stack = ExitStack()
        stack.enter_context(self._thread_lock)
        stack.enter_context(self._process_lock)
        return stack

    def synchronise(self, progress: Progress, *, wait: bool) -> bool:
        """Bring the indexes up to date; without ``wait`` leave it to whoever is writing at this moment.

        Returns:
            Whether they were behind and are up to date now.
        """
        generation = self._store.generation
        if self.lexical.generation == generation == self.vectors.generation:
            return False
        if not self._thread_lock.acquire(blocking=wait):
            return False
        try:
            with self._process_lock.acquire(timeout=-1 if wait else 0):
                synchronise_lexical(self._store, self.lexical)
                synchronise_vectors(self._store, self._vectors_path, self.vectors, self._encoder, progress)
                return True
        except Timeout:
            return False
        finally:
            self._thread_lock.release()

    def check(self) -> Iterator[Check]:
        """Tell of each index whether it holds as many passages as the store."""
        passages = len(self._store.passage_ids())
        for name, indexed in (("lexical index", self.lexical.passages), ("vector index", len(self.vectors))):
            yield Check(name, indexed == passages, f"{indexed} of {passages} passages")
