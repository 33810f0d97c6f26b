"""An encoder on a scale of its own is brought to the built-in one's: a squeezed copy of that must change nothing."""

import itertools
import json
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from bot import Settings
from bot.documents.parser import document_id, parse
from bot.documents.passages import split_passages
from bot.engine import Bot
from bot.retrieval.calibration import Calibration, Calibrator, contrast, line_between
from bot.storage.store import Store, vector_key
from bot.storage.synchronise import open_vectors, synchronise_vectors
from embeddings.contract import Encoder, Vectors
from embeddings.static import StaticEncoder

SUBJECTS = ("大米", "小麦", "棉花", "煤炭", "木材", "苹果", "茶叶", "药品", "图书", "钢材")
PLACES = ("河边", "山上", "码头", "车站", "城南", "岛上")
TEXT = "\n\n".join(
    f"{place}的仓库用来存放{goods}，由{place}管理站看守。{goods}每年清点{n % 7 + 2}次，数量不得少于{n * 3 + 5}吨。"
    for n, (place, goods) in enumerate(itertools.product(PLACES, SUBJECTS))
)
QUESTIONS = [
    "码头的仓库存放的茶叶每年清点几次？",
    "谁看守山上的药品？",
    "岛上存放的钢材不得少于多少吨？",
    "城南的苹果放在哪里？",
    "火星的质量是多少？",
    "河边能钓鱼吗？",
]


