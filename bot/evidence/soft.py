"""Soft matching: for each word of the question its closest word of a text, by learned word vectors.

Known as MaxSim from late-interaction retrieval (Khattab and Zaharia, 2020, ColBERT); here over static vectors.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.documents.sentences import Numbers, begins
from bot.evidence.table import Array, Table, Tokens, share, spread
from bot.question.content import Vocabulary


class WordVectors(Vocabulary, Protocol):
    """Words of a text and a vector for each, for soft matching."""

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """Return the token ids of all texts in a row, and how many each text has."""

    @property
    def word_vectors(self) -> npt.NDArray[np.floating]:
        """``(vocabulary, dimension)``: the vector of each word id; its norm says how much the word matters."""


_MEASURES = ("soft", "rare_soft")
_SCOPES = ("sentence", "passage", "context", "missing")
SOFT: tuple[str, ...] = (
    *(f"{measure}_{scope}" for measure in _MEASURES for scope in _SCOPES),
    "soft_minimum", "rare_soft_around", "rare_soft_paragraph", "dense_sentence",
)  # fmt: skip


def soft_columns(table: Table, words: WordVectors) -> dict[str, Array]:
    """Return the columns named in ``SOFT``.

    ``soft`` weighs the words of the question by the norms of their vectors, ``rare_soft`` by their rarity here.
    """
    asked, above = words.tokens([table.query.content]), words.tokens(table.contexts)
    said = table.views.tokens or words.tokens(table.sentences)
    ids = asked[0]
    if not len(ids):
        return {name: table.constant(0.0) for name in SOFT}
    vectors = words.word_vectors
    near = _closest(vectors, ids, said)
    context = _closest(vectors, ids, above)[table.views.context]
    passage = np.maximum.reduceat(near, table.starts, axis=0)
    full = np.maximum(passage, context)
    norms = np.linalg.norm(vectors[ids].astype(np.float32), axis=1)
    rare = np.array([_rarity(words.words[i], table.rarity) for i in ids], np.float32)
    columns = {
        "soft_minimum": near.min(axis=1),
        "rare_soft_around": share(np.maximum(near, context[table.owner]), rare),
        "rare_soft_paragraph": share(spread(near, table.paragraph), rare),
        "dense_sentence": _mean(vectors, said) @ _mean(vectors, asked)[0],
    }
    for measure, weights in (("soft", norms), ("rare_soft", rare)):
        heavy = weights / max(float(weights.max()), 1e-6)
        columns[f"{measure}_sentence"] = share(near, weights)
        columns[f"{measure}_passage"] = share(passage, weights)[table.owner]
        columns[f"{measure}_context"] = share(full, weights)[table.owner]
        columns[f"{measure}_missing"] = ((1 - full) * heavy).max(axis=1)[table.owner]
    return columns


def _closest(vectors: npt.NDArray[np.floating], asked: Numbers, said: Tokens) -> Array:
    """``(texts, asked words)``: the cosine of each asked word with its closest word of the text, at least 0."""
    tokens, sizes = said
    near = np.zeros((len(sizes), len(asked)), np.float32)
    filled = sizes > 0  # the others have no run
    if len(tokens):
        vocabulary, inverse = np.unique(tokens, return_inverse=True)
        similar = (_unit(vectors[vocabulary]) @ _unit(vectors[asked]).T)[inverse]
        near[filled] = np.maximum(np.maximum.reduceat(similar, begins(sizes[filled]), axis=0), 0)
    return near


def _mean(vectors: npt.NDArray[np.floating], said: Tokens) -> Array:
    """``(texts, dimension)``: the direction of the sum of a text's word vectors."""
    tokens, sizes = said
    sums = np.zeros((len(sizes), vectors.shape[1]), np.float32)
    filled = sizes > 0
    if len(tokens):
        sums[filled] = np.add.reduceat(vectors[tokens].astype(np.float32), begins(sizes[filled]), axis=0)
    return _unit(sums)


def _unit(vectors: npt.NDArray[np.floating]) -> Array:
    single = vectors.astype(np.float32)
    unit: Array = single / np.maximum(np.linalg.norm(single, axis=1, keepdims=True), 1e-6)
    return unit


def _rarity(word: str, rarity: Mapping[str, float]) -> float:
    """The rarity of the rarest term of the question that stands in a word of it."""
    word = word.lstrip("▁")
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    known = [rarity[term] for term in (word, *pairs) if term in rarity] or [rarity.get(char, 0.0) for char in word]
    return max(known, default=0.0)
