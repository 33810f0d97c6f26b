"""A real server in a process of its own, started as a person starts it, and the documents that the tests ask about."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.web.bodies import Problem

ROOT = Path(__file__).parents[2]

MANUAL = """# 青溪图书馆借阅办法

一、借阅期限

普通读者每次可以借阅图书十二册，借期为四十五天。

学生读者每次可以借阅图书二十册，借期为六十天。

二、逾期与赔偿

图书逾期未还的，每册每天收取滞纳金二角。

图书遗失的，读者应当按照原价的三倍赔偿。

三、开放时间

图书馆每周一闭馆，其余时间上午九点开放，晚上八点半关闭。
"""
GARDEN = "The Linden Garden opened in 1987.\n\nIts glass house holds 340 kinds of orchid.\n"


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers at ``url``; ``line`` reads the next line that it prints."""

    url: str
    process: subprocess.Popen[str]

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=60, trust_env=False, **options)  # type: ignore[arg-type]


def environment(**more: str) -> dict[str, str]:
    """This process's environment without settings of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YOUJU_", "LC_", "LANG"))}
    return {**kept, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **more}


@contextmanager
def running(home: Path, *options: str, **more: str) -> Iterator[Running]:
    """Start ``python -m bot serve`` on a free port; ends when the block does."""
    command = [sys.executable, "-m", "bot", "--home", str(home), "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, env=environment(**more)
    ) as process:
        try:
            assert process.stdout is not None
            ready = process.stdout.readline()
            if "http://" not in ready:  # what leaves the machine, where a model writes
                ready = process.stdout.readline()
            address = re.search(r"http://\S+", ready)
            assert address, f"the server did not start: {ready!r}"
            yield Running(address.group(), process)
        finally:
            process.terminate()


def make_home(home: Path) -> Path:
    """Make a home that knows the two documents above."""
    from bot import Bot, Settings

    with Bot.open(settings=Settings(home=home, seeds=None)) as bot:
        bot.add_bytes("library.md", MANUAL.encode())
        bot.add_bytes("garden.txt", GARDEN.encode())
    return home


def problem(response: Any, status: int | None = None) -> str:
    """Return the line of an error, asserting that it has the shape of all errors; ``response`` is of httpx."""
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert {"type", "title", "status", "detail", "error"} <= set(told) <= {*Problem.model_fields}
    assert told["status"] == response.status_code == (status or response.status_code)
    assert told["type"].startswith("/api/problems/")
    line: str = told["detail"]
    assert told["error"] == line and "\n" not in line and len(line) < 300
    return line


def wait_for(holds: Callable[[], Any], seconds: float = 30) -> Any:
    """Return what ``holds`` gives as soon as that is true; fail where it is not in time."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found
