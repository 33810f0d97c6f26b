"""Passages that were just written: the indexes get the very same as from the store, and nothing that is gone."""

from pathlib import Path

import numpy as np
import pytest

from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.storage import fresh
from bot.storage.records import PutItem
from bot.storage.store import Store, StoredPassage
from bot.storage.synchronise import _passages, passages_of

TEXTS = {
    "甲.txt": "甲规定\n第一章 总则\n第一条 本规定适用于甲。\n第二条 其他。",
    "乙.txt": "乙规定\n一、范围\n乙的全部。",
}


def item(source: str, text: str) -> PutItem:
    document = parse(source, text.encode())
    return PutItem(document, split_passages(document, 300), text)


def held(store: Store) -> dict[str, list[StoredPassage]]:
    """What is indexed of each document."""
    revisions, names = store.revisions(), store.names()
    return {source: passages_of(store, identity, revisions[identity]) for source, identity in names.items()}


def kept(store: Store) -> dict[str, list[StoredPassage]]:
    """What stands in the store."""
    return {source: store.passages_of(identity) for source, identity in store.names().items()}


def test_what_is_held_is_what_stands_in_the_store(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.put_many(item(*pair) for pair in TEXTS.items())
        store.put_many([item("丙.txt", "丙规定\n一、范围\n丙的全部。")])
        assert [len(one.passages) for one in store.fresh.written] == [4, 3, 3]
        assert held(store) == kept(store)
        ids = np.roll(store.passage_ids(), 5)
        assert _passages(store, ids, store.fresh) == store.passages(ids)
        assert [p.passage_id for p in _passages(store, ids, store.fresh)] == [6, 7, 8, 9, 10, 1, 2, 3, 4, 5]
        assert store.fresh.find([10, 11]) is None
        assert store.fresh.find([0]) is None


def test_a_number_is_never_used_twice(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.put_many([item("甲.txt", TEXTS["甲.txt"])])
        first = store.passage_ids().tolist()
        store.remove(store.names()["甲.txt"])
        store.put_many([item("乙.txt", TEXTS["乙.txt"])])
        assert first == [1, 2, 3, 4]
        assert store.passage_ids().tolist() == [5, 6, 7]


def test_what_is_gone_is_held_no_more(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.put_many(item(*pair) for pair in TEXTS.items())
        store.put_many([item("甲.txt", "甲规定\n一、范围\n新的甲。")])
        assert held(store) == kept(store)
        assert _passages(store, np.array([1, 5, 8]), store.fresh) == store.passages([5, 8])
        store.remove(store.names()["乙.txt"])
        assert _passages(store, np.array([5, 8]), store.fresh) == store.passages([8])
        assert held(store) == kept(store)


def test_nothing_of_what_was_undone(tmp_path: Path) -> None:
    def broken() -> list[PutItem]:
        raise ValueError

    with Store.open(tmp_path) as store:
        with pytest.raises(ValueError):
            store.put_many(each for make in (lambda: [item("甲.txt", TEXTS["甲.txt"])], broken) for each in make())
        assert store.fresh.written == ()
        assert held(store) == {}


def test_no_more_than_memory_has_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "MOST_CHARACTERS", 20)
    with Store.open(tmp_path) as store:
        store.put_many(item(*pair) for pair in TEXTS.items())
        assert store.fresh.written == ()
        assert held(store) == kept(store)


def test_what_is_taken_is_held_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path) as store:
        store.put_many(item(*pair) for pair in TEXTS.items())
        taken = store.fresh.take()
        ids = store.passage_ids()
        assert [one.source for one in taken.written] == ["甲.txt", "乙.txt"]
        assert _passages(store, ids, taken) == _passages(store, ids, store.fresh) == store.passages(ids)
        assert store.fresh.written == () and taken.of(store.names()["甲.txt"], 1) is not None
        monkeypatch.setattr(fresh, "MOST_CHARACTERS", 50)
        store.put_many([item("丙.txt", "丙规定\n一、范围\n" + "丙的全部。" * 20)])
        assert store.fresh.take().written == ()  # too much, and forgotten
        store.put_many([item("丁.txt", "丁规定\n一、范围\n丁的全部。")])
        assert [one.source for one in store.fresh.written] == ["丁.txt"]
