"""Workers over one PostgreSQL: what is queued, by a server or by command, becomes what adding it would make."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.storage.jobs import JobTable
from bot.storage.store import Store
from tests.integration.serving import MANUAL, ROOT, environment, running, wait_for
from tests.parts import OpenBot
from tests.postgres import Postgres

QUESTION = "学生读者每次可以借阅多少册？"


@contextmanager
def working(home: Path, url: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Start ``python -m bot work``; it is ready when this begins, and ends when the block does."""
    command = [sys.executable, "-m", "bot", "--home", str(home), "work", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, env=environment(YOUJU_STORE=url)
    ) as process:
        try:
            assert process.stdout is not None
            assert "ready" in process.stdout.readline()
            yield process
        finally:
            process.terminate()


def test_a_queued_file_is_read_and_answered_as_an_added_one(
    tmp_path: Path, open_bot: OpenBot, postgres: Postgres
) -> None:
    url = postgres.new()
    alone = open_bot("alone")
    alone.add_bytes("借阅办法.md", MANUAL.encode())
    expected = alone.ask(QUESTION)
    with ExitStack() as stack:
        environment = {"YOUJU_STORE": url, "YOUJU_READER": "off", "YOUJU_SEEDS": str(tmp_path / "none")}
        server = stack.enter_context(running(tmp_path / "server", **environment))
        client = stack.enter_context(server.client())
        files = [("files", ("借阅办法.md", MANUAL.encode())), ("files", ("坏.docx", b"no archive"))]
        sent = client.post("/api/documents", params={"queue": True}, files=files)
        assert sent.status_code == 202
        assert [report["status"] for report in sent.json()] == ["queued", "queued"]
        assert [job["state"] for job in client.get("/api/jobs").json()] == ["waiting", "waiting"]
        worker = stack.enter_context(working(tmp_path / "worker", url))
        assert worker.stdout is not None
        assert worker.stdout.readline() == "read: 借阅办法.md\n"
        assert worker.stdout.readline().startswith("failed: 坏.docx: ")
        answer = client.post("/api/ask", json={"question": QUESTION}).json()
        assert (answer["text"], answer["confidence"]) == (expected.text, expected.confidence)
        (failed,) = client.get("/api/jobs").json()
        assert (failed["source"], failed["state"]) == ("坏.docx", "failed") and failed["error_zh"]
        assert client.delete(f"/api/jobs/{failed['job_id']}").status_code == 204
        assert client.get("/api/jobs").json() == []
        assert client.delete(f"/api/jobs/{failed['job_id']}").status_code == 404
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    with Store.open(tmp_path / "look", url) as store:
        assert len(store.missing_vectors(alone.encoder.name)) == 0  # the worker has made them
        assert store.document(store.names()["借阅办法.md"]) == alone.document(alone.documents()[0].document_id)


def test_a_folder_is_queued_by_command_and_read_by_a_worker_that_ends(
    tmp_path: Path, postgres: Postgres, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    (folder / "a.md").write_text(MANUAL, encoding="utf-8")
    (folder / "below" / "b.txt").write_text("二", encoding="utf-8")
    home = ["--home", str(tmp_path / "home"), "--lang", "en"]
    assert main([*home, "add", "--queue", str(folder)]) == 1
    assert "need a PostgreSQL" in capsys.readouterr().err
    assert main([*home, "work", "--once"]) == 1
    assert "YOUJU_STORE" in capsys.readouterr().err
    url = postgres.new()
    monkeypatch.setenv("YOUJU_STORE", url)
    assert main([*home, "add", "--queue", str(folder), str(tmp_path / "none.md")]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == ["queued: a.md", "queued: below/b.txt"] and "none.md" in told.err
    assert main([*home, "add", "--queue", "--password", "x", str(folder)]) == 1
    assert "without --queue" in capsys.readouterr().err
    with working(tmp_path / "worker", url, "--once") as worker:
        assert worker.wait(60) == 0
        assert worker.stdout is not None
        assert re.findall("read: (.+)", worker.stdout.read()) == ["a.md", "below/b.txt"]
    with Store.open(tmp_path / "look", url) as store:
        assert sorted(store.names()) == ["a.md", "below/b.txt"]
        assert JobTable(store.database).all() == []


def test_the_file_of_a_killed_worker_is_read_by_another(tmp_path: Path, postgres: Postgres) -> None:
    url = postgres.new()
    with Store.open(tmp_path / "look", url) as store:
        jobs = JobTable(store.database)
        jobs.queue([("large.txt", "\n".join(f"第{number}条 内容{number}。" for number in range(6_000)).encode())])
        with working(tmp_path / "one", url, "--lease", "2") as first:
            wait_for(lambda: [job.state for job in jobs.all()] == ["reading"])
            first.kill()
            first.wait()
        assert store.documents() == []
        with working(tmp_path / "two", url, "--lease", "2") as second:
            assert second.stdout is not None
            assert second.stdout.readline() == "read: large.txt\n"
        assert [info.source for info in store.documents()] == ["large.txt"]
        assert (jobs.all(), store.damaged(), store.faults()) == ([], [], [])
