"""What each peer must do to be measured, and the rows that it is given."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
DIMENSION = 256


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as every peer is given it, with its unit vector."""

    key: str
    text: str
    title: str
    vector: Vector


class Peer(Protocol):
    """A store of passages in one folder. Each method has put on disk what it changes when it returns."""

    def fill(self, rows: Iterable[Row]) -> None:
        """Make the store, of all rows at once."""

    def open(self) -> None:
        """Open the store that is there."""

    def search(self, question: str, vector: Vector) -> list[str]:
        """Return the texts of the ten best passages, best first; of a whole answer what it cites."""

    def add(self, rows: Sequence[Row]) -> None:
        """Add the passages of one document."""

    def remove(self, rows: Sequence[Row]) -> None:
        """Remove them again."""


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write rows into ``path`` and their vectors beside it; return how many there were."""
    count = 0
    with path.open("w", encoding="utf-8") as texts, path.with_suffix(".f32").open("wb") as vectors:
        for row in rows:
            texts.write(json.dumps((row.key, row.text, row.title), ensure_ascii=False) + "\n")
            vectors.write(np.ascontiguousarray(row.vector, np.float32).tobytes())
            count += 1
    return count


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows one by one. They are read, not mapped: what a peer does not keep is not counted as its memory."""
    with path.open(encoding="utf-8") as texts, path.with_suffix(".f32").open("rb") as vectors:
        for line in texts:
            vector = np.frombuffer(vectors.read(DIMENSION * 4), np.float32)
            key, text, title = json.loads(line)
            yield Row(key, text, title, vector)


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield lists of ``size`` rows, the last one shorter."""
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
