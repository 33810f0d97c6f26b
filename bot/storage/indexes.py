"""Both indexes of a store, and the locks under which they and the documents change."""

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import Timeout

from bot.memory import give_back
from bot.storage.ahead import Ahead
from bot.storage.fresh import Fresh
from bot.storage.home import LEXICAL, VECTORS, lock_of
from bot.storage.lexical import LexicalIndex
from bot.storage.searching import NearestIndex, WordIndex
from bot.storage.store import Store
from bot.storage.synchronise import (
    adopt_vectors,
    begin_lexical,
    begin_vectors,
    hold_lexical,
    hold_vectors,
    improve_vectors,
    open_vectors,
    synchronise_lexical,
    synchronise_vectors,
)
from bot.types import Check, Progress, StoreError
from embeddings.contract import Encoder
from embeddings.index import VectorIndex

logger = logging.getLogger(__name__)


class Indexes(ABC):
    """The index of words and the index of an encoder's vectors, derived from a store, wherever they stand."""

    lexical: WordIndex
    vectors: NearestIndex

    def __init__(self, home: Path, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self.ahead = Ahead(encoder)
        self._home_id = store.home_id
        self._thread_lock = threading.RLock()
        self._process_lock = lock_of(home)

    @abstractmethod
    def synchronise(self, progress: Progress, *, wait: bool) -> bool:
        """Bring the indexes up to date; without ``wait`` leave it to whoever is writing at this moment.

        Returns:
            Whether they were behind and are up to date now.

        Raises:
            StoreError: content is damaged, or the indexes cannot be written or reached.
        """

    @contextmanager
    def beginning(self) -> Iterator[Callable[[Sequence[str]], None]]:
        """Index while documents are written; yield what is called before each batch, with its texts to be indexed."""
        with self.ahead as ahead:
            yield ahead.begin

    @abstractmethod
    def check(self) -> Iterator[Check]:
        """Tell of each index whether it holds the very passages of the store."""

    @abstractmethod
    def improve(self) -> None:
        """Begin with what makes searching faster, where there is anything to do, in a thread of its own."""

    @abstractmethod
    def settle(self) -> None:
        """Wait until nothing is made behind the scenes any more."""

    @abstractmethod
    def stop(self) -> None:
        """Stop what is made behind the scenes, within a few seconds, and give back what is held."""

    def writing(self) -> ExitStack:
        """Hold both locks: one writer at a time, in this process and in others.

        Raises:
            StoreError: the home cannot be written.
        """
        stack = ExitStack()
        stack.enter_context(self._thread_lock)
        try:
            stack.enter_context(self._process_lock)
        except OSError as error:
            stack.close()
            lock = self._process_lock.lock_file
            raise StoreError(
                f"{lock} cannot be written ({error.strerror}): asking works; to change anything, mend its permissions.",
                f"{lock} 无法写入（{error.strerror}）：可以提问；要改动文档，请先修改文件夹的权限。",
            ) from error
        return stack


class HomeIndexes(Indexes):
    """Both in the home folder."""

    lexical: LexicalIndex
    vectors: VectorIndex

    def __init__(self, home: Path, store: Store, encoder: Encoder) -> None:
        super().__init__(home, store, encoder)
        self._vectors_path = home / VECTORS
        self.lexical = LexicalIndex.open(home / LEXICAL, self._home_id)
        self.vectors = open_vectors(store, self._vectors_path, encoder)
        self._beside, self._stopping = threading.Lock(), threading.Event()
        self._improving: threading.Thread | None = None
        self._begun: Future[None] | None = None

    def synchronise(self, progress: Progress, *, wait: bool) -> bool:
        """Bring the indexes up to date; without ``wait`` leave it to whoever is writing at this moment.

        Where the home cannot be written, or its disk is full, they are brought up to date in memory, until the next
        change can be written.

        Returns:
            Whether they were behind and are up to date now.

        Raises:
            StoreError: content is damaged; with ``wait`` also where they are up to date in memory alone.
        """
        generation = self._store.generation
        if self.lexical.generation == generation == self.vectors.generation:
            return False
        if not self._thread_lock.acquire(blocking=wait):
            return False
        try:
            self._end_begun()
            self._forget_another_home()
            self._write(progress, wait)
            give_back()  # among a million passages what each change has left free would add up to 100 MB
        except Timeout:
            return False
        except (StoreError, OSError):
            hold_lexical(self._store, self.lexical)
            hold_vectors(self._store, self.vectors, self._encoder)
            if wait and not self._store.read_only:
                raise
        finally:
            self._store.fresh.clear()
            self._thread_lock.release()
        return True

    @contextmanager
    def beginning(self) -> Iterator[Callable[[Sequence[str]], None]]:
        """Index a batch while the next is read: its texts are in memory, and need not be read back from the store."""
        before: Sequence[str] = ()

        def begin(texts: Sequence[str]) -> None:
            nonlocal before
            if self.ahead.is_fast and (fresh := self._store.fresh.take()).written:
                self._begin_with(fresh, before, behind)
            before = texts
            self.ahead.begin(texts)

        with self.ahead, ThreadPoolExecutor(1) as behind:
            try:
                yield begin
            finally:
                self.lexical.let_go()
                self._begun = None

    def _begin_with(self, fresh: Fresh, texts: Sequence[str], behind: Executor) -> None:
        def embed() -> None:
            begin_vectors(self._store, self._vectors_path, self.vectors, self.ahead, fresh)
            self.ahead.forget(texts)

        self._end_begun()
        self._forget_another_home()
        # Numbers of vectors are the database's and numpy's work, which goes on beside the words.
        self._begun = behind.submit(embed)
        with suppress(StoreError, OSError):
            begin_lexical(self.lexical, fresh)

    def _end_begun(self) -> None:
        """Wait for what was begun; what has failed is done again, or told of, when all is brought up to date."""
        begun, self._begun = self._begun, None
        if begun:
            with suppress(StoreError, OSError):
                begun.result()

    def _forget_another_home(self) -> None:
        """Begin anew where a backup was restored meanwhile: its passages have the numbers of others."""
        home_id = self._store.home_id
        if home_id != self._home_id:
            self.lexical.begin_anew(home_id)
            self.vectors.remove(self.vectors.ids())
            self.vectors.generation = 0
            self._home_id = home_id

    def _write(self, progress: Progress, wait: bool) -> None:
        if self._store.read_only:
            raise PermissionError
        with self._process_lock.acquire(timeout=-1 if wait else 0), ThreadPoolExecutor(1) as beside:
            words = beside.submit(synchronise_lexical, self._store, self.lexical)
            synchronise_vectors(self._store, self._vectors_path, self.vectors, self.ahead, progress)
            words.result()

    # Faster searching, made behind the scenes

    def improve(self) -> None:
        """Let large parts be searched and changed faster, in a thread of its own; questions are answered meanwhile.

        Stopping loses only what is being made.
        """
        with self._beside:
            if self._stopping.is_set() or self._store.read_only:
                return
            if not self.vectors.improvable and not self.lexical.is_scattered:
                return
            if self._improving is None or not self._improving.is_alive():
                self._improving = threading.Thread(target=self._improve, name="youju-vectors", daemon=True)
                self._improving.start()

    def settle(self) -> None:
        """Wait until nothing is made behind the scenes any more."""
        if self._improving is not None:
            self._improving.join()

    def stop(self) -> None:
        """Stop what is made behind the scenes, within a few seconds."""
        self._stopping.set()
        self.settle()

    def _improve(self) -> None:
        try:
            if self.lexical.is_scattered:
                self.lexical.gather(self.writing)
            if self.vectors.improvable and not self._stopping.is_set():
                made = improve_vectors(self._store, self._vectors_path, self.vectors, self._encoder, self._stopping)
                with self.writing():
                    if not self._stopping.is_set():
                        adopt_vectors(self._store, self._vectors_path, self.vectors, self._encoder, made)
        except Exception:  # a thread of its own: nobody else would hear of it
            logger.exception("the indexes could not be made faster")

    def check(self) -> Iterator[Check]:
        """Tell of each index whether it holds the very passages of the store."""
        passages, revisions = self._store.passage_ids(), self._store.revisions()
        held = " (in memory: nothing can be written)" if self._store.read_only else ""
        for name, indexed, same in (
            ("lexical index", self.lexical.passages, self.lexical.holds(revisions)),
            ("vector index", len(self.vectors), set(self.vectors.ids().tolist()) == set(passages.tolist())),
        ):
            ok = indexed == len(passages) and same
            mend = "" if ok else "; stop Youju and delete lexical and vectors.faiss: they are made again at its start"
            yield Check(name, ok, f"{indexed} of {len(passages)} passages{held}{mend}")


def open_indexes(home: Path, store: Store, encoder: Encoder, url: str = "") -> Indexes:
    """Open the indexes of ``store`` in the folder ``home``, or in the Milvus at ``url``.

    Raises:
        StoreError: the address is wrong, or nobody answers there.
    """
    if not url:
        return HomeIndexes(home, store, encoder)
    from bot.storage.cluster_indexes import ClusterIndexes  # here: few have one

    return ClusterIndexes(home, store, encoder, url)
