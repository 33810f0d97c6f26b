"""What tests of several modules share: how a bot is opened, and word vectors small enough to count by hand."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from bot.engine import Bot
from bot.question.content import Vocabulary
from bot.question.reading import Reading, read_question

Made = TypeVar("Made")


def run_apart(work: Coroutine[Any, Any, Made]) -> Made:
    """Run asynchronous work in a thread of its own: the browser's tests keep an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


OpenBot = Callable[..., Bot]
"""The fixture ``open_bot``: ``open_bot(home="home", **of the settings)``."""


class TinyWords:
    """Each character of a small vocabulary is a word; what is not in it is left out."""

    def __init__(self, vocabulary: str, dimension: int = 4) -> None:
        self.words = tuple(vocabulary)
        self._ids = {char: number for number, char in enumerate(vocabulary)}
        self.word_vectors: npt.NDArray[np.floating[Any]] = (
            np.random.default_rng(5).standard_normal((len(vocabulary), dimension)).astype(np.float16)
        )

    def tokenize(self, texts: Sequence[str]) -> list[npt.NDArray[np.int32]]:
        return [np.array([self._ids[char] for char in text if char in self._ids], np.int32) for text in texts]

    def tokens(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        found = self.tokenize(texts)
        return np.concatenate([np.zeros(0, np.int32), *found]), np.array([len(ids) for ids in found], np.int64)


def read(question: str, vocabulary: Vocabulary | None = None) -> Reading:
    """Read a question that stands alone; without a vocabulary, runs of Han characters stay whole."""
    return read_question(question, vocabulary=vocabulary or TinyWords(""))
