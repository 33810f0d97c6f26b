"""A backup holds one state of a home, made while others add; brought back, it answers the same."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot import Bot
from bot.cli.main import main
from bot.storage.backup import backup, restore
from bot.storage.home import DATABASE
from bot.types import StoreError
from tests.integration.serving import GARDEN, MANUAL
from tests.parts import OpenBot

QUESTIONS = int(os.environ.get("QUESTIONS", "12"))


def add_many(bot: Bot, first: int, last: int) -> None:
    bot.add_files(
        (f"{number}.txt", "\n".join(
            f"第{number}号仓库第{line}间存放大米{number * 8 + line}吨，由管理员看守。" for line in range(8)
        ).encode(), None)
        for number in range(first, last)
    )  # fmt: skip


def top_tens(bot: Bot) -> list[list[tuple[str, int, str]]]:
    questions = [f"第{number}号仓库第{number % 8}间存放多少吨大米？" for number in range(QUESTIONS)]
    return [[(hit.document_id, hit.start, hit.text) for hit in bot.search(question)] for question in questions]


def texts(bot: Bot) -> dict[str, tuple[str, bytes]]:
    return {
        info.source: (bot.document(info.document_id).text, bot.original(info.document_id).data)
        for info in bot.documents()
    }


def _vectors(bot: Bot, ids: npt.NDArray[np.int64]) -> list[list[int]]:
    """Return the nearest passages of some, by the index of vectors alone."""
    index, (known, vectors) = bot._indexes.vectors, bot._store.vectors(bot.encoder.name, ids)
    assert known.tolist() == ids.tolist()
    return index.search(vectors[::20], 3)[1].tolist()


@pytest.fixture
def full(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("library.md", MANUAL.encode())
    bot.add_bytes("garden.txt", GARDEN.encode())
    add_many(bot, 0, 40)
    bot.synonyms.add([["图书", "书籍"]])
    return bot


def test_what_is_restored_answers_the_same(full: Bot, open_bot: OpenBot, tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    with subprocess.Popen([sys.executable, "-c", ""]) as killed:
        killed.wait()
    for left in (f"{file.name}.{killed.pid}.tmp", f"{file.name}.{killed.pid}.tmp-journal"):
        (tmp_path / left).write_bytes(b"half")
    assert backup(tmp_path / "home", file) == 42
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("kept")] == ["kept.backup"]
    assert restore(file, tmp_path / "new") == 42
    bot = open_bot("new")
    assert texts(bot) == texts(full)
    assert top_tens(bot) == top_tens(full)
    assert bot.synonyms.all() == full.synonyms.all()
    assert [check for check in bot.check() if not check.ok] == []
    assert bot._store.home_id != full._store.home_id


def test_a_backup_made_while_others_add_is_one_state(full: Bot, open_bot: OpenBot, tmp_path: Path) -> None:
    done = threading.Event()

    def add() -> None:
        for number in range(100, 115):
            full.add_bytes(f"{number}.txt", f"第{number}号仓库存放大米{number}吨。".encode())
        done.set()

    adding = threading.Thread(target=add)
    adding.start()
    counts = []
    while not done.is_set():
        counts.append(backup(tmp_path / "home", tmp_path / "kept"))
    adding.join()
    assert counts == sorted(counts)
    assert len(set(counts)) > 2
    restore(tmp_path / "kept", tmp_path / "new")
    bot = open_bot("new")
    assert [check for check in bot.check() if not check.ok] == []
    assert len(texts(bot)) == counts[-1]


def test_a_home_with_content_is_replaced_only_by_force(full: Bot, open_bot: OpenBot, tmp_path: Path) -> None:
    backup(tmp_path / "home", tmp_path / "kept")
    with open_bot("other") as other:
        other.add_bytes("tea.txt", "岩茶要用九十五度的水冲泡。".encode())
        add_many(other, 200, 210)
        with pytest.raises(StoreError, match="--force"):
            restore(tmp_path / "kept", tmp_path / "other")
        assert len(other.documents()) == 11
        # Whoever has it open goes on with what was restored.
        assert restore(tmp_path / "kept", tmp_path / "other", force=True) == 42
        assert top_tens(other) == top_tens(full)
        ids = full._store.passage_ids()
        for one, two in zip(_vectors(full, ids), _vectors(other, ids), strict=True):
            assert one == two
        assert [check for check in other.check() if not check.ok] == []


@pytest.mark.parametrize("damage", ["gone", "emptied", "noise"])
def test_a_lost_home_is_brought_back(full: Bot, open_bot: OpenBot, tmp_path: Path, damage: str) -> None:
    expected = top_tens(full)
    backup(tmp_path / "home", tmp_path / "kept")
    full.close()
    database = tmp_path / "home" / DATABASE
    database.unlink() if damage == "gone" else database.write_bytes(b"" if damage == "emptied" else b"noise" * 999)
    restore(tmp_path / "kept", tmp_path / "home", force=damage == "noise")
    bot = open_bot()
    assert top_tens(bot) == expected
    assert [check for check in bot.check() if not check.ok] == []


@pytest.mark.parametrize("damage", ["missing", "text", "cut", "page", "foreign", "document"])
def test_a_bad_file_is_refused_and_changes_nothing(full: Bot, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "kept"
    backup(tmp_path / "home", file)
    content = bytearray(file.read_bytes())
    if damage == "missing":
        file.unlink()
    elif damage == "text":
        file.write_text("no database")
    elif damage == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif damage == "page":
        file.write_bytes(content[:8192] + bytes(4096) + content[12288:])
    elif damage == "document":
        content[content.find("滞纳金".encode())] ^= 4
        file.write_bytes(content)
    else:
        file.unlink()
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("CREATE TABLE x (y)")
    with pytest.raises(StoreError) as error:
        restore(file, tmp_path / "home", force=True)
    assert "\n" not in error.value.en + error.value.zh
    assert len(texts(full)) == 42


def test_the_command_line_makes_and_restores_a_backup(
    full: Bot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, new = str(tmp_path / "kept"), str(tmp_path / "new")
    assert main(["--home", str(tmp_path / "home"), "--lang", "en", "backup", file]) == 0
    assert main(["--home", new, "--lang", "en", "restore", file]) == 0
    assert capsys.readouterr().out == f"backed up: 42 documents, to {file}\nrestored: 42 documents, from {file}\n"
    assert main(["--home", new, "--lang", "zh", "restore", file]) == 1
    assert capsys.readouterr().err.startswith(f"{new} 里已有内容")
    assert main(["--home", str(tmp_path / "none"), "--lang", "en", "backup", file]) == 1
    assert not (tmp_path / "none").exists()
    assert main(["--home", str(tmp_path / "home"), "--lang", "en", "backup", str(tmp_path / "no" / "kept")]) == 1
    assert "cannot be" in capsys.readouterr().err
