"""Measures on a folder in BEIR's layout: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv``.

A hit is a passage of a relevant document that contains one of the question's ``metadata.answers``, where there are
any. Text is compared folded (width, case, traditional characters).
"""

import json
import math
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.documents.formats import MARKDOWN
from bot.documents.identity import document_id
from bot.documents.passages import split_passages
from bot.engine import Bot
from bot.intake import File
from bot.language.folding import fold
from bot.settings import Settings
from bot.types import Answer, DocumentError, Hit, Progress

_DEPTH = 10
_BINS = 10


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of one folder; shares are 0..1, and None where no question of the folder can show them.

    ``wrong_answers`` is the share of unanswerable questions that were answered, ``wrong_refusals`` that of answerable
    ones that were refused; ``auroc`` is that of ``confidence`` for telling the two apart, ``calibration_error`` how far
    ``confidence`` is from the share that is answerable. ``broken_citations`` counts citations whose quote does not
    stand at their span.
    """

    folder: str
    documents: int
    passages: int
    questions: int
    answerable: int
    hit_at_1: float | None
    hit_at_5: float | None
    hit_at_10: float | None
    mrr_at_10: float | None
    ndcg_at_10: float | None
    answer_at_1: float | None
    wrong_answers: float | None
    wrong_refusals: float | None
    auroc: float | None
    calibration_error: float | None
    broken_citations: int
    characters_quoted: float | None
    seconds_to_add: float
    milliseconds_p50: float
    milliseconds_p95: float
    peak_megabytes: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about the same confidence: how many, their mean confidence, and the share that is answerable."""

    count: int
    confidence: float
    answerable: float


@dataclass(frozen=True, slots=True)
class Case:
    """A question of the folder; ``relevant`` and ``scope`` are document ids."""

    question: str
    answerable: bool
    answers: tuple[str, ...]
    relevant: frozenset[str]
    scope: tuple[str, ...] | None

    def is_hit(self, hit: Hit) -> bool:
        """Tell whether a passage answers this question."""
        return hit.document_id in self.relevant and self.holds_answer(hit.text)

    def holds_answer(self, text: str) -> bool:
        """Tell whether an accepted answer stands in ``text``; any text will do where none is named."""
        folded = fold(text)
        return not self.answers or any(answer in folded for answer in self.answers)


def evaluate(folder: Path, settings: Settings, progress: Progress, most: int | None = None) -> Report:
    """Add the folder's corpus to a temporary home, ask its questions (the first ``most``), measure.

    Raises:
        DocumentError: ``folder`` is not in BEIR's layout.
    """
    cases = read_cases(folder)[:most]
    with tempfile.TemporaryDirectory(prefix="youju-eval-") as home:
        at_home = settings.model_copy(update={"home": Path(home), "seeds": None})
        with Bot.open(settings=at_home) as bot:
            started = time.perf_counter()
            bot.add_files(read_corpus(folder), progress)
            seconds = time.perf_counter() - started
            return _measure(folder, bot, cases, seconds, progress)


def read_cases(folder: Path) -> list[Case]:
    """Read the questions with their judgements.

    Raises:
        DocumentError: a file is missing or not in the layout.
    """
    relevant: dict[str, set[str]] = {}
    with _layout(folder / "qrels" / "test.tsv") as lines:
        _header, *judgements = (line.split("\t") for line in lines)
        _query, _document, _score = _header  # of these three columns
        for query, document, score in judgements:
            if int(score) > 0:
                relevant.setdefault(query, set()).add(_id(document))
    cases = []
    with _layout(folder / "queries.jsonl") as lines:
        for row in _rows(lines):
            metadata = row.get("metadata") or {}
            cases.append(
                Case(
                    question=row["text"],
                    answerable=metadata.get("answerable", row["_id"] in relevant),
                    answers=tuple(fold(answer) for answer in metadata.get("answers", ())),
                    relevant=frozenset(relevant.get(row["_id"], ())),
                    scope=(_id(metadata["document"]),) if "document" in metadata else None,
                )
            )
    return cases


def read_corpus(folder: Path) -> Iterator[File]:
    """Yield the corpus as files to add.

    Raises:
        DocumentError: it is missing or not in the layout.
    """
    with _layout(folder / "corpus.jsonl") as lines:
        for row in _rows(lines):
            text = row["text"].encode("utf-8", "surrogatepass")
            yield File(_source(row["_id"]), text, row.get("title") or None)


