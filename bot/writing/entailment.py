"""The learned part of the check: a small network over what the reader makes of a sentence and its quotes.

It says of each token of the sentence whether the quotes say it, and of the whole how probable it is that they do. The
reader stays as it is; ``bot/training/entailment.py`` fits the network to sentences that were changed by rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.evidence.table import Array
from bot.language.folding import fold
from embeddings.contextual import ContextReader, Lengths, ReadTokens
from embeddings.contract import EncoderLoadError

WEIGHTS = "entailment.npz"
"""Stands beside the reader's weights: it was fitted to that reader."""
LENGTHS = Lengths(question=120, context=0, row=400)
"""Tokens that are read of a sentence, and in all."""
FEATURES = 6
_LONGEST_RUN = 10
_HEADS = 4
_TINY = 1e-5


@dataclass(frozen=True, slots=True)
class Entailed:
    """What the network says: ``support`` (0..1), and of each token of the sentence its span and ``doubt`` (0..1)."""

    support: float
    spans: tuple[tuple[int, int], ...]
    doubts: Array


def shared_runs(text: str, other: str) -> npt.NDArray[np.int64]:
    """Return for each character of a folded text the length of the longest piece around it that ``other`` holds."""
    cover = np.zeros(len(text), np.int64)
    length = 0
    for start in range(len(text)):
        length = max(length - 1, 0)
        while start + length < len(text) and text[start : start + length + 1] in other:
            length += 1
        if length:
            part = cover[start : start + length]
            np.maximum(part, length, out=part)
    return cover


def token_features(read: ReadTokens, sentence: str, quotes: str) -> Array:
    """Return ``(tokens, FEATURES)``: how far each token stands in the other text, whether it is a number or a mark."""
    features = np.zeros((len(read.states), FEATURES), np.float32)
    said, given = fold(sentence), fold(quotes)
    for offsets, text, other, first in (
        (read.question, said, given, 1), (read.text, given, said, read.text_start),
    ):  # fmt: skip
        cover = np.minimum(shared_runs(text, other), _LONGEST_RUN) / _LONGEST_RUN
        for place, (start, end) in enumerate(offsets, first):
            piece = text[start:end]
            if not piece:
                continue
            runs = cover[start:end]
            features[place] = (
                runs.min(), runs.max(), float(piece.isalnum()), float(any(char.isdigit() for char in piece)),
                first == 1, min(len(piece), 6) / 6,
            )  # fmt: skip
    return features


class Entailment:
    """Reads a sentence with its quotes and says what of it they do not say. Usable from several threads."""

    def __init__(self, reader: ContextReader, arrays: Mapping[str, Array]) -> None:
        self._reader = reader
        self._arrays = {name: array.astype(np.float32) for name, array in arrays.items()}
        self._layers = len([name for name in arrays if name.endswith(".query")])

    @classmethod
    def load(cls, reader: ContextReader, folder: Path) -> Self:
        """Read the weights; raises EncoderLoadError where they are missing or damaged."""
        path = folder / WEIGHTS
        try:
            with np.load(path) as file:
                return cls(reader, {name: file[name] for name in file.files})
        except (OSError, KeyError, ValueError) as error:
            raise EncoderLoadError(
                f"The weights in {path} are missing or damaged ({error}). Copy or install them again.",
                f"权重 {path} 缺失或已损坏（{error}）。请重新复制或安装。",
            ) from error

    def __call__(self, sentence: str, quotes: str) -> Entailed:
        """Hold a sentence against the text of its quotes."""
        read = self._reader.read_tokens(sentence, quotes, LENGTHS)
        doubts, whole = self.forward(read.states, token_features(read, sentence, quotes), len(read.question) + 1)
        doubted = (1 / (1 + np.exp(-doubts))).astype(np.float32)
        return Entailed(1 / (1 + float(np.exp(min(whole, 30.0)))), read.question, doubted)

    def forward(self, states: Array, features: Array, own: int) -> tuple[Array, float]:
        """Return the logits of the doubt about each token of the sentence, and about the whole.

        ``states`` and ``features`` are of all tokens, of which the first ``own`` are the sentence's: its beginning, its
        words.
        """
        weights = self._arrays
        parts = [standard(part) for part in np.split(states, 3, axis=1)]
        read = np.concatenate([*parts, features], axis=1) @ weights["input"] + weights["input.bias"]
        x, context = read[:own], standard(read[own:])
        for layer in range(self._layers):
            x = x + self._attend(standard(x) * weights[f"{layer}.norm1"], context, layer)
            inner = (standard(x) * weights[f"{layer}.norm2"]) @ weights[f"{layer}.up"] + weights[f"{layer}.up.bias"]
            x = x + np.maximum(inner, 0) @ weights[f"{layer}.down"] + weights[f"{layer}.down.bias"]
        x = standard(x) * weights["norm"]
        tokens = (x @ weights["token"] + weights["token.bias"])[:, 0]
        pooled = np.array([tokens[1:].max(initial=-9.0), tokens[1:].mean() if len(tokens) > 1 else -9.0], np.float32)
        whole = np.concatenate([x[0], pooled]) @ weights["whole"] + weights["whole.bias"]
        doubts: Array = tokens[1:].astype(np.float32)
        return doubts, float(whole[0])

    def _attend(self, x: Array, context: Array, layer: int) -> Array:
        """The sentence looks at itself and at its quotes, which look at nothing."""
        weights = self._arrays
        query = _heads(x @ weights[f"{layer}.query"])
        key = _heads(np.concatenate([x, context]) @ weights[f"{layer}.key"])
        value = _heads(np.concatenate([x, context]) @ weights[f"{layer}.value"])
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        seen = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        out: Array = seen.transpose(1, 0, 2).reshape(len(x), -1) @ weights[f"{layer}.out"]
        return out


def _heads(x: Array) -> Array:
    return x.reshape(len(x), _HEADS, -1).transpose(1, 0, 2)


def standard(x: Array) -> Array:
    """Return vectors of mean 0 and variance 1 each."""
    centred = x - x.mean(axis=-1, keepdims=True)
    normal: Array = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _TINY)
    return normal
