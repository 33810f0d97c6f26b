"""Several homes over one PostgreSQL: what one adds the others answer, and answers are those of a home by itself."""

from pathlib import Path

import psycopg
import pytest

from bot.engine import Bot
from bot.folders.watching import Watcher
from bot.types import StoreError
from tests.integration.serving import MANUAL, wait_for
from tests.parts import OpenBot
from tests.postgres import Postgres

QUESTIONS = ("每次可以借阅多少册？", "逾期怎么办？", "办法分哪几部分？", "火星上有水吗？")


def test_what_one_adds_the_other_answers_as_a_home_by_itself_would(open_bot: OpenBot, postgres: Postgres) -> None:
    store = postgres.new()
    alone, first, second = open_bot("alone"), open_bot("first", store=store), open_bot("second", store=store)
    for bot in (alone, first):
        assert bot.add_bytes("借阅办法.md", MANUAL.encode()).status == "added"
    for question in QUESTIONS:
        expected = alone.ask(question)
        for bot in (first, second):
            answer = bot.ask(question)
            assert (answer.text, answer.citations, answer.confidence) == (
                expected.text, expected.citations, expected.confidence,
            )  # fmt: skip
    assert second.add_bytes("借阅办法.md", MANUAL.encode()).status == "unchanged"
    second.remove(second.documents()[0].document_id)
    assert first.documents() == [] and first.ask(QUESTIONS[0]).abstained


def test_what_others_change_is_heard_before_anybody_asks(open_bot: OpenBot, postgres: Postgres) -> None:
    store = postgres.new()
    first, second = open_bot("first", store=store), open_bot("second", store=store)
    second.get_ready()
    first.add_bytes("借阅办法.md", MANUAL.encode())
    wait_for(lambda: is_up_to_date(second))
    with psycopg.connect(store, autocommit=True) as connection:
        listening = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%' AND datname = %s"
        )
        assert connection.execute(listening, (store.rpartition("/")[2],)).fetchall() == [(True,)]
    first.add_bytes("又一份.md", MANUAL.encode())
    wait_for(lambda: is_up_to_date(second))


def is_up_to_date(bot: Bot) -> bool:
    indexes = bot._indexes
    return indexes.lexical.generation == indexes.vectors.generation == bot.generation


def test_conversations_marks_and_keys_are_everybodys(open_bot: OpenBot, postgres: Postgres) -> None:
    store = postgres.new()
    first, second = open_bot("first", store=store), open_bot("second", store=store)
    first.add_bytes("借阅办法.md", MANUAL.encode())
    kept = first.conversations.append("a" * 32, None, first.ask(QUESTIONS[0]))
    assert second.conversations.turns("a" * 32, kept.conversation_id)[0].answer.question == QUESTIONS[0]
    key = first.keys.new("one", "reader")
    assert second.keys.find(key.secret) == key.key
    second.synonyms.add([["借阅", "外借"]])
    assert first.synonyms.all() == second.synonyms.all() != []


def test_the_database_may_start_anew(tmp_path: Path, open_bot: OpenBot) -> None:
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "a.txt").write_text("甲", encoding="utf-8")
    with Postgres(sync=True) as server:
        bot = open_bot("first", store=server.new())
        watcher = Watcher(bot.folders, lambda en, zh: None, follow=True)
        watcher.start()
        bot.add_bytes("借阅办法.md", MANUAL.encode())
        before = bot.ask(QUESTIONS[0])
        server.stop()
        server.start()
        assert bot.ask(QUESTIONS[0]).text == before.text
        assert bot.add_bytes("又一份.md", MANUAL.encode()).status == "added"
        bot.folders.keep(folder)
        assert wait_for(lambda: [info for info in bot.documents() if info.source == "laws/a.txt"])
        watcher.stop()
        bot.close()


def test_what_is_wrong_with_the_address_is_said_without_its_password(open_bot: OpenBot) -> None:
    for address in ("postgresql://me:secret@127.0.0.1:1/none", "http://me:secret@127.0.0.1/none"):
        with pytest.raises(StoreError) as caught:
            open_bot("first", store=address)
        assert "secret" not in caught.value.en + caught.value.zh


def test_a_read_replica_answers_and_changes_nothing(open_bot: OpenBot) -> None:
    with Postgres() as server:
        store = server.new()
        main = open_bot("main", store=store)
        main.add_bytes("借阅办法.md", MANUAL.encode())
        with server.replica() as replica:
            following = replica.url(store.rpartition("/")[2])
            reading = open_bot("reading", store=following)
            for question in QUESTIONS:
                assert reading.ask(question).text == main.ask(question).text
            with pytest.raises(StoreError, match="read replica"):
                reading.add_bytes("又一份.md", b"# \xe4\xb9\x99")
            main.add_bytes("又一份.md", "滞纳金每日五角。".encode())
            with psycopg.connect(store) as one, psycopg.connect(following) as other:
                (written,) = one.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
                arrived = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
                while other.execute(arrived, (written,)).fetchone() == (False,):
                    other.rollback()
            assert len(reading.documents()) == 2
            assert reading.ask(QUESTIONS[0]).text == main.ask(QUESTIONS[0]).text
            reading.close()
        main.close()
