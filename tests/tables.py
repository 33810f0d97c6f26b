"""The tables of docs/evaluation.md, as Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.ablation import BM25, Figures
from tests.offices import READ, ROWS

SHIPPED = "+ addresses, outlines, lists: as shipped"
Measured = dict[str, dict[str, Figures]]
"""Figures by set and row."""
_SHARES = {
    "hit_at_1": "hit@1",
    "hit_at_5": "hit@5",
    "hit_at_10": "hit@10",
    "mrr_at_10": "MRR@10",
    "ndcg_at_10": "nDCG@10",
    "answer_at_1": "answer@1",
    "wrong_answers": "wrong answers",
    "wrong_refusals": "wrong refusals",
    "auroc": "AUROC",
    "calibration_error": "expected calibration error",
}
_NUMBERS = {
    "broken_citations": "citations that do not stand at their span",
    "characters_quoted": "characters quoted an answer",
    "seconds_to_add": "seconds to add the documents",
    "milliseconds_p50": "milliseconds a question, p50",
    "milliseconds_p95": "milliseconds a question, p95",
    "peak_megabytes": "peak memory, MB",
}
_ACCEPTED = {
    "questions": "questions",
    "right": "right",
    "partly": "partly",
    "wrong": "wrong",
    "refused": "refused",
    "wrong_answers": "unanswerable answered",
    "auroc": "AUROC",
    "whole": "cases wholly right",
    "milliseconds_p50": "ms p50",
    "milliseconds_p95": "ms p95",
}
_STEP_FIGURES = ("hit_at_1", "hit_at_5", "answer_at_1", "auroc")


def tables(measured: Measured, held_out: Mapping[str, Any] | None) -> str:
    """Return all that stands between the marks: every set against BM25 alone, what each part adds, the calibration."""
    ranked = {name: rows for name, rows in measured.items() if SHIPPED in rows}
    lines = [*_all_figures(ranked), "", *_steps(ranked), "", *_accepted(measured)]
    if held_out is not None:
        lines += ["", *_calibration(held_out)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _all_figures(measured: Measured) -> Iterator[str]:
    """Yield a row a figure, two columns a set."""
    columns = [(name, row) for name in measured for row in (BM25, SHIPPED)]
    yield _row(["", *(f"`{name}`: {'BM25' if row == BM25 else '**Youju**'}" for name, row in columns)])
    yield _row(["---"] * (1 + len(columns)))
    counts = [f"{figures['questions']:,}, {figures['answerable']:,}" for figures in _shipped(measured)]
    yield _row(["questions, of which answerable", *(cell for count in counts for cell in ("", count))])
    counts = [f"{figures['documents']:,}, {figures['passages']:,}" for figures in _shipped(measured)]
    yield _row(["documents, passages", *(cell for count in counts for cell in ("", count))])
    for figure, label in {**_SHARES, **_NUMBERS}.items():
        show = _share if figure in _SHARES else _number
        yield _row([label, *(show(measured[name].get(row, {}).get(figure)) for name, row in columns)])


def _steps(measured: Measured) -> Iterator[str]:
    """Yield a row a step; a set's column holds those of ``_STEP_FIGURES`` that it can show."""
    shown = {
        name: [figure for figure in _STEP_FIGURES if rows[SHIPPED][figure] is not None]
        for name, rows in measured.items()
    }
    heads = [f"`{name}`: {' / '.join(_SHARES[figure] for figure in figures)}" for name, figures in shown.items()]
    yield _row(["what each part adds", *heads])
    yield _row(["---"] * (1 + len(heads)))
    for step in next(iter(measured.values())):
        cells = [
            " / ".join(_share(measured[name][step][figure]) for figure in figures) for name, figures in shown.items()
        ]
        yield _row([step, *cells])


def _accepted(measured: Measured) -> Iterator[str]:
    """Yield a row for each way of answering, of the sets that count what a person would accept."""
    sets = {name: rows for name, rows in measured.items() if READ in rows}
    columns = [(name, figure) for name, rows in sets.items() for figure in _ACCEPTED if figure in rows[READ]]
    yield _row(["what a person would accept", *(f"`{name}`: {_ACCEPTED[figure]}" for name, figure in columns)])
    yield _row(["---"] * (1 + len(columns)))
    for row in ROWS:
        yield _row([row, *(_ACCEPTED_AS.get(figure, _share)(sets[name][row][figure]) for name, figure in columns)])


def _calibration(held_out: Mapping[str, Any]) -> Iterator[str]:
    """Yield how far the confidence can be trusted, for each kind of question."""
    for kind, figures in held_out.items():
        error, questions = figures["expected_calibration_error"], figures["questions"]
        yield f"On {questions:,} questions that it was not fitted to ({kind}), the expected calibration error of"
        yield f"`confidence` is **{error:.3f}**:"
        yield ""
        yield f"![Share of questions answered rightly against confidence, in ten bins](reliability-{kind}.svg)"
        yield ""
        yield _row(["questions", "mean confidence", "share right"])
        yield _row(["---"] * 3)
        for part in figures["bins"]:
            yield _row([f"{part['count']:,}", _share(part["confidence"]), _share(part["answerable"])])
        yield ""


def _shipped(measured: Measured) -> Iterator[Figures]:
    return (rows[SHIPPED] for rows in measured.values())


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")


_ACCEPTED_AS = {"questions": _number, "milliseconds_p50": _number, "milliseconds_p95": _number}


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
