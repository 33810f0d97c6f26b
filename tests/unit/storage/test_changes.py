"""What has changed since a generation, and what an index does with it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.documents.parser import document_id, parse
from bot.documents.passages import split_passages
from bot.storage.changes import Change
from bot.storage.store import DATABASE, Store


def put(store: Store, source: str, text: str) -> None:
    document = parse(source, text.encode(), "标题")
    store.put(document, split_passages(document), text)


def test_changes_tell_what_came_and_went(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        put(store, "a.txt", "猫在屋顶。\n\n狗在院子。\n")
        put(store, "b.txt", "兔子在洞里。\n")
        a, b = document_id("a.txt"), document_id("b.txt")
        assert store.changes(0) == [Change(a, 1, 1, 2, True), Change(b, 2, 3, 1, True)]
        assert store.changes(1) == [Change(b, 2, 3, 1, True)]
        put(store, "a.txt", "鸟在树上。\n")
        store.remove(b)
        assert store.changes(2) == [Change(a, 1, 1, 2, False), Change(a, 3, 4, 1, True), Change(b, 2, 3, 1, False)]
        assert store.changes(store.generation) == []


def test_what_failed_has_changed_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        put(store, "a.txt", "猫在屋顶。\n")

        def fail(connection: sqlite3.Connection) -> None:
            raise KeyError

        with pytest.raises(KeyError):
            store.change_many([document_id("a.txt")], [], [], fail)
        assert store.changes(1) == []


def test_old_changes_are_forgotten_and_that_is_known(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        put(store, "a.txt", "猫在屋顶。\n")
        with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
            connection.execute("UPDATE sqlite_sequence SET seq = 20999 WHERE name = 'changes'")
        put(store, "b.txt", "狗在院子。\n")  # number 21,000: what is 20,000 older goes
        assert store.changes(0) is None
        assert [change.document_id for change in store.changes(1) or []] == [document_id("b.txt")]
