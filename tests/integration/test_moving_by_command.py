"""A home moved to PostgreSQL and back by command."""

from pathlib import Path

import pytest

from bot.cli.main import main
from bot.storage.store import Store
from tests.integration.serving import MANUAL
from tests.postgres import Postgres


def test_the_command_line_moves_a_home(tmp_path: Path, postgres: Postgres, capsys: pytest.CaptureFixture[str]) -> None:
    home, back = ["--home", str(tmp_path / "home")], str(tmp_path / "back")
    file = tmp_path / "a.md"
    file.write_text(MANUAL, encoding="utf-8")
    assert main([*home, "add", str(file)]) == 0
    url = postgres.new()
    assert main([*home, "--lang", "en", "move", "--to", url]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("moved: ")
    assert main([*home, "--lang", "en", "move", "--to", url]) == 1
    assert "choose a new place" in capsys.readouterr().err
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YOUJU_STORE", url)
        assert main([*home, "--lang", "en", "backup", str(tmp_path / "b")]) == 1
        assert "pg_dump" in capsys.readouterr().err
        assert main([*home, "--lang", "en", "move", "--to", back]) == 0
    with Store.open(Path(back)) as store:
        assert "a.md" in store.names()
        assert store.damaged() == []
