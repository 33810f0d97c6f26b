from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home" / "deep") as store:
        yield store
