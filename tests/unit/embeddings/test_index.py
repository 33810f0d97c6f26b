from pathlib import Path
from threading import Event

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
    small.remove([3])
    small.save(path, "encoder", 2)
    for file in tmp_path.iterdir():
        whole = file.read_bytes()
        for place in range(0, len(whole), 3):
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
            assert VectorIndex.load(path, "encoder") is None, place
        for length in range(0, len(whole), 97):
            file.write_bytes(whole[:length])
            assert VectorIndex.load(path, "encoder") is None, length
        file.write_bytes(whole)
    loaded = VectorIndex.load(path, "encoder")
    assert loaded is not None
    assert sorted(loaded.ids().tolist()) == [0, 1, 2, 4, 5, 6, 7, 8, 9]


# Segments


def test_a_change_leaves_what_is_large_as_it_is(index: VectorIndex, ids: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    index.save(path, "encoder", 1)
    large = max(tmp_path.iterdir(), key=lambda file: file.stat().st_size)
    before = large.stat()
    index.add([1], unit_vectors(1, seed=5))
    index.remove(ids[:1])
    index.save(path, "encoder", 2)
    assert (large.stat().st_ino, large.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(list(tmp_path.iterdir())) == 3
    loaded = VectorIndex.load(path, "encoder")
    assert loaded is not None
    assert sorted(loaded.ids().tolist()) == [1, *ids[1:].tolist()]
    query = unit_vectors(1, seed=6)
    for one in (index, loaded):
        vectors, numbers = np.concatenate([unit_vectors(1, seed=5), unit_vectors(500)[1:]]), np.r_[1, ids[1:]]
        scores, found = nearest(numbers, vectors, query[0], 12)
        assert one.search(query, 12)[1][0].tolist() == found.tolist()
        assert one.search(query, 12)[0][0] == pytest.approx(scores, abs=1e-5)


def test_there_are_few_segments_however_many_changes(tmp_path: Path) -> None:
    path, index = tmp_path / "vectors", VectorIndex(DIMENSION)
    for number in range(200):
        index.add([number], unit_vectors(1, seed=number))
        index.save(path, "encoder", number + 1)
    assert len(list(tmp_path.iterdir())) <= 10  # a manifest, and files each twice as large as the next
    index.remove(np.arange(150))
    index.save(path, "encoder", 201)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 110 * 2 * DIMENSION + 8000
    loaded = VectorIndex.load(path, "encoder")
    assert loaded is not None
    assert sorted(loaded.ids().tolist()) == list(range(150, 200))


def test_what_another_process_wrote_is_taken_up(index: VectorIndex, tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    index.save(path, "encoder", 1)
    other = VectorIndex.load(path, "encoder")
    assert other is not None
    other.add([1], unit_vectors(1, seed=5))
    other.save(path, "encoder", 2)
    index.refresh(path, "encoder")
    assert index.generation == 2
    assert sorted(index.ids().tolist()) == sorted(other.ids().tolist())
    index.refresh(path, "another")
    assert index.generation == 2


def test_a_deleted_file_is_written_again(index: VectorIndex, tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    index.save(path, "encoder", 1)
    for file in tmp_path.iterdir():
        file.unlink()
    index.save(path, "encoder", 2)
    loaded = VectorIndex.load(path, "encoder")
    assert loaded is not None
    assert np.array_equal(loaded.search(unit_vectors(3), 9)[1], index.search(unit_vectors(3), 9)[1])


# Short codes


def crowded(count: int, seed: int) -> np.ndarray:
    """Vectors around sixty directions, as texts lie around subjects."""
    rng = np.random.default_rng(seed)
    near = unit_vectors(60, seed=99)[rng.integers(60, size=count)]
    vectors = near + 0.1 * rng.standard_normal((count, DIMENSION)).astype(np.float32)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_short_codes_find_what_comparing_all_finds(tmp_path: Path) -> None:
    path, vectors, queries = tmp_path / "vectors", crowded(12_000, 0), crowded(100, 1)
    index = VectorIndex(DIMENSION, flat=5000)
    index.add(np.arange(12_000), vectors)
    index.save(path, "encoder", 1)
    assert index.improvable
    exact = index.search(queries, 50)[1]
    index.adopt(path, "encoder", index.improve(path, queries, Event()))
    assert not index.improvable
    loaded = VectorIndex.load(path, "encoder", flat=5000)
    assert loaded is not None
    assert not loaded.improvable
    for one in (index, loaded):
        scores, found = one.search(queries, 50)
        assert np.mean([np.isin(a, b).mean() for a, b in zip(exact, found, strict=True)]) >= 0.99
        expected = np.take_along_axis(queries @ vectors.astype(np.float16).astype(np.float32).T, found, 1)
        assert scores == pytest.approx(expected, abs=1e-4)
    gone = exact[:, 0]
    index.remove(gone)
    assert not np.isin(index.search(queries, 50)[1], gone).any()
    assert index.search(queries[:1], 3, exact[0, 5:8])[1][0].tolist() == exact[0, 5:8].tolist()
    index.remove(np.arange(30, 12_000))  # hardly any of the best by their codes are left
    left = np.setdiff1d(np.arange(30), gone)
    assert (np.sort(index.search(queries, 50)[1], axis=1) == left).all()


def test_damaged_codes_only_cost_time(tmp_path: Path) -> None:
    path, index = tmp_path / "vectors", VectorIndex(DIMENSION, flat=5000)
    index.add(np.arange(6000), crowded(6000, 0))
    index.save(path, "encoder", 1)
    before = set(tmp_path.iterdir())
    exact = index.search(crowded(5, 1), 20)[1]
    index.adopt(path, "encoder", index.improve(path, crowded(100, 1), Event()))
    (codes,) = set(tmp_path.iterdir()) - before
    content = bytearray(codes.read_bytes())
    content[len(content) // 2] ^= 4
    codes.unlink()
    codes.write_bytes(content)
    loaded = VectorIndex.load(path, "encoder", flat=5000)
    assert loaded is not None
    assert loaded.improvable
    assert np.array_equal(loaded.search(crowded(5, 1), 20)[1], exact)


def test_making_codes_can_be_stopped(tmp_path: Path) -> None:
    path, index, stopping = tmp_path / "vectors", VectorIndex(DIMENSION, flat=5000), Event()
    index.add(np.arange(6000), crowded(6000, 0))
    index.save(path, "encoder", 1)
    stopping.set()
    made = index.improve(path, crowded(100, 1), stopping)
    assert set(made.values()) == {0}
    index.adopt(path, "encoder", made)
    assert index.improvable
    assert len(list(tmp_path.iterdir())) == 2
