"""Wrong rows of folders in step and of tags are found and named; a run of ``sync`` mends those of folders."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import Bot
from bot.types import Check
from tests.parts import OpenBot


@pytest.fixture
def bot(open_bot: OpenBot, tmp_path: Path) -> Bot:
    (tmp_path / "docs" / "in").mkdir(parents=True)
    (tmp_path / "docs" / "cat.txt").write_text("猫在屋顶晒太阳。", encoding="utf-8")
    (tmp_path / "docs" / "in" / "dog.txt").write_text("狗在院子里睡觉。", encoding="utf-8")
    (tmp_path / "docs" / "bad.txt").write_bytes(bytes(range(256)))
    bot = open_bot()
    bot.folders.keep(tmp_path / "docs")
    bot.folders.sync("docs")
    bot.collections.tag(bot.collections.documents("docs/in")[0], ["重要"])
    return bot


def change(tmp_path: Path, statement: str) -> None:
    with closing(sqlite3.connect(tmp_path / "home" / "youju.db")) as connection, connection:
        assert connection.execute(statement).rowcount > 0


def wrong(bot: Bot) -> list[Check]:
    return [check for check in bot.check() if not check.ok]


def test_what_is_sound_is_not_named(bot: Bot, tmp_path: Path) -> None:
    assert wrong(bot) == []
    # Neither is what is only not in step yet: a document that was removed, a file that was added beside.
    bot.remove(bot.collections.documents("docs/in")[0])
    (tmp_path / "docs" / "new.txt").write_text("鸟在树上唱歌。", encoding="utf-8")
    bot.add(tmp_path / "docs" / "new.txt")
    assert wrong(bot) == []
    bot.folders.sync("docs")
    assert wrong(bot) == []


CAT = "WHERE path = 'cat.txt'"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"DELETE FROM folder_files {CAT}", "docs/cat.txt: comes of no file"),
        (f"UPDATE folder_files SET path = 'none.txt' {CAT}", "docs/none.txt: has no document"),
        ("DELETE FROM documents WHERE source = 'docs/cat.txt'", "docs/cat.txt: has no document"),
        (f"UPDATE folder_files SET own = 0 {CAT}", "docs/cat.txt: is a document"),
        (f"UPDATE folder_files SET own = 7 {CAT}", "docs/cat.txt"),
        (f"UPDATE folder_files SET size = 'x' {CAT}", "docs/cat.txt"),
        (f"UPDATE folder_files SET digest = 'x' {CAT}", "docs/cat.txt"),
        (f"UPDATE folder_files SET error_en = 'x' {CAT}", "docs/cat.txt"),
    ],
)
def test_files_that_are_not_as_they_were_read(bot: Bot, tmp_path: Path, statement: str, said: str) -> None:
    change(tmp_path, statement)
    line = next(check.line for check in wrong(bot) if check.name == "other records")
    assert line.startswith(f"folders in step ({said}") and "`python -m bot sync`" in line
    bot.folders.sync("docs")
    assert [check for check in wrong(bot) if check.name == "other records"] == []
    assert {info.source for info in bot.documents()} == {"docs/cat.txt", "docs/in/dog.txt"}


@pytest.mark.parametrize(
    "statement", ["INSERT INTO tags VALUES ('none', '重要')", "UPDATE tags SET tag = ' x '", "UPDATE tags SET tag = ''"]
)
def test_tags_that_name_nothing(bot: Bot, tmp_path: Path, statement: str) -> None:
    change(tmp_path, statement)
    (check,) = wrong(bot)
    identity = check.line.removeprefix("tags (").partition(":")[0]
    assert f"tags ({identity}: " in check.line and "`python -m bot tag ID`" in check.line
    bot.collections.tag(identity, [])
    assert wrong(bot) == []
