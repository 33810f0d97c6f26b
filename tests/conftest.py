"""Fixtures of all tests: no settings from outside, bots in temporary homes, word vectors."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.engine import Bot
from bot.settings import Settings
from embeddings.loading import BUILTIN_FOLDER
from embeddings.static import StaticEncoder
from tests.parts import OpenBot, TinyWords
from tests.postgres import Postgres

_READER = "YOUJU_READER"
os.environ[_READER] = "off"
"""Reading takes most of a question's time; the tests of reading turn it on."""


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("YOUJU_") and name != _READER]:
        monkeypatch.delenv(name)


@pytest.fixture
def open_bot(tmp_path: Path) -> Iterator[OpenBot]:
    """Open a bot on the test's own home, without seeds: ``open_bot(home="home", **of the settings)``."""
    with ExitStack() as opened:

        def open_bot(home: str = "home", **settings: Any) -> Bot:
            given = {"home": tmp_path / home, "seeds": None, "reader": "off", **settings}
            return opened.enter_context(Bot.open(settings=Settings(**given)))

        yield open_bot


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def builtin() -> StaticEncoder:
    return StaticEncoder.load(BUILTIN_FOLDER)


@pytest.fixture
def words() -> TinyWords:
    return TinyWords("图书馆每周一闭开放时间读者可以借阅逾期册数滞纳金二角猫狗屋顶")


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """Training with one thread: for networks as small as those of tests, threads cost more than they save."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
