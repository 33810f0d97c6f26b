"""Conversations: what is appended comes back the very same, to its visitor alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.conversations.kept import Conversations
from bot.storage import database, schema
from bot.storage.database import Database
from bot.storage.store import DATABASE, Store
from bot.types import (
    Answer,
    AnswerSentence,
    Citation,
    Document,
    Hit,
    NotFoundError,
    Paragraph,
    Passage,
    QuestionError,
    StoreError,
    Timings,
    Trace,
    TracedPassage,
    Turn,
    digest,
)

ANNA, BO = "a" * 32, "b" * 32


def answer(question: str, *quotes: str, document_id: str = "tea") -> Answer:
    """An answer of ``quotes``, each its own paragraph; without any a refusal."""
    citations = tuple(
        Citation(number, document_id, "tea.txt", "茶\x00经", ("一、器具", "水"), number, 10, 10 + len(quote), quote)
        for number, quote in enumerate(quotes, 1)
    )
    near = Hit(document_id, "tea.txt", "茶经", ("附",), 9, 90, 93, "附录。", -1.5, lacks=("火星",), why="lacks_words")
    return Answer(
        question=question,
        query=f"{question}（补全）",
        text="\n".join(f"{c.quote}[{c.number}]" for c in citations) or "没有找到依据。",
        abstained=not quotes,
        confidence=0.1 + 0.2,
        sentences=tuple(AnswerSentence(c.quote, (c.number,), 1 / 3) for c in citations),
        citations=citations,
        nearest=() if quotes else (near,),
        timings=Timings(search=1.25, total=3.0),
        trace=Trace(
            terms=(("水", 0.75), ("茶", 0.5)),
            passages=(TracedPassage("tea", "茶经", (), 1, 10, 14, "山水上。", 1.0, 0.5, 0.25, 1e-7),),
            threshold=0.4,
        ),
    )


WATER = answer("水以何为上？", "山水上，\n江水中。\x00\x1b😀𠮷")
REFUSED = answer("火星上有茶吗？")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    store = Database(tmp_path / DATABASE)
    yield Conversations(store)
    store.close()


def append(
    kept: Conversations, visitor: str, conversation_id: str | None, answer: Answer, at: int | None = None
) -> tuple[str, Turn]:
    added = kept.append(visitor, conversation_id, answer, at)
    return added.conversation_id, added.turn


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(home / DATABASE)) as connection:
        return connection.execute(query).fetchall()


def test_an_answer_comes_back_the_very_same(kept: Conversations, tmp_path: Path) -> None:
    identity, first = append(kept, ANNA, None, WATER)
    again, second = append(kept, ANNA, identity, REFUSED)
    assert again == identity
    assert (first.question, first.answer, first.rating) == ("水以何为上？", WATER, None)
    assert first.turn_id < second.turn_id and first.asked_at.endswith("+00:00")
    other = Database(tmp_path / DATABASE)
    assert Conversations(other).turns(ANNA, identity) == (first, second)
    other.close()


def test_nobody_sees_anothers(kept: Conversations) -> None:
    identity, turn = append(kept, ANNA, None, WATER)
    assert kept.list(BO) == kept.list(BO, "水") == []
    for attempt in (
        lambda: kept.turns(BO, identity),
        lambda: kept.conversation(BO, identity),
        lambda: kept.append(BO, identity, REFUSED),
        lambda: kept.append(BO, identity, REFUSED, at=0),
        lambda: kept.rename(BO, identity, "我的"),
        lambda: kept.rate(BO, identity, turn.turn_id, "bad"),
        lambda: kept.remove(BO, identity),
    ):
        with pytest.raises(NotFoundError) as caught:
            attempt()
        assert identity in caught.value.en and identity in caught.value.zh
    assert kept.turns(ANNA, identity) == (turn,)


def test_the_one_last_added_to_is_listed_first(kept: Conversations) -> None:
    first, _ = append(kept, ANNA, None, WATER)
    second, _ = append(kept, ANNA, None, REFUSED)
    assert [info.conversation_id for info in kept.list(ANNA)] == [second, first]
    _, last = append(kept, ANNA, first, REFUSED)
    listed = kept.list(ANNA)
    assert [(info.conversation_id, info.title, info.turns) for info in listed] == [
        (first, "水以何为上？", 2),
        (second, "火星上有茶吗？", 1),
    ]
    assert listed[0].updated_at == last.asked_at


def test_a_title_is_the_first_question_until_it_is_renamed(kept: Conversations) -> None:
    identity, _ = append(kept, ANNA, None, answer("问 \n " + "长" * 80))
    assert kept.list(ANNA)[0].title == "问 " + "长" * 58
    assert kept.rename(ANNA, identity, " 茶\n与水 ").title == "茶 与水"
    kept.append(ANNA, identity, WATER, at=0)
    assert [info.title for info in kept.list(ANNA)] == ["茶 与水"]
    assert kept.rename(ANNA, identity, "  ").title == "水以何为上？"
    assert kept.rename(ANNA, identity, "x" * 61).title == "x" * 60
    assert kept.rename(ANNA, identity, "半\ud800").title == "半?"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("江水", True),
        ("江水 以何", True),
        ("江水 火星", False),
        ("ＴＥＡ", True),
        ("補全", False),
        ("%", False),
        ("河", False),
        ("", True),
        ("鐵", True),
    ],
)
def test_search_finds_words_in_title_question_and_answer(kept: Conversations, query: str, found: bool) -> None:
    identity, _ = append(kept, ANNA, None, WATER)
    kept.append(ANNA, identity, answer("铁壶好吗？", "不如陶壶。"))
    kept.rename(ANNA, identity, "Tea")
    kept.append(ANNA, None, answer("别的"))
    assert [info.conversation_id for info in kept.list(ANNA, query) if info.title == "Tea"] == [identity] * found


def test_asking_again_replaces_the_turns_from_there_on(kept: Conversations) -> None:
    identity, first = append(kept, ANNA, None, WATER)
    _, second = append(kept, ANNA, identity, REFUSED)
    kept.append(ANNA, identity, REFUSED)
    other, untouched = append(kept, ANNA, None, REFUSED)
    _, new = append(kept, ANNA, identity, answer("换一问", "答。"), at=1)
    assert kept.turns(ANNA, identity) == (first, new)
    assert new.turn_id > second.turn_id
    assert kept.turns(ANNA, other) == (untouched,)
    _, last = append(kept, ANNA, identity, WATER, at=7)
    assert kept.turns(ANNA, identity) == (first, new, last)
    with pytest.raises(QuestionError, match="-1"):
        kept.append(ANNA, identity, WATER, at=-1)


def test_what_was_asked_that_a_document_is_cited_for(kept: Conversations) -> None:
    first = kept.append(ANNA, None, answer("水？", "山水上。", "江水中。"))
    kept.append(ANNA, None, answer("酒？", "酒一杯。", document_id="wine"))
    kept.append(BO, None, answer("茶？", "茶一杯。"))
    kept.append(ANNA, None, answer("火星？"))  # a refusal names it as near, and does not cite it
    last = kept.append(ANNA, first.conversation_id, answer("井？", "井水下。"))
    again = kept.append(ANNA, None, answer("水？", "山水上。"))
    found = kept.citing(ANNA, "tea")
    assert [(turn.question, turn.turn_id, turn.conversation_id) for turn in found] == [
        ("水？", again.turn.turn_id, again.conversation_id),
        ("井？", last.turn.turn_id, first.conversation_id),
    ]
    assert found[1].target == last.turn.answer.citations[0].target
    assert kept.citing("c" * 32, "tea") == []


def test_a_rating_stays_with_its_turn(kept: Conversations) -> None:
    identity, first = append(kept, ANNA, None, WATER)
    other, second = append(kept, ANNA, None, REFUSED)
    kept.rate(ANNA, identity, first.turn_id, "good")
    assert [turn.rating for turn in (*kept.turns(ANNA, identity), *kept.turns(ANNA, other))] == ["good", None]
    kept.rate(ANNA, identity, first.turn_id, None)
    assert kept.turns(ANNA, identity)[0].rating is None
    with pytest.raises(NotFoundError, match=str(second.turn_id)):
        kept.rate(ANNA, identity, second.turn_id, "bad")


def test_what_is_removed_is_gone_with_its_turns(kept: Conversations, tmp_path: Path) -> None:
    identity, _ = append(kept, ANNA, None, WATER)
    other, turn = append(kept, ANNA, None, REFUSED)
    kept.remove(ANNA, identity)
    with pytest.raises(NotFoundError):
        kept.turns(ANNA, identity)
    assert rows(tmp_path, "SELECT turn_id FROM turns") == [(turn.turn_id,)]
    assert [info.conversation_id for info in kept.list(ANNA)] == [other]


def test_every_quote_is_kept_for_links_once(kept: Conversations, tmp_path: Path) -> None:
    identity, _ = append(kept, ANNA, None, WATER)
    kept.append(BO, None, WATER)
    kept.append(ANNA, identity, REFUSED)
    quote = WATER.citations[0].quote
    assert sorted(rows(tmp_path, 'SELECT document_id, start, "end", digest, quote FROM cited')) == [
        ("tea", 10, 10 + len(quote), digest(quote), quote),
        ("tea", 90, 93, digest("附录。"), "附录。"),
    ]


def test_a_damaged_answer_is_not_shown_and_can_be_deleted(kept: Conversations, tmp_path: Path) -> None:
    identity, _ = append(kept, ANNA, None, WATER)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        connection.execute("UPDATE turns SET answer = replace(answer, '江水', '河水')")
    with pytest.raises(StoreError, match="delete it"):
        kept.turns(ANNA, identity)
    assert kept.list(ANNA)[0].title == "水以何为上？"
    kept.remove(ANNA, identity)
    assert kept.list(ANNA) == []


def test_a_turn_is_rated_whatever_is_damaged_beside_it(kept: Conversations, tmp_path: Path) -> None:
    identity, first = append(kept, ANNA, None, WATER)
    _, second = append(kept, ANNA, identity, WATER)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        connection.execute("UPDATE turns SET crc = crc + 1 WHERE turn_id = ?", (first.turn_id,))
    rated = kept.rate(ANNA, identity, second.turn_id, "good")
    assert (rated.turn_id, rated.answer, rated.rating) == (second.turn_id, WATER, "good")
    with pytest.raises(StoreError, match="damaged"):
        kept.rate(ANNA, identity, first.turn_id, "bad")
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        assert connection.execute("SELECT rating FROM turns ORDER BY turn_id").fetchall() == [(None,), ("good",)]


def test_a_home_of_version_1_is_migrated_and_keeps_its_documents(tmp_path: Path) -> None:
    text = "猫在屋顶。"
    document = Document("cat", "cat.txt", "猫", text, (Paragraph(0, 0, len(text), ()),), "UTF-8")
    with Store.open(tmp_path / "new") as store:
        store.put(document, [Passage(0, 0, len(text), (), text)], "digest")
    old = tmp_path / "old"
    old.mkdir()
    with closing(sqlite3.connect(old / DATABASE)) as connection, connection:
        for statement in schema.MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {database._APPLICATION}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("ATTACH ? AS newer", (str(tmp_path / "new" / DATABASE),))
        for table in ("documents", "passages", "vectors"):
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
        connection.execute("UPDATE meta SET value = 1")
    with Store.open(old) as store:
        assert store.document("cat").text == text
        assert [stored.passage.text for stored in store.passages_of("cat")] == [text]
        assert store.generation == 1
        identity, turn = append(Conversations(store.database), ANNA, None, WATER)
        assert Conversations(store.database).turns(ANNA, identity) == (turn,)
    assert rows(old, "PRAGMA user_version") == [(len(schema.MIGRATIONS),)]
    assert rows(old, "PRAGMA foreign_key_check") == []
