"""Killed at any moment, a run of ``sync`` leaves whole documents; the next one ends with what stands in the folder.

By hand with as many kills as wanted: ``KILLS=400 python -m pytest -n 0 tests/integration/test_kills_of_sync.py``.
"""

import os
import random
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Timer

import pytest

from bot import Bot, Settings
from bot.documents.parser import parse
from embeddings.loading import load_encoder
from tests.integration.killing import in_format
from tests.integration.serving import ROOT, environment

KILLS = int(os.environ.get("KILLS", "12"))
ROUND = 4
"""Kills between two runs that come to their end."""
TAGGED = "tagged"
SUFFIXES = (".txt", ".txt", ".txt", ".docx", ".xlsx", ".html", ".eml")
SPOILED = bytes(range(256)) * 3


@cache
def text_of(suffix: str, data: bytes) -> str:
    """Return the text that is read of a file where nothing disturbs."""
    return parse(f"a{suffix}", data).text


class Disk:
    """A folder that changes; ``written`` holds every text that ever stood in it."""

    def __init__(self, root: Path, rng: random.Random) -> None:
        self._root = root
        self._rng = rng
        self._count = 0
        self.tagged = root / "a" / "tagged 0.txt"
        self.written: set[str] = set()
        root.mkdir()
        for name in ("a", "b"):
            (root / name).mkdir()
        self.tagged.write_text(self._text(), encoding="utf-8")
        for number in range(24):
            self._write(self._new(SUFFIXES[number % len(SUFFIXES)]))

    def change(self) -> None:
        """Write, overwrite, spoil, move and delete some files, and pack others anew."""
        for _ in range(self._rng.randrange(1, 9)):
            files = sorted(path for path in self._files() if path != self.tagged)
            what = self._rng.choice(("new", "new", "write", "write", "spoil", "move", "move", "delete", "pack"))
            if what == "new":
                self._write(self._new(self._rng.choice(SUFFIXES)))
            elif what == "write":
                self._write(self._rng.choice(files))
            elif what == "spoil":
                self._rng.choice(files).write_bytes(SPOILED)
            elif what == "move":
                path = self._rng.choice(files)
                path.rename(self._new(path.suffix))
            elif what == "delete" and len(files) > 12:
                self._rng.choice(files).unlink()
            elif what == "pack":
                with zipfile.ZipFile(self._root / "all.zip", "w") as archive:
                    for number in range(self._rng.randrange(1, 4)):
                        archive.writestr(f"{number}.txt", self._text())
        if self._rng.random() < 0.5:
            self._count += 1
            self.tagged = self.tagged.rename(self._root / self._rng.choice("ab") / f"tagged {self._count}.txt")

    def texts(self) -> dict[str, str]:
        """Return what is to be answered from: the text of each file that is good, by source."""
        read = ((path, path.read_bytes()) for path in self._files())
        found = {
            f"docs/{path.relative_to(self._root).as_posix()}": text_of(path.suffix, data)
            for path, data in read
            if data != SPOILED
        }
        if (self._root / "all.zip").exists():
            with zipfile.ZipFile(self._root / "all.zip") as archive:
                found |= {f"docs/all.zip/{name}": archive.read(name).decode() for name in archive.namelist()}
        return found

    def _files(self) -> list[Path]:
        return [path for path in self._root.rglob("*.*") if path.suffix in SUFFIXES]

    def _new(self, suffix: str) -> Path:
        self._count += 1
        return self._root / self._rng.choice("ab") / f"{self._count}{suffix}"

    def _write(self, path: Path) -> None:
        data = in_format(path.suffix, self._text())
        self.written.add(text_of(path.suffix, data))
        path.write_bytes(data)

    def _text(self) -> str:
        number = self._rng.randrange(1 << 40)
        text = "\n".join(
            f"第{number}号仓库第{line}间存有大米{number % 1000 + line}吨。" for line in range(number % 30 + 1)
        )
        self.written.add(text)
        return text


def end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, 9)


def kill_once(killer: "subprocess.Popen[str]", rng: random.Random) -> bool:
    """Let a process bring the folder into step and kill it; tell whether it was at it."""
    assert killer.stdin is not None
    assert killer.stdout is not None
    killer.stdin.write(f"{rng.randrange(1 << 30)}\n")
    killer.stdin.flush()
    pid = int(killer.stdout.readline().split()[1])
    words = [killer.stdout.readline().split()[0]]
    timer = Timer(rng.uniform(0, 0.4), end, (pid,))
    timer.start()
    while words[-1] != "ended":
        words.append(killer.stdout.readline().split()[0])
    timer.join()
    return "done" not in words


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_sync_that_is_killed_at_any_moment_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engine.load_encoder", cache(load_encoder))
    seed = time.time_ns()
    rng = random.Random(seed)
    disk = Disk(tmp_path / "docs", rng)
    settings = Settings(home=tmp_path / "home", seeds=None, reader="off")
    with Bot.open(settings=settings) as bot:
        bot.folders.keep(tmp_path / "docs")
        bot.folders.sync("docs")
        identity = bot.add(disk.tagged)[0].document.document_id  # type: ignore[union-attr]
        bot.collections.tag(identity, [TAGGED])
    command = [sys.executable, "-m", "tests.integration.killing", str(settings.home), str(tmp_path / "docs"), "sync"]
    environ = environment(YOUJU_READER="off")
    hits = 0
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as killer:
        for number in range(KILLS):
            disk.change()
            hits += kill_once(killer, rng)
            with Bot.open(settings=settings) as bot:
                said = f"kill {number}, seed {seed}"
                assert [check for check in bot.check() if not check.ok] == [], said
                assert {bot.document(info.document_id).text for info in bot.documents()} <= disk.written, said
                if (number + 1) % ROUND:
                    continue
                bot.folders.sync("docs")
                infos = {info.source: info for info in bot.documents()}
                assert {source: bot.document(i.document_id).text for source, i in infos.items()} == disk.texts(), said
                assert [(info.document_id, info.title) for info in infos.values() if info.tags == (TAGGED,)] == [
                    (identity, disk.tagged.stem)
                ], said
                named = {s: info.title for s, info in infos.items() if not s.endswith(".eml")}  # a mail has a subject
                assert named == {source: Path(source).stem for source in named}, said
                assert bot.folders.sync("docs").added == (), said
                assert [check for check in bot.check() if not check.ok] == [], said
        killer.stdin.close()  # type: ignore[union-attr]
    assert hits > KILLS // 4
