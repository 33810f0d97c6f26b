"""Passages in another language than the question's, judged by cosines that the test sets."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.evidence.crossing import Crossing, DenseModel
from bot.evidence.judge import Evidence, Network, Verdict
from bot.language.folding import mostly_han
from bot.question.query import query_of
from bot.retrieval.calibration import Calibration
from bot.retrieval.retriever import Candidate
from bot.storage.store import StoredPassage
from bot.types import Passage
from embeddings.contract import Vectors

CHINESE = ("仓库存放大米。钥匙在门房。", "WiFi密码是8806。", "猫在屋顶。")
ENGLISH = ("The keys are at the gate.", "Rice is stored in the shed.")
QUESTION = "Where are the keys?"


class Pointing:
    """Texts that speak of keys, in either language, point one way, all others another; cosines are 1 and 0."""

    name, dimension = "pointing", 2

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self.encode_document(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return np.array([[1, 0] if "key" in text or "钥匙" in text else [0, 1] for text in texts], np.float32)


def line(weights: Sequence[float], bias: float) -> Network:
    inputs = len(weights)
    layer = (np.array(weights, np.float32)[:, None], np.array([bias], np.float32))
    return Network(np.zeros(inputs, np.float32), np.ones(inputs, np.float32), (layer,))


MODEL = DenseModel(judge=line([10.0], -5.0), ranker=line([1.0, 2.0], 0.0), threshold=0.6)


def candidate(number: int, text: str, dense: float) -> Candidate:
    passage = Passage(number, 100 * number, 100 * number + len(text), (), text)
    return Candidate(StoredPassage(number, "d", "d.txt", "", passage), 0.0, dense, 0.0)


def verdict(candidates: Sequence[Candidate], confidence: float, answered: bool) -> Verdict:
    """A verdict that takes the candidates in the order given, a sentence each."""
    passages = tuple((c.stored, 5.0 - n) for n, c in enumerate(candidates))
    sentences = tuple(Evidence(stored, stored.passage.start, stored.passage.end, score) for stored, score in passages)
    return Verdict(passages, sentences, confidence, answered)


@pytest.fixture
def crossing() -> Crossing:
    return Crossing(Pointing(), lambda: Calibration(1.0, 0.0), MODEL)


def found(verdict: Verdict) -> tuple[list[int], list[str]]:
    return [stored.passage_id for stored, _ in verdict.passages], [e.text for e in verdict.sentences]


def test_the_nearest_passages_of_the_other_language_come_first(crossing: Crossing) -> None:
    given = [candidate(n, text, dense) for n, (text, dense) in enumerate(zip(CHINESE, (0.7, 0.2, 0.3), strict=True))]
    given += [candidate(3, ENGLISH[1], 0.9)]
    before = verdict(given[::-1], 0.4, True)
    after = crossing.judge(query_of(QUESTION), given, before)
    assert after.confidence == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert after.answered
    assert found(after) == ([0, 2, 1, 3], ["钥匙在门房。", "仓库存放大米。", "猫在屋顶。", "WiFi密码是8806。"])
    assert [e.score for e in after.sentences] == pytest.approx([2.7, 0.7, 0.3, 0.2])
    scores = [score for _, score in after.passages]
    assert scores[:3] == pytest.approx([2.0, -2.0, -3.0])
    assert scores == sorted(scores, reverse=True)


def test_sentences_keep_their_place_in_the_document(crossing: Crossing) -> None:
    given = [candidate(2, CHINESE[0], 0.7)]
    after = crossing.judge(query_of(QUESTION), given, verdict(given, 0.0, False))
    assert [(e.start, e.end) for e in after.sentences] == [(207, 213), (200, 207)]


@pytest.mark.parametrize(
    ("dense", "confidence", "answered", "replaced"),
    [(0.7, 0.5, True, True), (0.7, 0.9, True, False), (0.52, 0.1, False, True), (0.1, 0.4, True, True)],
)
def test_words_and_cosines_compete(
    crossing: Crossing, dense: float, confidence: float, answered: bool, replaced: bool
) -> None:
    """Passages in the question's own language are judged by words; those of the other count where they are surer."""
    chinese, english = candidate(0, CHINESE[0], dense), candidate(1, ENGLISH[1], 0.3)
    own = crossing.judge(
        query_of(QUESTION), [english, chinese], before := verdict([english, chinese], confidence, answered)
    )
    assert (own is not before) == (replaced and dense == 0.7)
    # A best sentence of the other language that shares no word with the question is no evidence.
    after = crossing.judge(query_of(QUESTION), [chinese], verdict([chinese], confidence, answered))
    assert after.confidence == pytest.approx(1 / (1 + np.exp(5 - 10 * dense)))
    assert after.answered == (after.confidence >= MODEL.threshold) == bool(after.sentences)