def ranking_figures(found: Sequence[bool], relevant: int) -> tuple[float, float]:
    """Return (reciprocal rank, nDCG) at 10 of one ranking with binary gains.

    ``found`` tells of each rank whether it is a hit; ``relevant`` is how many hits there are in all.
    """
    ranks = [rank for rank, hit in enumerate(found[:_DEPTH], 1) if hit]
    gain = sum(1 / math.log2(rank + 1) for rank in ranks)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(relevant, _DEPTH) + 1))
    return (1 / ranks[0] if ranks else 0.0), (gain / ideal if ideal else 0.0)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the probability that a positive scores above a negative, ties counting half; None without either."""
    if not positive or not negative:
        return None
    above = np.asarray(positive)[:, None] - np.asarray(negative)[None, :]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


def reliability(positive: Sequence[float], negative: Sequence[float]) -> list[Bin]:
    """Return ten bins of equally many questions (give or take one), by rising confidence; an empty bin is left out.

    Args:
        positive: confidences (0..1) of answerable questions.
        negative: those of unanswerable ones.
    """
    confidences = np.array([*positive, *negative], np.float64)
    answerable = np.repeat([1.0, 0.0], [len(positive), len(negative)])
    # Equal confidences share what is answerable among them, so that the order of the rows does not matter.
    _, same, counts = np.unique(confidences, return_inverse=True, return_counts=True)
    shares = (np.bincount(same, answerable) / counts)[same]
    return [
        Bin(len(rows), float(confidences[rows].mean()), float(shares[rows].mean()))
        for rows in np.array_split(np.argsort(confidences, kind="stable"), _BINS)
        if len(rows)
    ]


def expected_calibration_error(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return how far the confidence is from the share of answerable questions, the mean over the questions.

    Taken over the bins of ``reliability``: of equal mass (Nguyen and O'Connor, 2015), since most confidences are near
    1 and bins of equal width would hold them all in one. None without either kind of question.
    """
    if not positive or not negative:
        return None
    bins = reliability(positive, negative)
    apart = sum(part.count * abs(part.confidence - part.answerable) for part in bins)
    return apart / (len(positive) + len(negative))


def _measure(folder: Path, bot: Bot, cases: Sequence[Case], seconds: float, progress: Progress) -> Report:
    reciprocal, ndcg, ranks, answered, times, quoted = [], [], [], [], [], []
    confident: dict[bool, list[float]] = {True: [], False: []}
    wrong = {True: 0, False: 0}
    broken = 0
    infos = bot.documents()
    stored = {info.document_id for info in infos}  # an empty document of the corpus is not
    for done, case in enumerate(cases, 1):
        started = time.perf_counter()
        answer = bot.ask(case.question, documents=case.scope)
        times.append((time.perf_counter() - started) * 1000)
        confident[case.answerable].append(answer.confidence)
        wrong[case.answerable] += answer.abstained == case.answerable
        broken += _broken(bot, answer)
        quoted.extend([sum(len(c.quote) for c in answer.citations)] * (not answer.abstained))
        if case.answerable:
            found = [case.is_hit(hit) for hit in bot.search(case.question, _DEPTH, case.scope, read=True)]
            rank, gain = ranking_figures(found, _count_hits(bot, case, case.relevant & stored))
            reciprocal.append(rank)
            ndcg.append(gain)
            ranks.append(found.index(True) if True in found else _DEPTH)
            if case.answers:
                answered.append(_first_answers(case, answer))
        progress(done, len(cases), "ask")
    return Report(
        folder=folder.name,
        documents=len(infos),
        passages=sum(info.passages for info in infos),
        questions=len(cases),
        answerable=len(confident[True]),
        hit_at_1=_mean([rank < 1 for rank in ranks]),
        hit_at_5=_mean([rank < 5 for rank in ranks]),
        hit_at_10=_mean([rank < 10 for rank in ranks]),
        mrr_at_10=_mean(reciprocal),
        ndcg_at_10=_mean(ndcg),
        answer_at_1=_mean(answered),
        wrong_answers=wrong[False] / len(confident[False]) if confident[False] else None,
        wrong_refusals=wrong[True] / len(confident[True]) if confident[True] else None,
        auroc=auroc(confident[True], confident[False]),
        calibration_error=expected_calibration_error(confident[True], confident[False]),
        broken_citations=broken,
        characters_quoted=_mean(quoted),
        seconds_to_add=round(seconds, 2),
        milliseconds_p50=float(np.percentile(times, 50)),
        milliseconds_p95=float(np.percentile(times, 95)),
        peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3),
    )


def _first_answers(case: Case, answer: Answer) -> bool:
    return not answer.abstained and case.holds_answer(answer.citations[0].quote)


def _broken(bot: Bot, answer: Answer) -> int:
    return sum(bot.document(c.document_id).text[c.start : c.end] != c.quote for c in answer.citations)


def _count_hits(bot: Bot, case: Case, documents: Iterable[str]) -> int:
    limit = bot.settings.passage_characters
    passages = [p for document in documents for p in split_passages(bot.document(document), limit)]
    return sum(case.holds_answer(passage.text) for passage in passages)


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def _id(name: str) -> str:
    return document_id(_source(name))


def _source(name: str) -> str:
    """The file name of a document of the corpus, which may say that it is Markdown."""
    return name if name.endswith(MARKDOWN) else f"{name}.txt"


def _rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise TypeError(f"{line[:80]} is not an object")
        yield row


@contextmanager
def _layout(path: Path) -> Iterator[list[str]]:
    """Give the lines of a file; whatever then shows that they are not in the layout becomes one line about it."""
    try:
        yield path.read_text(encoding="utf-8").strip("\n").split("\n")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DocumentError(
            f"{path} cannot be read ({error}): give a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv.",
            f"无法读取 {path}（{error}）：请给出含 corpus.jsonl, queries.jsonl 和 qrels/test.tsv 的文件夹。",
        ) from error
