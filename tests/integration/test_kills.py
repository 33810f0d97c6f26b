"""Killed at any moment, a process leaves what it has acknowledged, whole, and nothing by halves.

By hand with as many kills as wanted: ``KILLS=400 python -m pytest -n 0 tests/integration/test_kills.py``.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

import pytest

from bot import Bot, Settings
from embeddings.loading import load_encoder
from tests.integration.killing import FINE, VERSIONS, VISITOR, Action, actions, make_home, write_files
from tests.integration.serving import ROOT, environment

KILLS = int(os.environ.get("KILLS", "24"))
ALWAYS = {"library.md", "garden.md"}

State = dict[str, int]
"""The version in which each file is there."""


class Expected:
    """The documents that come of each file in each version, as a home tells that nothing has disturbed."""

    def __init__(self, files: Path, home: Path) -> None:
        self._texts: dict[tuple[str, int], dict[str, str]] = {}
        for version in range(VERSIONS):
            with Bot.open(settings=Settings(home=home / str(version), seeds=None, reader="off")) as bot:
                for path in sorted((files / str(version)).iterdir()):
                    documents = [report.document for report in bot.add(path) if report.document]
                    self._texts[path.name, version] = {
                        info.source: bot.document(info.document_id).text for info in documents
                    }

    def texts(self, state: State) -> dict[str, str]:
        return {source: text for item in state.items() for source, text in self._texts[item].items()}


def after(state: State, action: Action) -> State:
    if action.what == "put":
        return state | dict.fromkeys(action.names, action.version)
    return {name: version for name, version in state.items() if action.what != "remove" or name not in action.names}


def kill_once(killer: "subprocess.Popen[str]", seed: int, rng: random.Random) -> tuple[list[int], int | None]:
    """Let a process work and kill it; return the numbers of the actions done, and of the one that it was at."""
    assert killer.stdin is not None
    assert killer.stdout is not None
    killer.stdin.write(f"{seed}\n")
    killer.stdin.flush()
    pid = int(killer.stdout.readline().split()[1])
    lines = rng.choice((0, 1, 2, 4, 7, 12))
    delay = rng.uniform(0, 0.6 if lines == 0 else 0.25)
    done: list[int] = []
    begun = None
    timer = None
    for number in range(1000):
        if number == lines:
            timer = Timer(delay, os.kill, (pid, signal.SIGKILL))
            timer.start()
        word, *rest = killer.stdout.readline().split()
        if word == "ended":
            break
        if word == "begin":
            begun = int(rest[0])
        elif word == "done":
            done.append(int(rest[0]))
            begun = None
    assert timer is not None
    timer.join()
    return done, begun


def assert_whole(home: Path, expected: Expected, allowed: list[State], turns: range) -> tuple[State, int]:
    """Open a home, look through it all; return in which of the states it is, and how many turns it holds."""
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot:
        texts = {info.source: bot.document(info.document_id).text for info in bot.documents()}
        assert set(texts) >= ALWAYS
        found = {source: text for source, text in texts.items() if source not in ALWAYS}
        fitting = [state for state in allowed if expected.texts(state) == found]
        assert fitting, f"{sorted(found)} is none of {[sorted(expected.texts(state)) for state in allowed]}"
        assert [check for check in bot.check() if not check.ok] == []
        assert bot.ask(FINE).citations[0].source == "library.md"
        kept = sum(info.turns for info in bot.conversations.list(VISITOR))
        assert kept in turns
    assert [path.name for path in home.rglob("*.tmp*")] == []
    return fitting[0], kept


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: a kill, unlike a power cut, does not care whether a disk has written."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_kills_at_any_moment_lose_nothing_acknowledged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engine.load_encoder", cache(load_encoder))
    home, files = folder / "home", folder / "files"
    write_files(files)
    make_home(home)
    expected = Expected(files, folder / "sound")
    rng = random.Random(time.time_ns())
    state: State = {}
    turns = 0
    reached: Counter[str] = Counter()
    command = [sys.executable, "-m", "tests.integration.killing", str(home), str(files)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(YOUJU_READER="off"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as killer:
        for number in range(KILLS):
            seed = rng.randrange(1 << 30)
            plan = actions(seed)
            done, begun = kill_once(killer, seed, rng)
            for place in done:
                state = after(state, plan[place])
                turns += plan[place].what == "chat"
            allowed, most = [state], turns
            if begun is not None:
                allowed.append(after(state, plan[begun]))
                most += plan[begun].what == "chat"
                reached[plan[begun].what] += 1
            try:
                state, turns = assert_whole(home, expected, allowed, range(turns, most + 1))
            except AssertionError as error:
                raise AssertionError(f"kill {number}, seed {seed}, after {done}, at {begun}") from error
        killer.stdin.close()  # type: ignore[union-attr]
    assert sum(reached.values()) > KILLS // 4  # most kills fall into the midst of something
