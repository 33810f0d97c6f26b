"""Derived indexes follow the store by what is missing; an encoder made for the test counts what it is given."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot.documents.parser import document_id, parse
from bot.documents.passages import indexed_text, split_passages
from bot.language.folding import fold, terms
from bot.storage.lexical import LexicalIndex
from bot.storage.store import DATABASE, Store
from bot.storage.synchronise import open_vectors, synchronise_lexical, synchronise_vectors
from bot.types import StoreError
from embeddings.contract import Encoder, Vectors
from embeddings.index import VectorIndex

A, B = "猫在屋顶。\n\n狗在院子。\n", "兔子在洞里。\n\n狗在院子。\n"


class Counting:
    """A unit vector made of the text's code points; ``given`` holds every text that was encoded."""

    def __init__(self, name: str = "counting", dimension: int = 4) -> None:
        self.name, self.dimension = name, dimension
        self.given: list[str] = []

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self.encode_document(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        self.given += texts
        return np.stack([self.vector(text) for text in texts])

    def vector(self, text: str) -> npt.NDArray[np.float32]:
        raw = np.random.default_rng(list(map(ord, text))).standard_normal(self.dimension).astype(np.float32)
        return raw / np.float32(np.linalg.norm(raw))


class Home:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.open(folder)
        self.progress: list[tuple[int, int, str]] = []

    def put(self, source: str, text: str) -> None:
        document = parse(source, text.encode(), "标题")
        self.store.put(document, split_passages(document), text)

    def texts(self) -> list[str]:
        stored = self.store.passages(self.store.passage_ids())
        return [indexed_text(p.title, p.passage.section, p.passage.text) for p in stored]

    def vectors(self, encoder: Encoder, index: VectorIndex | None = None) -> VectorIndex:
        """Bring ``index``, or the one on disk, up to date."""
        path = self.folder / "vectors.faiss"
        index = index or open_vectors(self.store, path, encoder)
        synchronise_vectors(self.store, path, index, encoder, lambda *step: self.progress.append(step))
        return index

    def assert_whole(self, index: VectorIndex, encoder: Counting) -> None:
        """Every passage is under its number with its own vector, and the index on disk is the same."""
        ids = self.store.passage_ids()
        for one in (index, open_vectors(self.store, self.folder / "vectors.faiss", encoder)):
            assert sorted(one.ids().tolist()) == ids.tolist()
            assert one.generation == self.store.generation
            for number, text in zip(ids, self.texts(), strict=True):
                scores, _ = one.search(encoder.vector(text)[None], 1, [number])
                assert scores[0, 0] == pytest.approx(1.0, abs=2e-3)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    home.put("a.txt", A)
    yield home
    home.store.close()


def test_only_what_is_missing_is_embedded(home: Home) -> None:
    encoder = Counting()
    index = home.vectors(encoder)
    assert encoder.given == home.texts()
    home.assert_whole(index, encoder)
    encoder.given.clear()
    home.put("b.txt", B)
    home.vectors(encoder, index)
    assert [text.split("\n")[-1] for text in encoder.given] == ["兔子在洞里。"]  # the other is known from a.txt
    home.assert_whole(index, encoder)


def test_removed_and_replaced_documents_leave_the_index(home: Home) -> None:
    encoder = Counting()
    home.put("b.txt", B)
    index = home.vectors(encoder)
    home.store.remove(document_id("a.txt"))
    home.put("b.txt", "鸟在树上。\n")
    home.vectors(encoder, index)
    assert len(index) == 1
    home.assert_whole(index, encoder)


def test_nothing_to_do_is_nothing_done(home: Home) -> None:
    encoder = Counting()
    index = home.vectors(encoder)
    before = (home.folder / "vectors.faiss").stat()
    encoder.given.clear()
    home.progress.clear()
    home.vectors(encoder, index)
    home.vectors(encoder)
    after = (home.folder / "vectors.faiss").stat()
    assert (encoder.given, home.progress) == ([], [])
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_progress_ends_with_all_done(home: Home) -> None:
    home.put("many.txt", "\n".join(f"第{n}号仓库。" for n in range(5000)))
    home.vectors(Counting())
    steps = [(done, total) for done, total, label in home.progress if label == "embed"]
    assert len(steps) > 1
    assert steps == sorted(steps)
    assert steps[-1] == (5002, 5002)


@pytest.mark.parametrize("damage", ["missing", "short", "flipped"])
def test_a_lost_or_damaged_index_is_made_again_from_stored_vectors(home: Home, damage: str) -> None:
    encoder = Counting()
    home.vectors(encoder)
    encoder.given.clear()
    path = home.folder / "vectors.faiss"
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.unlink()
    if damage != "missing":
        path.write_bytes(content[:-9] if damage == "short" else content)
    assert len(open_vectors(home.store, path, encoder)) == 0
    home.assert_whole(home.vectors(encoder), encoder)
    assert encoder.given == []


def test_a_damaged_stored_vector_is_made_again(home: Home) -> None:
    encoder = Counting()
    home.vectors(encoder)
    encoder.given.clear()
    (home.folder / "vectors.faiss").unlink()
    with closing(sqlite3.connect(home.folder / DATABASE)) as connection, connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(8) WHERE rowid = 1")
    home.assert_whole(home.vectors(encoder), encoder)
    assert len(encoder.given) == 1


def test_another_encoder_embeds_anew_and_the_first_finds_its_own_again(home: Home) -> None:
    first, second = Counting(), Counting("other", 7)
    home.vectors(first)
    home.assert_whole(home.vectors(second), second)
    assert second.given == home.texts()
    first.given.clear()
    home.assert_whole(home.vectors(first), first)
    assert first.given == []


def test_an_older_database_in_the_same_home_is_followed(home: Home) -> None:
    encoder = Counting()
    home.store.close()
    older = (home.folder / DATABASE).read_bytes()
    home.store = Store.open(home.folder)
    home.put("b.txt", B)
    home.put("c.txt", "鸟在树上。\n")
    index = home.vectors(encoder)
    home.store.close()
    (home.folder / DATABASE).write_bytes(older)
    home.store = Store.open(home.folder)
    home.assert_whole(home.vectors(encoder, index), encoder)


def test_what_was_not_noted_is_found_by_comparing(home: Home) -> None:
    encoder = Counting()
    index = home.vectors(encoder)
    home.put("b.txt", B)
    with closing(sqlite3.connect(home.folder / DATABASE)) as connection, connection:
        connection.execute("DELETE FROM changes")
    home.assert_whole(home.vectors(encoder, index), encoder)


def test_a_disk_that_cannot_be_written_says_what_to_do(home: Home) -> None:
    (home.folder / "vectors.faiss").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        home.vectors(Counting())


def hits(lexical: LexicalIndex, text: str) -> list[int]:
    return list(lexical.search(terms(fold(text)), 10))


def test_the_lexical_index_follows(home: Home) -> None:
    lexical, other = (LexicalIndex.open(home.folder / "lexical") for _ in range(2))
    for index in (lexical, other):  # the second finds on disk what the first has written
        synchronise_lexical(home.store, index)
        assert (index.generation, index.revisions) == (home.store.generation, home.store.revisions())
        assert len(hits(index, "屋顶")) == 1
    home.put("b.txt", B)
    home.put("a.txt", "鸟在树上。\n")
    synchronise_lexical(home.store, lexical)
    assert (lexical.generation, lexical.revisions) == (home.store.generation, home.store.revisions())
    assert hits(lexical, "屋顶") == []
    assert sorted(hits(lexical, "树兔子院")) == home.store.passage_ids().tolist()
    home.store.remove(document_id("b.txt"))
    synchronise_lexical(home.store, other)
    assert hits(other, "兔子") == []
    assert other.revisions == home.store.revisions()
