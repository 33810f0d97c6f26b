"""Fit what weighs the reader: ``python -m bot.training.rereading --corpus FOLDER --reader FOLDER``.

Asks the questions that the reader has not learned from, reads what the small networks put in front, and fits a judge
over what both say of the whole. How sure the judge is of questions that it was not fitted to is written to
``reliability.json`` beside the weights.
"""

import argparse
import logging
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from bot.evidence.assessor import FOREIGN
from bot.evidence.judge import EvidenceModel, Network
from bot.evidence.rereading import WEIGHTS, Reread, reread, summarise
from bot.evidence.table import Array
from bot.language.designators import Designator, designators
from bot.language.folding import fold
from bot.training.__main__ import folds, write_reliability
from bot.training.asking import MADE, AskedQuestion, asked_collections
from bot.training.collection import Collection, asked_as, bare
from bot.training.fit import Flags, network_arrays
from bot.training.groups import CANDIDATES
from embeddings.contextual import ContextReader
from embeddings.loading import BUILTIN_FOLDER
from embeddings.static import StaticEncoder

_FOLDS = 4
_REGULARISATION = 1.0
_NEAREST = 3
"""Passages that a refusal shows."""
_IN_VAIN = 0.22
"""The share of the questions which nothing answers that may be answered all the same."""
_SHOWN, _SHOWN_IN_VAIN = 0.3, -0.1
"""What passages are worth that are shown as related, where one of them answers and where none does; silence is 0."""
_PEOPLE = "people"
_SHORT = 8


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question that was asked and read; ``right`` tells which sentences answer it, ``topic`` names its text.

    ``kind`` is whose it is: "people" asked of encyclopaedic paragraphs, an "office" of its texts.
    """

    reading: Reread
    right: Flags
    topic: str
    kind: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """The judge, and of each question, held out of what was fitted to the others, what came of it.

    The judge says how probable it is that the sentence that is put first answers: that something else that was found
    does helps nobody. Fitted to that, held-out questions are answered wrongly for a third less at the same silence.

    ``confidences`` tell how sure the judge was, ``answerable`` whether anything that was read answers, ``correct``
    whether the sentence that was put first does, ``shown`` whether one of the nearest passages does.
    """

    judge: Network
    confidences: Array
    answerable: Flags
    correct: Flags
    shown: Flags

    def thresholds(self) -> tuple[float, float]:
        """Return from which confidences on to show what is related, and to answer."""
        answer = float(np.quantile(self.confidences[~self.answerable], 1 - _IN_VAIN))
        order = np.argsort(self.confidences)
        order = order[self.confidences[order] < answer]
        worth = np.where(self.shown, _SHOWN, _SHOWN_IN_VAIN)[order]
        from_here = np.concatenate([np.cumsum(worth[::-1])[::-1], [0.0]])
        show = int(np.argmax(from_here))
        return (float(self.confidences[order[show]]) if show < len(order) else answer), answer


def read_questions(corpus: Path, folder: Path, seed: int) -> Iterator[ReadQuestion]:
    """Yield the questions held out that people asked, as the bot would see them: made ones have other odds."""
    encoder, model, reader = StaticEncoder.load(BUILTIN_FOLDER), EvidenceModel.load(), ContextReader.load(folder)
    for asked in asked_collections(corpus, encoder, seed):
        held_out = [question for question in asked.questions if question.held_out and question.kind != MADE]
        if not held_out:
            continue
        with tempfile.TemporaryDirectory(prefix="youju-training-") as home:
            collection = Collection(Path(home), asked.documents, encoder, model)
            for question in held_out:
                verdict = collection.verdict(question.text, CANDIDATES)
                foreign = collection.foreign(question.text, FOREIGN)
                if verdict.passages or foreign.passages:
                    named = _named(question.text)
                    reading = reread(reader, asked_as(question.text), verdict, named, foreign, collection.above)
                    kind = _PEOPLE if question.kind == _PEOPLE else "office"
                    yield ReadQuestion(reading, _right(question, reading), question.topic, kind)
            collection.close()
        logging.info("%s: %d questions held out", asked.name, len(held_out))


def _named(question: str) -> tuple[Designator, ...]:
    return tuple(one for one in designators(fold(question)) if one.single)


def _right(question: AskedQuestion, reading: Reread) -> Flags:
    right = np.zeros(len(reading.evidence), np.bool_)
    for row, evidence in enumerate(reading.evidence):
        said = bare(evidence.text)
        right[row] = evidence.stored.source == question.source and any(
            answer in said or (len(said) > _SHORT and said in answer) for answer in question.answers
        )
    return right


def fit(questions: Sequence[ReadQuestion], seed: int) -> Fitted:
    """Fit the judge to all questions, and, for what is told of them, to each part of them without it."""
    fold = folds([question.topic for question in questions], seed)
    table = np.concatenate([summarise(question.reading) for question in questions])
    # What was not found cannot be answered, whatever the documents say.
    answerable = np.array([bool(question.right.any()) for question in questions])
    confidences = np.zeros(len(questions), np.float32)
    correct = np.array([question.right[int(np.argmax(question.reading.scores))] for question in questions])
    for number in range(_FOLDS):
        others = fold != number
        judge = fit_judge(table[others], correct[others])
        confidences[~others] = 1 / (1 + np.exp(-judge(table[~others])))
    return Fitted(
        judge=fit_judge(table, correct),
        confidences=confidences,
        answerable=answerable,
        correct=correct,
        shown=np.array([_is_shown(question) for question in questions]),
    )


def fit_judge(rows: Array, correct: Flags) -> Network:
    """Fit a logistic regression to ``(n, inputs)``: the inputs say much the same, so it is solved, not approached."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-6)
    solved = LogisticRegression(C=1 / _REGULARISATION, max_iter=1000).fit((rows - mean) / scale, correct)
    return Network(mean, scale, ((solved.coef_.T.astype(np.float32), solved.intercept_.astype(np.float32)),))


def _is_shown(question: ReadQuestion) -> bool:
    """Tell whether one of the passages that a refusal shows answers."""
    reading = question.reading
    first = list(dict.fromkeys(reading.owner[np.argsort(-reading.scores)].tolist()))[:_NEAREST]
    return bool(question.right[np.isin(reading.owner, first)].any())


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
    write(list(read_questions(arguments.corpus, arguments.reader, arguments.seed)), arguments.reader, arguments.seed)


def write(questions: Sequence[ReadQuestion], folder: Path, seed: int) -> None:
    """Fit the judge; write its weights, and how far it can be trusted, beside the reader."""
    fitted = fit(questions, seed)
    arrays = network_arrays({"judge": fitted.judge})
    related, threshold = map(np.float32, fitted.thresholds())
    np.savez_compressed(folder / WEIGHTS, allow_pickle=False, threshold=threshold, related=related, **arrays)
    kinds = [question.kind for question in questions]
    errors = write_reliability(folder / "reliability.json", fitted.confidences, fitted.correct, kinds)
    answered = fitted.confidences >= threshold
    logging.info(
        "related from %.3f, answered from %.3f; of people's questions, held out: right %.3f of the answerable, "
        "%.3f of the others answered; expected calibration error %s",
        related, threshold, float((fitted.correct & answered)[fitted.answerable].mean()),
        float(answered[~fitted.answerable].mean()), errors,
    )  # fmt: skip


if __name__ == "__main__":
    main()
