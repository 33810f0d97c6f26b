"""Three web servers over one PostgreSQL, killed at random while they add and answer; the database too.

``KILLS=50`` before it: so many kills, by hand.
"""

import os
import random
import signal
import threading
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest

from bot.cli.main import main
from bot.storage.store import Store
from tests.integration.serving import MANUAL, Running, running
from tests.postgres import Postgres

KILLS = int(os.environ.get("KILLS", "2"))
QUESTION = "学生读者每次可以借阅多少册？"


class Adding(threading.Thread):
    """Adds one document after the other by a server, whichever it is then, and notes what was acknowledged."""

    def __init__(self, servers: list[Running], at: int) -> None:
        super().__init__(daemon=True)
        self.kept: dict[str, str] = {}
        self._servers, self._at, self._done = servers, at, threading.Event()

    def run(self) -> None:
        number = 0
        while not self._done.is_set():
            name, number = f"{self._at}-{number}.txt", number + 1
            text = f"第{number}号仓库由第{self._at}组看管。"
            with suppress(httpx.HTTPError), self._servers[self._at].client() as client:
                sent = client.post("/api/documents", files=[("files", (name, text.encode()))])
                if sent.is_success:
                    self.kept[name] = text
                client.post("/api/ask", json={"question": QUESTION})

    def end(self) -> None:
        self._done.set()
        self.join(120)


@pytest.mark.skipif("KILLS" not in os.environ, reason="over a minute: KILLS=2 before the command runs it")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    rng = random.Random(KILLS)
    with Postgres(sync=True) as postgres, ExitStack() as stack:
        url = postgres.new()

        def server(number: int) -> Running:
            home = tmp_path / str(number)
            return stack.enter_context(
                running(home, YOUJU_STORE=url, YOUJU_READER="off", YOUJU_SEEDS=str(tmp_path / "none"))
            )

        servers = [server(number) for number in range(3)]
        with servers[0].client() as client:
            assert client.post("/api/documents", files=[("files", ("借阅办法.md", MANUAL.encode()))]).is_success
            first = client.post("/api/ask", json={"question": QUESTION}).json()["text"]
        assert "二十册" in first
        adding = [Adding(servers, number) for number in range(3)]
        for one in adding:
            one.start()
        for kill in range(KILLS):
            which = rng.randrange(3)
            servers[which].process.kill()
            servers[which].process.wait()
            if kill % 5 == 1:  # the database as well
                postgres.stop(signal.SIGQUIT)
                postgres.start()
            servers[which] = server(which)
        for one in adding:
            one.end()
        kept = {name: text for one in adding for name, text in one.kept.items()}
        assert len(kept) >= 3
        for one in servers:
            with one.client() as client:
                listed = [document["source"] for document in client.get("/api/documents").json()]
                assert len(listed) == len(set(listed))
                assert kept.keys() <= set(listed)
                assert client.post("/api/ask", json={"question": QUESTION}).json()["text"] == first
        with Store.open(tmp_path / "look", url) as store:
            texts = {text.source: text.text.strip() for text in store.texts()}
            assert {name: texts[name] for name in kept} == kept
            assert (store.faults(), store.damaged(), store.damaged_others()) == ([], [], [])


def test_the_command_line_moves_a_home(tmp_path: Path, postgres: Postgres, capsys: pytest.CaptureFixture[str]) -> None:
    home, back = ["--home", str(tmp_path / "home")], str(tmp_path / "back")
    file = tmp_path / "a.md"
    file.write_text(MANUAL, encoding="utf-8")
    assert main([*home, "add", str(file)]) == 0
    url = postgres.new()
    assert main([*home, "--lang", "en", "move", "--to", url]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("moved: ")
    assert main([*home, "--lang", "en", "move", "--to", url]) == 1
    assert "choose a new place" in capsys.readouterr().err
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YOUJU_STORE", url)
        assert main([*home, "--lang", "en", "backup", str(tmp_path / "b")]) == 1
        assert "pg_dump" in capsys.readouterr().err
        assert main([*home, "--lang", "en", "move", "--to", back]) == 0
    with Store.open(Path(back)) as store:
        assert "a.md" in store.names()
        assert store.damaged() == []
