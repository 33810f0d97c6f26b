"""What two processes see of one index, and what comes back under its old number."""

import multiprocessing
from pathlib import Path

import numpy as np

from embeddings.index import VectorIndex
from tests.unit.embeddings.test_index import DIMENSION, unit_vectors

_CHANGES = 300


def _filled(path: Path, count: int) -> VectorIndex:
    index = VectorIndex(DIMENSION)
    index.add(np.arange(count), unit_vectors(count))
    index.save(path, "encoder", 1)
    return index


def test_a_number_that_was_removed_can_come_back(tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    index, again = _filled(path, 10), unit_vectors(1, seed=5)
    other = VectorIndex.load(path, "encoder")
    index.remove([3])
    index.save(path, "encoder", 2)
    index.add([3], again)
    index.save(path, "encoder", 3)
    assert other is not None
    other.refresh(path, "encoder")
    loaded = VectorIndex.load(path, "encoder")
    assert loaded is not None
    for one in (index, other, loaded):
        assert sorted(one.ids().tolist()) == list(range(10))
        scores, found = one.search(again, 1)
        assert found[0].tolist() == [3]
        assert abs(scores[0, 0] - 1) < 1e-3


def _change(path: Path) -> None:
    index = VectorIndex.load(path, "encoder")
    assert index is not None
    for number in range(10, 10 + _CHANGES):
        index.add([number], unit_vectors(1, seed=number))
        index.save(path, "encoder", number)


def test_an_index_can_be_loaded_while_another_process_changes_it(tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    _filled(path, 10)
    writer = multiprocessing.get_context("spawn").Process(target=_change, args=(path,))
    writer.start()
    sizes = [10]
    while writer.is_alive():
        loaded = VectorIndex.load(path, "encoder")
        assert loaded is not None
        assert len(loaded) >= sizes[-1]
        sizes.append(len(loaded))
    writer.join()
    assert writer.exitcode == 0
    loaded = VectorIndex.load(path, "encoder")
    assert loaded is not None
    assert len(loaded) == 10 + _CHANGES
