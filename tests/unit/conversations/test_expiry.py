"""Conversations of visitors who never come back go after a while, and of one visitor so many are kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.conversations.kept import Conversations
from bot.engine import Bot
from bot.settings import Settings
from bot.storage.database import Database
from tests.integration.serving import make_home
from tests.old_homes import OldFile, write_home

ANNA, BO = "a" * 32, "b" * 32
FIRST = date(2026, 3, 1)
"""The day a test begins on: one of its own, for the clock may pass midnight within it."""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Bot.open(settings=Settings(home=make_home(tmp_path_factory.mktemp("home")), seeds=None)) as bot:
        yield bot


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(Database(tmp_path / "home.db"), days=90, most=3)


def talk(kept: Conversations, bot: Bot, visitor: str, question: str = "滞纳金是多少？", to: str | None = None) -> str:
    return kept.append(visitor, to, bot.ask(question)).conversation_id


def after(days: int) -> date:
    return FIRST + timedelta(days=days)


def test_whoever_comes_back_keeps_theirs(kept: Conversations, bot: Bot) -> None:
    for visitor in (ANNA, BO):
        talk(kept, bot, visitor)
        kept.visit(visitor, FIRST)
    assert kept.expire(after(90)) == 0
    kept.visit(ANNA, after(60))  # who only looks comes back too
    assert kept.expire(after(91)) == 1
    assert (len(kept.list(ANNA)), kept.list(BO)) == (1, [])
    assert kept.expire(after(150)) == 0
    assert kept.expire(after(151)) == 1
    assert kept.list(ANNA) == []


def test_a_question_counts_as_a_visit_on_its_day(kept: Conversations, bot: Bot) -> None:
    talk(kept, bot, ANNA)
    day = date.fromisoformat(kept.list(ANNA)[0].updated_at[:10])
    assert (kept.expire(day + timedelta(days=90)), kept.expire(day + timedelta(days=91))) == (0, 1)


def test_the_first_visit_of_a_day_makes_the_old_ones_go(kept: Conversations, bot: Bot) -> None:
    talk(kept, bot, ANNA)
    kept.visit(ANNA, FIRST)
    kept.visit(BO, after(90))
    assert len(kept.list(ANNA)) == 1
    kept.visit(BO, after(91))
    assert kept.list(ANNA) == []


def test_a_visitor_without_conversations_leaves_nothing(kept: Conversations) -> None:
    kept.visit(ANNA, FIRST)
    assert kept.expire(after(1000)) == 0


def test_a_visitor_keeps_so_many_and_the_oldest_goes(kept: Conversations, bot: Bot) -> None:
    other = talk(kept, bot, BO)
    first, second, third = (talk(kept, bot, ANNA) for _ in range(3))
    talk(kept, bot, ANNA, to=first)  # it was added to last
    fourth = talk(kept, bot, ANNA)
    assert [info.conversation_id for info in kept.list(ANNA)] == [fourth, first, third]
    assert second not in {info.conversation_id for info in kept.list(ANNA)}
    assert [info.conversation_id for info in kept.list(BO)] == [other]


def test_an_older_home_counts_from_the_day_it_is_opened(tmp_path: Path, bot: Bot) -> None:
    write_home(tmp_path, [OldFile("a.txt", "猫在屋顶。".encode())], 2)
    with Bot.open(settings=Settings(home=tmp_path, seeds=None)) as old:
        path = old._store.database
        with path.write() as connection:
            connection.execute("INSERT INTO conversations VALUES ('c', ?, NULL)", (ANNA,))
        assert old.conversations.expire(date.max) == 0  # one that no visit is known of is left
