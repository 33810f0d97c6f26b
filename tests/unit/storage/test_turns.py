"""The rows of conversations, ratings and cited words."""

import pytest

from bot.storage.cited import CitedTable, CitedWords
from bot.storage.database import Database
from bot.storage.ratings import Feedback, Quote, RatingTable
from bot.storage.turns import NewTurn, StoredTurn, TurnTable
from bot.types import ConversationInfo, NotFoundError, StoreError

DAY = "2026-03-05T12:00:00+00:00"
WORDS = CitedWords("tea", 3, 7, "0a1b2c3d", "山水上。")


def new(question: str, *cited: CitedWords) -> NewTurn:
    return NewTurn(question, question.lower(), f'{{"said":"{question}"}}', DAY, cited)


def test_turns_come_back_as_they_were_kept(database: Database) -> None:
    table = TurnTable(database)
    first = table.append("a", None, new("Water?"), None, 500)
    second = table.append("a", first.conversation_id, new("Tea?"), None, 500)
    assert second.conversation_id == first.conversation_id and second.turn_id > first.turn_id
    assert table.turns("a", first.conversation_id) == [
        StoredTurn(first.turn_id, DAY, None, '{"said":"Water?"}'),
        StoredTurn(second.turn_id, DAY, None, '{"said":"Tea?"}'),
    ]
    assert table.infos("a") == [ConversationInfo(first.conversation_id, "Water?", 2, DAY)]
    assert table.info("a", first.conversation_id) == table.infos("a")[0]
    assert table.texts("a") == {first.conversation_id: "\nwater?\ntea?"}
    assert (table.infos("b"), table.texts("b")) == ([], {})
    with pytest.raises(NotFoundError, match=first.conversation_id):
        table.turns("b", first.conversation_id)


def test_a_title_is_one_line_of_sixty_characters(database: Database) -> None:
    table = TurnTable(database)
    kept = table.append("a", None, new("长 \n " + "长" * 80), None, 500)
    assert table.info("a", kept.conversation_id).title == "长 " + "长" * 58
    assert table.rename("a", kept.conversation_id, " 茶\n经 ").title == "茶 经"
    assert table.rename("a", kept.conversation_id, " ").title == "长 " + "长" * 58


def test_what_a_damaged_turn_is_rated_is_not_kept(database: Database) -> None:
    table = TurnTable(database)
    kept = table.append("a", None, new("Water?"), None, 500)
    assert table.rate("a", kept.conversation_id, kept.turn_id, "good").rating == "good"
    with database.write() as connection:
        connection.execute("UPDATE turns SET crc = crc + 1")
    with pytest.raises(StoreError, match="Water"):
        table.rate("a", kept.conversation_id, kept.turn_id, "bad")
    with database.read() as connection:
        assert connection.execute("SELECT rating FROM turns").fetchall() == [("good",)]


def test_words_outlive_the_turn_that_cited_them(database: Database) -> None:
    table, cited = TurnTable(database), CitedTable(database)
    assert cited.quote("tea", 3, 7, "0a1b2c3d") is None
    kept = table.append("a", None, new("Water?", WORDS, WORDS), None, 500)
    table.remove("a", kept.conversation_id)
    assert table.infos("a") == []
    assert cited.quote("tea", 3, 7, "0a1b2c3d") == "山水上。"
    assert cited.quote("tea", 3, 8, "0a1b2c3d") is None


def test_the_last_word_on_a_turn_is_kept(database: Database) -> None:
    table = RatingTable(database)
    good = Feedback(7, "good", "水？", False, (Quote("tea", "山水上。"),), (), DAY)
    bad = Feedback(7, "bad", "水？", False, good.quotes, (Quote("tea", "江水中。"), Quote("tea", "井水下。")), DAY)
    other = Feedback(3, "good", "火星？", True, (), (), "2026-03-04T12:00:00+00:00")
    for item in (good, other, bad):
        table.keep(item)
    assert table.all() == [other, bad]
    assert (good.answers, bad.answers) == (good.quotes, bad.right)
    assert (good.unanswerable, other.unanswerable, bad.unanswerable) == (False, True, False)
    table.remove(3)
    table.remove(99)
    assert table.all() == [bad]
