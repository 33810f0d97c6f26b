import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.documents.passages import indexed_text
from bot.storage.outlines import compact, load_section
from bot.storage.records import PutItem
from bot.storage.store import Store, vector_key
from bot.types import DocumentInfo, NotFoundError
from tests.unit.storage.made import A, B, item, put, vectors


def contents(store: Store) -> tuple[int, list[DocumentInfo], list[int]]:
    return store.generation, store.documents(), store.passage_ids().tolist()


def test_what_is_put_comes_back(store: Store, store_url: str, tmp_path: Path) -> None:
    assert (put(store, A), put(store, B)) == ("added", "added")
    with Store.open(tmp_path / "home" / "deep", store_url) as again:
        for one in (store, again):
            assert (one.document("a"), one.document("b")) == (A.document, B.document)
            assert [p.passage for p in one.passages_of("a")] == A.passages
            assert one.digests() == {"a": A.digest, "b": B.digest}
    stored = store.passages_of("b")[1]
    assert (stored.document_id, stored.source, stored.title) == ("b", "b.txt", "Title")
    assert store.document("b").text[stored.passage.start : stored.passage.end] == stored.passage.text == "A cat."


def test_the_list_counts_what_was_read(store: Store) -> None:
    store.put_many([B, A])
    first, second = store.documents()
    assert first == DocumentInfo("a", "a.txt", "标题", "GB18030", 22, 3, 1, 1, 3, first.added_at)
    assert (second.document_id, second.characters) == ("b", 16)
    assert first.added_at.endswith("+00:00")


def test_the_same_content_is_not_written_again(store: Store) -> None:
    put(store, A)
    before = contents(store)
    assert put(store, A) == "unchanged"
    assert contents(store) == before
    assert store.put_many([A, B]) == ["unchanged", "added"]
    assert store.generation == before[0] + 1


def test_replacing_gives_new_numbers_and_a_new_revision(store: Store) -> None:
    store.put_many([A, B])
    ids, revisions = store.passage_ids(["a"]), store.revisions()
    assert put(store, item("a", ["新的"])) == "replaced"
    assert store.document("a").text == "新的"
    assert store.passages(ids) == []
    assert store.passage_ids(["a"]).min() > ids.max()
    assert store.revisions()["a"] > max(revisions.values())
    assert store.revisions()["b"] == revisions["b"]


def test_numbers_are_not_used_again_after_the_last_is_removed(store: Store) -> None:
    put(store, A)
    last, revision = store.passage_ids().max(), store.revisions()["a"]
    store.remove("a")
    assert store.documents() == []
    assert store.passage_ids().tolist() == []
    put(store, A)
    assert store.passage_ids().min() > last
    assert store.revisions()["a"] > revision


def test_what_is_not_there_is_named(store: Store) -> None:
    for ask in (store.document, store.remove):
        with pytest.raises(NotFoundError, match="'none'"):
            ask("none")
    assert store.passages_of("none") == []
    assert store.passage_ids(["none"]).tolist() == []


def test_passages_come_in_the_order_asked(store: Store) -> None:
    store.put_many([A, B])
    first, *_, last = ids = store.passage_ids().tolist()
    asked = [last, 9999, first, ids[2], last]
    assert [p.passage_id for p in store.passages(asked)] == [last, first, ids[2], last]
    assert store.passages(np.array([first]))[0].passage == A.passages[0]
    assert store.passage_ids(["b", "none"]).tolist() == ids[3:]
    assert store.passage_ids([]).tolist() == []


def test_an_error_in_the_middle_stores_nothing(store: Store) -> None:
    put(store, A)
    before = contents(store)

    def items() -> Iterator[PutItem]:
        yield B
        yield item("a", ["另一个"])
        raise KeyError("stop")

    with pytest.raises(KeyError):
        store.put_many(items())
    with pytest.raises(NotFoundError):
        store.remove("b")
    assert contents(store) == before
    assert store.document("a") == A.document


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.storage.outlines import compact
from bot.storage.records import PutItem
from bot.storage.store import Store
from bot.types import Document, Passage

def items():
    for i in range(500):
        text = "文" * 2000
        yield PutItem(Document(f"k{i}", f"k{i}", "t", text, (), "UTF-8"), [Passage(0, 0, 2000, (), text)], "d")
    os.kill(os.getpid(), signal.SIGKILL)

