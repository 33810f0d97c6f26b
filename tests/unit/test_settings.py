"""Settings from the environment."""

from pathlib import Path

import pytest

from bot.settings import Settings


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "SEEDS", "PORT", "THRESHOLD"):
        monkeypatch.setenv(f"YOUJU_{name}", "")
    given = Settings()
    assert (given.home, given.port, given.threshold) == (Path("~/.youju"), 7860, None)
    assert given.seeds is not None and given.seeds.name == "seeds"
    monkeypatch.setenv("YOUJU_SEEDS", "elsewhere")
    assert Settings().seeds == Path("elsewhere")
