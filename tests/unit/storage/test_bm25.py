"""Sparse vectors score as tantivy does, and statistics are what counting all texts anew would give."""

from pathlib import Path

import numpy as np
import pytest

from bot.language.folding import fold, terms
from bot.storage.bm25 import NONE, NOTHING, Statistics, dimension, dimensions, kept_length, text_weights
from bot.storage.indexed import joined_bodies
from bot.storage.lexical import Addition, LexicalIndex
from bot.storage.store import StoredPassage
from bot.types import Passage

TEXTS = (
    "猫在屋顶晒太阳", "狗在院子里睡觉", "猫和狗", "太阳从东边升起", "版本 3.5 发布于 2020 年", "The cat's roof",
    "猫猫猫", "院子里的猫和屋顶上的猫一起看太阳从东边升起，狗在旁边睡觉" * 3, "——",
)  # fmt: skip


def passages() -> list[StoredPassage]:
    return [StoredPassage(i, "a", "s", "标题", Passage(i, 0, 0, ("第一章",), text)) for i, text in enumerate(TEXTS)]


@pytest.mark.parametrize("text", ["猫", "太阳在屋顶", "第一章 狗", "3.5 2020", "CAT'S", "猫猫 太阳"])
def test_scores_are_those_of_tantivy(text: str, tmp_path: Path) -> None:
    lexical = LexicalIndex.open(tmp_path)
    lexical.update(1, [], [Addition("a", 1, passages())])
    said = [dimensions(body.split()) for body in joined_bodies(passages())[1]]
    counted = Statistics.of(said, sum(one.total() for one in said))
    asked = terms(fold(text))
    query = counted.query(asked)
    scores = {}
    for number, one in enumerate(said):
        stored = text_weights(one, counted.average)
        score = sum(weight * stored.get(at, 0.0) for at, weight in query.items())
        if score:
            scores[number] = score
    assert scores == pytest.approx(lexical.search(asked, 100), rel=1e-5)
    assert [counted.frequency(term) for term in asked] == [lexical.document_frequency(term) for term in asked]


@pytest.mark.parametrize(
    ("length", "kept"),
    [(0, 0), (23, 23), (24, 24), (39, 39), (40, 40), (41, 40), (42, 42), (56, 56), (59, 56), (600, 600), (1000, 984)],
)  # fmt: skip
def test_a_length_is_kept_in_a_byte(length: int, kept: int) -> None:
    assert kept_length(length) == kept


def test_weights_of_a_question_scale_a_term_and_unknown_terms_have_none() -> None:
    counted = Statistics.of([dimensions(["猫", "狗"]), dimensions(["狗"])], 3)
    plain = counted.query(["猫", "狗", "兔"])
    assert plain.keys() == {dimension("猫"), dimension("狗")}
    assert plain[dimension("猫")] == pytest.approx(np.log(2))
    weighted = counted.query({"猫": 0.5, "狗": 0.0})
    assert weighted == {dimension("猫"): pytest.approx(np.log(2) / 2)}
    assert NONE.query(["猫"]) == {} and NONE.average == 0


def test_statistics_follow_what_comes_and_goes() -> None:
    first, second = [dimensions(text) for text in TEXTS[:4]], [dimensions(text) for text in TEXTS[4:]]
    some, others = (Statistics.of(texts, sum(one.total() for one in texts)) for texts in (first, second))
    every = Statistics.sum([some, others])
    assert every.texts == len(TEXTS) and every.frequency("猫") == 4
    left = Statistics.sum([every, -others])
    for one, other in ((left, some), (Statistics.load(every.dump() + b"rest")[0], every)):
        assert (one.dimensions == other.dimensions).all() and (one.counts == other.counts).all()
        assert (one.texts, one.length) == (other.texts, other.length)
    assert Statistics.load(every.dump() + b"rest")[1] == b"rest"


def test_a_text_without_terms_has_a_vector_that_nothing_finds() -> None:
    empty = text_weights(dimensions([]), 5.0)
    assert empty == {NOTHING: 1.0}
    assert len(Statistics.of([empty], 0).dimensions) == 0
