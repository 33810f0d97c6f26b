"""What tests of several modules share: bots in temporary homes, and word vectors small enough to count by hand."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from bot.engine import Bot
from bot.settings import Settings
from embeddings.encoder import BUILTIN_FOLDER
from embeddings.static import StaticEncoder

OpenBot = Callable[..., Bot]


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("YOUJU_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def open_bot(tmp_path: Path) -> Iterator[OpenBot]:
    """Open a bot on the test's own home, without seeds: ``open_bot(home="home", **of the settings)``."""
    with ExitStack() as opened:

        def open_bot(home: str = "home", **settings: Any) -> Bot:
            given = {"home": tmp_path / home, "seeds": None, **settings}
            return opened.enter_context(Bot.open(settings=Settings(**given)))

        yield open_bot


@pytest.fixture(scope="session")
def builtin() -> StaticEncoder:
    return StaticEncoder.load(BUILTIN_FOLDER)


class TinyWords:
    """Each character of a small vocabulary is a word; what is not in it is left out."""

    def __init__(self, vocabulary: str, dimension: int = 4) -> None:
        self._ids = {char: number for number, char in enumerate(vocabulary)}
        self.word_vectors: npt.NDArray[np.floating[Any]] = (
            np.random.default_rng(5).standard_normal((len(vocabulary), dimension)).astype(np.float16)
        )

    def tokenize(self, texts: Sequence[str]) -> list[npt.NDArray[np.int32]]:
        return [np.array([self._ids[char] for char in text if char in self._ids], np.int32) for text in texts]


@pytest.fixture
def words() -> TinyWords:
    return TinyWords("图书馆每周一闭开放时间读者可以借阅逾期册数滞纳金二角猫狗屋顶")
