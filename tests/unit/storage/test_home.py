"""The folder of a home is private, holds nothing that killed runs have left, and is never a new one by mistake."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.documents.scratch import clear_killed, new_scratch
from bot.engine import Bot
from bot.storage.home import DATABASE, lock_of
from bot.types import StoreError
from tests.integration.serving import MANUAL
from tests.parts import OpenBot


def dead() -> int:
    """Return the number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def modes(home: Path) -> dict[str, int]:
    return {path.relative_to(home).as_posix(): path.stat().st_mode & 0o777 for path in (home, *home.rglob("*"))}


@pytest.fixture
def filled(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("library.md", MANUAL.encode())
    return bot


@pytest.mark.skipif(os.name == "nt", reason="no such rights")
def test_nobody_else_can_read_a_home(filled: Bot, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    filled.folders.keep(tmp_path / "docs")
    filled.folders.sync("docs")
    for path, mode in modes(tmp_path / "home").items():
        assert mode == (0o700 if (tmp_path / "home" / path).is_dir() else 0o600), path


@pytest.mark.skipif(os.name == "nt", reason="no such rights")
def test_a_home_that_others_could_read_is_closed_to_them(filled: Bot, open_bot: OpenBot, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    filled.folders.keep(tmp_path / "docs")
    filled.folders.sync("docs")
    filled.close()
    for path in (tmp_path / "home", *(tmp_path / "home").rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    open_bot()
    assert {mode & 0o077 for mode in modes(tmp_path / "home").values()} == {0}


@pytest.mark.skipif(os.name == "nt", reason="no such rights")
def test_a_folder_that_holds_other_things_keeps_its_rights(open_bot: OpenBot, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home").chmod(0o755)
    (tmp_path / "home" / "letter.txt").write_text("x")
    (tmp_path / "home" / "letter.txt").chmod(0o644)
    open_bot()
    assert modes(tmp_path / "home")["."] == 0o755
    assert modes(tmp_path / "home")["letter.txt"] == 0o644
    assert modes(tmp_path / "home")[DATABASE] == 0o600


def test_what_killed_runs_have_left_is_cleared_at_opening(filled: Bot, open_bot: OpenBot, tmp_path: Path) -> None:
    filled.close()
    home, number = tmp_path / "home", dead()
    left = [
        home / f"vectors.faiss.{number}.tmp", home / "lexical" / f"manifest.json.{number}.tmp",
        home / f"{DATABASE}.{number}.tmp", home / f"{DATABASE}.{number}.tmp-journal",
        home / "lexical" / "passages" / ".tmpAb3xYz",
    ]  # fmt: skip
    other = home / "notes.1.tmp"
    for path in (*left, other):
        path.write_bytes(b"half")
    with lock_of(home):
        open_bot().close()
        assert all(path.exists() for path in left)  # somebody writes at this moment
    open_bot()
    assert [path.name for path in left if path.exists()] == []
    assert other.exists()  # not one of ours


@pytest.mark.skipif(os.name == "nt", reason="no signal 0")
def test_folders_of_killed_readers_are_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    mine, theirs, other = new_scratch(), tmp_path / f"youju-{dead()}-abc", tmp_path / "youju-eval-abc"
    for folder in (theirs, other):
        folder.mkdir()
        (folder / "in.doc").write_bytes(b"half")
    clear_killed()
    assert sorted(tmp_path.iterdir()) == sorted([mine, other])
    assert mine.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("emptied", [False, True])
def test_a_lost_database_is_no_new_home(filled: Bot, open_bot: OpenBot, tmp_path: Path, emptied: bool) -> None:
    filled.close()
    database = tmp_path / "home" / DATABASE
    if emptied:
        database.write_bytes(b"")
    else:
        database.unlink()
    before = sorted((tmp_path / "home").rglob("*"))
    with pytest.raises(StoreError, match="is empty, though lexical" if emptied else "is gone, though lexical") as error:
        open_bot()
    assert "python -m bot restore FILE" in error.value.en
    assert "\n" not in error.value.en + error.value.zh
    assert sorted((tmp_path / "home").rglob("*")) == before


def test_an_empty_database_without_indexes_is_a_new_home(open_bot: OpenBot, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / DATABASE).write_bytes(b"")
    assert open_bot().documents() == []


def test_an_index_of_another_home_is_not_taken_up(open_bot: OpenBot, tmp_path: Path) -> None:
    for home, text in (("home", "图书逾期未还的，每册每天收取滞纳金二角。"), ("other", "岩茶要用九十五度的水冲泡。")):
        with open_bot(home) as bot:
            bot.add_bytes("a.txt", text.encode())
    for name in ("lexical", "vectors.faiss"):
        path = tmp_path / "home" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        (tmp_path / "other" / name).rename(tmp_path / "home" / name)
    bot = open_bot()
    assert [check for check in bot.check() if not check.ok] == []
    assert bot.ask("逾期未还每天收取多少滞纳金？").citations[0].quote.endswith("滞纳金二角。")
    assert bot.search("岩茶")[0].source == "a.txt"
    assert "岩茶" not in bot.search("岩茶要用多少度的水？")[0].text
