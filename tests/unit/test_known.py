"""What a store holds already: read whole, or looked up name by name, it is the same."""

import unicodedata
from pathlib import Path

import pytest

from bot import Bot
from bot.documents.parser import document_id
from bot.known import Known, LookedUp
from bot.settings import Settings
from bot.storage.waiting import note_waiting


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    bot = Bot.open(settings=Settings(home=tmp_path / "home", seeds=None))
    for name in ("a.txt", "moved.txt", unicodedata.normalize("NFD", "Café.txt")):
        bot.add_bytes(name, f"这里是{name}。".encode())
    store = bot._store
    store.rename_many({document_id("moved.txt"): "elsewhere.txt"})
    with store.database.write() as connection:
        note_waiting(connection, "away.txt", "id-of-away")
        note_waiting(connection, "taken.txt", document_id("other.txt"))
    return bot


@pytest.mark.parametrize(
    "source", ["a.txt", "moved.txt", "elsewhere.txt", "Café.txt", "away.txt", "taken.txt", "other.txt", "new.txt"]
)
def test_both_ways_know_the_same(bot: Bot, source: str) -> None:
    with bot:
        whole, by_need = Known.of(bot._store), LookedUp(bot._store)
        for known in (whole, by_need):
            assert known.digest("nothing.txt") is None
        assert by_need.digest(source) == whole.digest(source)
        assert by_need.find(source) == whole.find(source)
        identity = whole.identity(source)
        assert by_need.identity(source) == identity == by_need.identity(source)


def test_what_is_known_of_some(bot: Bot) -> None:
    with bot:
        known = LookedUp(bot._store)
        assert known.find("a.txt") == document_id("a.txt")
        assert known.find("elsewhere.txt") == document_id("moved.txt")
        assert known.identity("Café.txt") == known.find(unicodedata.normalize("NFD", "Café.txt"))
        assert known.identity("away.txt") == "id-of-away"
        assert known.identity("moved.txt") == document_id("moved.txt\0001")
        assert known.identity("other.txt") == document_id("other.txt\0001")
        assert known.identity("new.txt") == document_id("new.txt")
