"""What weighs the reader is fitted to, and from which confidence on a question is answered."""

import random

import numpy as np
import pytest

from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.evidence.judge import Evidence
from bot.evidence.rereading import SUMMARY, Reread
from bot.storage.store import StoredPassage
from bot.training.rereading import Fitted, ReadQuestion, fit

pytestmark = pytest.mark.usefixtures("one_thread")


def fitted(confidences: list[float], correct: list[int], shown: list[int]) -> Fitted:
    flags = np.array(correct, np.bool_)
    values = np.array(confidences, np.float32)
    return Fitted(None, values, flags, flags, np.array(shown, np.bool_))  # type: ignore[arg-type]


def test_few_questions_are_answered_that_nothing_answers() -> None:
    sure = [0.9, 0.8, 0.75, 0.7, 0.6, *(n / 100 for n in range(50))]
    made = fitted(sure, [1, 1, 0, 1, 1, *[0] * 50], [1] * 5 + [0] * 30 + [1] * 20)
    related, answer = made.thresholds()
    in_vain = np.array([c for c, right in zip(sure, made.correct, strict=True) if not right])
    assert (in_vain >= answer).mean() == pytest.approx(0.22, abs=0.02)
    assert related == pytest.approx(0.3)  # from here on, what is shown answers


def test_where_nothing_shown_answers_nothing_is_shown() -> None:
    related, answer = fitted([0.9, 0.5, 0.2], [1, 0, 0], [0, 0, 0]).thresholds()
    assert related == answer


def sentences() -> tuple[Evidence, ...]:
    document = parse("a.txt", "闭馆日不借书。\n证件可以补办。".encode())
    stored = [StoredPassage(n, "a", "a.txt", "a", p) for n, p in enumerate(split_passages(document))]
    return tuple(Evidence(s, s.passage.start, s.passage.end, 0.0) for s in stored)


SENTENCES = sentences()


def questions(count: int) -> list[ReadQuestion]:
    """Two passages of one sentence each: the reader puts the right one first, and lower where there is none."""
    rng = random.Random(0)
    made: list[ReadQuestion] = []
    for number in range(count):
        answerable = number % 3 > 0
        logits = [rng.gauss(2 if answerable else -2, 1), rng.gauss(-3, 1)]
        reading = Reread(SENTENCES, np.array(logits, np.float32), np.zeros(2, np.float32), np.array([0, 1]))
        made.append(ReadQuestion(reading, np.array([answerable, False]), f"t{number // 2}", "office"))
    return made


def test_the_judge_is_sure_where_the_reader_is() -> None:
    made = fit(questions(240), seed=0)
    assert made.confidences.shape == made.answerable.shape == (240,)
    assert made.confidences[made.answerable].mean() > made.confidences[~made.answerable].mean() + 0.1
    related, answer = made.thresholds()
    assert related <= answer
    high, low = (
        np.array([[4.0, 5.0, 4.0, 5.0, 4.0, 4.0]], np.float32),
        np.array([[-4.0, 0.5, -4.0, 0.5, 0.0, 0.0]], np.float32),
    )
    assert high.shape == (1, len(SUMMARY))
    assert made.judge(high)[0] > made.judge(low)[0]
