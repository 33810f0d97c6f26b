"""The measures against an established library and against counting by hand, on a small folder in BEIR's layout."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import ir_measures
import pytest
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from bot import Bot, Settings
from bot.documents.parser import document_id
from bot.documents.passages import split_passages
from bot.evaluation import (
    Bin,
    Case,
    Report,
    auroc,
    evaluate,
    expected_calibration_error,
    ranking_figures,
    read_cases,
    reliability,
)
from bot.types import DocumentError, Hit, YoujuError

GOODS = ("大米", "小麦", "玉米", "大豆", "棉花")
CORPUS = [
    {
        "_id": f"store{n}",
        "title": f"第{n}号仓库" if n % 2 else "",
        "text": "\n".join(f"第{n}号仓库第{k}间存放{GOODS[(n + k) % 5]}{n * 10 + k}吨。" for k in range(6)),
    }
    for n in range(8)
] + [{"_id": "漢字", "title": "", "text": "圖書館每週一閉館，逾期每日收取滯納金二角。"}]


def query(number: int, text: str, **metadata: Any) -> dict[str, Any]:
    return {"_id": f"q{number}", "text": text, "metadata": metadata}


QUERIES = [
    query(0, "第3号仓库第2间存放什么？", answers=["大米32吨", "大米"], answerable=True),
    query(1, "第5号仓库存放多少吨玉米？", answers=["玉米"], answerable=True),
    query(2, "哪里存放小麦？", answers=["小麦"], answerable=True),
    query(3, "图书馆逾期收取多少滞纳金？", answers=["二角"], answerable=True),
    query(4, "第6号仓库存放什么？"),
    query(5, "第7号仓库第1间存放什么？", answers=["不在文中"], answerable=True),
    query(6, "火星探测器的质量是多少？", answers=[], answerable=False),
    query(7, "第3号仓库第2间存放什么？", answers=[], answerable=False, document="store4"),
    query(8, "存放多少吨大豆？", answers=["大豆"], answerable=True, document="store1"),
]
QRELS = [
    ("q0", "store3", 1), ("q1", "store5", 1), *(("q2", f"store{n}", 1) for n in range(8)), ("q3", "漢字", 2),
    ("q4", "store6", 1), ("q4", "store2", 0), ("q5", "store7", 1), ("q8", "store1", 1),
]  # fmt: skip


def write(folder: Path, corpus: Sequence[Any], queries: Sequence[Any], qrels: Sequence[tuple[str, str, int]]) -> Path:
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    lines = "".join(f"{query}\t{document}\t{score}\n" for query, document, score in qrels)
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("beir") / "small", CORPUS, QUERIES, QRELS)


def measured(folder: Path, threshold: float | None = None, most: int | None = None) -> Report:
    return evaluate(folder, Settings(seeds=None, threshold=threshold), lambda done, total, label: None, most)


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    return measured(folder, threshold=0.0)


def same_place(hit: Hit) -> str:
    return f"{hit.document_id}:{hit.start}"


@pytest.fixture(scope="module")
def reference(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Any, float]:
    """Ask the same of a bot of our own and let ir_measures count; a relevant item is a passage with an answer."""
    relevant: list[Qrel] = []
    run: list[ScoredDoc] = []
    with Bot.open(settings=Settings(home=tmp_path_factory.mktemp("home"), seeds=None)) as bot:
        for row in CORPUS:
            bot.add_bytes(f"{row['_id']}.txt", row["text"].encode(), row["title"] or None)
        for number, case in enumerate(read_cases(folder)):
            if not case.answerable:
                continue
            for document in sorted(case.relevant):
                relevant += [
                    Qrel(str(number), f"{document}:{passage.start}", 1)
                    for passage in split_passages(bot.document(document))
                    if not case.answers or any(answer in passage.text for answer in case.answers)
                ]
            hits = bot.search(case.question, 10, case.scope)
            run += [ScoredDoc(str(number), same_place(hit), float(-rank)) for rank, hit in enumerate(hits)]
    # A question that no passage answers is unknown to the library and counts as nothing found here.
    share = len({qrel.query_id for qrel in relevant}) / sum(case.answerable for case in read_cases(folder))
    measures = [nDCG @ 10, RR @ 10, Success @ 1, Success @ 5, Success @ 10]
    return {measure: value * share for measure, value in ir_measures.calc_aggregate(measures, relevant, run).items()}


def test_the_ranking_figures_are_those_of_ir_measures(report: Report, reference: dict[Any, float]) -> None:
    for ours, theirs in (
        (report.ndcg_at_10, nDCG @ 10),
        (report.mrr_at_10, RR @ 10),
        (report.hit_at_1, Success @ 1),
        (report.hit_at_5, Success @ 5),
        (report.hit_at_10, Success @ 10),
    ):
        assert ours == pytest.approx(reference[theirs], abs=1e-9), str(theirs)
    assert 0 < reference[nDCG @ 10] < 1


def test_random_rankings_have_the_figures_of_ir_measures() -> None:
    rng = random.Random(0)
    for _ in range(200):
        relevant, depth = rng.randrange(1, 15), rng.randrange(1, 13)
        ranked = [f"good{n}" for n in range(relevant)] + [f"bad{n}" for n in range(10)]
        rng.shuffle(ranked)
        run = [ScoredDoc("q", name, float(-rank)) for rank, name in enumerate(ranked[:depth])]
        expected = ir_measures.calc_aggregate(
            [RR @ 10, nDCG @ 10], [Qrel("q", f"good{n}", 1) for n in range(relevant)], run
        )
        found = ranking_figures([name.startswith("good") for name in ranked[:depth]], relevant)
        assert found == pytest.approx((expected[RR @ 10], expected[nDCG @ 10]))


@pytest.mark.parametrize("found", [[], [False] * 10, [False] * 10 + [True]])
def test_nothing_found_within_ten_is_zero(found: list[bool]) -> None:
    assert ranking_figures(found, 3) == (0, 0)
    assert ranking_figures(found, 0) == (0, 0)


def test_auroc_counts_pairs() -> None:
    rng = random.Random(1)
    for _ in range(50):
        positive = [rng.randrange(5) / 4 for _ in range(rng.randrange(1, 20))]
        negative = [rng.randrange(5) / 4 for _ in range(rng.randrange(1, 20))]
        pairs = [(a > b) + 0.5 * (a == b) for a in positive for b in negative]
        assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))
    assert auroc([], [1.0]) is auroc([1.0], []) is None
    assert (auroc([1, 2], [0]), auroc([0], [1, 2]), auroc([1], [1])) == (1, 0, 0.5)


def test_the_calibration_error_is_that_of_a_count_by_hand() -> None:
    # Twenty questions, two a bin: both of the first bin 0.05 and unanswerable, one of each kind in the second, ...
    positive = [0.2, *[0.5] * 8, *[0.9] * 8]
    negative = [0.05, 0.05, 0.1]
    bins = reliability(positive, negative)
    assert [part.count for part in bins] == [2] * 10
    assert [part.answerable for part in bins] == [0, 0.5] + [1] * 8
    assert [part.confidence for part in bins] == pytest.approx([0.05, 0.15] + [0.5] * 4 + [0.9] * 4)
    by_hand = (2 * 0.05 + 2 * 0.35 + 8 * 0.5 + 8 * 0.1) / 20
    assert expected_calibration_error(positive, negative) == pytest.approx(by_hand)


def test_equal_confidences_share_what_is_answerable_among_them() -> None:
    # In whatever order they come, each bin of these holds as many of either kind.
    assert reliability([0.5] * 10, [0.5] * 10) == [Bin(2, 0.5, 0.5)] * 10
    assert expected_calibration_error([0.75] * 30, [0.75] * 10) == pytest.approx(0)
    assert expected_calibration_error([1.0] * 5, [1.0] * 15) == pytest.approx(0.75)


def test_few_questions_leave_no_empty_bin_and_one_kind_has_no_error() -> None:
    assert reliability([0.5], [0.25]) == [Bin(1, 0.25, 0.0), Bin(1, 0.5, 1.0)]
    assert expected_calibration_error([1.0], [0.0]) == 0
    assert expected_calibration_error([], [0.5]) is expected_calibration_error([0.5], []) is None


def test_the_report_counts_what_there_is(report: Report) -> None:
    assert (report.folder, report.documents, report.questions, report.answerable) == ("small", 9, 9, 7)
    assert report.passages == 8 * 6 + 1
    assert report.broken_citations == 0
    assert 0 < report.milliseconds_p50 <= report.milliseconds_p95
    assert report.seconds_to_add > 0 and report.peak_megabytes > 10
    assert report.calibration_error is not None and 0 < report.calibration_error < 1
    assert report.answer_at_1 is not None and 0 < report.answer_at_1 < 1  # q5 cannot be answered rightly
    assert all(value is None or value >= 0 for name, value in asdict(report).items() if name != "folder")


def test_the_threshold_turns_wrong_answers_into_wrong_refusals(folder: Path, report: Report) -> None:
    # Of the two that nothing answers, one names a store that is not there: it is refused whatever the threshold.
    assert (report.wrong_answers, report.wrong_refusals) == (0.5, 0)
    silent = measured(folder, threshold=1.0)
    assert (silent.wrong_answers, silent.wrong_refusals, silent.answer_at_1) == (0, 1, 0)
    assert silent.characters_quoted is None
    assert (silent.auroc, silent.hit_at_1, silent.ndcg_at_10) == (report.auroc, report.hit_at_1, report.ndcg_at_10)


def test_the_first_questions_alone(folder: Path) -> None:
    few = measured(folder, threshold=0.0, most=2)
    assert (few.questions, few.answerable, few.documents) == (2, 2, 9)
    assert (few.wrong_answers, few.auroc, few.calibration_error) == (None, None, None)


def test_cases_are_read_with_scope_and_judgements(folder: Path) -> None:
    cases = read_cases(folder)
    store3, store6 = (frozenset({document_id(f"store{n}.txt")}) for n in (3, 6))
    assert cases[0] == Case("第3号仓库第2间存放什么？", True, ("大米32吨", "大米"), store3, None)
    assert (cases[4].answerable, cases[4].answers, cases[4].relevant) == (True, (), store6)
    assert (cases[7].answerable, cases[7].relevant) == (False, frozenset())
    assert cases[7].scope == (document_id("store4.txt"),)
    assert cases[8].scope == (document_id("store1.txt"),)
    assert len(cases[2].relevant) == 8


def test_a_scoped_question_is_asked_of_its_document_alone(tmp_path: Path) -> None:
    asked = "第5号仓库存放多少吨玉米？"
    queries = [query(n, asked, answers=["玉米5"], answerable=True, document=f"store{n}") for n in (4, 5)]
    found = measured(write(tmp_path / "x", CORPUS, queries, [("q4", "store5", 1), ("q5", "store5", 1)]), threshold=0.0)
    assert found.hit_at_10 == 0.5  # in store4 there is no passage of store5


def test_a_hit_is_of_a_relevant_document_and_holds_an_answer() -> None:
    def hit(document: str, text: str) -> Hit:
        return Hit(document, "s", "t", (), 0, 0, len(text), text, 1.0)

    case = Case("问", True, ("tidb",), frozenset({"d"}), None)
    assert case.is_hit(hit("d", "ＴｉＤＢ集群"))
    assert not case.is_hit(hit("e", "TiDB集群"))
    assert not case.is_hit(hit("d", "集群"))
    assert Case("问", True, (), frozenset({"d"}), None).is_hit(hit("d", "集群"))


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
@pytest.mark.parametrize(
    "content", [None, b"", b"{broken\n", b"\xff\xfe\xff", b'{"other": 1}\n', b"[1]\n", b"a\tb\n1\t2\n"]
)
def test_a_folder_that_is_not_in_the_layout_is_one_line(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = write(tmp_path / "bad", CORPUS[:1], QUERIES[:1], QRELS[:1]) / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DocumentError, match=path.name) as error:
        measured(tmp_path / "bad")
    assert "corpus.jsonl, queries.jsonl" in error.value.en and path.name in error.value.zh
    assert "\n" not in error.value.en + error.value.zh


def test_an_empty_document_of_the_corpus_is_no_hit_and_no_end(tmp_path: Path) -> None:
    corpus = [*CORPUS[:2], {"_id": "empty", "title": "", "text": ""}]
    queries = [query(0, "第1号仓库存放什么？", answerable=True)]
    try:
        found = measured(write(tmp_path / "x", corpus, queries, [("q0", "empty", 1)]), threshold=0.0)
    except YoujuError as error:
        pytest.fail(error.en)
    assert (found.documents, found.hit_at_10, found.ndcg_at_10) == (2, 0, 0)
