"""What is added together is one batch: one transaction, one update of each index, and an outcome for each file."""

from fastapi.testclient import TestClient

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
