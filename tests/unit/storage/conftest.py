from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.home import DATABASE
from bot.storage.postgres import PostgresDatabase
from bot.storage.store import Store

BOTH = ("sqlite", "postgresql")


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database; empty for a file in the home."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres").new()


@pytest.fixture
def store(tmp_path: Path, store_url: str) -> Iterator[Store]:
    with Store.open(tmp_path / "home" / "deep", store_url) as store:
        yield store


@pytest.fixture
def database(tmp_path: Path, store_url: str) -> Iterator[Database]:
    with closing(PostgresDatabase(store_url) if store_url else Database(tmp_path / DATABASE)) as database:
        yield database
