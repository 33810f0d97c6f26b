"""Measures what a person would accept: an office's questions, and small cases in the shape of known faults.

An office is a folder with ``documents/`` and ``questions.jsonl``, small cases are folders with ``documents/`` and
``case.json``. An answer is *right* where its first citation and enough of the others hold what must stand in it, and
little beside the point is cited; *partly* where it holds a part.
"""

import json
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path, PurePosixPath
from typing import Any
from unittest import mock

import numpy as np

from bot.engine import Bot
from bot.evaluation import auroc
from bot.settings import Settings
from bot.types import Answer, DocumentError
from tests.ablation import Figures

NETWORKS = "small networks alone"
EXACT = "+ exactness"
READ = "+ read in context: as shipped"
ROWS = (NETWORKS, EXACT, READ)

_AnyRow = dict[str, Any]


def measure_office(folder: Path, row: str) -> Figures:
    """Ask an office's questions in the way of ``row``, one of ``ROWS``."""
    questions = [json.loads(line) for line in _lines(folder / "questions.jsonl")]
    verdicts: dict[bool, list[str]] = {True: [], False: []}
    confidences: dict[bool, list[float]] = {True: [], False: []}
    times: list[float] = []
    with _bot(folder / "documents", row) as bot:
        stems = {info.document_id: PurePosixPath(info.source).stem for info in bot.documents()}
        for question in questions:
            metadata = question["metadata"]
            scope = (
                [id for id, stem in stems.items() if stem in metadata["documents"]] if metadata.get("scope") else None
            )
            history = _history(bot, [earlier for earlier, _ in metadata.get("history", ())])
            started = time.perf_counter()
            answer = bot.ask(question["text"], history=history, documents=scope)
            times.append((time.perf_counter() - started) * 1000)
            answerable = metadata.get("answerable", True)
            verdicts[answerable].append(_accept(answer, metadata, stems) if answerable else _refused(answer))
            confidences[answerable].append(answer.confidence)
    shares = {
        name: verdicts[True].count(name) / len(verdicts[True]) for name in ("right", "partly", "wrong", "refused")
    }
    return {
        "questions": len(questions),
        "answerable": len(verdicts[True]),
        **shares,
        "wrong_answers": verdicts[False].count("wrong") / len(verdicts[False]),
        "auroc": auroc(confidences[True], confidences[False]),
        "milliseconds_p50": float(np.percentile(times, 50)),
        "milliseconds_p95": float(np.percentile(times, 95)),
    }


def measure_small_cases(folder: Path, row: str) -> Figures:
    """Ask the questions of all small cases in the way of ``row``, one of ``ROWS``."""
    right: list[bool] = []
    whole: list[bool] = []
    for path in sorted(folder.glob("*/case.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if not case.get("questions"):
            continue
        own = []
        with _bot(path.parent / "documents", row) as bot:
            for question in case["questions"]:
                asked = [e[0] if isinstance(e, list) else e for e in question.get("history", ())]
                answer = bot.ask(question["question"], history=_history(bot, asked))
                own.append(_holds(answer, question["expected"]))
        right += own
        whole.append(all(own))
    if not right:
        raise DocumentError(f"{folder} holds no case.json with questions.", f"{folder} 中没有含问题的 case.json。")
    return {"questions": len(right), "right": float(np.mean(right)), "whole": float(np.mean(whole))}


def _accept(answer: Answer, metadata: _AnyRow, stems: dict[str, str]) -> str:
    """Judge an answer to an answerable question: "right", "partly", "wrong" or "refused"."""
    if answer.abstained:
        return "refused"
    groups = [[_bare(wording) for wording in group] for group in metadata["must"]]
    covers = []
    for citation in answer.citations:
        quote = _bare(citation.quote)
        mine = not metadata.get("documents") or stems[citation.document_id] in metadata["documents"]
        covers.append({n for n, group in enumerate(groups) if mine and any(wording in quote for wording in group)})
    covered = set().union(*covers)
    beside = sum(not cover for cover in covers)
    enough = len(covered) >= metadata.get("need", 1.0) * len(groups) - 1e-9
    if covers[0] and enough and beside <= len(covered) + 1:
        return "right"
    return "partly" if covered else "wrong"


def _refused(answer: Answer) -> str:
    return "right" if answer.abstained and not answer.citations else "wrong"


def _holds(answer: Answer, expected: str | Sequence[Any]) -> bool:
    """Tell whether an answer is as expected: "refuse", or all entries hold ("a", one of ["a", "b"], not "!a")."""
    if expected == "refuse":
        return answer.abstained and not answer.citations
    text = _bare(answer.text)
    wanted = [entry for entry in expected if isinstance(entry, list) or not entry.startswith("!")]
    if any(_bare(entry[1:]) in text for entry in expected if entry not in wanted):
        return False
    if answer.abstained and wanted:  # what is asked for is to be answered, not named in a refusal
        return False
    return all(any(_bare(one) in text for one in ([entry] if isinstance(entry, str) else entry)) for entry in wanted)


def _history(bot: Bot, questions: Sequence[str]) -> list[tuple[str, str]]:
    history: list[tuple[str, str]] = []
    for question in questions:
        history.append((question, bot.ask(question, history=history).text))
    return history


@contextmanager
def _bot(documents: Path, row: str) -> Iterator[Bot]:
    """Give a bot that knows these documents alone."""
    settings = Settings(seeds=None) if row == READ else Settings(seeds=None, reader="off")
    unheld = mock.patch("bot.evidence.assessor.hold_to", lambda named, verdict, *more: verdict)
    with (
        tempfile.TemporaryDirectory(prefix="youju-figures-") as home,
        unheld if row == NETWORKS else nullcontext(),
        Bot.open(home, settings) as bot,
    ):
        bot.add(documents)
        while not bot.made_behind.finished:  # what finds text in another language
            time.sleep(0.1)
        yield bot


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error}).", f"无法读取 {path}（{error}）。") from error
