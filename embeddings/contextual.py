"""The built-in model that reads in context: question and passage together, a score for each sentence of it.

A small transformer, run by onnxruntime with eight-bit weights and without torch; the one file that imports it.
"""

import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from embeddings.contract import EncoderLoadError

Logits = npt.NDArray[np.float32]

WEIGHTS = "model.int8.onnx"
TOKENIZER = "tokenizer.json"
SIZES = "reader.json"
STATES = ("words", "middle", "late")
"""Outputs of the graph beside the logits: token vectors, of the words alone and of two layers."""
BEGIN, PAD, END = 0, 1, 2
"""Token ids of XLM-R's vocabulary."""
QUESTION, CONTEXT, TEXT = 0, 1, 2
"""Kinds of token."""
_CLAUSE_END = re.compile(r"[，；：,;:]\s*")
_SHORTEST = 6
"""Characters of a clause; a shorter one is part of the next."""
SOFTNESS = 2.0
"""How far a sentence's logit is the mean over its clauses, by length, and how far that of the best one: 0 would be the
latter. Held-out questions of offices find their sentence for .748 of them at 1.5 to 3, by the mean alone for .736."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is read with a question: a passage's text, its ``context`` (title, headings), the spans of its sentences."""

    context: str
    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many tokens are read: of the question, of the context (its end), in all."""

    question: int = 48
    context: int = 40
    row: int = 224


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as tokens: their ids, and of each the span of characters."""

    ids: Sequence[int]
    offsets: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A question with an excerpt as tokens; ``sentences`` are half-open spans of tokens, at least one token each."""

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]


def build_row(
    question: Tokens | Encoding, context: Tokens | Encoding, text: Tokens | Encoding, excerpt: Excerpt, lengths: Lengths
) -> Row:
    """Put together what is read: ``<s> question </s> context </s> text </s>``, cut to ``lengths``."""
    asked, above = question.ids[: lengths.question], context.ids[-lengths.context :]
    room = lengths.row - len(asked) - len(above) - 4
    ids, offsets = text.ids[:room], text.offsets[:room]
    start = len(asked) + len(above) + 3
    spans = []
    for begin, end in excerpt.sentences:
        own = [place for place, (a, b) in enumerate(offsets) if a < end and b > begin]
        # A sentence beyond the end of what is read is judged by the last token that is.
        first, last = (own[0], own[-1]) if own else (max(0, len(offsets) - 1),) * 2
        spans.append((start + first, start + last + 1))
    return Row(
        ids=(BEGIN, *asked, END, *above, END, *ids, END),
        kinds=(QUESTION,) * (len(asked) + 2) + (CONTEXT,) * (len(above) + 1) + (TEXT,) * (len(ids) + 1),
        sentences=tuple(spans),
    )


def padded(
    rows: Sequence[Row], multiple: int = 1
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return ids, kinds and mask ``(rows, tokens)``, padded to the longest, and on to a ``multiple``."""
    tokens = -(-max(len(row.ids) for row in rows) // multiple) * multiple
    ids, kinds = np.full((len(rows), tokens), PAD, np.int64), np.zeros((len(rows), tokens), np.int64)
    mask = np.zeros_like(ids)
    for number, row in enumerate(rows):
        length = len(row.ids)
        ids[number, :length], kinds[number, :length], mask[number, :length] = row.ids, row.kinds, 1
    return ids, kinds, mask


def as_arrays(rows: Sequence[Row]) -> tuple[npt.NDArray[np.int64], ...]:
    """Return what ``padded`` does and the means to take ``(rows, sentences, tokens)``."""
    ids, kinds, mask = padded(rows)
    pool = np.zeros((len(rows), max(len(row.sentences) for row in rows), ids.shape[1]), np.float32)
    for number, row in enumerate(rows):
        for place, (start, end) in enumerate(row.sentences):
            pool[number, place, start:end] = 1 / (end - start)
    return ids, kinds, mask, pool  # type: ignore[return-value]


class ContextReader:
    """Scores the sentences of excerpts for a question. Usable from several threads."""

    def __init__(self, session: Any, tokenizer: Tokenizer, lengths: Lengths, folder: Path, threads: int) -> None:
        self.folder = folder
        self._side_by_side = ThreadPoolExecutor(threads, "youju-reader") if threads > 1 else None
        self._session = session
        self._tokenizer = tokenizer
        self._lengths = lengths

    @classmethod
    def load(cls, folder: Path, threads: int = 2) -> Self:
        """Load a folder with weights, tokenizer and lengths.

        Raises EncoderLoadError where a file is missing or damaged, or onnxruntime is not installed.
        """
        try:
            import onnxruntime
        except ImportError as error:
            raise EncoderLoadError(
                "Reading in context needs onnxruntime: run `pip install onnxruntime`, or leave YOUJU_READER off.",
                "上下文阅读需要 onnxruntime：请运行 `pip install onnxruntime`，或不设置 YOUJU_READER。",
            ) from error
        options = onnxruntime.SessionOptions()
        # Two rows side by side take half the time of two threads in one row, which wait for each other at each step.
        options.intra_op_num_threads = 1
        # A plan of the memory for each shape of rows that comes costs 70 MB and saves no time.
        options.enable_mem_pattern = False
        try:
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            lengths = Lengths(**json.loads((folder / SIZES).read_text(encoding="utf-8")))
            session = onnxruntime.InferenceSession(str(folder / WEIGHTS), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # each of the three libraries has its own
            raise EncoderLoadError(
                f"The reading model in {folder} is missing or damaged ({error}). Copy or install it again.",
                f"阅读模型 {folder} 缺失或已损坏（{error}）。请重新复制或安装。",
            ) from error
        return cls(session, tokenizer, lengths, folder, threads)

    def rows(self, questions: Sequence[str], excerpts: Sequence[Excerpt]) -> list[Row]:
        """Return what is read, a row an excerpt with its question."""
        texts = chain.from_iterable((q, e.context, e.text) for q, e in zip(questions, excerpts, strict=True))
        parts = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        read = zip(parts[::3], parts[1::3], parts[2::3], excerpts, strict=True)
        return [build_row(asked, context, text, excerpt, self._lengths) for asked, context, text, excerpt in read]

    def read(self, questions: Sequence[str], excerpts: Sequence[Excerpt]) -> list[Logits]:
        """Return the logits of each excerpt's sentences for its question; 0: as likely as that none of them answers.

        A long sentence says several things, one of which may answer: of its clauses the better count for more.
        """
        cut = [[clauses(excerpt.text, *span) for span in excerpt.sentences] for excerpt in excerpts]
        spans = [tuple(chain.from_iterable(sentences)) for sentences in cut]
        read = self.read_spans(questions, [replace(e, sentences=own) for e, own in zip(excerpts, spans, strict=True)])
        logits = []
        for sentences, scores in zip(cut, read, strict=True):
            ends = np.cumsum([len(sentence) for sentence in sentences])
            parts = np.split(scores, ends[:-1])
            logits.append(
                np.array([_together(own, part) for own, part in zip(sentences, parts, strict=True)], np.float32)
            )
        return logits

    def read_spans(self, questions: Sequence[str], excerpts: Sequence[Excerpt]) -> list[Logits]:
        """Return the mean logit of the tokens of each excerpt's sentences: what the model learned to give."""
        # Row by row: eight at once take nearly twice the processor, being too much for its cache, and share one scale
        # of the eight-bit numbers, so that what is read of a passage would depend on what is read beside it.
        run = map if self._side_by_side is None else self._side_by_side.map
        return list(run(self._logits, self.rows(questions, excerpts)))

    def _logits(self, row: Row) -> Logits:
        ids, kinds, mask, pool = as_arrays([row])
        (scores,) = self._session.run(["logits"], {"ids": ids, "kinds": kinds, "mask": mask, "pool": pool})
        logits: Logits = scores[0]
        return logits

    def read_tokens(self, question: str, text: str, lengths: Lengths) -> "ReadTokens":
        """Return the vectors of all tokens of a question and a text that are read together, without a context."""
        asked, said = self._tokenizer.encode_batch([question, text], add_special_tokens=False)
        row = build_row(asked, Tokens((), ()), said, Excerpt("", text, ((0, len(text)),)), lengths)
        ids, kinds, mask, pool = as_arrays([row])
        (logits, *states) = self._session.run(
            ["logits", *STATES], {"ids": ids, "kinds": kinds, "mask": mask, "pool": pool}
        )
        count = len(row.ids) - 4
        first = min(len(asked.ids), lengths.question)
        return ReadTokens(
            states=np.concatenate([part[0] for part in states], axis=1),
            question=tuple(asked.offsets[:first]),
            text=tuple(said.offsets[: count - first]),
            logit=float(logits[0, 0]),
        )


@dataclass(frozen=True, slots=True)
class ReadTokens:
    """What was read of ``<s> question </s> </s> text </s>``.

    ``states`` are ``(tokens, 3 * width)``: for each token the vectors of ``STATES``. ``question`` and ``text`` are the
    spans of characters of their tokens; ``logit`` is the text's as an answer.
    """

    states: Logits
    question: tuple[tuple[int, int], ...]
    text: tuple[tuple[int, int], ...]
    logit: float

    @property
    def text_start(self) -> int:
        """The place of the text's first token."""
        return len(self.question) + 3


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the clauses of the sentence from ``start`` to ``end``, none shorter than six characters if it is not."""
    spans: list[tuple[int, int]] = []
    at = start
    for stop in (*(match.end() for match in _CLAUSE_END.finditer(text, start, end)), end):
        if stop - at >= _SHORTEST:
            spans.append((at, stop))
            at = stop
    if not spans:
        return [(start, end)]
    spans[-1] = spans[-1][0], end
    return spans


def _together(spans: Sequence[tuple[int, int]], logits: Logits) -> float:
    """Return the soft maximum of the logits of a sentence's clauses, each weighed by its length."""
    lengths = np.array([end - start for start, end in spans], np.float32)
    best = logits.max()
    return float(best + SOFTNESS * np.log((lengths / lengths.sum()) @ np.exp((logits - best) / SOFTNESS)))
