"""How much of a sentence its quotes say, word by word: each word by its closest one, by learned word vectors."""

from dataclasses import dataclass

import numpy as np

from bot.evidence.soft import WordVectors
from bot.evidence.table import Array
from bot.language.folding import fold_plain

_HEAVY = 0.5
"""Words of at least this share of the heaviest one's weight count when the worst is looked for."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """``share`` (0..1) of the sentence's words, weighed, that stand in its quotes; ``worst``: the least covered one."""

    share: float
    worst: float


def coverage(words: WordVectors, sentence: str, quotes: str) -> Coverage:
    """Compare a sentence with the text of its quotes."""
    said, given = words.tokenize([fold_plain(sentence), fold_plain(quotes)])
    if not len(said) or not len(given):
        return Coverage(0.0, 0.0)
    vectors = words.word_vectors
    own, theirs = vectors[said].astype(np.float32), vectors[given].astype(np.float32)
    weights = np.linalg.norm(own, axis=1)
    near = np.maximum((_unit(own) @ _unit(theirs).T).max(axis=1), 0)
    folded = fold_plain(quotes)
    stands = np.array([words.words[number].lstrip("▁") in folded for number in said])
    near = np.where(stands, 1.0, near)
    heavy = weights >= _HEAVY * weights.max()
    return Coverage(float(near @ weights / max(float(weights.sum()), 1e-6)), float(near[heavy].min(initial=1.0)))


def _unit(vectors: Array) -> Array:
    unit: Array = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit
