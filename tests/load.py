"""Many people at once: ``make load``, or ``python -m tests.load [--passages 100000] [--seconds 120] [--reader off]``.

A real server on this machine, with the sample and as many paragraphs as are asked for, is asked 300 questions at once,
so many a second, by 50 pages, and while documents are added; it is ended in the midst of it. What is asked meanwhile of
page and health is asked by a process of its own. Prints a table; nothing is compared.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np

from bot import Bot, Settings
from tests.integration.serving import Running, running

_AT_ONCE = 300
_A_SECOND = 20
_AGAIN = 60
"""Different questions that are asked over and over."""
_READ_A_SECOND = 1
_REST = 6
"""Seconds in which a server that is not asked any more gives memory back."""
_PAGES = 50
_ASKED = 60
_DOCUMENTS = 1000
_STREAMS = 20
_FORMS = ("{}有哪些要求？", "怎样做好{}？", "{}是什么？", "为什么要{}？", "谁负责{}？", "关于{}说了什么？")
_MADE = "第{}条 {}号单位应当于每月{}日前将第{}类材料报送主管部门备案。\n"
_OURS = ("made-", "added-")
_ABOUT_MADE = "{}号单位应当在每月几日前报送材料？"
_CALLED = {
    "conversations": [("conversations", "")], "documents": [("library", None), ("behind", None)],
    "folders": [("folders", None)], "talk": [("starters", "zh")], "share": [("state", None)],
}  # fmt: skip
"""The functions that a page calls when it is opened, by the part that calls them."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: ``status`` 0 where the connection was lost; ``whole``: to the end that HTTP marks."""

    status: int
    head: str
    body: bytes
    seconds: float
    whole: bool


@dataclass(slots=True)
class Told:
    """What came of requests: how many by status (0 for none), and the seconds of those that were answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    without_advice: int = 0  # refused without being told when to come again

    def note(self, reply: Reply) -> None:
        """Count one."""
        self.statuses[reply.status] += 1
        if reply.status == 200:
            self.seconds.append(reply.seconds)
        elif not re.search(r"\nretry-after: [1-9]", reply.head):
            self.without_advice += 1

    def percentile(self, share: float) -> float:
        """Return the seconds within which ``share`` (0..100) of the answers came; 0 where there is none."""
        return float(np.percentile(self.seconds, share)) if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Load:
    """A server that is asked: as cheaply as can be, for whoever asks takes the processor from who answers."""

    server: Running
    say: Callable[[str, str], None]

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        parts = urlsplit(self.server.url)
        return parts.hostname or "", parts.port or 0

    async def send(self, path: str, body: Any = None, accept: str = "application/json") -> Reply:
        """Send one request by a connection of its own, and wait for all of the answer."""
        method = "GET" if body is None else "POST"
        sent = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {':'.join(map(str, self.address))}\r\nAccept: {accept}\r\n"
            "Accept-Encoding: gzip\r\nConnection: close\r\n"
        )
        if body is not None:
            head += f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n"
        started, received = time.perf_counter(), b""
        try:
            reader, writer = await asyncio.open_connection(*self.address)
            writer.write(f"{head}\r\n".encode() + sent)
            received = await reader.read(-1)
            writer.close()
        except OSError:
            pass
        return _reply(received, time.perf_counter() - started)

    async def ask(self, question: str, told: Told) -> None:
        """Ask, and note what came of it."""
        told.note(await self.send("/api/ask", {"question": question}))

    async def one_by_one(self, asked: Sequence[str]) -> Told:
        """Ask one after the other."""
        told = Told()
        for question in asked:
            await self.ask(question, told)
        return told

    async def steadily(self, asked: Iterator[str], a_second: float, seconds: float) -> Told:
        """Ask so many times a second, whatever is answered meanwhile."""
        told, tasks, begun = Told(), [], time.perf_counter()
        for number in range(int(a_second * seconds)):
            await asyncio.sleep(max(0.0, begun + number / a_second - time.perf_counter()))
            tasks.append(asyncio.ensure_future(self.ask(next(asked), told)))
        await asyncio.gather(*tasks)
        return told

    def memory(self) -> float:
        """Return the megabytes that the server holds."""
        lines = Path(f"/proc/{self.server.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))

    def processor(self) -> float:
        """Return the seconds of processor that the server has taken."""
        told = Path(f"/proc/{self.server.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _reply(received: bytes, seconds: float) -> Reply:
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").lower()
    status = re.match(r"http/1\.1 (\d{3})", lines)
    length = re.search(r"\ncontent-length: (\d+)", lines)
    whole = len(body) == int(length[1]) if length else body.endswith(b"0\r\n\r\n")
    return Reply(int(status[1]) if status and whole else 0, lines, body, seconds, whole)


def watch(url: str, ending: Connection) -> None:
    """Ask for health and page again and again until told to end; send the longest that each took, in seconds."""
    worst = {"/healthz": 0.0, "/": 0.0}
    ending.send(worst)  # it has begun
    while not ending.poll(0.05):
        for path in worst:
            started = time.perf_counter()
            httpx.get(url + path, timeout=120, trust_env=False).raise_for_status()
            worst[path] = max(worst[path], time.perf_counter() - started)
    ending.send(worst)


@asynccontextmanager
async def watched(url: str) -> AsyncIterator[dict[str, float]]:
    """Watch while the block lasts, in a process of its own; what is yielded is filled in at its end."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=watch, args=(url, there))
    process.start()
    worst: dict[str, float] = await asyncio.to_thread(here.recv)
    try:
        yield worst
    finally:
        here.send(None)
        worst |= await asyncio.to_thread(here.recv)
        process.join()


def questions(bot: Bot) -> Iterator[str]:
    """Yield questions about what the documents' short lines name, none twice."""
    info = next(info for info in bot.documents() if not info.source.startswith(_OURS))
    text = bot.document(info.document_id).text
    words = dict.fromkeys(word for line in text.splitlines() for word in line.replace("。", "，").split("，"))
    for form in _FORMS:
        for word in words:
            if 4 <= len(word) <= 12:
                yield form.format(word)


async def all_at_once(load: Load, asked: Sequence[str]) -> None:
    """Ask all at the same time."""
    told, before = Told(), (load.processor(), time.process_time())
    async with watched(load.server.url) as worst:
        await asyncio.gather(*(load.ask(question, told) for question in asked))
    server, own = load.processor() - before[0], time.process_time() - before[1]
    load.say(f"{len(asked)} questions at once", f"{_of(told)}; refused without a time: {told.without_advice}")
    load.say("longest answer of /healthz and of the page meanwhile", f"{worst['/healthz']:.2f} s, {worst['/']:.2f} s")
    load.say("processor: the server, who asks", f"{server:.1f} s, {own:.1f} s")


async def pages(load: Load, asked: Sequence[str]) -> None:
    """Open pages at once, each as a browser does that has Gradio's files; then each asks, within half a minute."""
    parts = {
        part["props"].get("elem_id"): part["id"] for part in json.loads(await plain(load, "/config"))["components"]
    }

    async def call(part: str, function: str, data: Any) -> Reply:
        sent = {"session_hash": "load", "component_id": parts[part], "fn_name": function, "data": data}
        return await load.send("/gradio_api/component_server", sent)

    async def opened() -> Reply:
        started, page = time.perf_counter(), await load.send("/", accept="text/html")
        calls = await asyncio.gather(
            load.send("/api/documents"), load.send("/api/settings"),
            *(call(part, name, data) for part, named in _CALLED.items() for name, data in named),
        )  # fmt: skip
        status = next((reply.status for reply in (page, *calls) if reply.status != 200), 200)
        return Reply(status, "", b"", time.perf_counter() - started, whole=True)

    told, answered = Told(), Told()
    for reply in await asyncio.gather(*(opened() for _ in range(_PAGES))):
        told.note(reply)
    load.say(f"{_PAGES} pages opened at once", _of(told))

    async def asks(number: int) -> None:
        await asyncio.sleep(number * 30 / _PAGES)
        reply = await call("talk", "ask", {"question": asked[number], "conversation": None})
        error = b'"error"' in reply.body[:10]
        answered.note(Reply(503 if error else reply.status, reply.head, b"", reply.seconds, whole=True))

    async with watched(load.server.url) as worst:
        await asyncio.gather(*(asks(number) for number in range(_PAGES)))
    load.say(
        f"each of the {_PAGES} asks within half a minute",
        f"{_of(answered)}; longest of /healthz and page {worst['/healthz']:.2f} s, {worst['/']:.2f} s",
    )


async def plain(load: Load, path: str) -> str:
    """Return the text at ``path``."""
    async with httpx.AsyncClient(base_url=load.server.url, trust_env=False, timeout=60) as client:
        return (await client.get(path)).raise_for_status().text


async def while_adding(load: Load, asked: Sequence[str]) -> Told:
    """Ask one after the other while documents are added and made findable across languages."""
    line = "第{}条 各单位应当在每年{}月前报送第{}号表。\n"
    files = [
        ("files", (f"added-{number}.txt", "".join(line.format(n, n % 12 + 1, number) for n in range(1, 20)).encode()))
        for number in range(_DOCUMENTS)
    ]
    request = httpx.Request("POST", f"{load.server.url}/api/documents", files=files)
    request.read()
    with httpx.Client(timeout=600, trust_env=False) as client:
        begun = time.perf_counter()
        adding = asyncio.ensure_future(asyncio.to_thread(client.send, request))
        told, still = Told(), 0
        for question in asked:
            await load.ask(question, told)
            still += not adding.done()
        (await adding).raise_for_status()
    load.say("documents added meanwhile", f"{_DOCUMENTS:,}; {still} of {len(asked)} questions came before the end "
             f"({time.perf_counter() - begun:.0f} s)")  # fmt: skip
    return told


async def ended(load: Load, asked: Sequence[str]) -> None:
    """End the server while answers are streamed."""
    streams = [
        asyncio.ensure_future(load.send("/api/ask", {"question": question}, "text/event-stream")) for question in asked
    ]
    await asyncio.sleep(1.0)
    started = time.perf_counter()
    load.server.process.send_signal(signal.SIGTERM)
    replies = await asyncio.gather(*streams)
    await asyncio.to_thread(load.server.process.wait, 60)
    gone = time.perf_counter() - started
    last = Counter(
        "cut off" if not reply.whole else (re.findall(rb"event: (\w+)", reply.body) or [b"problem"])[-1].decode()
        for reply in replies
    )
    told = ", ".join(f"{count} × {name}" for name, count in sorted(last.items()))
    load.say(f"SIGTERM in the midst of {len(asked)} streams", f"gone after {gone:.1f} s; they end with: {told}")


async def measure(load: Load, asked: Sequence[str], others: Iterator[str], seconds: float, *, reads: bool) -> None:
    """Run all of it against one server, and end it. ``others`` are questions that were not asked yet, without end."""
    async with httpx.AsyncClient(base_url=load.server.url, trust_env=False) as client:
        while (await client.get("/readyz")).status_code != 200 or not await _is_made(client):
            await asyncio.sleep(0.5)
    parts = [asked[start : start + _ASKED] for start in range(_AT_ONCE, _AT_ONCE + 4 * _ASKED, _ASKED)]
    await load.one_by_one(asked[-5:])
    before = load.memory()
    await all_at_once(load, asked[:_AT_ONCE])
    await pages(load, parts[0])
    idle = await load.one_by_one(parts[1])
    load.say(f"{_ASKED} questions one by one, alone", _of(idle))
    load.say(f"{_ASKED} others one by one, while documents are added", _of(await while_adding(load, parts[2])))
    # What is found later across languages makes answers anew, and would be measured here.
    async with httpx.AsyncClient(base_url=load.server.url, trust_env=False) as client:
        while not await _is_made(client):
            await asyncio.sleep(0.5)
    again = await load.one_by_one(asked[:_AGAIN])
    assert set(again.statuses) == {200}
    steady = await load.steadily(chain.from_iterable([asked[:_AGAIN]] * 1000).__iter__(), _A_SECOND, seconds)
    load.say(f"{_A_SECOND} a second for {seconds:g} s, of {_AGAIN} that were asked before", _of(steady))
    rate = _READ_A_SECOND if reads else _A_SECOND
    load.say(f"{rate} a second for {seconds:g} s, none twice", _of(await load.steadily(others, rate, seconds)))
    await asyncio.sleep(_REST)
    load.say("memory before, and when all have gone", f"{before:.0f} MB, {load.memory():.0f} MB")
    await ended(load, parts[3][:_STREAMS])


async def _is_made(client: httpx.AsyncClient) -> bool:
    return "youju_passages_to_prepare 0.0" in (await client.get("/metrics")).text


def _of(told: Told) -> str:
    statuses = ", ".join(f"{count} × {status or 'cut off'}" for status, count in sorted(told.statuses.items()))
    return f"{statuses}; p50 {told.percentile(50):.2f} s, p95 {told.percentile(95):.2f} s"


def make_home(home: Path, passages: int) -> list[str]:
    """Make a home of the sample and so many short paragraphs, where it is not there; return questions about it."""
    with Bot.open(settings=Settings(home=home)) as bot:
        bot.remove_many([info.document_id for info in bot.documents() if info.source.startswith("added-")])
        if len(bot.documents()) == 1:
            for start in range(0, passages, 10_000):
                many = range(start, min(start + 10_000, passages))
                text = "".join(_MADE.format(n, n * 7919 % 99991, n % 28 + 1, n * 31 % 977) for n in many)
                bot.add_bytes(f"made-{start}.txt", text.encode())
        return list(questions(bot))


def main() -> None:
    """Make the home, serve it, and ask."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, default=100_000, metavar="N", help="paragraphs beside the sample")
    parser.add_argument("--seconds", type=float, default=120, help="how long so many a second are asked")
    parser.add_argument("--reader", choices=("builtin", "off"), default="builtin", help="whether passages are read")
    parser.add_argument("--home", type=Path, help="made there, and kept for the next time")
    args = parser.parse_args()

    def say(load: str, told: str) -> None:
        sys.stdout.write(f"| {load} | {told} |\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="youju-load-") as folder:
        home = args.home or Path(folder) / "home"
        asked = make_home(home, args.passages)
        cores = os.cpu_count()
        others = (_ABOUT_MADE.format(n * 7919 % 99991) for n in range(args.passages))
        sys.stdout.write(f"The sample and {args.passages:,} paragraphs, reader {args.reader}; {cores} cores\n\n")
        say("load", "what came of it")
        say("---", "---")
        say("load average of the machine before", f"{os.getloadavg()[0]:.1f}")
        with running(home, YOUJU_READER=args.reader) as server:
            reads = args.reader != "off"
            asyncio.run(measure(Load(server, say), asked, others, args.seconds, reads=reads))


if __name__ == "__main__":
    main()
