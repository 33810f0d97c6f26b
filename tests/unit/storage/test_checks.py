"""Damage of every kind is found and named: to the structure of the file, to documents, to all else that is kept."""

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import Bot, Settings
from bot.cli.main import main
from bot.conversations.chat import ChatQuestion
from bot.storage.home import DATABASE
from bot.storage.store import Store
from bot.types import StoreError
from tests.integration.serving import GARDEN, MANUAL

PAGE = 4096
FAULTS = int(os.environ.get("FAULTS", "71"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database of a home that holds something in every table."""
    home = tmp_path_factory.mktemp("sound") / "home"
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot:
        bot.add_bytes("library.md", MANUAL.encode())
        bot.add_bytes("garden.txt", GARDEN.encode())
        for number in range(12):
            lines = (f"第{number}号仓库第{line}间存放大米{number * 8 + line}吨，由管理员看守。" for line in range(40))
            bot.add_bytes(f"{number}.txt", "\n".join(lines).encode())
        bot.synonyms.add([["图书", "书籍"]])
        for question in ("图书逾期未还每天收取多少滞纳金？", "学生可以借几册？", "How many kinds of orchid?"):
            conversation = bot.chat.ask("visitor", ChatQuestion(question))
            assert conversation is not None
            bot.rate("visitor", conversation.conversation_id, conversation.turns[0].turn_id, "good")
    return (home / DATABASE).read_bytes()


@pytest.fixture
def database(tmp_path: Path, sound: bytes) -> Path:
    path = tmp_path / "home" / DATABASE
    path.parent.mkdir()
    path.write_bytes(sound)
    return path


def damaged_pages(sound: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a page's place, and what is written over it: zeros, noise, another page, or a few bytes of it changed."""
    rng = random.Random(5)
    pages = len(sound) // PAGE
    while True:
        at = rng.randrange(pages) * PAGE
        page = bytearray(sound[at : at + PAGE])
        kind = rng.randrange(4)
        if kind == 0:
            page = bytearray(PAGE)
        elif kind == 1:
            page[rng.randrange(100) :] = rng.randbytes(PAGE)
        elif kind == 2:
            other = rng.randrange(pages) * PAGE
            page = bytearray(sound[other : other + PAGE])
        else:
            for _ in range(4):
                page[rng.randrange(100 if at == 0 else 0, 110)] = rng.randrange(256)
        if page[:PAGE] != sound[at : at + PAGE]:
            yield at, bytes(page[:PAGE])


def sqlite_sees(path: Path) -> bool:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        try:
            return (
                connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
                or connection.execute("PRAGMA foreign_key_check").fetchall() != []
            )
        except sqlite3.DatabaseError:
            return True


def found(path: Path) -> list[str]:
    """Return what is said to be wrong of a home, in any way."""
    try:
        with Store.open(path.parent) as store:
            return [*store.faults(), *store.damaged(), *store.damaged_others()]
    except StoreError as error:
        assert "\n" not in error.en + error.zh
        return [error.en]


def test_a_sound_database_has_no_faults(database: Path) -> None:
    assert found(database) == []


def test_every_structural_fault_that_sqlite_sees_is_found(database: Path, sound: bytes) -> None:
    seen, missed = 0, []
    for at, page in damaged_pages(sound):
        database.write_bytes(sound[:at] + page + sound[at + PAGE :])
        if sqlite_sees(database):
            seen += 1
            if not found(database):
                missed.append((at, page[:8]))
        for left in database.parent.iterdir():
            left.unlink()
        if seen == FAULTS:
            break
    assert missed == []


def test_doctor_says_which_document_and_how_to_mend(
    database: Path, sound: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE documents SET passages = passages + 1 WHERE source = 'garden.txt'")
        connection.execute("UPDATE turns SET folded = 'x' WHERE turn_id = 1")
    assert main(["--home", str(database.parent), "--lang", "en", "doctor"]) == 1
    wrong = [line for line in capsys.readouterr().out.splitlines() if line.startswith("✗")]
    assert wrong[0].startswith("✗ store: garden.txt: damaged. Remove each and add its file again")
    assert wrong[1].startswith("✗ other records: conversations (turn 1: 图书逾期未还")
    assert wrong[1].endswith("delete these conversations and ask again")
    assert len(wrong) == 2


@pytest.mark.parametrize(
    ("statement", "document"),
    [
        ("UPDATE documents SET {} WHERE source = 'library.md'", change)
        for change in (
            "passages = 0", "paragraphs = 99", "characters = 1", "headings = 0", "levels = 9", "text = text || 'x'",
            "title = 'x'", "text_hash = x'00'", "outline = '{}'",
        )
    ],
)  # fmt: skip
def test_every_column_of_a_document_counts(database: Path, statement: str, document: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement.format(document))
    assert found(database) == ["library.md"]


OF = "revision = (SELECT revision FROM documents WHERE source = 'library.md')"


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM passages WHERE {OF} AND paragraph = 2",
        f"UPDATE passages SET content_hash = x'00' WHERE {OF} AND paragraph = 2",
        f"UPDATE passages SET text = 'x' WHERE {OF} AND paragraph = 2",
        f"UPDATE originals SET data = x'00' WHERE {OF}",
        f"UPDATE sketches SET sketch = 'x' WHERE {OF}",
        f"UPDATE vectors SET vector = x'00' WHERE content_hash IN (SELECT content_hash FROM passages WHERE {OF})",
        f"INSERT INTO readings SELECT revision, 1, 1, 1, 'x', x'00' FROM documents WHERE {OF}",
    ],
)
def test_every_row_of_a_document_counts(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement)
    assert found(database) == ["library.md"]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE turns SET answer = '{}'", "conversations"),
        ("UPDATE turns SET question = 'x' WHERE turn_id = 2", "conversations"),
        ("UPDATE cited SET quote = quote || 'x'", "links to citations"),
        ("UPDATE feedback SET quotes = 'x'", "ratings"),
        ("INSERT INTO marks VALUES (1, 1, 'q', 'x', 'd', 1, 2, 'q', '2024')", "marks"),
        ("UPDATE synonyms SET terms = 'x'", "synonyms"),
        ("INSERT INTO vectors VALUES (x'00', 'e', x'0011', 5)", "vectors of no document"),
        ("DELETE FROM meta WHERE name = 'home'", "notes of the home"),
        ("UPDATE meta SET value = 'x' WHERE name = 'generation'", "notes of the home"),
    ],
)
def test_damage_beside_the_documents_is_named(database: Path, statement: str, kind: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement)
    (line,) = found(database)
    assert line.startswith(f"{kind} (")


def test_a_turn_without_its_conversation_is_found(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM conversations")
    assert found(database)[0] == "turns: row 1 belongs to no row of conversations"
