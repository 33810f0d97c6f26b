"""Soft matching: for each word of the question its closest word of a text, by learned word vectors.

Known as MaxSim from late-interaction retrieval (Khattab and Zaharia, 2020, ColBERT); here over static vectors.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.evidence.table import Array, Table, share, spread
from bot.question.content import Vocabulary

Ids = npt.NDArray[np.int32]


class WordVectors(Vocabulary, Protocol):
    """Words of a text and a vector for each, for soft matching."""

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
    distinct = list(dict.fromkeys(table.context))
    ids = words.tokenize([table.query.content, *table.sentences, *distinct])
    asked, said, above = ids[0], ids[1 : 1 + len(table.sentences)], ids[1 + len(table.sentences) :]
    if not len(asked):
        return {name: table.constant(0.0) for name in SOFT}
    vectors = words.word_vectors
    near = _closest(vectors, asked, said)
    around = dict(zip(distinct, _closest(vectors, asked, above), strict=True))
    context = np.stack([around[text] for text in table.context])
    passage = np.maximum.reduceat(near, table.starts, axis=0)
    full = np.maximum(passage, context)
    norms = np.linalg.norm(vectors[asked].astype(np.float32), axis=1)
    rare = np.array([_rarity(words.words[i], table.rarity) for i in asked], np.float32)
    columns = {
        "soft_minimum": near.min(axis=1),
        "rare_soft_around": share(np.maximum(near, context[table.owner]), rare),
        "rare_soft_paragraph": share(spread(near, table.paragraph), rare),
        "dense_sentence": _mean(vectors, said) @ _mean(vectors, [asked])[0],
    }
    for measure, weights in (("soft", norms), ("rare_soft", rare)):
        heavy = weights / max(float(weights.max()), 1e-6)
        columns[f"{measure}_sentence"] = share(near, weights)
        columns[f"{measure}_passage"] = share(passage, weights)[table.owner]
        columns[f"{measure}_context"] = share(full, weights)[table.owner]
        columns[f"{measure}_missing"] = ((1 - full) * heavy).max(axis=1)[table.owner]
    return columns


def _closest(vectors: npt.NDArray[np.floating], asked: Ids, texts: Sequence[Ids]) -> Array:
    """``(texts, asked words)``: the cosine of each asked word with its closest word of the text, at least 0."""
    near = np.zeros((len(texts), len(asked)), np.float32)
    filled = [row for row, ids in enumerate(texts) if len(ids)]
    if filled:
        vocabulary, inverse = np.unique(np.concatenate([texts[row] for row in filled]), return_inverse=True)
        similar = (_unit(vectors[vocabulary]) @ _unit(vectors[asked]).T)[inverse]
        cuts = np.concatenate([[0], np.cumsum([len(texts[row]) for row in filled])[:-1]]).astype(np.int64)
        near[filled] = np.maximum(np.maximum.reduceat(similar, cuts, axis=0), 0)
    return near


def _mean(vectors: npt.NDArray[np.floating], texts: Sequence[Ids]) -> Array:
    """``(texts, dimension)``: the direction of the sum of a text's word vectors."""
    return _unit(np.stack([vectors[ids].sum(axis=0, dtype=np.float32) for ids in texts]))


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
