"""Every figure of docs/evaluation.md, by one command: ``make figures DATA=folder``, or ``python -m tests.figures``.

The folder holds test sets, each a folder in BEIR's layout. Measures the shipped engine, BM25 alone and every step
between them, prints the tables, and names each figure that is worse than the one in docs/figures.json. Exit codes:
0 none is worse, 1 one is, 2 a set is missing or cannot be read. ``--record`` writes figures and tables to docs instead.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bot.engine import Bot
from bot.evaluation import evaluate, read_cases, read_corpus
from bot.settings import Settings
from bot.types import DocumentError
from embeddings.loading import BUILTIN_FOLDER, READER_FOLDER
from embeddings.static import StaticEncoder
from tests.ablation import Figures, Steps, measure
from tests.offices import ROWS, measure_office, measure_small_cases
from tests.plot import reliability_plot
from tests.tables import SHIPPED, Measured, tables

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
RELIABILITY = READER_FOLDER / "reliability.json"
HELD_OUT = "training text, held out"
"""What stands among the sets for the questions that the judge was not fitted to."""
HIGHER = {"right", "whole", "hit_at_1", "hit_at_5", "hit_at_10", "mrr_at_10", "ndcg_at_10", "answer_at_1", "auroc"}
LOWER = {"wrong", "wrong_answers", "wrong_refusals", "calibration_error", "broken_citations", "characters_quoted"}
SAME = {"questions", "answerable"}
"""Where these differ the set is another one. All other figures, such as speed, are shown and never compared."""
MOST = 1000
"""Of a larger set the first so many questions: a share among them is known to about 0.015, and an hour is saved."""
_TOLERANCE = 0.0005 + 1e-9  # half of the last decimal that is recorded
_MARKS = ("<!-- figures -->", "<!-- /figures -->")


def measure_set(folder: Path, most: int = MOST) -> dict[str, Figures]:
    """Return the figures of one set by row: BM25 alone, each step, the shipped engine; of an office those of its."""
    if _is_office(folder):
        return {row: measure_office(folder, row) for row in ROWS}
    if _is_cases(folder):
        return {row: measure_small_cases(folder, row) for row in ROWS}
    settings = Settings(seeds=None)
    shipped = asdict(evaluate(folder, settings, _silent, most))
    del shipped["folder"]
    with tempfile.TemporaryDirectory(prefix="youju-figures-") as home, threadpool_limits(1, "blas"):
        with Bot.open(home, settings) as bot:
            bot.add_files(read_corpus(folder))
        steps = Steps(Path(home), StaticEncoder.load(BUILTIN_FOLDER))
        rows = measure(read_cases(folder)[:most], steps)
        steps.close()
    return {**rows, SHIPPED: shipped}


def measure_all(folders: Sequence[Path], most: int = MOST) -> Measured:
    """Measure sets side by side, two at a time, each in a process of its own, so that each shows its own memory."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        running = {folder.name: pool.submit(measure_set, folder, most) for folder in folders}
        return {name: running[name].result() for name in sorted(running)}


def worse(recorded: Measured, measured: Measured) -> Iterator[str]:
    """Yield a line for each recorded figure that is worse now, or missing."""
    for name, rows in recorded.items():
        for row, figures in rows.items():
            for figure, before in figures.items():
                now = measured.get(name, {}).get(row, {}).get(figure)
                if before is not None and _is_worse(figure, before, now):
                    yield f"{name}, {row}: {figure} was {before:g}, is {'missing' if now is None else f'{now:g}'}"


def _is_worse(figure: str, before: float, now: float | None) -> bool:
    if figure not in HIGHER | LOWER | SAME:
        return False
    if now is None:
        return True
    change = abs(now - before) if figure in SAME else before - now if figure in HIGHER else now - before
    return change > _TOLERANCE


