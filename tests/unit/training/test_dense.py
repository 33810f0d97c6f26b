"""What the cosines alone tell, fitted to questions whose truth is known by construction."""

from dataclasses import replace

import numpy as np
import pytest

from bot.evidence.features import NAMES
from bot.evidence.judge import logistic
from bot.training.collection import Labelled
from bot.training.dense import fit_dense

pytestmark = pytest.mark.usefixtures("one_thread")

SLOPE, BIAS = 12.0, -6.0
"""Of the log-odds that a question is answerable, by the cosine of its best passage."""


def questions(count: int, seed: int) -> list[Labelled]:
    """The right sentence has the largest cosine of its own; all other features are noise."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        features = rng.random((6, len(NAMES)), np.float32)
        best = float(rng.random())
        features[:, NAMES.index("dense")] = np.repeat([best / 2, best, best / 3], 2)
        sentences = features[:, NAMES.index("dense_sentence")]
        right = np.arange(6) == int(sentences.argmax())
        answerable = bool(rng.random() < logistic(SLOPE * best + BIAS))
        found.append(Labelled(features, np.repeat([0, 1, 2], 2), right, answerable, str(number)))
    return found


def test_confidence_is_the_share_that_is_answerable() -> None:
    found = questions(4000, 1)
    model = fit_dense(found, np.ones(len(found), np.bool_), seed=2)
    cosines = np.linspace(0, 1, 11, dtype=np.float32)
    probabilities = [logistic(float(x)) for x in model.judge(cosines[:, None])]
    assert probabilities == pytest.approx([logistic(SLOPE * float(c) + BIAS) for c in cosines], abs=0.05)
    # Symmetrical about 0.5, so both kinds of error are equal there.
    assert model.threshold == pytest.approx(0.5, abs=0.05)


def test_the_ranker_learns_that_sentences_matter() -> None:
    model = fit_dense(found := questions(1500, 3), np.ones(len(found), np.bool_), seed=4)
    columns = [NAMES.index("dense"), NAMES.index("dense_sentence")]
    right = [group.right[model.ranker(group.features[:, columns]).argmax()] for group in questions(200, 5)]
    assert np.mean(right) > 0.9  # by chance: 0.17


def test_only_people_teach_the_judge() -> None:
    found = questions(600, 6)
    made = [replace(group, answerable=not group.answerable) for group in questions(600, 7)]
    alone = fit_dense(found, np.ones(600, np.bool_), seed=8)
    both = fit_dense([*found, *made], np.repeat([True, False], 600), seed=8)
    probes = np.linspace(0, 1, 5, dtype=np.float32)[:, None]
    np.testing.assert_array_equal(alone.judge(probes), both.judge(probes))
    assert alone.threshold == both.threshold
