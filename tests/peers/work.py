"""One step of one peer, in a process of its own: what it takes, as a line of JSON.

The peers' environment runs it for them: nothing of Youju is imported but where Youju is measured.
"""

import json
import os
import resource
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path

import numpy as np

from tests.peers.contract import DIMENSION, Peer, Row, Vector, read_rows, write_rows

QUESTIONS = 60
WARM_UP = 5
TRIES = 3
_LINES = 3
"""Passages of a document that is added alone."""
_FEWEST, _PATIENCE = 20, 60
"""Questions that are measured where all of them take longer than so many seconds."""

Figures = dict[str, float]


def prepare(home: Path, data: Path) -> Figures:
    """Write what every peer is given: the passages of a home, their vectors, questions, documents to add."""
    from bot import Bot
    from bot.settings import Settings
    from tests.scale import questions

    data.mkdir(parents=True, exist_ok=True)
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot:
        store, encoder = bot._store, bot.encoder

        def rows() -> Iterator[Row]:
            ids = store.passage_ids()
            for start in range(0, len(ids), 1000):
                kept, vectors = store.vectors(encoder.name, ids[start : start + 1000])
                for passage, vector in zip(store.passages(kept), vectors, strict=True):
                    yield Row(str(passage.passage_id), passage.passage.text, passage.title, vector)

        count = write_rows(data / "rows.jsonl", rows())
        asked = questions(bot, QUESTIONS + WARM_UP)
        (data / "questions.json").write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
        encoder.encode_query([question for question, _ in asked]).tofile(data / "questions.f32")
        write_rows(data / "documents.jsonl", _documents(encoder.encode_document))
    return {"passages": float(count)}


def _documents(encode: Callable[[list[str]], Vector]) -> Iterator[Row]:
    for number in range(TRIES):
        title = f"第{number}号仓库通知"
        texts = [title, f"{number}号仓库每天八点开门。", f"{number}号仓库存放大米{number + 3}吨。"]
        for line, (text, vector) in enumerate(zip(texts, encode(texts), strict=True)):
            yield Row(f"new-{number}-{line}", text, title, vector)


def fill(peer: Peer, data: Path) -> Figures:
    """Add all passages."""
    started = time.perf_counter()
    peer.fill(read_rows(data / "rows.jsonl"))
    return {"add_seconds": time.perf_counter() - started}


def ask(peer: Peer, data: Path, born: float) -> Figures:
    """Open, and answer: the first answer's time counts from when the process was started, at ``born``."""
    asked: list[tuple[str, str]] = json.loads((data / "questions.json").read_text(encoding="utf-8"))
    vectors = np.fromfile(data / "questions.f32", np.float32).reshape(-1, DIMENSION)
    peer.open()
    peer.search(asked[0][0], vectors[0])
    cold = time.time() - born
    milliseconds: list[float] = []
    found = 0
    for number, ((question, right), vector) in enumerate(zip(asked, vectors, strict=True)):
        started = time.perf_counter()
        texts = peer.search(question, vector)
        if number >= WARM_UP:
            milliseconds.append((time.perf_counter() - started) * 1000)
            found += is_found(right, texts)
        if len(milliseconds) >= _FEWEST and sum(milliseconds) > _PATIENCE * 1000:
            break
    cuts = statistics.quantiles(milliseconds, n=20)
    status = _status()
    return {
        "cold": cold, "p50": cuts[9], "p95": cuts[18], "found": found / len(milliseconds),
        "private": status["RssAnon"], "mapped": status["RssFile"],
    }  # fmt: skip


def is_found(right: str, texts: Iterable[str]) -> bool:
    """Tell whether one of the texts is the right passage, or a sentence of it."""
    return any(text and text in right for text in texts)


def change(peer: Peer, data: Path) -> Figures:
    """Add documents to the full store and remove all but the last; each must be found, and then no more."""
    rows = read_rows(data / "documents.jsonl")
    documents = [list(islice(rows, _LINES)) for _ in range(TRIES)]
    peer.open()
    added = [_seconds(peer.add, document) for document in documents]
    assert all(finds(peer, document) for document in documents), "what was added is not found"
    removed = [_seconds(peer.remove, document) for document in documents[:-1]]
    assert not any(finds(peer, document) for document in documents[:-1]), "what was removed is found"
    return {"add_one": statistics.median(added), "remove_one": statistics.median(removed)}


def kept(peer: Peer, data: Path) -> Figures:
    """Tell whether the document that was added last is there, after its process was killed."""
    document = list(read_rows(data / "documents.jsonl"))[-_LINES:]
    peer.open()
    return {"kept": float(finds(peer, document))}


def finds(peer: Peer, document: list[Row]) -> bool:
    """Tell whether the last line of a document is found by its own words and vector."""
    row = document[-1]
    return row.text in peer.search(row.text, row.vector)


def _seconds(work: Callable[[list[Row]], None], rows: list[Row]) -> float:
    started = time.perf_counter()
    work(rows)
    return time.perf_counter() - started


def _status() -> Figures:
    """Return what the kernel counts as this process's memory, in MB."""
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return {words[0].rstrip(":"): int(words[1]) / 1024 for words in lines if words[-1] == "kB"}


def main() -> None:
    """Run ``STEP CLASS FOLDER DATA BORN MEMORY``: print its figures, and end as if killed."""
    step, name, folder, data, born, gigabytes = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_DATA, (int(float(gigabytes) * 2**30),) * 2)
    if step == "prepare":
        figures = prepare(Path(folder), Path(data))
    else:
        module, _, kind = name.partition(":")
        peer: Peer = getattr(import_module(module), kind)(Path(folder))
        steps: dict[str, Callable[[], Figures]] = {
            "fill": lambda: fill(peer, Path(data)),
            "ask": lambda: ask(peer, Path(data), float(born)),
            "change": lambda: change(peer, Path(data)),
            "kept": lambda: kept(peer, Path(data)),
        }
        figures = steps[step]()
    peak = _status()["VmHWM"]
    sys.stdout.write(json.dumps(figures | {"peak": peak}) + "\n")
    sys.stdout.flush()
    if step == "change":
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
