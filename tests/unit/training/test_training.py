"""The recipe of the evidence model on a corpus of a few documents, written here in the corpus's formats."""

import json
import lzma
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.evaluation import expected_calibration_error
from bot.evidence.crossing import DenseModel
from bot.evidence.features import NAMES
from bot.evidence.judge import EvidenceModel, Network
from bot.language.folding import fold, terms
from bot.training.__main__ import fit, folds, write_reliability
from bot.training.collection import Collection, Example, Labelled
from bot.training.corpus import paragraphs, rows, synonyms
from bot.training.dataset import labelled
from bot.training.fit import fit_judge, fit_ranker, mean_network, save, summaries
from bot.training.questions import QuestionMaker
from bot.training.rarity import write_table
from embeddings.static import StaticEncoder

pytestmark = pytest.mark.usefixtures("one_thread")

GOODS = ("大米", "小麦", "玉米", "大豆", "棉花", "煤炭", "木材")


def official(name: str, count: int) -> list[dict[str, Any]]:
    def text(n: int, k: int) -> str:
        goods = GOODS[(n + k) % 7]
        return (
            f"第{n}号仓库应当在每年{k + 1}月清点{goods}，并向主管部门报告结果。"
            f"{goods}的库存不得少于{n * 10 + k + 5}吨。"
            f"由市粮食管理部门负责检查{goods}仓库的安全。仓库存放{goods}、麻袋、推车、磅秤等物品。"
        )

    return [
        {
            "title": f"{name}第{n}号仓库管理办法",
            "paragraphs": [
                {"section": f"第{k // 2 + 1}章  仓库的{GOODS[n % 7]}清点", "text": text(n, k)} for k in range(4)
            ],
        }
        for n in range(count)
    ]


