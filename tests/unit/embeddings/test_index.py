from pathlib import Path

import numpy as np
import pytest

from embeddings.index import VectorIndex

DIMENSION = 48


def unit_vectors(count: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def nearest(ids: np.ndarray, vectors: np.ndarray, query: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray]:
    scores = vectors.astype(np.float16).astype(np.float32) @ query
    order = np.argsort(-scores, kind="stable")[:limit]
    return scores[order], ids[order]


@pytest.fixture
def ids() -> np.ndarray:
    return np.arange(500) * 7 + 3


@pytest.fixture
def index(ids: np.ndarray) -> VectorIndex:
    index = VectorIndex(DIMENSION)
    index.add(ids[:200], unit_vectors(500)[:200])
    index.add(ids[200:].tolist(), unit_vectors(500)[200:])
    return index


def test_finds_what_numpy_finds(index: VectorIndex, ids: np.ndarray) -> None:
    queries = unit_vectors(20, seed=1)
    scores, found = index.search(queries, 10)
    for row, query in enumerate(queries):
        expected_scores, expected = nearest(ids, unit_vectors(500), query, 10)
        assert found[row].tolist() == expected.tolist()
        assert scores[row] == pytest.approx(expected_scores, abs=1e-5)


def test_a_stored_vector_scores_one_with_itself(index: VectorIndex, ids: np.ndarray) -> None:
    scores, found = index.search(unit_vectors(500)[:50], 1)
    assert found[:, 0].tolist() == ids[:50].tolist()
    assert scores[:, 0] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("count", [1, 5, 30, 450])
def test_a_scope_narrows_the_search(index: VectorIndex, ids: np.ndarray, count: int) -> None:
    wanted = np.random.default_rng(2).permutation(500)[:count]
    query = unit_vectors(1, seed=3)
    # 4 is in no index: it is passed over.
    scores, found = index.search(query, 20, [*ids[wanted].tolist(), 4])
    expected_scores, expected = nearest(ids[wanted], unit_vectors(500)[wanted], query[0], 20)
    assert found[0].tolist() == expected.tolist()
    assert scores[0] == pytest.approx(expected_scores, abs=1e-5)


def test_an_empty_scope_or_index_finds_nothing(index: VectorIndex) -> None:
    assert index.search(unit_vectors(1), 5, [])[1].shape == (1, 0)
    assert VectorIndex(DIMENSION).search(unit_vectors(2), 5)[1].shape == (2, 0)
    assert VectorIndex(DIMENSION).search(unit_vectors(1), 5, [3])[1].shape == (1, 0)


def test_removed_vectors_are_gone_and_others_stay(index: VectorIndex, ids: np.ndarray) -> None:
    index.remove(ids[100:400])
    index.remove([4])
    kept = np.r_[0:100, 400:500]
    assert len(index) == 200
    assert sorted(index.ids().tolist()) == ids[kept].tolist()
    query = unit_vectors(1, seed=4)
    assert (
        index.search(query, 10)[1][0].tolist() == nearest(ids[kept], unit_vectors(500)[kept], query[0], 10)[1].tolist()
    )


def test_a_limit_above_the_size_gives_all(index: VectorIndex) -> None:
    scores, found = index.search(unit_vectors(1), 10_000)
    assert found.shape == (1, 500)
    assert (np.diff(scores[0]) <= 0).all()


def test_saved_is_loaded_again(index: VectorIndex, tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    index.save(path, "encoder", 41)
    index.save(path, "encoder", 42)
    loaded = VectorIndex.load(path, "encoder")
    assert loaded is not None
    assert (loaded.generation, loaded.dimension, len(loaded)) == (42, DIMENSION, 500)
    scores, found = loaded.search(unit_vectors(3), 9)
    before_scores, before = index.search(unit_vectors(3), 9)
    assert np.array_equal(scores, before_scores)
    assert np.array_equal(found, before)
    loaded.add([1], unit_vectors(1, seed=5))
    loaded.remove([3])
    assert set(loaded.ids().tolist()) == {1, *index.ids().tolist()} - {3}
    assert len(list(tmp_path.iterdir())) == 2  # what no manifest names is deleted


def test_what_is_missing_or_of_another_key_is_not_loaded(index: VectorIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "vectors", "encoder", 1)
    assert VectorIndex.load(tmp_path / "vectors", "other") is None
    assert VectorIndex.load(tmp_path / "none", "encoder") is None


def test_no_flipped_bit_and_no_cut_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    small = VectorIndex(DIMENSION)
    small.add(np.arange(10), unit_vectors(10))
    small.save(path, "encoder", 1)
    whole = path.read_bytes()
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        assert VectorIndex.load(path, "encoder") is None, place
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        assert VectorIndex.load(path, "encoder") is None, length
