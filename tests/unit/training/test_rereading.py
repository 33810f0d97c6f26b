"""What weighs the reader is fitted to, and from which confidence on a question is answered."""

import random

import numpy as np
import pytest

from bot.evidence.rereading import NAMES, SUMMARY, Reread
from bot.training.collection import Labelled
from bot.training.rereading import Fitted, ReadQuestion, fit

pytestmark = pytest.mark.usefixtures("one_thread")


def fitted(confidences: list[float], correct: list[int], shown: list[int]) -> Fitted:
    flags = np.array(correct, np.bool_)
    values = np.array(confidences, np.float32)
    return Fitted(None, None, values, flags, flags, np.array(shown, np.bool_))  # type: ignore[arg-type]


def test_it_answers_from_where_right_answers_outweigh_wrong_ones() -> None:
    related, answer = fitted([0.9, 0.8, 0.3, 0.7, 0.6, 0.2], [1, 1, 0, 1, 0, 0], [1, 1, 0, 1, 1, 0]).thresholds()
    assert answer == pytest.approx(0.7)
    assert related == pytest.approx(0.6)


def test_where_nothing_is_right_nothing_is_answered_or_shown() -> None:
    assert fitted([0.9, 0.5], [0, 0], [0, 0]).thresholds() == (1.0, 1.0)


def questions(count: int) -> list[ReadQuestion]:
    """Two passages of one sentence each: the reader puts the right one first, and lower where there is none."""
    rng = random.Random(0)
    made: list[ReadQuestion] = []
    for number in range(count):
        answerable = number % 3 > 0
        logits = [rng.gauss(2 if answerable else -2, 1), rng.gauss(-3, 1)]
        rows = np.zeros((2, len(NAMES)), np.float32)
        rows[:, 0] = logits
        rows[:, 1] = np.array(logits) - max(logits)
        owner = np.array([0, 1])
        right = np.array([answerable, False])
        labels = Labelled(rows, owner, right, answerable, f"t{number // 2}")
        made.append(ReadQuestion(Reread((), rows, owner), labels, natural=True))
    return made


def test_the_judge_is_sure_where_the_reader_is() -> None:
    made = fit(questions(240), seed=0)
    assert made.confidences.shape == made.answerable.shape == (240,)
    assert made.confidences[made.answerable].mean() > made.confidences[~made.answerable].mean() + 0.1
    related, answer = made.thresholds()
    assert related <= answer
    high, low = np.array([[4.0, 5.0, 4.0, 5.0]], np.float32), np.array([[-4.0, 0.5, -4.0, 0.5]], np.float32)
    assert high.shape == (1, len(SUMMARY))
    assert made.judge(high)[0] > made.judge(low)[0]
