"""Vectors that are searched together, in memory or in files that are mapped; the one file that imports FAISS."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import faiss as untyped_faiss
import numpy as np
import numpy.typing as npt

from embeddings.files import write_parts

# Its stubs describe the C++ signatures, not the Python ones laid over them.
faiss: Any = untyped_faiss

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]

_ROWS = 16_384
"""Vectors that are copied or assigned at once."""
_GATHERED = 4096
"""So many wanted vectors are compared one by one; of more the whole segment is read."""
_TRAINED_ON = 40_960
"""Vectors that the short codes are learned from."""
_RECALL = 0.995
"""Of the 50 nearest, measured on questions; a little above the 0.99 that is promised for others."""
_NEAREST = 50
_DEPTHS = (200, 400, 800, 1600, 3200)
"""So many are found by short codes for each 50 that are wanted, and compared once more by what they were made of."""


class Segment:
    """Unit vectors under numbers, compared by inner product, which is their cosine, as float16.

    ``name`` is that of its file, whose checksum is ``crc``; empty of one that grows in memory. With short codes
    (4 bits for each two components) all of those are compared, and of the ``depth`` best ones the vectors; else all
    vectors. One thread changes it at a time, and while none does any may search.
    """

    def __init__(self, dimension: int) -> None:
        self.name, self.crc = "", 0
        self.codes_name, self.codes_crc, self.depth = "", 0, 0
        self._short: Any = None
        self._flat = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._parts: list[Ids] = []
        self._mapped: Halves | None = None
        self._live: npt.NDArray[np.bool_] | None = None  # None: all are
        self._order: Ids | None = None

    @classmethod
    def map(cls, path: Path, dimension: int, count: int, crc: int) -> Self:
        """Map the file that ``write`` has written."""
        segment = cls(dimension)
        segment.name, segment.crc = path.name, crc
        segment._flat = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        size = 2 * count * dimension
        start = len(_header(dimension, count))
        segment._mapped = np.memmap(path, np.float16, "r", start, (count, dimension))
        segment._parts = [np.array(np.memmap(path, np.int64, "r", start + size, (count,)))]
        return segment

    def map_codes(self, path: Path, crc: int, depth: int) -> None:
        """Search by the short codes that ``shorten`` has written from now on."""
        short = faiss.read_index(str(path))
        self.codes_name, self.codes_crc, self.depth = path.name, crc, depth
        self._short = short

    def __len__(self) -> int:
        return int(self._flat.ntotal) if self._live is None else int(self._live.sum())

    @property
    def size(self) -> int:
        """How many vectors there are, with those that were removed."""
        return int(self._flat.ntotal)

    @property
    def has_codes(self) -> bool:
        """Whether it is searched by short codes."""
        return self._short is not None

    def ids(self) -> Ids:
        """Return the numbers of what was not removed."""
        return self._all if self._live is None else self._all[self._live]

    def removed(self) -> Ids:
        """Return the numbers of what was removed, and is still in the file."""
        return np.zeros(0, np.int64) if self._live is None else self._all[~self._live]

    @property
    def _all(self) -> Ids:
        if len(self._parts) != 1:
            self._parts = [np.concatenate([np.zeros(0, np.int64), *self._parts])]
        return self._parts[0]

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add ``vectors`` (n, dimension) to one that grows."""
        self._flat.add(np.ascontiguousarray(vectors, np.float32))
        self._parts.append(np.array(ids, np.int64))
        self._order = None
        if self._live is not None:
            self._live = np.concatenate([self._live, np.ones(len(ids), bool)])

    def remove(self, ids: Ids) -> None:
        """Remove the vectors under ``ids``; numbers that are not there are passed over."""
        at = self.positions(ids)
        if len(at):
            live = np.ones(self.size, bool) if self._live is None else self._live.copy()
            live[at] = False
            self._live = live

    def positions(self, ids: Ids) -> Ids:
        """Return where those of ``ids`` stand that are here and were not removed."""
        everything = self._all
        # What is new has higher numbers than all that is there.
        if not len(everything) or not len(ids) or ids.min() > everything.max():
            return np.zeros(0, np.int64)
        if self._order is None:
            self._order = np.argsort(everything, kind="stable")
        found = np.minimum(np.searchsorted(everything, ids, sorter=self._order), len(everything) - 1)
        at: Ids = self._order[found]
        at = at[everything[at] == ids]
        return at if self._live is None else at[self._live[at]]

    def numbers_at(self, positions: Ids) -> Ids:
        """Return the numbers that stand at ``positions``."""
        return self._all[positions]

    def search(self, queries: Vectors, limit: int, wanted: Ids | None) -> tuple[Vectors, Ids]:
        """Find the nearest of each query, among ``wanted`` numbers alone where given.

        Returns scores and numbers, each (n, m), in no particular order; -inf and -1 where fewer were found.
        """
        if wanted is not None:
            at = self.positions(wanted)
            if self._mapped is not None and len(at) <= _GATHERED:
                return self._compare(queries, np.broadcast_to(at, (len(queries), len(at))))
            return self._numbers(*self._flat.search(queries, min(limit, self.size), params=_among(at, self.size)))
        if self._short is not None:
            scores, numbers = self._search_short(queries, limit)
            if self._live is None or (np.sum(numbers >= 0, axis=1) >= min(limit, len(self))).all():
                return scores, numbers
        selector = None if self._live is None else faiss.SearchParameters(sel=_bitmap(self._live))
        return self._numbers(*self._flat.search(queries, min(limit, self.size), params=selector))

    def _search_short(self, queries: Vectors, limit: int) -> tuple[Vectors, Ids]:
        depth = min(self.depth * -(-limit // _NEAREST), self.size)
        found = self._short.search(queries, depth)[1]
        scores, numbers = self._compare(queries, found)
        if self._live is None:
            return scores, numbers
        # What was removed is still among the codes.
        gone = ~self._live[found]
        return np.where(gone, -np.inf, scores).astype(np.float32), np.where(gone, -1, numbers)

    def _numbers(self, scores: Vectors, found: Ids) -> tuple[Vectors, Ids]:
        return np.where(found < 0, -np.inf, scores).astype(np.float32), np.where(found < 0, -1, self._all[found])

    def _compare(self, queries: Vectors, found: Ids) -> tuple[Vectors, Ids]:
        """Return the cosines of the vectors at ``found`` (a row a query)."""
        assert self._mapped is not None
        scores = np.stack(
            [self._mapped[row].astype(np.float32) @ query for row, query in zip(found, queries, strict=True)]
        ) if found.size else np.zeros(found.shape, np.float32)  # fmt: skip
        return self._numbers(scores, found)

    # Files

    @property
    def _codes(self) -> Halves:
        if self._mapped is not None:
            return self._mapped
        codes: npt.NDArray[np.uint8] = faiss.vector_to_array(self._flat.codes)
        return codes.view(np.float16).reshape(self.size, int(self._flat.d))

    @classmethod
    def write(cls, path: Path, dimension: int, segments: Sequence["Segment"]) -> Self:
        """Write what is left of ``segments`` to one file, in the order of the numbers, and map it."""
        ids = np.concatenate([segment.ids() for segment in segments])
        crc = write_parts(path, _parts(dimension, ids, [(s._codes, s._kept()) for s in segments]))
        return cls.map(path, dimension, len(ids), crc)

    def _kept(self) -> Ids:
        return np.arange(self.size) if self._live is None else np.flatnonzero(self._live)

    def shorten(self, path: Path, questions: Vectors, stopping: threading.Event) -> int:
        """Write short codes to ``path``; return how many of the best by them must be compared once more.

        That is measured on ``questions`` (n, dimension) against all vectors. 0, and no file, where not even
        ``_DEPTHS[-1]`` hold enough of the nearest, or it was stopped.
        """
        vectors = self._codes
        dimension = vectors.shape[1]
        parts = dimension if dimension % 2 else dimension // 2
        short = faiss.IndexPQFastScan(dimension, parts, 4, faiss.METRIC_INNER_PRODUCT)
        short.train(vectors[_spread(len(vectors), _TRAINED_ON)].astype(np.float32))
        for start in range(0, len(vectors), _ROWS):
            if stopping.is_set():
                return 0
            short.add(vectors[start : start + _ROWS].astype(np.float32))
        exact = self._exact(questions, stopping)
        for depth in _DEPTHS:
            if stopping.is_set():
                return 0
            found = short.search(questions, min(depth, self.size))[1]
            if np.mean([np.isin(a, b).mean() for a, b in zip(exact, found, strict=True)]) >= _RECALL:
                faiss.write_index(short, str(path))
                return depth
        return 0

    def _exact(self, questions: Vectors, stopping: threading.Event) -> Ids:
        """Return where the nearest of each question stand, found by comparing all; of fewer where it was stopped."""
        one_thread()
        found = [np.zeros((0, min(_NEAREST, self.size)), np.int64)]
        for question in questions:  # one after the other: among a million each takes a tenth of a second
            if stopping.is_set():
                break
            found.append(self._flat.search(question[None], min(_NEAREST, self.size))[1])
        return np.concatenate(found)


def one_thread() -> None:
    """Let FAISS use one thread: the setting is each thread's own, and one query is one thread's work."""
    faiss.omp_set_num_threads(1)


def _header(dimension: int, count: int) -> bytes:
    """Return what FAISS writes before the vectors of a flat index of float16."""
    empty = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    header = bytearray(faiss.serialize_index(empty).tobytes())
    # Written here rather than by FAISS, so that the vectors need not all be in memory; a test reads it back.
    header[8:16] = count.to_bytes(8, "little")
    header[-8:] = (2 * dimension * count).to_bytes(8, "little")
    return bytes(header)


def _parts(dimension: int, ids: Ids, sources: Sequence[tuple[Halves, Ids]]) -> Iterator[Any]:
    yield _header(dimension, len(ids))
    order = np.argsort(ids, kind="stable")
    owner = np.repeat(np.arange(len(sources)), [len(kept) for _, kept in sources])
    rows = np.concatenate([kept for _, kept in sources])
    for start in range(0, len(order), _ROWS):
        chunk = order[start : start + _ROWS]
        made = np.empty((len(chunk), dimension), np.float16)
        for number, (codes, _) in enumerate(sources):
            mine = owner[chunk] == number
            made[mine] = codes[rows[chunk[mine]]]
        yield made.tobytes()
    yield ids[order].tobytes()


def _spread(count: int, most: int) -> Ids:
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64))


def _bitmap(mask: npt.NDArray[np.bool_]) -> Any:
    # A bit a number: three times as fast as FAISS's set of numbers where many are wanted.
    return faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))


def _among(positions: Ids, size: int) -> Any:
    mask = np.zeros(size, bool)
    mask[positions] = True
    return faiss.SearchParameters(sel=_bitmap(mask))
