"""The figures of docs/evaluation.md: recorded, compared, drawn, on a small set written here."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.ablation import BM25
from tests.figures import HELD_OUT, RELIABILITY, main, worse
from tests.plot import reliability_plot
from tests.tables import SHIPPED

PAGES = {
    "library": ("图书馆规则", "图书馆每周一闭馆。\n逾期每册每日收取滞纳金二角。\n阅览室可以容纳三百人。"),
    "station": ("车站须知", "售票厅每日六时开放。\n儿童票为全价的一半。\n行李超过二十公斤的应当托运。"),
    "garden": ("花园", "花园里种了两百棵樱花树。\n每年四月举行赏花节。\n门票五元。"),
}
ASKED = [
    ("图书馆哪天闭馆？", "library", "每周一"),
    ("逾期每日收取多少滞纳金？", "library", "二角"),
    ("行李超过多少公斤应当托运？", "station", "二十公斤"),
    ("花园里种了多少棵樱花树？", "garden", "两百棵"),
    ("赏花节在几月举行？", "garden", "四月"),
    ("火星上的氧气占多少？", None, ""),
    ("谁发明了蒸汽机？", None, ""),
]
TEXT = "# Evaluation\n\nOwn words.\n\n<!-- figures -->\nold table\n<!-- /figures -->\n\nMore own words.\n"
BINS = [{"count": 5, "confidence": 0.0, "answerable": 0.5}, {"count": 5, "confidence": 1.0, "answerable": 0.75}]


def lines(rows: list[object]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_set(folder: Path) -> None:
    (folder / "qrels").mkdir(parents=True)
    corpus = [{"_id": name, "title": title, "text": text} for name, (title, text) in PAGES.items()]
    (folder / "corpus.jsonl").write_text(lines([*corpus]), encoding="utf-8")
    queries = [
        {"_id": f"q{n}", "text": text, "metadata": {"answers": [answer] if page else [], "answerable": bool(page)}}
        for n, (text, page, answer) in enumerate(ASKED)
    ]
    (folder / "queries.jsonl").write_text(lines([*queries]), encoding="utf-8")
    qrels = "".join(f"q{n}\t{page}\t1\n" for n, (_, page, _) in enumerate(ASKED) if page)
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + qrels, encoding="utf-8")


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    write_set(folder / "small")
    return folder


@pytest.fixture(scope="module")
def docs(sets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents with the set's figures recorded."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "evaluation.md").write_text(TEXT, encoding="utf-8")
    held_out = {"office": {"questions": 10, "expected_calibration_error": 0.375, "bins": BINS}}
    (folder / "reliability.json").write_text(json.dumps(held_out), encoding="utf-8")
    assert run(sets, folder, "--record") == 0
    return folder


def run(sets: Path, docs: Path, *options: str) -> int:
    return main([str(sets), *options], docs, docs / "reliability.json")


def raised(docs: Path, folder: Path, figure: str, by: float) -> Path:
    """Copy the recorded figures with one of the shipped engine's changed."""
    figures = json.loads((docs / "figures.json").read_text(encoding="utf-8"))
    figures["small"][SHIPPED][figure] += by
    (folder / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
    (folder / "reliability.json").write_text((docs / "reliability.json").read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_figures_are_recorded_by_set_and_row(docs: Path) -> None:
    figures = json.loads((docs / "figures.json").read_text(encoding="utf-8"))
    assert set(figures) == {"small", HELD_OUT}
    rows = figures["small"]
    first, *between, last = rows
    assert (first, len(between), last) == (BM25, 7, SHIPPED)
    assert (rows[SHIPPED]["questions"], rows[SHIPPED]["answerable"], rows[SHIPPED]["documents"]) == (7, 5, 3)
    # Plain questions with the words of their text: every step finds the passage, and answers from it.
    assert all(row["hit_at_5"] == 1 and 0.6 <= row["answer_at_1"] <= 1 and row["auroc"] > 0.5 for row in rows.values())
    assert figures[HELD_OUT] == {"office": {"questions": 10, "calibration_error": 0.375}}
    assert all(value is None or value == round(value, 3) for row in rows.values() for value in row.values())


def test_the_tables_stand_between_the_marks_and_the_rest_stays(docs: Path) -> None:
    page = (docs / "evaluation.md").read_text(encoding="utf-8")
    before, rest = page.split("<!-- figures -->\n")
    tables, after = rest.split("<!-- /figures -->")
    assert before + after == "# Evaluation\n\nOwn words.\n\n\n\nMore own words.\n"
    assert "old table" not in page
    shipped = json.loads((docs / "figures.json").read_text(encoding="utf-8"))["small"][SHIPPED]
    assert f"| expected calibration error | – | {shipped['calibration_error']:.3f} |" in tables
    assert "| questions, of which answerable |  | 7, 5 |" in tables
    assert "**0.375**" in tables and "](reliability-office.svg)" in tables and "| 5 | 1.000 | 0.750 |" in tables
    for block in re.findall(r"(?:^\|.*\n)+", tables, re.M):
        assert len({line.count("|") for line in block.splitlines()}) == 1


def test_measured_again_nothing_is_worse(sets: Path, docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in docs.iterdir()}
    assert run(sets, docs) == 0
    assert "No figure is worse" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in docs.iterdir()} == before


def test_a_figure_under_the_recorded_one_is_named(
    sets: Path, docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sets, raised(docs, tmp_path, "hit_at_5", 0.001)) == 1
    out = capsys.readouterr().out.partition("Worse than recorded:\n")[2]
    assert out == f"small, {SHIPPED}: hit_at_5 was 1.001, is 1\n"


@pytest.mark.parametrize(
    ("figure", "before", "now", "is_worse"),
    [
        ("hit_at_1", 0.5, 0.499, True),
        ("hit_at_1", 0.5, 0.6, False),
        ("hit_at_1", 0.188, 0.1875, False),  # as far as rounding goes
        ("auroc", 0.9, None, True),
        ("auroc", None, 0.9, False),
        ("wrong_answers", 0.1, 0.2, True),
        ("wrong_answers", 0.2, 0.1, False),
        ("wrong_refusals", 0.1, 0.101, True),
        ("calibration_error", 0.05, 0.06, True),
        ("characters_quoted", 60, 61, True),
        ("broken_citations", 0, 1, True),
        ("questions", 300, 299, True),
        ("questions", 300, 301, True),
        ("milliseconds_p95", 10, 1000, False),
        ("peak_megabytes", 10, 1000, False),
        ("seconds_to_add", 10, None, False),
    ],
)
def test_which_way_a_figure_is_worse(figure: str, before: float | None, now: float | None, is_worse: bool) -> None:
    found = list(worse({"set": {"row": {figure: before}}}, {"set": {"row": {figure: now}}}))
    assert [line.startswith(f"set, row: {figure} was") for line in found] == [True] * is_worse


def test_a_row_that_is_gone_is_worse() -> None:
    assert list(worse({"set": {"row": {"auroc": 0.9}}}, {"set": {}})) == ["set, row: auroc was 0.9, is missing"]


def test_a_missing_folder_set_or_record_is_one_line(
    sets: Path, docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "none", docs) == 2
    write_set(tmp_path / "sets" / "other")
    assert run(tmp_path / "sets", docs) == 2
    assert run(sets, tmp_path) == 2
    (tmp_path / "sets" / "other" / "corpus.jsonl").write_text("{broken\n", encoding="utf-8")
    assert run(tmp_path / "sets", tmp_path, "--most", "1") == 2
    one, two, three, four = capsys.readouterr().err.splitlines()
    assert "none does not hold small:" in one and "sets does not hold small:" in two
    assert str(tmp_path / "figures.json") in three and "--record" in three
    assert "corpus.jsonl cannot be read" in four


def test_a_quick_look_compares_nothing(
    sets: Path, docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sets, raised(docs, tmp_path, "hit_at_5", 1), "--most", "2") == 0
    out = capsys.readouterr().out
    assert "| 2, 2 |" in out and "Worse" not in out
    with pytest.raises(SystemExit) as stopped:
        run(sets, docs, "--most", "2", "--record")
    assert stopped.value.code == 2


def test_the_plot_puts_each_bin_in_its_place() -> None:
    svg = ElementTree.fromstring(reliability_plot(BINS))
    name = "{http://www.w3.org/2000/svg}"
    diagonal = svg.findall(f"{name}path")[-1].attrib["d"]
    left, bottom, right, top = (float(value) for value in re.findall(r"\d+", diagonal))
    circles = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in svg.findall(f"{name}circle")]
    assert circles == [(left, (top + bottom) / 2), (right, top + (bottom - top) / 4)]


def test_the_shipped_confidence_is_calibrated() -> None:
    for kind, least in (("office", 500), ("people", 500)):
        held_out = json.loads(RELIABILITY.read_text(encoding="utf-8"))[kind]
        apart = sum(part["count"] * abs(part["confidence"] - part["answerable"]) for part in held_out["bins"])
        assert sum(part["count"] for part in held_out["bins"]) == held_out["questions"] > least
        assert apart / held_out["questions"] == pytest.approx(held_out["expected_calibration_error"])
        assert held_out["expected_calibration_error"] <= 0.05