@pytest.mark.parametrize(
    ("question", "kept"), [("Is 8806 right?", True), ("The WIFI of the house?", True), ("Is 880 it?", False)]
)
def test_a_word_or_number_in_the_sentence_counts(crossing: Crossing, question: str, kept: bool) -> None:
    given = [candidate(0, CHINESE[1], 0.1)]
    before = verdict(given, 0.8, True)
    assert (crossing.judge(query_of(question), given, before) is before) == kept


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (QUESTION, ENGLISH[0]), ("钥匙在哪里？", CHINESE[0]), ("2023?", CHINESE[0]), ("钥匙在哪里？", "12 34 56"),
        ("钥匙 key 在哪里？", CHINESE[0]), ("？", ENGLISH[0]), (QUESTION, "12 34"), (QUESTION, ""),
    ],
)  # fmt: skip
def test_in_one_language_nothing_changes(crossing: Crossing, question: str, text: str) -> None:
    given = [candidate(0, text, 0.9)]
    before = verdict(given, 0.0, False)
    assert crossing.judge(query_of(question), given, before) is before
    assert crossing.judge(query_of(question), [], Verdict((), (), 0.0, False)).passages == ()


def test_chinese_finds_english(crossing: Crossing) -> None:
    given = [candidate(0, ENGLISH[1], 0.2), candidate(1, ENGLISH[0], 0.8), candidate(2, CHINESE[2], 0.1)]
    after = crossing.judge(query_of("钥匙在哪里？"), given, verdict(given, 0.05, False))
    assert found(after) == ([1, 0, 2], [ENGLISH[0], ENGLISH[1]])


def test_only_the_best_eight_are_read(crossing: Crossing) -> None:
    given = [candidate(n, CHINESE[0], 0.9 - n / 100) for n in range(20)]
    after = crossing.judge(query_of(QUESTION), given, verdict(given[::-1], 0.0, False))
    assert {e.stored.passage_id for e in after.sentences} == set(range(8))
    assert [stored.passage_id for stored, _ in after.passages] == [*range(8), *range(19, 7, -1)]


@pytest.mark.parametrize(("threshold", "answered"), [(None, True), (0.0, True), (0.7, True), (0.75, False)])
def test_the_threshold_of_the_settings_comes_first(threshold: float | None, answered: bool) -> None:
    crossing = Crossing(Pointing(), lambda: Calibration(1.0, 0.0), MODEL, threshold)
    given = [candidate(0, CHINESE[0], 0.6)]  # a confidence of 0.731
    assert crossing.judge(query_of(QUESTION), given, verdict(given, 0.0, False)).answered is answered


def test_sentences_are_calibrated_like_passages() -> None:
    crossing = Crossing(Pointing(), lambda: Calibration(0.5, -0.1), MODEL)
    given = [candidate(0, CHINESE[0], 0.7)]
    after = crossing.judge(query_of(QUESTION), given, verdict(given, 0.0, False))
    assert [e.score for e in after.sentences] == pytest.approx([0.7 + 2 * 0.4, 0.7 - 2 * 0.1])


def test_the_shipped_weights_grow_surer_with_the_cosine() -> None:
    model = DenseModel.load()
    assert 0 < model.threshold < 1
    log_odds = model.judge(np.linspace(-1, 1, 9, dtype=np.float32)[:, None])
    assert (np.diff(log_odds) > 0).all()
    better = model.ranker(np.array([[0.3, 0.3], [0.4, 0.3], [0.3, 0.4]], np.float32))
    assert better[1] > better[0] < better[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("猫", True), ("cat", False), ("", None), ("12 3.5", None), ("WiFi密码", True), ("the word 猫 in English", False)],
)
def test_mostly_han(text: str, expected: bool | None) -> None:
    assert mostly_han(text) is expected
