"""A store that was damaged, or cannot be used, says so; it gives no wrong answer."""

import os
import sqlite3
from pathlib import Path

import pytest

from bot.storage.store import DATABASE, Store
from bot.types import StoreError
from tests.unit.storage.made import A, B, item, put, vectors


def edit(path: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement, values)
    connection.close()


def flip(path: Path, text: str, last: bool) -> None:
    """Change one byte of one of the places of the file that hold ``text``."""
    content, wanted = bytearray(path.read_bytes()), text.encode()
    place = content.rfind(wanted) if last else content.find(wanted)
    assert place > 0
    content[place + 1] ^= 64
    path.write_bytes(content)


@pytest.mark.parametrize("last", [False, True])
def test_a_flipped_byte_of_text_is_found_and_named(tmp_path: Path, last: bool) -> None:
    with Store.open(tmp_path) as store:
        store.put_many([A, B])
        assert store.damaged() == []
    flip(tmp_path / DATABASE, "屋顶", last)
    with Store.open(tmp_path) as store:
        assert store.damaged() == ["a.txt"]
        with pytest.raises(StoreError, match=r"a\.txt is damaged"):
            [store.document("a"), store.passages_of("a")]
        assert store.document("b") == B.document
        store.remove("a")
        assert put(store, A) == "added"
        assert store.damaged() == []
        assert store.document("a") == A.document


@pytest.mark.parametrize("change", ["start = start + 1", "text = text || '。'", "section = '[]'"])
def test_a_changed_passage_is_found(tmp_path: Path, change: str) -> None:
    with Store.open(tmp_path) as store:
        put(store, A)
        edit(tmp_path / DATABASE, f"UPDATE passages SET {change} WHERE paragraph = 1")
        with pytest.raises(StoreError, match="damaged"):
            store.passages(store.passage_ids())
        assert store.damaged() == ["a.txt"]


def test_after_an_error_the_present_state_is_read_and_written(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, Store.open(tmp_path) as other:
        put(store, A)
        edit(tmp_path / DATABASE, "UPDATE passages SET text = text || '。' WHERE paragraph = 0")
        with pytest.raises(StoreError, match="damaged") as kept:
            store.passages_of("a")
        assert kept.tb is not None  # and with it the cursor, which stands before the passages that are whole
        put(other, B)
        assert store.generation == other.generation
        assert store.names() == {"a.txt": "a", "b.txt": "b"}
        store.remove("a")
        assert len(store.passage_ids()) == len(B.passages)


def test_a_damaged_vector_is_forgotten_and_made_again(store: Store) -> None:
    put(store, A)
    ids = store.passage_ids()
    store.save_vectors("e", ids, vectors(3))
    with store.database.write() as connection:
        of_second = "content_hash = (SELECT content_hash FROM passages WHERE passage_id = ?)"
        connection.execute(f"UPDATE vectors SET vector = ? WHERE {of_second}", (bytes(16), int(ids[1])))
    assert store.vectors("e", ids)[0].tolist() == [ids[0], ids[2]]
    assert store.missing_vectors("e").tolist() == [ids[1]]


# Opening


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    for home in (tmp_path / "home", tmp_path / "home" / "below"):
        with pytest.raises(StoreError, match="--home") as error:
            Store.open(home)
        assert "--home" in error.value.zh


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    home = Path("/proc") if os.access(tmp_path, os.W_OK) else tmp_path  # root may write anywhere but there
    with pytest.raises(StoreError, match=r"written|opened"):
        Store.open(home)
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    "content", [b"this is not a database, but a text of some length" * 50, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / DATABASE).write_bytes(content)
    with pytest.raises(StoreError, match="damaged or is no database: bring back a backup"):
        Store.open(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == content


def test_a_database_of_another_program_or_a_newer_version(tmp_path: Path) -> None:
    edit(tmp_path / DATABASE, "CREATE TABLE theirs (x)")
    with pytest.raises(StoreError, match="another program"):
        Store.open(tmp_path)
    (tmp_path / DATABASE).unlink()
    Store.open(tmp_path).close()
    edit(tmp_path / DATABASE, "PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer version"):
        Store.open(tmp_path)


def test_pages_overwritten_are_an_error_not_an_answer(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.put_many(item(f"d{i}", [f"第{i}段" * 50, "猫" * 500]) for i in range(50))
    path = tmp_path / DATABASE
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))
    with pytest.raises(StoreError, match="bring back a backup"), Store.open(tmp_path) as store:
        store.passages_of("d1")
        store.document("d1")
