import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from bot.evidence.features import NAMES, Featuriser
from bot.evidence.judge import RIVALS, Evidence, EvidenceModel, Judge, Network, Verdict, summary
from bot.evidence.table import Array
from bot.question.query import query_of
from bot.retrieval.retriever import Candidate
from bot.storage.store import StoredPassage
from bot.types import Passage
from tests.parts import TinyWords

QUESTION = query_of("图书馆的图书逾期每册多少滞纳金？")
TEXTS = (
    "图书馆每周一闭馆。周二开放。",
    "逾期未还的，每册每天收取滞纳金二角。读者应当及时归还🙂。",
    "猫在屋顶晒太阳。",
    "𠮷野家有图书。每册图书可以借阅四十天！还有別的嗎？",
)
INPUTS = len(NAMES) + 1 + RIVALS


def candidates() -> list[Candidate]:
    found = []
    for number, text in enumerate(TEXTS):
        start = 100 * number
        passage = Passage(number, start, start + len(text), ("第一章", f"第{number}条"), text)
        stored = StoredPassage(number + 7, f"d{number % 2}", f"{number % 2}.txt", "标题", passage)
        found.append(Candidate(stored, 4.0 - number, 0.5 / (number + 1), 2.0))
    return found


def network(inputs: int, seed: int, *hidden: int) -> Network:
    rng = np.random.default_rng(seed)
    sizes = (inputs, *hidden, 1)
    layers = tuple(
        (rng.standard_normal((a, b)).astype(np.float32), rng.standard_normal(b).astype(np.float32))
        for a, b in pairwise(sizes)
    )
    return Network(
        rng.standard_normal(inputs).astype(np.float32), rng.uniform(0.5, 2, inputs).astype(np.float32), layers
    )


def constant(inputs: int, value: float) -> Network:
    layer = (np.zeros((inputs, 1), np.float32), np.array([value], np.float32))
    return Network(np.zeros(inputs, np.float32), np.ones(inputs, np.float32), (layer,))


def judge(words: TinyWords, ranker: Network, decider: Network, threshold: float | None = None) -> Judge:
    return Judge(Featuriser(words), EvidenceModel(ranker, decider, 0.5), threshold)


def weights() -> dict[str, float]:
    return dict.fromkeys((*QUESTION.terms, *QUESTION.focus), 0.5)


def save(path: Path, names: tuple[str, ...]) -> Path:
    arrays: dict[str, npt.NDArray[Any]] = {"names": np.frombuffer("\n".join(names).encode(), np.uint8)}
    arrays["threshold"] = np.array(0.25, np.float32)
    for prefix, inputs in (("ranker", len(names)), ("judge", len(names) + 1 + RIVALS)):
        arrays |= {f"{prefix}.mean": np.zeros(inputs, np.float32), f"{prefix}.scale": np.ones(inputs, np.float32)}
        arrays |= {f"{prefix}.weight0": np.ones((inputs, 1), np.float32), f"{prefix}.bias0": np.ones(1, np.float32)}
    np.savez(path, allow_pickle=False, **arrays)
    return path


@pytest.mark.parametrize("hidden", [(), (3,), (5, 4)])
def test_a_network_is_its_formula(hidden: tuple[int, ...]) -> None:
    net = network(6, 1, *hidden)
    rows = np.random.default_rng(2).standard_normal((4, 6)).astype(np.float32)
    expected = []
    for row in rows:
        values = [(float(x) - float(m)) / float(s) for x, m, s in zip(row, net.mean, net.scale, strict=True)]
        for number, (weight, bias) in enumerate(net.layers):
            before = [max(0.0, value) for value in values] if number else values
            values = [
                sum(x * float(weight[i, j]) for i, x in enumerate(before)) + float(bias[j]) for j in range(len(bias))
            ]
        expected.append(values[0])
    np.testing.assert_allclose(net(rows), expected, rtol=1e-3, atol=1e-4)


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    model = EvidenceModel.load(save(tmp_path / "same.npz", NAMES))
    assert model.threshold == 0.25
    assert model.scores(np.ones((2, len(NAMES)), np.float32)).tolist() == [len(NAMES) + 1] * 2
    for names in (NAMES[:-1], (*NAMES, "more"), tuple(reversed(NAMES)), ("other", *NAMES[1:])):
        with pytest.raises(ValueError, match="other features"):
            EvidenceModel.load(save(tmp_path / "other.npz", names))


def test_the_shipped_weights_are_for_these_features() -> None:
    model = EvidenceModel.load()
    assert 0 < model.threshold < 1
    features = np.random.default_rng(3).random((5, len(NAMES)), np.float32)
    scores = model.scores(features)
    assert scores.shape == (5,) and np.isfinite(scores).all()
    assert 0 <= model.confidence(features, scores, np.array([0, 0, 1, 2, 2])) <= 1


def plain_summary(features: Array, scores: Array, owner: list[int]) -> list[float]:
    best: dict[int, int] = {}
    for row in sorted(range(len(scores)), key=lambda row: (-scores[row], row)):
        best.setdefault(owner[row], row)
    order = list(best.values())
    gaps = [float(scores[order[0]] - scores[row]) for row in order[1 : RIVALS + 1]]
    return [*map(float, features[order[0]]), float(scores[order[0]]), *gaps, *[0.0] * (RIVALS - len(gaps))]


@pytest.mark.parametrize("owner", [[0], [0, 0, 0], [0, 1, 1, 2], [0, 0, 1, 2, 3, 4, 4, 5]])
def test_the_summary_is_of_the_best_sentence_and_its_rivals(owner: list[int]) -> None:
    rng = np.random.default_rng(len(owner))
    features = rng.random((len(owner), len(NAMES)), np.float32)
    scores = rng.standard_normal(len(owner)).astype(np.float32)
    found = summary(features, scores, np.array(owner))
    assert found.shape == (1, INPUTS)
    np.testing.assert_allclose(found[0], plain_summary(features, scores, owner), atol=1e-6)


