"""Documents that are asked together."""

import pytest

from bot.engine import Bot
from bot.types import NotFoundError, QuestionError, YoujuError
from tests.parts import OpenBot

TEXTS = {"a/one.txt": "猫在屋顶晒太阳。", "a/in/two.txt": "猫在院子里晒太阳。", "b/three.txt": "猫在树上晒太阳。",
         "four.txt": "猫在床上晒太阳。"}  # fmt: skip


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_files((source, text.encode(), None) for source, text in TEXTS.items())
    return bot


def sources(bot: Bot, ids: list[str]) -> list[str]:
    names = {info.document_id: info.source for info in bot.documents()}
    return [names[one] for one in ids]


def id_of(bot: Bot, source: str) -> str:
    return next(info.document_id for info in bot.documents() if info.source == source)


def test_folders_with_those_below_and_tags_are_collections(bot: Bot) -> None:
    assert bot.collections.tag(id_of(bot, "four.txt"), [" 重要 ", "待办", "重要"]) == ("待办", "重要")
    bot.collections.tag(id_of(bot, "b/three.txt"), ["重要"])
    assert [(one.name, one.kind, one.documents) for one in bot.collections.all()] == [
        ("a", "folder", 2), ("b", "folder", 1), ("待办", "tag", 1), ("重要", "tag", 2)
    ]  # fmt: skip
    assert sources(bot, bot.collections.documents("a")) == ["a/in/two.txt", "a/one.txt"]
    assert sources(bot, bot.collections.documents("a/in/")) == ["a/in/two.txt"]
    assert sources(bot, bot.collections.documents("重要")) == ["b/three.txt", "four.txt"]
    assert {info.source: info.tags for info in bot.documents() if info.tags} == {
        "b/three.txt": ("重要",), "four.txt": ("待办", "重要")
    }  # fmt: skip


def test_asking_and_searching_look_in_a_collection_alone(bot: Bot) -> None:
    bot.collections.tag(id_of(bot, "a/one.txt"), ["旧"])
    question = "猫在哪里晒太阳？"
    assert [hit.source for hit in bot.search(question, collection="b")] == ["b/three.txt"]
    assert {hit.source for hit in bot.search(question, collection="a")} == {"a/one.txt", "a/in/two.txt"}
    assert [hit.source for hit in bot.search(question, collection="a", tag="旧")] == ["a/one.txt"]
    assert bot.search(question, collection="b", tag="旧") == []
    answer = bot.ask(question, collection="b")
    assert [citation.source for citation in answer.citations] == ["b/three.txt"]
    assert answer.trace.scope == (id_of(bot, "b/three.txt"),)
    for scope in ({"collection": "none"}, {"tag": "a"}):
        with pytest.raises(NotFoundError):
            bot.ask(question, **scope)


def test_a_collection_is_removed_as_a_whole_and_its_tags_with_it(bot: Bot) -> None:
    bot.collections.tag(id_of(bot, "a/one.txt"), ["旧"])
    assert bot.collections.remove("a") == 2
    assert [info.source for info in bot.documents()] == ["b/three.txt", "four.txt"]
    assert [one.name for one in bot.collections.all()] == ["b"]
    with pytest.raises(NotFoundError):
        bot.collections.remove("a")
    bot.add_bytes("a/one.txt", TEXTS["a/one.txt"].encode())
    assert {info.tags for info in bot.documents()} == {()}
    assert [check for check in bot.check() if not check.ok] == []


def test_what_is_kept_in_step_is_not_removed_but_forgotten(bot: Bot, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("in") / "kept"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "x.txt").write_text("狗在院子里。", encoding="utf-8")
    bot.folders.keep(root)
    assert bot.collections.documents("kept") == []
    bot.folders.sync("kept")
    for name in ("kept", "kept/sub"):
        with pytest.raises(YoujuError, match="kept in step with a folder"):
            bot.collections.remove(name)


@pytest.mark.parametrize("tags", [[""], ["  "], ["x" * 41], [str(number) for number in range(21)], ["a\x00b"]])
def test_tags_have_bounds(bot: Bot, tags: list[str]) -> None:
    with pytest.raises(QuestionError):
        bot.collections.tag(id_of(bot, "four.txt"), tags)


def test_tags_stay_when_a_document_is_replaced(bot: Bot) -> None:
    bot.collections.tag(id_of(bot, "four.txt"), ["旧"])
    bot.add_bytes("four.txt", "狗在床上晒太阳。".encode())
    assert bot.collections.tagged("旧") == [id_of(bot, "four.txt")]
    with pytest.raises(NotFoundError):
        bot.collections.tag("0" * 16, ["旧"])
