"""How fast workers read what is queued: ``python -m tests.ingest [--workers 1 2] [--kilobytes 3 30] [--seconds 20]``.

A PostgreSQL of its own, with every transaction on disk, and workers as ``python -m bot work`` starts them, all on this
machine. Once all are at work it counts what they read, and looks every 5 ms at the lock that writers take turns
by: which share of the time it was held, and how long for a file, is what no number of workers goes beyond.
``--known`` documents are there before, ``--queued`` files wait when it is measured how long taking one lasts.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from random import Random

import psycopg

from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.storage.jobs import JobTable
from bot.storage.records import PutItem
from bot.storage.store import Store
from tests.bench import made_up, say
from tests.integration.serving import ROOT, environment
from tests.postgres import Postgres

_LOOKED = 0.005
_LOCK = """SELECT count(*) FILTER (WHERE granted), count(*) FILTER (WHERE NOT granted)
FROM pg_locks WHERE locktype = 'advisory'"""
_HEAD = (
    "| workers | kB a file | documents before | files a minute | passages a minute | lock held | held for a file, ms | "
    "waiting for it | load |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)
_TAKEN = 200
_TOGETHER = 500


def texts(kilobytes: int) -> Iterator[str]:
    """Yield made-up texts of so many kilobytes of UTF-8, no two alike."""
    lines = (line for _, lines in made_up(10**9) for line in lines)
    while True:
        text, size = "", 0
        while size < 1000 * kilobytes:
            line = next(lines)
            text, size = text + line + "\n\n", size + len(line.encode()) + 2
        yield text


def known(store: Store, count: int) -> None:
    """Put documents of three lines into the store, many at once: they are only to be there."""
    random = Random(2)
    for start in range(0, count, _TOGETHER):
        items = []
        for number in range(start, min(count, start + _TOGETHER)):
            text = "\n\n".join(f"第{number}件：{random.getrandbits(64)}，{random.getrandbits(64)}。" for _ in range(3))
            document = parse(f"known/{number}.txt", text.encode(), f"第{number}件")
            items.append(PutItem(document, split_passages(document), str(number)))
        store.put_many(items)


@contextmanager
def workers(count: int, folder: Path, url: str) -> Iterator[list["subprocess.Popen[str]"]]:
    """Start workers; all are ready when this begins."""
    with ExitStack() as stack:
        started = []
        for number in range(count):
            home = folder / f"worker{number}"
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "--home", str(home), "--lang", "en", "work"],
                stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment(YOUJU_STORE=url),
            )  # fmt: skip
            stack.callback(process.wait)
            stack.callback(process.terminate)
            started.append(process)
        for process in started:
            assert process.stdout is not None
            assert "ready" in process.stdout.readline()
            threading.Thread(target=process.stdout.read, daemon=True).start()  # a full pipe would stop it
        yield started


def measured(server: Postgres, count: int, kilobytes: int, seconds: float, before: int) -> dict[str, float]:
    """Let ``count`` workers read files of ``kilobytes``, among ``before`` documents."""
    url, load = server.new(), os.getloadavg()[0]
    enough = int(seconds * count * (120 if kilobytes < 10 else 40)) + 50
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "home", url) as store:
        known(store, before)
        jobs = JobTable(store.database)
        sent = ((f"{number}.txt", text.encode()) for number, text in enumerate(islice(texts(kilobytes), enough)))
        while some := list(islice(sent, 200)):
            jobs.queue(some)
        with workers(count, Path(folder), url), psycopg.connect(url, autocommit=True) as looking:
            passages = "SELECT count(*), coalesce(sum(passages), 0) FROM documents"

            def kept() -> tuple[int, int]:
                (found,) = looking.execute(passages).fetchall()
                return int(found[0]), int(found[1])

            while kept()[0] < before + 10 * count:
                time.sleep(_LOOKED)
            first, begun, held, waiting, looks = kept(), time.perf_counter(), 0, 0, 0
            while time.perf_counter() - begun < seconds:
                (row,) = looking.execute(_LOCK.encode()).fetchall()
                held, waiting, looks = held + min(1, row[0]), waiting + row[1], looks + 1
                time.sleep(_LOOKED)
            last, spent = kept(), time.perf_counter() - begun
        assert len([job for job in jobs.all() if job.state == "waiting"]) > count, "more files must be queued"
        assert not [job for job in jobs.all() if job.state == "failed"]
    files = last[0] - first[0]
    return {
        "rate": 60 * files / spent, "passages": 60 * (last[1] - first[1]) / spent, "held": held / looks,
        "each": 1000 * held / looks * spent / files, "waiting": waiting / looks, "load": load,
    }  # fmt: skip


def taking(server: Postgres, queued: int) -> float:
    """Return the milliseconds that a worker waits for a file where so many are queued."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), server.new()) as store:
        jobs = JobTable(store.database)
        for start in range(0, queued, 5000):
            jobs.queue((f"{number}.txt", b"text") for number in range(start, min(queued, start + 5000)))
        begun = time.perf_counter()
        for _ in range(min(_TAKEN, queued)):
            job = jobs.take("one", 60)
            assert job is not None
            jobs.end(job)
        return 1000 * (time.perf_counter() - begun) / min(_TAKEN, queued)


def main() -> None:
    """Measure, and print a row of Markdown each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--kilobytes", type=int, nargs="+", default=[3, 30])
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--known", type=int, nargs="+", default=[0])
    options.add_argument("--queued", type=int, nargs="+", default=[1000, 20_000])
    given = options.parse_args()
    with Postgres(sync=True) as server:
        for line in _HEAD:
            say(line)
        for before in given.known:
            for kilobytes in given.kilobytes:
                for count in given.workers:
                    row = measured(server, count, kilobytes, given.seconds, before)
                    figures = (
                        f"{count}", f"{kilobytes}", f"{before:,}", f"{row['rate']:,.0f}", f"{row['passages']:,.0f}",
                        f"{row['held']:.0%}", f"{row['each']:.1f}", f"{row['waiting']:.2f}", f"{row['load']:.1f}",
                    )  # fmt: skip
                    say(f"| {' | '.join(figures)} |")
        for queued in given.queued:
            say(f"taking and ending one of {queued:,} queued files: {taking(server, queued):.1f} ms")


if __name__ == "__main__":
    main()
