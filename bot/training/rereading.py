"""Fit what weighs the reader: ``python -m bot.training.rereading --corpus FOLDER --reader FOLDER``.

Asks the questions that the reader has not learned from, reads what the small networks put in front, and fits a ranker
over what both say of a sentence and a judge over what both say of the whole. How sure the judge is of questions that it
was not fitted to is written to ``reliability.json`` beside the weights.
"""

import argparse
import logging
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from bot.evidence.assessor import FOREIGN
from bot.evidence.judge import EvidenceModel, Network
from bot.evidence.rereading import SUMMARY, WEIGHTS, Reread, reread, summarise
from bot.evidence.table import Array
from bot.language.designators import Designator, designators
from bot.language.folding import fold
from bot.question.query import query_of
from bot.training.__main__ import folds, write_reliability
from bot.training.asking import AskedQuestion, asked_collections
from bot.training.collection import Collection, Labelled, bare
from bot.training.fit import Flags, fit_judge, fit_ranker, network_arrays
from bot.training.groups import CANDIDATES
from embeddings.contextual import ContextReader
from embeddings.loading import BUILTIN_FOLDER
from embeddings.static import StaticEncoder

_FOLDS = 4
_HIDDEN = (8,)
_EPOCHS = 150
_JUDGE_EPOCHS = 800
_NEAREST = 3
"""Passages that a refusal shows."""
_WRONG, _SHOWN, _SHOWN_IN_VAIN = -1.0, 0.3, -0.1
"""What an outcome is worth where a right answer is worth 1 and saying that there is nothing is worth 0: a wrong answer,
passages shown as related of which one answers, and of which none does."""
_BY_RULE = "rule"
_SHORT = 8


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question that was asked and read; ``natural``: a person asked it."""

    reading: Reread
    labels: Labelled
    natural: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """Ranker and judge, and of each question that a person asked, held out of what was fitted to the others.

    ``confidences`` tell how sure the judge was, ``answerable`` whether anything that was read answers, ``correct``
    whether the sentence that was put first does, ``shown`` whether one of the nearest passages does.
    """

    ranker: Network
    judge: Network
    confidences: Array
    answerable: Flags
    correct: Flags
    shown: Flags

    def thresholds(self) -> tuple[float, float]:
        """Return from which confidences on to show what is related, and to answer: those that are worth most."""
        order = np.argsort(self.confidences)
        # What all below a place is worth as nothing, and all from it on as related or answered.
        related = np.where(self.shown, _SHOWN, _SHOWN_IN_VAIN)[order]
        answered = np.where(self.correct, 1.0, _WRONG)[order]
        from_here = np.concatenate([np.cumsum((answered - related)[::-1])[::-1], [0.0]])
        answer = int(np.argmax(from_here))
        show = int(np.argmax(np.concatenate([np.cumsum(related[:answer][::-1])[::-1], [0.0]])))
        steps = np.concatenate([self.confidences[order], [1.0]])
        return float(steps[show]), float(steps[answer])


def read_questions(corpus: Path, folder: Path, seed: int) -> Iterator[ReadQuestion]:
    """Yield the questions held out, as the bot would see them."""
    encoder, model, reader = StaticEncoder.load(BUILTIN_FOLDER), EvidenceModel.load(), ContextReader.load(folder)
    for asked in asked_collections(corpus, encoder, seed):
        held_out = [question for question in asked.questions if question.held_out]
        if not held_out:
            continue
        with tempfile.TemporaryDirectory(prefix="youju-training-") as home:
            collection = Collection(Path(home), asked.documents, encoder, model)
            for question in held_out:
                verdict = collection.verdict(question.text, CANDIDATES)
                foreign = collection.foreign(question.text, FOREIGN)
                if verdict.passages or foreign:
                    reading = reread(
                        reader, query_of(question.text), verdict, _named(question.text), foreign, collection.above
                    )
                    natural = question.kind != _BY_RULE
                    yield ReadQuestion(reading, _labels(question, reading), natural)
            collection.close()
        logging.info("%s: %d questions held out", asked.name, len(held_out))


def _named(question: str) -> tuple[Designator, ...]:
    return tuple(one for one in designators(fold(question)) if one.single)


def _labels(question: AskedQuestion, reading: Reread) -> Labelled:
    right = np.zeros(len(reading.evidence), np.bool_)
    for row, evidence in enumerate(reading.evidence):
        said = bare(evidence.text)
        right[row] = evidence.stored.source == question.source and any(
            answer in said or (len(said) > _SHORT and said in answer) for answer in question.answers
        )
    return Labelled(reading.features, reading.owner, right, bool(question.answers), question.topic)


def fit(questions: Sequence[ReadQuestion], seed: int) -> Fitted:
    """Fit the ranker to all questions and the judge to those of people: of made ones it would learn other odds."""
    fold = folds([question.labels.topic for question in questions], seed)
    table = np.zeros((len(questions), len(SUMMARY)), np.float32)
    correct = np.zeros(len(questions), np.bool_)
    shown = np.zeros(len(questions), np.bool_)
    for number in range(_FOLDS):
        ranker = _ranker([q for q, f in zip(questions, fold, strict=True) if f != number], seed)
        for row in np.flatnonzero(fold == number).tolist():
            question = questions[row]
            scores = ranker(question.reading.features)
            table[row] = summarise(question.reading, scores)[0]
            right = question.labels.right
            correct[row] = right[int(np.argmax(scores))]
            shown[row] = right[np.isin(question.reading.owner, _first(scores, question.reading.owner))].any()
    # What was not found cannot be answered, whatever the documents say.
    answerable = np.array([bool(question.labels.right.any()) for question in questions])
    natural = np.array([question.natural for question in questions])
    confidences = np.zeros(len(questions), np.float32)
    for number in range(_FOLDS):
        others = natural & (fold != number)
        judge = fit_judge(table[others], answerable[others], seed, _JUDGE_EPOCHS)
        confidences[fold == number] = 1 / (1 + np.exp(-judge(table[fold == number])))
    return Fitted(
        ranker=_ranker(questions, seed),
        judge=fit_judge(table[natural], answerable[natural], seed, _JUDGE_EPOCHS),
        confidences=confidences[natural],
        answerable=answerable[natural],
        correct=correct[natural],
        shown=shown[natural],
    )


def _first(scores: Array, owner: npt.NDArray[np.int64]) -> list[int]:
    """Return the passages whose best sentences come first, as many as a refusal shows."""
    return list(dict.fromkeys(owner[np.argsort(-scores)].tolist()))[:_NEAREST]


def _ranker(questions: Sequence[ReadQuestion], seed: int) -> Network:
    right = [question.labels for question in questions if question.labels.right.any()]
    return fit_ranker(right, seed, hidden=_HIDDEN, epochs=_EPOCHS)


def main() -> None:
    """Run the recipe's step."""
    parser = argparse.ArgumentParser(prog="python -m bot.training.rereading", description="Fit what weighs the reader.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder with the training text (*.jsonl.xz)")
    parser.add_argument(
        "--reader", type=Path, required=True, help="folder of the reader; the weights are written there"
    )
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    questions = list(read_questions(arguments.corpus, arguments.reader, arguments.seed))
    fitted = fit(questions, arguments.seed)
    arrays = network_arrays({"ranker": fitted.ranker, "judge": fitted.judge})
    related, threshold = map(np.float32, fitted.thresholds())
    np.savez_compressed(arguments.reader / WEIGHTS, allow_pickle=False, threshold=threshold, related=related, **arrays)
    error = write_reliability(arguments.reader / "reliability.json", fitted.confidences, fitted.answerable)
    answered = fitted.confidences >= threshold
    logging.info(
        "related from %.3f, answered from %.3f; of people's questions, held out: right %.3f of the answerable, "
        "%.3f of the others answered; expected calibration error %.4f",
        related, threshold, float((fitted.correct & answered)[fitted.answerable].mean()),
        float(answered[~fitted.answerable].mean()), error,
    )  # fmt: skip


if __name__ == "__main__":
    main()
