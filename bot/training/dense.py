"""Fits what the built-in encoder's cosines alone tell: the ``DenseModel`` of ``bot/evidence/crossing.py``."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.evidence.crossing import DenseModel
from bot.evidence.features import NAMES
from bot.evidence.judge import Network, logistic
from bot.evidence.table import Array
from bot.training.collection import Labelled
from bot.training.fit import Flags, fit_ranker

_PASSAGE, _SENTENCE = NAMES.index("dense"), NAMES.index("dense_sentence")
_EPOCHS = 30
"""Two weights learn from little in each step, and a step costs next to nothing."""


def fit_dense(groups: Sequence[Labelled], natural: Flags, seed: int) -> DenseModel:
    """Fit the judge on the questions that people asked (``natural``), the ranker on all.

    People's questions are of paragraphs whose questions the encoder has not learned. One cosine tells little, so the
    threshold stands where as many unanswerable questions are answered as answerable ones are refused.
    """
    people = [group for group, asked in zip(groups, natural, strict=True) if asked]
    best = np.array([group.features[:, _PASSAGE].max() for group in people], np.float32)
    answerable = np.array([group.answerable for group in people])
    line = LogisticRegression(C=1e6).fit(best[:, None], answerable)
    judge = _as_given(line.coef_.T.astype(np.float32), line.intercept_.astype(np.float32))
    columns = [replace(group, features=group.features[:, [_PASSAGE, _SENTENCE]]) for group in groups]
    cosine = _equal_error(best, answerable)
    threshold = logistic(float(judge(np.array([[cosine]], np.float32))[0]))
    return DenseModel(judge, fit_ranker(columns, seed, hidden=(), epochs=_EPOCHS), threshold)


def _equal_error(scores: Array, wanted: Flags) -> float:
    """Return the score under which as large a share of ``wanted`` lies as of the others lies at or above."""
    levels = np.unique(scores)
    missed = np.array([np.mean(scores[wanted] < level) for level in levels])
    passed = np.array([np.mean(scores[~wanted] >= level) for level in levels])
    return float(levels[np.argmin(np.abs(missed - passed))])


def _as_given(weight: Array, bias: Array) -> Network:
    """Return a network of one layer on inputs as they are."""
    return Network(np.zeros(len(weight), np.float32), np.ones(len(weight), np.float32), ((weight, bias),))
