"""What is added together is one batch: one transaction, one update of each index, and an outcome for each file.

Of very much it is several, each of which is indexed while the next is read.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot import Bot
from bot.storage import indexes
from bot.storage.lexical import Addition, LexicalIndex
from bot.types import Hit, StoreError
from bot.web.api import create_app
from tests.parts import OpenBot

FILES = [
    (f"{n % 40}.txt", f"第{n}号仓库规定\n第{n}号仓库存放大米{n * 7}吨。\n夜间由{n % 5}人看守。") for n in range(45)
]
QUESTIONS = ["夜间由几人看守？", "旧仓库在哪里？", *(f"{n}号仓库存放多少吨大米？" for n in (0, 4, 7, 39, 41, 44))]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents were begun with each time; batches are of two hundred bytes."""
    counts: list[int] = []
    begin = LexicalIndex.begin

    def counting(self: LexicalIndex, add: Iterable[Addition]) -> None:
        begin(self, listed := list(add))
        counts.append(len(listed))

    monkeypatch.setattr(LexicalIndex, "begin", counting)
    monkeypatch.setattr("bot.intake.BATCH_BYTES", 200)
    return counts


def found(bot: Bot) -> list[list[tuple[str, str]]]:
    def named(hits: Iterable[Hit]) -> list[tuple[str, str]]:
        return sorted((hit.source, hit.text) for hit in hits)

    assert [check for check in bot.check() if not check.ok] == []
    return [named(bot.search(question, limit=5)) for question in QUESTIONS]


def one_by_one(bot: Bot) -> list[list[tuple[str, str]]]:
    for name, text in (("3.txt", "旧仓库在河边。"), ("old.txt", "旧仓库在山上。"), *FILES):
        bot.add_bytes(name, text.encode())
    return found(bot)


@pytest.mark.parametrize("kept", ["sqlite", "postgres"])
def test_many_batches_are_indexed_as_one_after_the_other(
    open_bot: OpenBot, tmp_path: Path, begun: list[int], kept: str, request: pytest.FixtureRequest
) -> None:
    store = "" if kept == "sqlite" else request.getfixturevalue("postgres").new()
    with open_bot(home=tmp_path / "single") as bot:
        expected = one_by_one(bot)
    assert begun == []
    with open_bot(home=tmp_path / "many", store=store) as bot:
        bot.add_bytes("3.txt", "旧仓库在河边。".encode())
        bot.add_bytes("old.txt", "旧仓库在山上。".encode())
        reports = bot.add_files((name, text.encode(), None) for name, text in FILES)
        assert [report.status for report in reports].count("replaced") == 6
        assert len(begun) > 10 and sum(begun) > 30
        assert found(bot) == expected
        assert len(bot.documents()) == 41
    with open_bot(home=tmp_path / "many", store=store) as bot:
        assert found(bot) == expected


@pytest.mark.parametrize("step", ["begin_lexical", "begin_vectors"])
def test_what_could_not_be_begun_with_is_indexed_at_the_end(
    open_bot: OpenBot, tmp_path: Path, begun: list[int], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    work: Callable[..., None] = getattr(indexes, step)
    tries: list[int] = []

    def failing(*given: object) -> None:
        tries.append(1)
        if len(tries) % 3 == 2:
            raise StoreError("en", "zh")
        work(*given)

    with open_bot(home=tmp_path / "single") as bot:
        expected = one_by_one(bot)
    monkeypatch.setattr(indexes, step, failing)
    with open_bot(home=tmp_path / "many") as bot:
        bot.add_bytes("old.txt", "旧仓库在山上。".encode())
        bot.add_files((name, text.encode(), None) for name, text in FILES)
        assert len(tries) > 10
        assert found(bot) == expected


def test_an_error_while_reading_leaves_what_was_written_to_be_found(
    open_bot: OpenBot, tmp_path: Path, begun: list[int]
) -> None:
    def broken() -> Iterable[tuple[str, bytes, str | None]]:
        yield from ((name, text.encode(), None) for name, text in FILES[:30])
        raise RuntimeError

    with open_bot(home=tmp_path / "home") as bot:
        with pytest.raises(RuntimeError):
            bot.add_files(broken())
        assert sum(begun) > 20
        assert {hit.source for hit in bot.search("7号仓库存放多少吨大米？")} >= {"7.txt"}
        bot.add_files((name, text.encode(), None) for name, text in FILES[30:])
        assert len(bot.documents()) == 40
        found(bot)


def test_files_of_one_request_are_one_batch_with_an_outcome_each(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("3.txt", "第3条规定。".encode())
    before = bot._store.generation
    sent = [(f"{number}.txt", f"第{number}条规定。".encode()) for number in range(60)]
    sent[7], sent[30] = ("7.bin", b"x"), ("30.txt", b"")
    with TestClient(create_app(bot), base_url="http://127.0.0.1") as http:
        reports = http.post("/api/documents", files=[("files", file) for file in sent]).json()
    assert [report["source"] for report in reports] == [name for name, _ in sent]
    assert {name: report["status"] for (name, _), report in zip(sent, reports, strict=True)} == {
        **{name: "added" for name, _ in sent}, "3.txt": "unchanged", "7.bin": "failed", "30.txt": "failed",
    }  # fmt: skip
    assert bot._store.generation == before + 1
    assert len(bot.documents()) == 58
