"""Keys: made, found by their secret, revoked; what is kept opens nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.keys import MOST_DAYS, KeyTable
from bot.types import NotFoundError, YoujuError


@pytest.fixture
def keys(database: Database) -> KeyTable:
    return KeyTable(database)


def test_a_key_is_found_by_its_secret_alone(keys: KeyTable) -> None:
    one, other = keys.new("one", "reader"), keys.new("other", "owner")
    assert keys.find(one.secret) == one.key and keys.find(other.secret) == other.key
    assert keys.all() == sorted([one.key, other.key], key=lambda key: (key.made_at, key.key_id))
    mixed = other.secret[:15] + one.secret[15:]
    for wrong in ("", "youju-", one.secret[:-1], one.secret + "x", one.secret.upper(), mixed, one.key.key_id, "é" * 58):
        assert keys.find(wrong) is None


def test_the_file_holds_no_secret(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "home.db")) as database:
        keys = KeyTable(database)
        secret = keys.new("one", "reader").secret
        keys.all()
    with closing(sqlite3.connect(tmp_path / "home.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = repr(connection.execute("SELECT * FROM keys").fetchall())
    assert secret[15:] not in rows
    assert secret[15:].encode() not in (tmp_path / "home.db").read_bytes()


def test_secrets_differ_and_cannot_be_guessed(keys: KeyTable) -> None:
    secrets = {keys.new("many", "reader").secret for _ in range(50)}
    assert len(secrets) == 50 and {len(secret) for secret in secrets} == {58}


def test_a_revoked_key_is_gone(keys: KeyTable) -> None:
    made = keys.new("one", "editor")
    assert keys.revoke(made.key.key_id) == made.key
    assert keys.find(made.secret) is None and keys.all() == []
    with pytest.raises(NotFoundError, match="There is no key"):
        keys.revoke(made.key.key_id)


def test_its_last_use_is_kept(keys: KeyTable) -> None:
    made = keys.new("one", "reader")
    assert made.key.used_at is None
    keys.note_use(made.key.key_id)
    found = keys.find(made.secret)
    assert found is not None and found.used_at is not None and found.used_at >= made.key.made_at
    keys.note_use("nobody's")


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x1b[31mb"])
def test_a_name_that_is_none(keys: KeyTable, name: str) -> None:
    with pytest.raises(YoujuError, match="A key needs a name"):
        keys.new(name, "reader")


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_days_that_are_none(keys: KeyTable, days: int) -> None:
    with pytest.raises(YoujuError, match="is good for"):
        keys.new("one", "reader", days)
    assert keys.new("one", "reader", MOST_DAYS).key.expires_at is not None