def main(argv: Sequence[str] | None = None, docs: Path = DOCS, reliability: Path = RELIABILITY) -> int:
    """Measure, then record or compare; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.figures", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="holds the sets: folders in BEIR's layout, an office, small cases")
    parser.add_argument("--record", action="store_true", help="write figures, tables and plot to docs")
    parser.add_argument("--most", type=int, metavar="N", help="the first N questions of each set; nothing is compared")
    args = parser.parse_args(argv)
    if args.record and args.most is not None:
        parser.error(f"--record takes {MOST:,} questions of each set: leave --most out")
    path = docs / "figures.json"
    comparing = not args.record and args.most is None
    if comparing and not path.exists():
        sys.stderr.write(f"{path} is missing: nothing is recorded yet, so run this with --record once.\n")
        return 2
    try:
        recorded: Measured = json.loads(path.read_text(encoding="utf-8")) if comparing else {}
        measured = measure_all(_sets(args.folder, recorded.keys() - {HELD_OUT}), args.most or MOST)
    except DocumentError as error:
        sys.stderr.write(error.en + "\n")
        return 2
    held_out = json.loads(reliability.read_text(encoding="utf-8")) if reliability.exists() else None
    shown = tables(measured, held_out)
    if held_out is not None:
        measured[HELD_OUT] = {
            kind: {"questions": figures["questions"], "calibration_error": figures["expected_calibration_error"]}
            for kind, figures in held_out.items()
        }
    sys.stdout.write(shown)
    if args.record:
        _record(docs, measured, shown, held_out)
    if not comparing:
        return 0
    lines = list(worse(recorded, measured))
    say = "Worse than recorded:" if lines else f"No figure is worse than in {path}."
    sys.stdout.write("\n".join([say, *lines]) + "\n")
    return 1 if lines else 0


def _sets(folder: Path, wanted: Iterable[str]) -> list[Path]:
    """Return the sets in a folder, the largest first, so that none of these is left for last.

    Raises:
        DocumentError: one of ``wanted`` is not there, or a set is not in the layout.
    """
    found = {path.parent.name: path.stat().st_size for path in folder.glob("*/queries.jsonl")}
    accepted = {path.name: 0 for path in folder.glob("*") if _is_office(path) or _is_cases(path)}
    missing = sorted(set(wanted) - found.keys() - accepted.keys()) or (
        [] if found | accepted else ["any set with a queries.jsonl"]
    )
    if missing:
        raise DocumentError(
            f"{folder} does not hold {', '.join(missing)}: give the folder that holds the sets.",
            f"{folder} 中没有 {'、'.join(missing)}：请给出含各评测集的文件夹。",
        )
    for name in found:  # before anything is measured: a set that cannot be read is said at once
        read_cases(folder / name)
        list(read_corpus(folder / name))
    found |= accepted
    return [folder / name for name in sorted(found, key=lambda name: -found[name])]


def _is_office(folder: Path) -> bool:
    return (folder / "questions.jsonl").is_file() and (folder / "documents").is_dir()


def _is_cases(folder: Path) -> bool:
    return folder.is_dir() and next(folder.glob("*/case.json"), None) is not None


def _record(docs: Path, measured: Measured, shown: str, held_out: dict[str, Any] | None) -> None:
    """Write the figures, the plot, and the tables between the marks of evaluation.md, whose other text stays."""
    rounded = {name: _rounded(rows) for name, rows in measured.items()}
    (docs / "figures.json").write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
    for kind, figures in (held_out or {}).items():
        (docs / f"reliability-{kind}.svg").write_text(reliability_plot(figures["bins"]), encoding="utf-8")
    page = docs / "evaluation.md"
    before, rest = page.read_text(encoding="utf-8").split(_MARKS[0])
    after = rest.split(_MARKS[1])[1]
    page.write_text(f"{before}{_MARKS[0]}\n{shown}{_MARKS[1]}{after}", encoding="utf-8")


def _rounded(rows: dict[str, Figures]) -> dict[str, Figures]:
    return {
        row: {name: None if value is None else round(value, 3) for name, value in figures.items()}
        for row, figures in rows.items()
    }


def _silent(done: int, total: int, label: str) -> None:
    """Report progress to nobody."""


if __name__ == "__main__":
    sys.exit(main())
