"""A home moved to PostgreSQL and back is the very same, and goes on with numbers that nothing ever had."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.cited import CitedWords
from bot.storage.home import DATABASE
from bot.storage.keys import KeyTable
from bot.storage.moving import TABLES, move
from bot.storage.store import Store
from bot.storage.synonyms import SynonymTable
from bot.storage.turns import NewTurn, TurnTable
from bot.types import StoreError
from tests.postgres import Postgres
from tests.unit.storage.made import A, B, item, put, vectors


def filled(home: Path) -> None:
    with Store.open(home) as store:
        store.put_many([A, B, item("nul", ["a\0b", "c\ufdd0d"])])
        store.save_vectors("e", store.passage_ids(["a"]), vectors(3))
        TurnTable(store.database).append(
            "v",
            None,
            NewTurn("问？", "问", "{}", "2026-03-05T12:00:00+00:00", (CitedWords("a", 0, 1, "d", "q"),)),
            None,
            9,
        )
        KeyTable(store.database).new("one", "reader")
        SynonymTable(store.database).add([["星禾", "星禾公司"]])
        put(store, item("last", ["gone again"]))
        store.remove("last")


def rows(home: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(home / DATABASE)) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}
    return {**found, "meta": sorted((name, str(value)) for name, value in found["meta"])}


def test_there_and_back_is_the_same(tmp_path: Path, postgres: Postgres) -> None:
    filled(tmp_path / "one")
    url = postgres.new()
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "there", url) as there:
        count = move(one.database, there.database)
        assert there.document("nul") == one.document("nul")
        assert (there.generation, there.home_id, there.damaged(), there.damaged_others()) == (
            one.generation, one.home_id, [], one.damaged_others(),
        )  # fmt: skip
        with Store.open(tmp_path / "back") as back:
            assert move(there.database, back.database) == count
    before, after = rows(tmp_path / "one"), rows(tmp_path / "back")
    # Asking for the next number uses it up.
    numbers = dict(before.pop("sqlite_sequence")), dict(after.pop("sqlite_sequence"))
    assert before == after
    assert set(before) == set(TABLES)
    assert all(numbers[1][name] >= last for name, last in numbers[0].items())
    assert count == sum(map(len, before.values()))


def test_a_moved_home_goes_on(tmp_path: Path, postgres: Postgres) -> None:
    filled(tmp_path / "one")
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "there", postgres.new()) as there:
        move(one.database, there.database)
        for store in (one, there):
            put(store, item("next", ["new"]))
        assert there.revisions()["next"] >= one.revisions()["next"]
        assert min(there.passage_ids(["next"])) >= min(one.passage_ids(["next"]))
        assert there.generation == one.generation


def test_what_holds_something_is_left_alone(tmp_path: Path, postgres: Postgres) -> None:
    filled(tmp_path / "one")
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "there", postgres.new()) as there:
        put(there, B)
        with pytest.raises(StoreError, match="choose a new place"):
            move(one.database, there.database)
        assert there.names() == {B.document.source: "b"}


def test_what_arrives_otherwise_is_not_kept(tmp_path: Path, postgres: Postgres) -> None:
    filled(tmp_path / "one")
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "there", postgres.new()) as there:
        with there.database.write() as connection:
            connection.execute(
                "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.crc := 0; RETURN NEW; END $$"
            )
            connection.execute("CREATE TRIGGER spoil BEFORE INSERT ON passages FOR EACH ROW EXECUTE FUNCTION spoil()")
        with pytest.raises(StoreError, match=r"passages: .*nothing was moved"):
            move(one.database, there.database)
        assert there.documents() == []
