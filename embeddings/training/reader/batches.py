"""Batches: groups as padded arrays, their sentences cut into clauses as they are when the model runs."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer
from torch.utils.data import IterableDataset, get_worker_info

from embeddings.contextual import Lengths, Row, Tokens, build_row, clauses, padded
from embeddings.training.reader.groups import Group, Option
from embeddings.training.reader.misses import near_miss

_MULTIPLE = 32
"""Rows are padded to a multiple of so many tokens: few shapes, for each of which a GPU's kernels are chosen once."""
Integers = npt.NDArray[np.int64]
Asked = tuple[str, Sequence[Option]]
"""A question with the options that are read."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of about one length: ``ids``, ``kinds``, ``mask`` (rows, tokens), ``spans`` of tokens (rows, clauses, 2).

    Rows with fewer clauses than others end in empty spans.
    """

    ids: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.int8]
    mask: npt.NDArray[np.bool_]
    spans: npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is read at once, and what of it is right.

    ``shares`` and ``sentence`` tell of each clause, chunk by chunk, the logarithm of its share of its sentence and
    which that is; ``group`` and ``right`` of each sentence its question and whether it answers.
    """

    chunks: tuple[Chunk, ...]
    shares: npt.NDArray[np.float32]
    sentence: Integers
    group: Integers
    right: npt.NDArray[np.bool_]
    groups: int


class Rows:
    """Makes rows and batches, each text tokenised once."""

    def __init__(self, tokenizer: Tokenizer, lengths: Lengths, chunk: int = 8) -> None:
        """Up to ``chunk`` rows are read at once."""
        self._tokenizer = tokenizer
        self._lengths = lengths
        self._chunk = chunk
        self._known: dict[str, Tokens] = {}

    def prepare(self, groups: Sequence[Group]) -> None:
        """Tokenise all texts of groups, on all cores."""
        excerpts = [option.excerpt for group in groups for option in group.options]
        texts = {text: None for e in excerpts for text in (e.context, e.text)} | {g.question: None for g in groups}
        new = [text for text in texts if text not in self._known]
        for start in range(0, len(new), 4096):
            part = new[start : start + 4096]
            self._known.update(zip(part, map(_tokens, self._encode(part)), strict=True))

    def __call__(self, question: str, option: Option) -> Row:
        """Return the row of a question with an option; a span a sentence."""
        excerpt = option.excerpt
        asked, context, text = (self._encoded(part) for part in (question, excerpt.context, excerpt.text))
        return build_row(asked, context, text, excerpt, self._lengths)

    def batch(self, picked: Sequence[Asked]) -> Batch:
        """Return questions with their options as arrays."""
        rows: list[tuple[Row, int, list[list[tuple[int, int]]], tuple[bool, ...]]] = []
        for number, (question, options) in enumerate(picked):
            for option in options:
                cut = [clauses(option.excerpt.text, *span) for span in option.excerpt.sentences]
                read = replace(option.excerpt, sentences=tuple(chain.from_iterable(cut)))
                rows.append((self(question, replace(option, excerpt=read)), number, cut, option.right))
        rows.sort(key=lambda row: len(row[0].ids))
        shares: list[float] = []
        sentence: list[int] = []
        group: list[int] = []
        right: list[bool] = []
        for _, number, cut, flags in rows:
            for spans, flag in zip(cut, flags, strict=True):
                lengths = np.array([end - start for start, end in spans])
                shares += np.log(lengths / lengths.sum()).tolist()
                sentence += [len(group)] * len(spans)
                group.append(number)
                right.append(flag)
        parts = (rows[start : start + self._chunk] for start in range(0, len(rows), self._chunk))
        return Batch(
            tuple(_chunk([row for row, *_ in part]) for part in parts),
            np.array(shares, np.float32), np.array(sentence, np.int64), np.array(group, np.int64),
            np.array(right, np.bool_), len(picked),
        )  # fmt: skip

    def _encoded(self, text: str) -> Tokens:
        known = self._known.get(text)
        return _tokens(self._encode([text])[0]) if known is None else known

    def _encode(self, texts: Sequence[str]) -> list[Any]:
        return self._tokenizer.encode_batch(list(texts), add_special_tokens=False)


def _tokens(encoding: Any) -> Tokens:
    return Tokens(encoding.ids, encoding.offsets)


def _chunk(rows: Sequence[Row]) -> Chunk:
    ids, kinds, mask = padded(rows, _MULTIPLE)
    spans = np.zeros((len(rows), max(len(row.sentences) for row in rows), 2), np.int16)
    for number, row in enumerate(rows):
        spans[number, : len(row.sentences)] = row.sentences
    return Chunk(ids.astype(np.int32), kinds.astype(np.int8), mask.astype(np.bool_), spans)


def choose(group: Group, most: int, rng: random.Random) -> list[Option]:
    """Return at most two right options and wrong ones, the three that were found first always among them."""
    right = [option for option in group.options if any(option.right)][:2]
    wrong = [option for option in group.options if not any(option.right)]
    hard, rest = wrong[:3], wrong[3:]
    others = hard + rng.sample(rest, min(len(rest), most))
    return right + others[: most - len(right)]


class Batches(IterableDataset[Batch]):
    """Batches without end, in another order each time; of several workers each goes through its share of the groups."""

    def __init__(self, groups: Sequence[Group], rows: Rows, size: int, options: int, seed: int) -> None:
        self._groups = groups
        self._rows = rows
        self._size = size
        self._options = options
        self._seed = seed

    def __iter__(self) -> Iterator[Batch]:
        info = get_worker_info()
        worker, workers = (0, 1) if info is None else (info.id, info.num_workers)
        rng = random.Random(self._seed * 1000 + worker)
        groups = self._groups[worker::workers]
        queue = _endless(groups, rng)
        while True:
            batch = [near_miss(next(queue), rng) for _ in range(self._size)]
            yield self._rows.batch([(group.question, choose(group, self._options, rng)) for group in batch])


def _endless(groups: Sequence[Group], rng: random.Random) -> Iterator[Group]:
    while True:
        yield from rng.sample(groups, len(groups))