def test_sentences_come_best_first_with_the_rankers_scores(words: TinyWords) -> None:
    ranker = network(len(NAMES), 4, 8)
    verdict = judge(words, ranker, constant(INPUTS, 0.0)).judge(QUESTION, candidates(), weights())
    spans, features, owner = judge(words, ranker, ranker).measure(QUESTION, candidates(), weights())
    texts = [TEXTS[i][start - 100 * i : end - 100 * i] for i, (start, end) in zip(owner, spans, strict=True)]
    assert "".join(texts) == "".join(TEXTS)
    expected = sorted(zip(ranker(features).tolist(), texts, strict=True), reverse=True)
    assert [e.text for e in verdict.sentences] == [text for _, text in expected]
    assert [e.score for e in verdict.sentences] == pytest.approx([score for score, _ in expected])


def test_passages_are_ranked_by_their_share_of_the_evidence_and_their_documents(words: TinyWords) -> None:
    verdict = judge(words, network(len(NAMES), 6), constant(INPUTS, 0.0)).judge(QUESTION, candidates(), weights())
    own: dict[int, float] = {}
    whole: dict[str, float] = {}
    for evidence in verdict.sentences:
        part, stored = math.exp(evidence.score), evidence.stored
        own[stored.passage_id] = own.get(stored.passage_id, 0.0) + part
        whole[stored.document_id] = whole.get(stored.document_id, 0.0) + part
    for stored, score in verdict.passages:
        expected = math.log(own[stored.passage_id]) + 0.6 * math.log(whole[stored.document_id])
        assert score == pytest.approx(expected - 0.6 * max(e.score for e in verdict.sentences), abs=1e-4)
    scores = [score for _, score in verdict.passages]
    assert scores == sorted(scores, reverse=True)
    assert len(verdict.passages) == len(TEXTS)


def test_ties_fall_in_the_order_of_the_text_whatever_was_found_first(words: TinyWords) -> None:
    indifferent = judge(words, constant(len(NAMES), 1.0), constant(INPUTS, 0.0))
    for found in (candidates(), candidates()[::-1]):
        verdict = indifferent.judge(QUESTION, found, weights())
        assert "".join(evidence.text for evidence in verdict.sentences) == "".join(TEXTS)
        ranked = [(-score, stored.passage_id) for stored, score in verdict.passages]
        assert ranked == sorted(ranked)


@pytest.mark.parametrize("value", [-1e4, -100.0, -1.0, 0.0, 2.0, 100.0, 1e4])
def test_confidence_is_a_probability_however_sure(words: TinyWords, value: float) -> None:
    found = judge(words, constant(len(NAMES), 0.0), constant(INPUTS, value)).judge(QUESTION, candidates(), weights())
    assert 0 <= found.confidence <= 1
    assert found.confidence == pytest.approx(1 / (1 + math.exp(-max(value, -500.0))), abs=1e-6)
    assert found.answered == (found.confidence >= 0.5)


@pytest.mark.parametrize(
    ("threshold", "answered"), [(None, True), (0.0, True), (0.73, True), (0.74, False), (1.0, False)]
)
def test_the_threshold_decides(words: TinyWords, threshold: float | None, answered: bool) -> None:
    one = judge(words, constant(len(NAMES), 0.0), constant(INPUTS, 1.0), threshold)  # sigmoid(1) is 0.731
    assert one.judge(QUESTION, candidates(), weights()).answered is answered


def test_without_candidates_nothing_is_answered(words: TinyWords) -> None:
    sure = judge(words, constant(len(NAMES), 9.0), constant(INPUTS, 9.0), 0.0)
    verdict = sure.judge(QUESTION, [], weights())
    assert (verdict.passages, verdict.sentences, verdict.confidence, verdict.answered) == ((), (), 0.0, False)


@pytest.mark.parametrize("text", ["？", "🙂", "", "的"])
def test_a_question_that_says_nothing_is_not_answered(words: TinyWords, text: str) -> None:
    sure = judge(words, constant(len(NAMES), 9.0), constant(INPUTS, 9.0))
    assert not sure.judge(query_of(text), candidates(), {}).answered


def test_title_and_section_are_folded_like_the_rest(words: TinyWords) -> None:
    one = judge(words, network(len(NAMES), 8), constant(INPUTS, 0.0))
    plain, written = [
        [
            replace(c, stored=replace(c.stored, title=title, passage=replace(c.stored.passage, section=(section,))))
            for c in candidates()
        ]
        for title, section in (("图书馆abc", "开放时间"), ("圖書館ＡＢＣ", "開放時間"))
    ]
    assert one.measure(QUESTION, plain, weights())[1].tolist() == one.measure(QUESTION, written, weights())[1].tolist()


def test_what_is_preferred_goes_first_and_order_stays_otherwise() -> None:
    stored = [StoredPassage(n, "d", "d.txt", "t", Passage(n, 0, 2, (), "猫。")) for n in range(4)]
    evidence = tuple(Evidence(passage, 0, 2, -float(passage.passage_id)) for passage in stored)
    verdict = Verdict(tuple((e.stored, e.score) for e in evidence), evidence, 0.7, True)
    preferred = verdict.prefer({("d", 2), ("elsewhere", 1)})
    assert [e.stored.passage_id for e in preferred.sentences] == [2, 0, 1, 3]
    assert [passage.passage_id for passage, _ in preferred.passages] == [2, 0, 1, 3]
    assert (preferred.confidence, preferred.answered) == (0.7, True)
