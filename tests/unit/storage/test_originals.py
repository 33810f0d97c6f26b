"""The files as they were added, and what decoding lost of them."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.documents.encoding import count_lost, decode
from bot.documents.parser import document_id, parse
from bot.documents.passages import split_passages
from bot.storage.store import DATABASE, Store
from bot.types import NotFoundError, Original, StoreError
from tests.parts import OpenBot

TEXT = "第一章 总则\r\n\r\n  猫在屋顶。\r狗在院子。\n"
FILE = TEXT.encode("gb18030")


def put(store: Store, source: str, data: bytes, *, keep: bool = True) -> str:
    document = parse(source, data)
    store.put(document, split_passages(document), str(hash(data)), data if keep else None)
    return document.document_id


def rows(home: Path) -> int:
    with closing(sqlite3.connect(home / DATABASE)) as connection:
        return int(connection.execute("SELECT count(*) FROM originals").fetchone()[0])


@pytest.mark.parametrize("data", [FILE, TEXT.encode("utf-16"), b"\xef\xbb\xbf" + TEXT.encode(), b"a" * 300_000])
def test_a_file_comes_back_byte_for_byte(open_bot: OpenBot, data: bytes) -> None:
    bot = open_bot()
    bot.add_bytes("卷/猫.txt", data)
    assert bot.original(document_id("卷/猫.txt")) == Original("卷/猫.txt", data)


def test_a_file_from_a_folder_is_kept_too(open_bot: OpenBot, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "猫.txt").write_bytes(FILE)
    bot = open_bot()
    bot.add(tmp_path / "in")
    assert bot.original(document_id("猫.txt")) == Original("猫.txt", FILE)


def test_an_original_is_replaced_and_removed_with_its_document(open_bot: OpenBot, tmp_path: Path) -> None:
    bot = open_bot()
    bot.add_bytes("a.txt", FILE)
    bot.add_bytes("b.txt", b"A cat.")
    bot.add_bytes("a.txt", b"A dog.")
    assert bot.original(document_id("a.txt")) == Original("a.txt", b"A dog.")
    assert rows(tmp_path / "home") == 2
    bot.remove(document_id("a.txt"))
    assert rows(tmp_path / "home") == 1
    with pytest.raises(NotFoundError, match=document_id("a.txt")):
        bot.original(document_id("a.txt"))
    assert bot.original(document_id("b.txt")) == Original("b.txt", b"A cat.")


def test_without_a_file_the_text_is_given(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        identity = put(store, "猫.txt", FILE, keep=False)
        assert store.original(identity) == Original("猫.txt", store.document(identity).text.encode())


def test_a_damaged_original_is_found_and_named(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        identity = put(store, "猫.txt", FILE)
        put(store, "b.txt", b"A cat.")
        assert store.damaged() == []
        with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
            # One byte in the middle, which unpacks to something else or not at all.
            connection.execute(
                "UPDATE originals SET data = CAST(substr(data, 1, 9) || x'41' || substr(data, 11) AS BLOB) "
                "WHERE revision = (SELECT revision FROM documents WHERE document_id = ?)",
                (identity,),
            )
        assert store.damaged() == ["猫.txt"]
        with pytest.raises(StoreError, match=r"猫\.txt is damaged"):
            store.original(identity)
        assert store.document(identity).text.startswith("第一章")


# What was lost


@pytest.mark.parametrize(
    ("data", "codec", "lost"),
    [
        ("好\ufffd好".encode(), "utf-8", 0),  # the file's own
        ("好\ufffd好".encode() + b"\xff\xfe", "utf-8", 2),
        ("好好好".encode("gb18030")[:-1], "gb18030", 1),
        ("好好".encode("cp950") + b"\xff", "cp950", 1),
        ("\ufffd好".encode("utf-16-le") + b"\x00", "utf-16-le", 1),
    ],
)
def test_replacement_characters_count_where_the_file_has_none(data: bytes, codec: str, lost: int) -> None:
    assert count_lost(data.decode(codec, "replace"), data, codec) == lost


def test_what_is_accepted_lost_nothing(open_bot: OpenBot) -> None:
    bot = open_bot()
    own = "档案里本来就有一个替代符：\ufffd。这是原样。\n"
    for name, data in (("a.txt", FILE), ("b.txt", own.encode()), ("c.txt", own.encode("gb18030"))):
        assert decode(data).lost == 0
        report = bot.add_bytes(name, data)
        assert report.document is not None
        assert report.document.lost == 0
    assert [info.lost for info in bot.documents()] == [0, 0, 0]


def test_the_number_is_kept(tmp_path: Path) -> None:
    document = replace(parse("猫.txt", FILE), lost=3)
    with Store.open(tmp_path) as store:
        store.put(document, split_passages(document), "digest", FILE)
        assert store.documents()[0].lost == 3
        assert store.document(document.document_id) == document
