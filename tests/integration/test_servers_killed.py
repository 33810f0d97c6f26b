"""Three web servers and two workers over one PostgreSQL, killed at random while they add and answer; the database too.

``KILLS=50`` before it: so many kills, by hand.
"""

import os
import random
import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from subprocess import Popen
from typing import Any

import httpx
import psycopg

from bot.storage.jobs import JobTable
from bot.storage.moving import move
from bot.storage.store import Store
from tests.integration.serving import MANUAL, Running, running, wait_for
from tests.integration.test_workers import working
from tests.parts import OpenBot
from tests.postgres import Postgres

KILLS = int(os.environ.get("KILLS", "2"))
SERVERS, WORKERS = 3, 2
EVERY = 7
"""After so many kills the database is killed as well."""
QUESTION = "学生读者每次可以借阅多少册？"
QUESTIONS = (QUESTION, "逾期怎么办？", "火星上有水吗？")
LEASE = "4"


class Adding(threading.Thread):
    """Adds documents by a server, in turn at once and by the queue, and asks; notes what was acknowledged."""

    def __init__(self, servers: list[Running], at: int) -> None:
        super().__init__(daemon=True)
        self.kept: dict[str, str] = {}
        self.answers: set[str] = set()
        self._servers, self._at, self._done = servers, at, threading.Event()

    def run(self) -> None:
        number = 0
        while not self._done.is_set():
            code, number = SERVERS * number + self._at, number + 1
            name, text = f"{code}.txt", f"{code}号仓库由第{self._at}组看管。"
            with suppress(httpx.HTTPError), self._servers[self._at].client() as client:
                files = [("files", (name, text.encode()))]
                if client.post("/api/documents", params={"queue": number % 2 == 0}, files=files).is_success:
                    self.kept[name] = text
                asked = client.post("/api/ask", json={"question": QUESTION})
                if asked.is_success:
                    self.answers.add(asked.json()["text"])

    def end(self) -> None:
        self._done.set()
        self.join(120)


class Cluster:
    """The servers and workers, each in a process of its own and with a folder of its own."""

    def __init__(self, stack: ExitStack, folder: Path, url: str) -> None:
        self._stack, self._folder, self._url = stack, folder, url
        with ThreadPoolExecutor() as together:
            servers, workers = together.map(self._server, range(SERVERS)), together.map(self._worker, range(WORKERS))
            self.servers, self.workers = list(servers), list(workers)

    def _server(self, number: int) -> Running:
        settings = {"YOUJU_STORE": self._url, "YOUJU_READER": "off", "YOUJU_SEEDS": str(self._folder / "none")}
        return self._stack.enter_context(running(self._folder / f"server{number}", **settings))

    def _worker(self, number: int) -> Popen[str]:
        return self._stack.enter_context(working(self._folder / f"worker{number}", self._url, "--lease", LEASE))

    def kill(self, which: int) -> None:
        """Kill one, and start another in its place: over the folder that it left."""
        process: Popen[Any] = self.servers[which].process if which < SERVERS else self.workers[which - SERVERS]
        process.kill()
        process.wait()
        if which < SERVERS:
            self.servers[which] = self._server(which)
        else:
            self.workers[which - SERVERS] = self._worker(which - SERVERS)


def code_of(name: str) -> int:
    return int(name.removesuffix(".txt"))


def test_nothing_acknowledged_is_lost_and_nothing_is_written_twice(tmp_path: Path, open_bot: OpenBot) -> None:
    rng = random.Random(KILLS)
    with Postgres(sync=True) as postgres, ExitStack() as stack:
        url = postgres.new()
        cluster = Cluster(stack, tmp_path, url)
        with cluster.servers[0].client() as client:
            assert client.post("/api/documents", files=[("files", ("借阅办法.md", MANUAL.encode()))]).is_success
        adding = [Adding(cluster.servers, number) for number in range(SERVERS)]
        for one in adding:
            one.start()
        for kill in range(KILLS):
            cluster.kill(rng.randrange(SERVERS + WORKERS))
            if kill % EVERY == 1:
                postgres.stop(signal.SIGQUIT)
                postgres.start()
        wait_for(lambda: all(one.kept for one in adding), 60)
        for one in adding:
            one.end()
        kept = {name: text for one in adding for name, text in one.kept.items()}
        with Store.open(tmp_path / "look", url) as store:
            wait_for(lambda: JobTable(store.database).all() == [], 60)
            texts = {text.source: text.text.strip() for text in store.texts()}
            assert {name: texts[name] for name in kept} == kept
            assert (store.faults(), store.damaged(), store.damaged_others()) == ([], [], [])
            # The same order too: of texts that are alike, the first is taken.
            with Store.open(tmp_path / "alone") as home:
                move(store.database, home.database)
        with psycopg.connect(url) as connection:  # each file became a document once, whoever was killed meanwhile
            rows = connection.execute("SELECT document_id FROM changes WHERE added = 1").fetchall()
        assert max(Counter(rows).values()) == 1 and len(rows) == len(texts)
        alone = open_bot("alone")
        # Nothing that stands alike in many texts: which of those comes first, the order of writing decides.
        questions = (*QUESTIONS, f"{min(map(code_of, kept))}号仓库由谁看管？")
        expected = [alone.ask(question) for question in questions]
        assert {answer for one in adding for answer in one.answers} == {expected[0].text}
        for one in cluster.servers:
            with one.client() as client:
                told = [client.post("/api/ask", json={"question": question}).json() for question in questions]
            assert [answer["text"] for answer in told] == [answer.text for answer in expected]
        print(f"{KILLS} kills, {len(kept)} acknowledged, {len(texts)} documents")  # noqa: T201
