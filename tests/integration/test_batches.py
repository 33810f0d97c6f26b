"""What is added together is one batch: one transaction, one update of each index, and an outcome for each file."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from bot import intake
from bot.storage import fresh
from bot.web.api import create_app
from tests.parts import OpenBot


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


def test_of_a_great_many_the_first_are_indexed_while_others_are_read(
    open_bot: OpenBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh, "MANY", 1_000)
    monkeypatch.setattr(intake, "BATCH_BYTES", 500)
    bot, indexed = open_bot(), []

    def given() -> Iterator[tuple[str, bytes, str | None]]:
        for number in range(90):
            indexed.append((bot._indexes.lexical.passages, len(bot._indexes.vectors)))
            yield f"{number}.txt", f"{number}号仓库由第{number % 7}组看管，存放大米。".encode(), None

    reports = bot.add_files(given())
    assert {report.status for report in reports} == {"added"} and len(reports) == 90
    assert indexed[10] == (0, 0) and 0 < indexed[60][0] == indexed[60][1] <= 60
    assert bot._indexes.lexical.passages == len(bot._indexes.vectors) == 90
    assert bot.ask("77号仓库存放什么？").citations[0].source == "77.txt"
