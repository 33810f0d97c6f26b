"""Nearest vectors by FAISS; the one file that imports it."""

import json
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import faiss as untyped_faiss
import numpy as np
import numpy.typing as npt

from embeddings.files import checksum, replace_file

# Its stubs describe the C++ signatures, not the Python ones laid over them.
faiss: Any = untyped_faiss

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]

_FORMAT = "youju vectors 1"
_LONGEST_HEADER = 4096


class VectorIndex:
    """Unit vectors under numbers, searched exactly (as float16) by inner product, which is their cosine.

    Safe to use from several threads. ``generation`` says which state of its source it was saved at.
    """

    def __init__(self, dimension: int, generation: int = 0) -> None:
        self.dimension = dimension
        self.generation = generation
        self._lock = threading.Lock()
        flat = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._index = faiss.IndexIDMap2(flat)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def ids(self) -> Ids:
        """Return the numbers in the index, int64, in no particular order."""
        with self._lock:
            return np.array(faiss.vector_to_array(self._index.id_map), np.int64)

    def add(self, ids: Sequence[int] | Ids, vectors: Vectors) -> None:
        """Add ``vectors`` (n, dimension), of unit length, under ``ids`` (n), none of which is there yet."""
        with self._lock:
            self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.asarray(ids, np.int64))

    def remove(self, ids: Sequence[int] | Ids) -> None:
        """Remove the vectors under ``ids``; numbers that are not there are passed over."""
        with self._lock:
            self._index.remove_ids(np.asarray(ids, np.int64))

    def search(self, vectors: Vectors, limit: int, ids: Sequence[int] | Ids | None = None) -> tuple[Vectors, Ids]:
        """Find the ``limit`` nearest of each of ``vectors`` (n, dimension), among ``ids`` alone where given.

        Returns scores and numbers, each (n, m) with m <= limit as many as there are, best first.
        """
        queries = np.ascontiguousarray(vectors, np.float32)
        parameters = None
        if ids is not None:
            # A bit a number: three times as fast as FAISS's set of numbers where many are wanted.
            wanted = np.asarray(ids, np.int64)
            mask = np.zeros(int(wanted.max(initial=0)) + 1, bool)
            mask[wanted] = True
            selector = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
            parameters = faiss.SearchParameters(sel=selector)
        # One query is one thread's work anyway; more would only wait for each other. The setting is a thread's own.
        faiss.omp_set_num_threads(1)
        with self._lock:
            scores, found = self._index.search(queries, max(1, min(limit, len(self))), params=parameters)
        # FAISS fills up with -1 where it has found fewer, and as many of them in every row.
        count = int((found[:1] >= 0).sum())
        return scores[:, :count], found[:, :count]

    def save(self, path: Path, key: str, generation: int) -> None:
        """Replace the file at ``path``. ``key`` says what the vectors are; ``load`` asks for it again."""
        with self._lock:
            body = faiss.serialize_index(self._index)
            self.generation = generation
        header = {
            "format": _FORMAT,
            "key": key,
            "generation": generation,
            "dimension": self.dimension,
            "crc": zlib.crc32(body),
        }
        line = json.dumps(header).encode()
        replace_file(path, b"%08x " % zlib.crc32(line), line, b"\n", body)

    @classmethod
    def load(cls, path: Path, key: str) -> Self | None:
        """Load what was saved with ``key``; None where there is no such file, or it is damaged or of another key."""
        try:
            file = path.open("rb")
        except OSError:
            return None
        with file:
            crc, _, line = file.readline(_LONGEST_HEADER).rstrip(b"\n").partition(b" ")
            if b"%08x" % zlib.crc32(line) != crc:
                return None
            header = json.loads(line)
            start = file.tell()
            if (header["format"], header["key"]) != (_FORMAT, key) or checksum(file) != header["crc"]:
                return None
            # Read again rather than kept: a copy of the body would double the memory of a start.
            file.seek(start)
            index = cls(header["dimension"], header["generation"])
            index._index = faiss.read_index(faiss.PyCallbackIOReader(file.read))
        return index