store = Store.open(Path(sys.argv[1]))
store.put(Document("kept", "kept", "t", "x", (), "UTF-8"), [], "d")
store.put_many(items())
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_killed_process_leaves_what_it_had_finished(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Store.open(tmp_path) as store:
        assert [d.document_id for d in store.documents()] == ["kept"]
        assert store.passage_ids().tolist() == []
        assert store.generation == 1
        assert put(store, A) == "added"


def test_others_read_while_one_writes(store: Store, store_url: str, tmp_path: Path) -> None:
    put(store, A)
    before, halfway, go_on = contents(store), threading.Event(), threading.Event()

    def items() -> Iterator[PutItem]:
        yield B
        halfway.set()
        go_on.wait()
        yield item("c", ["丙"])

    writer = threading.Thread(target=store.put_many, args=(items(),))
    writer.start()
    halfway.wait()
    read: list[object] = []
    readers = [threading.Thread(target=lambda: read.append(contents(store))) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    with Store.open(tmp_path / "home" / "deep", store_url) as other:
        read.append(contents(other))
    go_on.set()
    writer.join()
    assert read == [before] * 5
    assert sorted(store.digests()) == ["a", "b", "c"]


def test_threads_write_one_after_another(store: Store) -> None:
    items = [item(f"d{i}", [f"第{i}段"]) for i in range(20)]
    threads = [threading.Thread(target=put, args=(store, one)) for one in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (store.generation, len(store.digests())) == (20, 20)


# Vectors


def test_vectors_come_back_as_float16(store: Store) -> None:
    store.put_many([A, B])
    ids = store.passage_ids()
    assert store.missing_vectors("e").tolist() == ids.tolist()
    store.save_vectors("e", ids[1:4], vectors(3))
    assert store.missing_vectors("e").tolist() == [ids[0], ids[4]]
    found, kept = store.vectors("e", ids[::-1])
    assert found.tolist() == ids[1:4].tolist()
    assert kept.dtype == np.float32
    assert (kept == vectors(3).astype(np.float16)).all()
    assert store.vectors("other", ids)[0].tolist() == []
    assert store.missing_vectors("other").tolist() == ids.tolist()
    assert store.generation == 1


def test_content_that_stays_keeps_its_vector_and_other_content_loses_it(store: Store) -> None:
    store.put_many([A, item("twin", ["第一章 总则", "猫在屋顶。"])])
    assert store.missing_vectors("e").tolist() == store.passage_ids(["a"]).tolist()
    store.save_vectors("e", store.passage_ids(["a"]), vectors(3))
    assert (store.vectors("e", store.passage_ids(["twin"]))[1] == vectors(3)[:2].astype(np.float16)).all()

    def kept() -> int:
        with store.database.read() as connection:
            return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])

    put(store, item("a", ["第一章 总则", "狗在院子。", "猫在屋顶。"]))
    assert kept() == 2
    assert store.missing_vectors("e").tolist() == [store.passage_ids(["a"])[1]]
    store.remove("a")
    assert kept() == 2
    store.remove("twin")
    assert kept() == 0


def test_the_context_counts_into_the_content(store: Store) -> None:
    assert indexed_text("标题", ("第一章", "一、"), "猫。") == "标题\n第一章\n一、\n猫。"
    store.put_many([A, item("b", ["第一章 总则", "猫在屋顶。"], title="另一标题")])
    assert len(store.missing_vectors("e")) == 5
    assert vector_key("e") != vector_key("f")


@pytest.mark.parametrize(
    "section", [(), ("",), ("总则",), ("a", "b,c", ","), (",", ",", ""), ('说"好"', "\\"), ("[]", "x\ty")]
)
def test_a_section_is_read_as_it_was_written(section: tuple[str, ...]) -> None:
    assert load_section(compact(section)) == section


def test_who_reads_one_of_many_texts_leaves_the_others(store: Store) -> None:
    store.put_many([item(str(number), ["头", "文" * 9_000]) for number in range(200)])
    assert next(store.texts()).source == "0.txt"
    texts = store.texts()
    assert next(texts).source == "0.txt"
    texts.close()
    assert len(list(store.texts())) == 200