QUESTIONS = [
    {
        "title": f"{goods}镇",
        "text": f"{goods}镇位于青溪县第{n}区，全镇共有居民{n + 3}千人，以种植{goods}为生。"
        f"镇长是第{n}届选举产生的周海生。镇上的{goods}博物馆建于19{n + 30}年，收藏农具{n * 5 + 100}件。"
        f"每年秋天这里举行{goods}节，吸引许多游客前来参观。",
        "questions": [
            {"text": f"{goods}镇有多少居民？", "answers": [f"{n + 3}千人"]},
            {"text": f"{goods}镇的{goods}博物馆建于哪一年？", "answers": [f"19{n + 30}年"]},
            {"text": f"{goods}镇的镇长是谁？", "answers": ["周海生"]},
        ],
    }
    for n, goods in enumerate(GOODS * 3)
]
CORPUS = {
    "laws": official("法规", 5),
    "reports": official("报告", 3),
    "guides": official("手册", 3),
    "questions": QUESTIONS,
    "synonyms": [{"words": ["仓库", "库房", "货栈"]}, {"words": ["清点", "盘点", "一二三四五"]}, {"words": ["单"]}],
    "classical_modern": [{"classical": "学而时习之", "modern": "学习并且时常温习"}] * 4,
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name, content in CORPUS.items():
        with lzma.open(folder / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in content)
    return folder


@pytest.fixture(scope="module")
def collections(corpus: Path, builtin: StaticEncoder) -> list[tuple[str, list[Labelled]]]:
    return list(labelled(corpus, builtin, seed=1))


# Reading


def test_the_corpus_is_read(corpus: Path) -> None:
    assert list(rows(corpus, "laws")) == CORPUS["laws"]
    assert synonyms(corpus) == {
        "仓库": ["库房", "货栈"], "库房": ["仓库", "货栈"], "货栈": ["仓库", "库房"],
        "清点": ["盘点"], "盘点": ["清点"],
    }  # fmt: skip
    sample = list(paragraphs(corpus, 0))
    assert sample == list(paragraphs(corpus, 0)) != list(paragraphs(corpus, 1))
    assert {p["text"] for row in CORPUS["reports"] for p in row["paragraphs"]} <= set(sample)


def test_the_table_of_rarity_counts_paragraphs(tmp_path: Path) -> None:
    texts = ["猫在屋顶，猫。", "貓在院子。", "狗在院子。", "Cat 3.5"]
    kept = write_table(texts, tmp_path / "deep" / "rarity.npz", minimum=2)
    counts = Counter(term for text in texts for term in set(terms(fold(text))))
    expected = {term: count for term, count in counts.items() if count >= 2}
    with np.load(tmp_path / "deep" / "rarity.npz") as table:
        names = bytes(table["terms"]).decode().split("\n")
        assert dict(zip(names, table["frequencies"].tolist(), strict=True)) == expected
        assert int(table["paragraphs"]) == 4
    assert kept == len(expected)
    assert expected["猫"] == 2  # the traditional one counts as the same


# Questions


def test_made_questions_ask_for_what_stands_in_their_sentence() -> None:
    def make(seed: int) -> list[tuple[int, str, str]]:
        maker = QuestionMaker({"仓库": ["库房"]}, list, seed)
        found = []
        for row in official("法规", 20):
            for paragraph in row["paragraphs"]:
                sentences = [part + "。" for part in paragraph["text"].split("。") if part]
                made = list(maker.make(row["title"], paragraph["section"], sentences))
                assert len({number for number, _ in made}) == len(made)
                for number, asked in made:
                    assert asked.answer in sentences[number]
                    assert 0 < len(asked.answer) < len(sentences[number])
                    assert "\n" not in asked.text and "{" not in asked.text
                found += [(number, asked.text, asked.answer) for number, asked in made]
        return found

    assert len(make(1)) > 100
    assert make(1) == make(1) != make(2)


# Labels


def label(tmp_path: Path, builtin: StaticEncoder, examples: Sequence[Example]) -> list[Labelled]:
    documents = [
        ("a.txt", "仓库", "第一号仓库存放大米三十吨。第一号仓库由周海生看守。\n第二号仓库存放小麦。"),
        ("b.txt", "別的倉庫", "第九號倉庫存放大米三十噸。"),
        ("c.txt", "", "猫在屋顶。狗在院子。"),
    ]
    return Collection(tmp_path / "home", documents, builtin).label(examples)


def test_right_are_the_sentences_of_the_right_document_that_hold_an_answer(
    tmp_path: Path, builtin: StaticEncoder
) -> None:
    found = label(
        tmp_path,
        builtin,
        [
            Example("第一号仓库存放什么？", "仓库", "a.txt", ("大米三十吨", "大米"), "a.txt"),
            Example("第九号仓库存放多少大米？", "倉庫", "b.txt", ("三十吨",)),
            Example("第一号仓库由谁看守？", "仓库", "a.txt", ("周海生", "第二号"), "a.txt"),
            Example("火星在哪里？", "火星", None, ("大米",)),
            Example("猫在哪里？", "猫", "a.txt", ("屋顶",), "c.txt"),
        ],
    )
    assert [group.answerable for group in found] == [True, True, True, False, True]
    assert [group.topic for group in found] == ["仓库", "倉庫", "仓库", "火星", "猫"]
    assert [int(group.right.sum()) for group in found] == [1, 1, 2, 0, 0]
    assert [len(group.right) for group in (found[0], found[2], found[4])] == [3, 3, 2]
    for group in found[:2]:
        pairs = group.features[:, NAMES.index("pairs_sentence")]
        assert group.right[pairs.argmax()]


def test_labels_of_a_whole_corpus(collections: list[tuple[str, list[Labelled]]]) -> None:
    names = [name for name, _ in collections]
    assert len(set(names)) == len(names)
    groups = [group for _, found in collections for group in found]
    for group in groups:
        n = len(group.right)
        assert group.features.shape == (n, len(NAMES)) and n > 0
        assert np.isfinite(group.features).all()
        assert group.owner.shape == (n,) and (np.diff(group.owner) >= 0).all()
        assert group.answerable or not group.right.any()
    assert {group.answerable for group in groups} == {True, False}
    assert {kind for kind in ("people", "laws", "reports", "guides") for name in names if kind in name} == {
        "people", "laws", "reports", "guides",
    }  # fmt: skip
    for name, found in collections:
        if name.startswith("people"):
            assert {group.answerable for group in found} == {True, False}, name
    # The search finds the sentence for nearly all of these plain questions.
    assert np.mean([group.right.any() for group in groups if group.answerable]) > 0.8


def test_the_same_seed_makes_the_same_collections(
    corpus: Path, builtin: StaticEncoder, collections: list[tuple[str, list[Labelled]]]
) -> None:
    for (name, found), (again, other) in zip(collections[:6], labelled(corpus, builtin, seed=1), strict=False):
        assert (name, len(found)) == (again, len(other))
        for a, b in zip(found, other, strict=True):
            np.testing.assert_array_equal(a.features, b.features)
            np.testing.assert_array_equal(a.right, b.right)


# Fitting


def toy(count: int, seed: int) -> list[Labelled]:
    """The right sentence has the largest second feature, over 2 in an answerable question; the rest is noise."""
    rng = np.random.default_rng(seed)
    groups = []
    for number in range(count):
        features = rng.random((6, len(NAMES)), np.float32)
        right = np.arange(6) == rng.integers(6)
        features[right, 1] = 1 + 2 * rng.random()
        answerable = bool(features[right, 1] > 2)
        groups.append(Labelled(features, np.array([0, 0, 1, 1, 2, 2]), right, answerable, f"topic {number % 20}"))
    return groups


def network_arrays(net: Network) -> list[Any]:
    return [net.mean, net.scale, *(array for layer in net.layers for array in layer)]


@pytest.fixture(scope="module")
def ranker() -> Network:
    return fit_ranker(toy(1500, 0), seed=3)


def test_the_ranker_learns_which_sentence_is_right(ranker: Network) -> None:
    unseen = toy(200, 1)
    first = [group.right[ranker(group.features).argmax()] for group in unseen]
    assert np.mean(first) > 0.9  # by chance: 0.17


def test_questions_without_a_right_sentence_teach_the_ranker_nothing(ranker: Network) -> None:
    nothing = [replace(group, right=np.zeros(6, np.bool_)) for group in toy(50, 2)]
    again = fit_ranker([*toy(1500, 0), *nothing], seed=3)
    for ours, theirs in zip(network_arrays(again), network_arrays(ranker), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_same_seed_gives_the_same_weights() -> None:
    nets = [fit_ranker(toy(200, 4), seed=seed, epochs=2) for seed in (5, 5, 6)]
    same = [
        all(np.array_equal(a, b) for a, b in zip(network_arrays(nets[0]), network_arrays(net), strict=True))
        for net in nets[1:]
    ]
    assert same == [True, False]


def test_the_judge_tells_answered_from_not(ranker: Network) -> None:
    rows, answered = summaries(toy(1500, 7), ranker)
    judge = fit_judge(rows, answered, seed=8)
    unseen, wanted = summaries(toy(300, 9), ranker)
    assert 0.2 < wanted.mean() < 0.8
    assert np.mean((judge(unseen) > 0) == wanted) > 0.8
    assert judge(unseen)[wanted].mean() > judge(unseen)[~wanted].mean()


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_mean_of_networks_is_the_mean_of_their_outputs(count: int) -> None:
    nets = [fit_ranker(toy(80, 10), seed=seed, epochs=1) for seed in range(count)]
    features = toy(1, 11)[0].features
    expected = np.mean([net(features) for net in nets], axis=0)
    np.testing.assert_allclose(mean_network(nets)(features), expected, atol=1e-5)


def test_what_is_saved_loads_back_with_equal_scores(tmp_path: Path, ranker: Network) -> None:
    judge = fit_judge(*summaries(toy(200, 12), ranker), seed=13)
    save(tmp_path / "evidence.npz", ranker, judge, 0.375, DenseModel(judge, ranker, 0.625))
    dense = DenseModel.load(tmp_path / "evidence.npz")
    assert dense.threshold == 0.625
    for ours, given in ((dense.judge, judge), (dense.ranker, ranker)):
        for one, other in zip(network_arrays(ours), network_arrays(given), strict=True):
            np.testing.assert_array_equal(one, other)
    model = EvidenceModel.load(tmp_path / "evidence.npz")
    assert model.threshold == 0.375
    for group in toy(5, 14):
        scores = model.scores(group.features)
        np.testing.assert_array_equal(scores, ranker(group.features))
        logit = float(judge(summaries([group], ranker)[0])[0])
        confidence = model.confidence(group.features, scores, group.owner)
        assert confidence == pytest.approx(1 / (1 + np.exp(-np.float64(logit))), abs=1e-6)


def test_the_questions_of_a_topic_are_held_out_together() -> None:
    topics = [f"topic {number % 50}" for number in range(400)]
    found = folds(topics, seed=1)
    assert len({(topic, int(fold)) for topic, fold in zip(topics, found, strict=True)}) == 50
    assert min(np.bincount(found)) > 40  # of 400 in four folds
    assert (found == folds(topics, seed=1)).all() and (found != folds(topics, seed=2)).any()


def test_how_sure_the_judge_is_of_what_was_held_out_is_written(tmp_path: Path) -> None:
    groups = [*toy(200, 15), *toy(40, 16)]
    fitted = fit(groups, np.array([True] * 200 + [False] * 40), seed=17)
    assert len(fitted.confidences) == 200
    assert fitted.answerable.sum() == sum(group.answerable for group in groups[:200])
    answerable, others = fitted.confidences[fitted.answerable], fitted.confidences[~fitted.answerable]
    assert fitted.threshold == pytest.approx(np.quantile(answerable, 0.005))
    assert answerable.mean() > others.mean()

    path, kinds = tmp_path / "reliability.json", ["people"] * 120 + ["office"] * 80
    errors = write_reliability(path, fitted.confidences, fitted.answerable, kinds)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert list(errors) == list(content) == ["people", "office"]
    for kind, own in (("people", slice(0, 120)), ("office", slice(120, 200))):
        confidences, right = fitted.confidences[own], fitted.answerable[own]
        assert errors[kind] == expected_calibration_error(confidences[right].tolist(), confidences[~right].tolist())
        assert content[kind]["expected_calibration_error"] == errors[kind]
        assert [part["count"] for part in content[kind]["bins"]] == [len(right) // 10] * 10
    with pytest.raises(ValueError, match="people: 200 right and 0 wrong"):
        write_reliability(path, fitted.confidences, np.ones(200, np.bool_), ["people"] * 200)