class Squeezed:
    """The built-in encoder with one more coordinate, the same for all: a cosine ``c`` becomes ``low + (1 - low) c``."""

    def __init__(self, builtin: StaticEncoder, low: float) -> None:
        self.name, self.dimension = f"squeezed-{low}", builtin.dimension + 1
        self._builtin, self._low = builtin, low
        self.questions: list[str] = []
        self.passages: list[str] = []

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        self.questions += texts
        return self._encode(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        self.passages += texts
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        plain = self._builtin.encode_document(texts) * np.float32(np.sqrt(1 - self._low))
        return np.hstack([plain, np.full((len(plain), 1), np.sqrt(self._low), np.float32)])


class Home:
    """A store whose documents are embedded as they are added."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.store, self._path, self._encoder = Store.open(folder), folder / "vectors.faiss", encoder

    def put(self, source: str, text: str) -> None:
        document = parse(source, text.encode(), source)
        self.store.put(document, split_passages(document), text)
        index = open_vectors(self.store, self._path, self._encoder)
        synchronise_vectors(self.store, self._path, index, self._encoder, lambda *step: None)


def warehouses(count: int, name: str = "") -> str:
    return "\n\n".join(f"{name}第{n}号仓库存放{SUBJECTS[n % 10]}，每年清点{n + 2}次。" for n in range(count))


def assert_undone(calibration: Calibration, low: float) -> None:
    """The line takes ``low + (1 - low) c`` back to ``c``."""
    for cosine in (-0.2, 0.0, 0.5, 1.0):
        assert calibration(low + (1 - low) * cosine) == pytest.approx(cosine, abs=0.02)


# The line


def test_contrast_is_the_mean_of_pairs_and_of_the_others() -> None:
    rng = np.random.default_rng(1)
    a, b = (rng.standard_normal((5, 3)).astype(np.float32) for _ in range(2))
    pairs = [float(a[i] @ b[i]) for i in range(5)]
    others = [float(a[i] @ b[j]) for i in range(5) for j in range(5) if i != j]
    assert contrast(a, b) == pytest.approx((sum(pairs) / 5, sum(others) / 20), abs=1e-5)


@pytest.mark.parametrize("own", [(0.9, 0.7), (0.5, -0.1), (1.0, 0.0)])
def test_the_line_goes_through_both_points(own: tuple[float, float]) -> None:
    line = line_between(own, (0.6, 0.1))
    assert [line(own[0]), line(own[1])] == pytest.approx([0.6, 0.1])


@pytest.mark.parametrize("own", [(0.9, 0.9), (0.5, 0.6), (0.31, 0.3)])
def test_an_encoder_that_tells_nothing_apart_finds_nothing_near(own: tuple[float, float]) -> None:
    line = line_between(own, (0.6, 0.1))
    assert [line(0.0), line(own[0]), line(1.0)] == [0.1, 0.1, 0.1]


# What is measured


@pytest.mark.parametrize("low", [0.0, 0.7, 0.9])
@pytest.mark.parametrize("text", [TEXT, "只有一句话。", "One page.\n\nIn English.\n\n" * 9, "", "1\n\n2\n\n3"])
def test_a_squeezed_scale_is_stretched_again(tmp_path: Path, builtin: StaticEncoder, low: float, text: str) -> None:
    encoder = Squeezed(builtin, low)
    home = Home(tmp_path, encoder)
    if text:
        home.put("a.txt", text)
    with closing(home.store):
        assert_undone(Calibrator(home.store, encoder, builtin)(), low)


def test_passages_come_from_the_store_and_few_questions_are_encoded(tmp_path: Path, builtin: StaticEncoder) -> None:
    encoder = Squeezed(builtin, 0.5)
    home = Home(tmp_path, encoder)
    with closing(home.store):
        home.put("many.txt", warehouses(700))
        encoder.passages.clear()
        Calibrator(home.store, encoder, builtin)()
    assert encoder.passages == []
    assert 64 <= len(encoder.questions) <= 128
    assert all(len(question) <= 32 for question in encoder.questions)


def test_it_is_measured_once_and_again_when_the_documents_double(tmp_path: Path, builtin: StaticEncoder) -> None:
    encoder = Squeezed(builtin, 0.5)
    home = Home(tmp_path, encoder)
    with closing(home.store):
        home.put("a.txt", warehouses(40))
        calibrator = Calibrator(home.store, encoder, builtin)
        first = calibrator()
        assert len(encoder.questions) == 40
        encoder.questions.clear()
        assert calibrator() == first == Calibrator(home.store, encoder, builtin)()
        home.put("b.txt", warehouses(20, "新"))
        assert calibrator() == first == Calibrator(home.store, encoder, builtin)()
        assert encoder.questions == []
        home.put("c.txt", TEXT)
        again = calibrator()
        assert len(encoder.questions) == 120
        assert again != first
        encoder.questions.clear()
        home.store.remove(document_id("c.txt"))
        home.store.remove(document_id("b.txt"))
        assert calibrator() == pytest.approx(first)
        assert len(encoder.questions) == 40


def test_every_encoder_has_its_own_and_the_builtin_one_none(tmp_path: Path, builtin: StaticEncoder) -> None:
    for encoder in (Squeezed(builtin, 0.5), Squeezed(builtin, 0.8), builtin):
        with Bot(Settings(home=tmp_path, seeds=None), Store.open(tmp_path), encoder, builtin) as bot:
            bot.add_bytes("a.txt", TEXT.encode())
            bot.ask(QUESTIONS[0])
    with Store.open(tmp_path) as store:
        for name, kept in (("squeezed-0.5", 0.5), ("squeezed-0.8", 0.8)):
            note = store.database.note(f"calibration {vector_key(name)}")
            assert note is not None
            found = json.loads(note)
            assert found.pop("passages") == 60
            assert_undone(Calibration(**found), kept)
        assert store.database.note(f"calibration {vector_key(builtin.name)}") is None


def test_threads_get_the_same(tmp_path: Path, builtin: StaticEncoder) -> None:
    encoder = Squeezed(builtin, 0.5)
    home = Home(tmp_path, encoder)
    found: list[Calibration] = []
    with closing(home.store):
        home.put("a.txt", TEXT)
        calibrator = Calibrator(home.store, encoder, builtin)
        threads = [threading.Thread(target=lambda: found.append(calibrator())) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


# What it is for


@pytest.mark.parametrize("low", [0.3, 0.7])
def test_a_squeezed_encoder_ranks_alike_and_is_as_sure(tmp_path: Path, builtin: StaticEncoder, low: float) -> None:
    found = []
    for squeezed in (0.0, low):
        home = tmp_path / str(squeezed)
        with Bot(Settings(home=home, seeds=None), Store.open(home), Squeezed(builtin, squeezed), builtin) as bot:
            bot.add_bytes("a.txt", TEXT.encode())
            hits = [[hit.paragraph for hit in bot.search(question, 3)] for question in QUESTIONS]
            found.append((hits, [bot.ask(question) for question in QUESTIONS]))
    (plain_hits, plain), (hits, answers) = found
    assert hits == plain_hits
    for answer, expected in zip(answers, plain, strict=True):
        assert abs(answer.confidence - expected.confidence) < 0.05
        assert answer.abstained == expected.abstained
    assert {answer.abstained for answer in plain} == {True, False}
