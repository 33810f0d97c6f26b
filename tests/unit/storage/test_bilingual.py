"""Vectors across languages: made behind the scenes, kept in the store, found again after a stop."""

import math
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.storage.bilingual import BilingualIndex, Made, Nearest
from bot.storage.records import PutItem
from bot.storage.store import Store
from embeddings.bilingual import BilingualEncoder
from embeddings.contract import Vectors

CHINESE = "儿童接种疫苗后应当在接种点留观三十分钟。\n图书馆每周一闭馆。\n押金在合同终止后十日内退还。"
ENGLISH = "Visitors must sign in at the front desk.\nThe deposit is returned within ten days."


class Counting(BilingualEncoder):
    """The real encoder; counts the passages that it encodes."""

    def __init__(self) -> None:
        self.encoded = 0

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return super().encode_document(texts)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as store:
        for name, text in (("zh.txt", CHINESE), ("en.txt", ENGLISH)):
            document = parse(name, text.encode("utf-8-sig"), name)
            store.put_many([PutItem(document, split_passages(document), "")])
        yield store


@pytest.fixture
def encoder() -> Counting:
    return Counting()


@pytest.fixture
def index(store: Store, encoder: Counting, monkeypatch: pytest.MonkeyPatch) -> Iterator[BilingualIndex]:
    monkeypatch.setattr("bot.storage.bilingual.PATIENCE", None)  # no test depends on the clock
    index = BilingualIndex(store, encoder, nullcontext)
    yield index
    index.stop()


def texts(store: Store, ids: Sequence[int]) -> list[str]:
    return [p.passage.text for p in store.passages(ids)]


def test_a_question_finds_what_answers_it_in_the_other_language(store: Store, index: BilingualIndex) -> None:
    asked = index.nearest("How long must a child wait after a vaccination?", "en", 2, None).ids
    assert texts(store, asked)[0].startswith("儿童接种疫苗")
    asked = index.nearest("押金什么时候退还？", "zh", 5, None).ids
    index.wait()
    assert texts(store, index.nearest("押金什么时候退还？", "zh", 1, None).ids) == [
        "The deposit is returned within ten days."
    ]
    assert all("。" not in text for text in texts(store, asked))


def test_a_scope_narrows_and_numbers_ask_in_no_language(store: Store, index: BilingualIndex) -> None:
    english = next(info.document_id for info in store.documents() if info.source == "en.txt")
    assert index.nearest("Who signs in?", "en", 5, [english]) == Nearest()
    assert index.nearest("2024", None, 5, None).ids == ()


def test_who_asks_in_a_language_means_its_documents(store: Store, index: BilingualIndex) -> None:
    index.start()
    index.wait()
    assert index.nearest("押金什么时候退还？", "zh", 1, None).rareness == 2.0  # 3 of 5 passages
    assert index.nearest("Where is the deposit?", "en", 1, None).rareness == 0.7
    many = "\n".join(f"第{n}条 押金为{n}个月租金。" for n in range(1, 40))
    document = parse("more.txt", many.encode("utf-8-sig"), "more.txt")
    store.put_many([PutItem(document, split_passages(document), "")])
    index.start()
    index.wait()
    assert index.nearest("押金什么时候退还？", "zh", 1, None).rareness == pytest.approx(math.log(42 / 2))
    chinese = [info.document_id for info in store.documents() if info.source != "en.txt"]
    assert index.nearest("Where is the deposit?", "en", 1, chinese).rareness == 0.0


def test_what_was_made_is_not_made_again(store: Store, index: BilingualIndex, encoder: Counting) -> None:
    index.start()
    index.wait()
    assert index.made == Made(5, 5)
    assert encoder.encoded == 5
    again = BilingualIndex(store, encoder, nullcontext)
    assert len(again.nearest("Where is the deposit?", "en", 9, None).ids) == 3
    assert encoder.encoded == 6  # the question


def test_many_stand_in_files_that_follow(
    store: Store, encoder: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("PATIENCE", None), ("_FEWEST_KEPT", 1)):
        monkeypatch.setattr(f"bot.storage.bilingual.{name}", value)

    def opened() -> BilingualIndex:
        return BilingualIndex(store, encoder, nullcontext, folder=tmp_path)

    first = opened()
    found = first.nearest("Where is the deposit?", "en", 9, None).ids
    first.wait()
    assert len(found) == 3
    assert {path.name.partition(".")[0] for path in tmp_path.glob("vectors*")} == {"vectors"}
    files = {path.name for path in tmp_path.glob("vectors.faiss-*")}
    assert {"vectors.faiss-zh", "vectors.faiss-en"} < files

    other = opened()
    store.save_vectors(encoder.name, store.passage_ids(), np.zeros((5, encoder.dimension), np.float32))
    assert other.nearest("Where is the deposit?", "en", 9, None).ids == found  # of the files, and not of the store
    document = parse("more.txt", "押金为三个月租金。".encode("utf-8-sig"), "租约")
    store.put_many([PutItem(document, split_passages(document), "")])
    store.remove(next(info.document_id for info in store.documents() if info.source == "zh.txt"))
    for index in (other, first, opened()):
        asked = index.nearest("Where is the deposit?", "en", 9, None).ids
        assert texts(store, asked) == ["押金为三个月租金。"]
        index.stop()


def test_it_follows_the_documents(store: Store, index: BilingualIndex) -> None:
    assert len(index.nearest("deposit", "en", 9, None).ids) == 3
    chinese = next(info.document_id for info in store.documents() if info.source == "zh.txt")
    store.remove(chinese)
    assert index.nearest("deposit", "en", 9, None).ids == ()
    document = parse("zh.txt", "押金为三个月租金。".encode("utf-8-sig"), "租约")
    store.put_many([PutItem(document, split_passages(document), "")])
    assert texts(store, index.nearest("deposit", "en", 9, None).ids) == ["押金为三个月租金。"]


def test_a_stop_is_heeded_and_nothing_starts_after_it(store: Store, index: BilingualIndex, encoder: Counting) -> None:
    index.stop()
    index.start()
    index.wait()
    assert encoder.encoded == 0
    assert index.made == Made(0, 5)


def test_vectors_are_of_unit_length() -> None:
    encoder = BilingualEncoder()
    vectors = encoder.encode_document(["押金", "a deposit of ten yuan", ""])
    assert vectors.shape == (3, encoder.dimension)
    assert np.allclose(np.linalg.norm(vectors[:2], axis=1), 1, atol=1e-3)
    assert encoder.encode_document([]).shape == (0, encoder.dimension)
