"""Folders while they change: a run that is killed, and a server that watches."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import Bot, Settings
from bot.storage.store import Store
from tests.integration.serving import GARDEN, MANUAL, ROOT, environment, running, wait_for


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "资料"
    (root / "in").mkdir(parents=True)
    (root / "library.md").write_text(MANUAL, encoding="utf-8")
    (root / "in" / "garden.txt").write_text(GARDEN, encoding="utf-8")
    return root


def test_a_run_that_is_killed_goes_on_and_ends_with_what_is_there(root: Path, tmp_path: Path) -> None:
    for number in range(700):
        (root / f"{number}.txt").write_text(f"第{number}号文件说到第{number * 7}项。", encoding="utf-8")
    command = [sys.executable, "-m", "bot", "--home", str(tmp_path / "home"), "sync", str(root)]
    environ = environment(YOUJU_SEEDS=str(tmp_path / "none"))
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as process:
        with Store.open(tmp_path / "home") as store:
            wait_for(store.names)
        process.kill()
    (root / "1.txt").unlink()
    (root / "2.txt").rename(root / "in" / "2.txt")
    (root / "3.txt").write_text("改过了。", encoding="utf-8")
    with Bot.open(settings=Settings(home=tmp_path / "home", seeds=None)) as bot:
        bot.folders.sync("资料")
        assert bot.folders.sync("资料").unchanged == 701
        texts = {info.source: bot.document(info.document_id).text for info in bot.documents()}
        assert [check for check in bot.check() if not check.ok] == []
    files = [path for path in root.rglob("*") if path.is_file()]
    assert texts == {f"资料/{path.relative_to(root).as_posix()}": path.read_text(encoding="utf-8") for path in files}


def test_a_server_that_watches_follows(tmp_path: Path, root: Path) -> None:
    more = {"YOUJU_FOLDERS": str(root), "YOUJU_SEEDS": str(tmp_path / "none"), "YOUJU_READER": "off"}
    with running(tmp_path / "home", "--watch", **more) as server, server.client() as http:

        def sources() -> set[str]:
            return {item["source"] for item in http.get("/api/documents").json()}

        def follows(expected: set[str]) -> None:
            wait_for(lambda: sources() == expected)

        follows({"资料/in/garden.txt", "资料/library.md"})
        assert server.line() == "资料: added 2, changed 0, moved 0, removed 0\n"
        (root / "cat.txt").write_text("猫在屋顶晒太阳。", encoding="utf-8")
        follows({"资料/cat.txt", "资料/in/garden.txt", "资料/library.md"})
        (root / "cat.txt").rename(root / "in" / "cat.txt")
        follows({"资料/in/cat.txt", "资料/in/garden.txt", "资料/library.md"})
        assert ask(http, "猫在哪里晒太阳？")[0]["source"] == "资料/in/cat.txt"
        (root / "in" / "cat.txt").unlink()
        follows({"资料/in/garden.txt", "资料/library.md"})
        root.rename(tmp_path / "away")
        while "Nothing was changed" not in (line := server.line()):
            assert line.startswith("资料: ")
        assert sources() == {"资料/in/garden.txt", "资料/library.md"}
        (tmp_path / "away").rename(root)
        (root / "back.txt").write_text("又回来了。", encoding="utf-8")
        follows({"资料/back.txt", "资料/in/garden.txt", "资料/library.md"})


def ask(http: httpx.Client, question: str) -> list[dict[str, Any]]:
    citations: list[dict[str, Any]] = http.post("/api/ask", json={"question": question}).json()["citations"]
    return citations
