"""A home that an older version wrote is brought up to date by itself: the files are read again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import Bot, Settings
from bot.documents.parser import PARSER_VERSION, document_id, parse
from bot.storage.store import DATABASE, Store
from bot.types import Document, StoreError
from tests.laws import LAW
from tests.old_homes import ADDED_AT, OldFile, write_home

FILES = (
    OldFile("law.txt", LAW.encode("gb18030")),
    OldFile("手册.md", "# 手册\n\n## 安装\n\n- 下载\n- 解压\n".encode()),
    OldFile("named.txt", "会议通知\n一、时间\n明天。\n二、地点\n礼堂。\n".encode(), title="关于开会的通知"),
)
LAW_ID = document_id("law.txt")
ARTICLE = "第二条 本条例所称树木，包括下列各类："


def open_home(home: Path) -> Bot:
    return Bot.open(settings=Settings(home=home, seeds=None))


def versions(home: Path) -> list[int]:
    with closing(sqlite3.connect(home / DATABASE)) as connection:
        return [row[0] for row in connection.execute("SELECT parser FROM parsed ORDER BY revision")]


def execute(home: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as connection, connection:
        connection.execute(statement, values)


def as_added(file: OldFile) -> Document:
    return parse(file.source, file.data, file.title)


@pytest.mark.parametrize("version", [1, 2])
def test_an_old_home_gets_the_structure_of_its_documents(tmp_path: Path, version: int) -> None:
    write_home(tmp_path, FILES, version)
    with Store.open(tmp_path) as store:
        assert store.document(LAW_ID).outline.children == ()
        assert len(store.outdated()) == 3
    seen: list[tuple[int, int, str]] = []
    settings = Settings(home=tmp_path, seeds=None)
    with Bot.open(settings=settings, progress=lambda *step: seen.append(step)) as bot:
        assert [step for step in seen if step[2] == "read"] == [(1, 3, "read"), (2, 3, "read"), (3, 3, "read")]
        assert [bot.document(document_id(file.source)) for file in FILES] == [as_added(file) for file in FILES]
        assert {info.added_at for info in bot.documents()} == {ADDED_AT}
        assert bot.ask("星桥市树木保护条例第二条").citations[0].quote == ARTICLE
        assert [check for check in bot.check() if not check.ok] == []
        kept = FILES[0].data if version == 2 else as_added(FILES[0]).text.encode()
        assert bot.original(LAW_ID) == ("law.txt", kept)
        # The very same file is known as such.
        assert bot.add_bytes("law.txt", FILES[0].data).status == "unchanged"
    assert versions(tmp_path) == [PARSER_VERSION] * 3
    again: list[tuple[int, int, str]] = []
    with Bot.open(settings=settings, progress=lambda *step: again.append(step)):
        assert again == []


def test_passages_that_stay_keep_their_numbers_and_nothing_is_indexed_anew(tmp_path: Path) -> None:
    write_home(tmp_path, FILES, 2)
    with Store.open(tmp_path) as store:
        before = store.generation, store.passage_ids().tolist(), store.revisions()
    with open_home(tmp_path) as bot:
        assert (bot._store.generation, bot._store.passage_ids().tolist(), bot._store.revisions()) == before


def test_a_damaged_document_is_left_for_a_person_to_remove(tmp_path: Path) -> None:
    write_home(tmp_path, FILES, 2)
    execute(tmp_path, "UPDATE documents SET title = '手' WHERE source = '手册.md'")
    with open_home(tmp_path) as bot:
        assert bot._store.outdated() == [document_id("手册.md")]
        with pytest.raises(StoreError, match="is damaged"):
            bot.document(document_id("手册.md"))
        assert bot.document(LAW_ID) == as_added(FILES[0])


def test_a_title_of_other_rules_is_found_anew_and_a_given_one_stays(tmp_path: Path) -> None:
    write_home(tmp_path, FILES, 2)
    with open_home(tmp_path) as bot:
        titles = {info.source: info.title for info in bot.documents()}
    assert titles == {"law.txt": "星桥市树木保护条例", "手册.md": "手册", "named.txt": "关于开会的通知"}


def test_what_was_read_by_an_older_parser_is_read_again(tmp_path: Path) -> None:
    with open_home(tmp_path) as bot:
        bot.add_bytes("law.txt", LAW.encode())
        bot.add_bytes("b.txt", "猫在屋顶。".encode())
        revision = bot._store.revisions()[LAW_ID]
        passages = [p.passage_id for p in bot._store.passages_of(LAW_ID)]
    execute(tmp_path, "UPDATE parsed SET parser = 0 WHERE revision = ?", revision)
    # Other rules cut other passages.
    settings = Settings(home=tmp_path, seeds=None, passage_characters=100)
    with Bot.open(settings=settings) as bot:
        assert bot._store.outdated() == []
        assert [p.passage_id for p in bot._store.passages_of(LAW_ID)] == passages
        assert bot.document(LAW_ID) == parse("law.txt", LAW.encode())
    execute(tmp_path, "UPDATE parsed SET parser = 0 WHERE revision = ?", revision)
    execute(tmp_path, "DELETE FROM passages WHERE passage_id = ?", passages[0])
    with open_home(tmp_path) as bot:
        fresh = bot._store.passages_of(LAW_ID)
        assert len(fresh) == len(passages)
        assert not {p.passage_id for p in fresh} & set(passages)
        assert bot.original(LAW_ID) == ("law.txt", LAW.encode())
        assert [check for check in bot.check() if not check.ok] == []
        assert bot.ask("星桥市树木保护条例第二条").citations[0].quote == ARTICLE


def test_a_document_that_can_no_longer_be_read_stays_as_it_is(tmp_path: Path) -> None:
    write_home(tmp_path, FILES, 2)
    execute(tmp_path, "UPDATE originals SET data = x'00', crc = 0 WHERE revision = 1")
    with open_home(tmp_path) as bot:
        document = bot.document(LAW_ID)
        assert document.text == as_added(FILES[0]).text
        assert document.paragraphs[2].section == ("第一章 总则", "第一条")
        assert document.outline.children == ()
        assert bot.search("名木")[0].document_id == LAW_ID
        assert bot._store.outdated() == [LAW_ID]
        assert bot.document(document_id("手册.md")) == as_added(FILES[1])
