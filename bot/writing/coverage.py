"""How much of a sentence its quotes say, word by word: each word by its closest one, by learned word vectors."""

import numpy as np

from bot.evidence.soft import WordVectors
from bot.evidence.table import Array
from bot.language.folding import fold_plain


def coverage(words: WordVectors, sentence: str, quotes: str) -> float:
    """Return which share (0..1) of a sentence's words, weighed, its quotes say."""
    said, given = words.tokenize([fold_plain(sentence), fold_plain(quotes)])
    if not len(said) or not len(given):
        return 0.0
    vectors = words.word_vectors
    own, theirs = vectors[said].astype(np.float32), vectors[given].astype(np.float32)
    weights = np.linalg.norm(own, axis=1)
    near = np.maximum((_unit(own) @ _unit(theirs).T).max(axis=1), 0)
    folded = fold_plain(quotes)
    stands = np.array([words.words[number].lstrip("▁") in folded for number in said])
    near = np.where(stands, 1.0, near)
    return float(near @ weights / max(float(weights.sum()), 1e-6))


def _unit(vectors: Array) -> Array:
    unit: Array = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit
