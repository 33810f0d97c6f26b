"""Many people at once: ``make load``, or ``python -m tests.load [--passages 100000] [--seconds 120]``.

A real server on this machine, with the sample and as many paragraphs as are asked for, is asked 300 questions at once,
then 20 a second, then while documents are added, and is ended in the midst of it. Prints a table; nothing is compared.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np

from bot import Bot, Settings
from tests.integration.serving import Running, running

_AT_ONCE = 300
_A_SECOND = 20
_ASKED = 60
_DOCUMENTS = 1000
_FORMS = ("{}有哪些要求？", "怎样做好{}？", "{}是什么？", "为什么要{}？", "谁负责{}？", "关于{}说了什么？")


@dataclass(slots=True)
class Told:
    """What came of requests: how many by status (0 for none), and the seconds of those that were answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    without_advice: int = 0  # 503 that did not say when to come again

    def percentile(self, share: float) -> float:
        """Return the seconds within which ``share`` (0..100) of the answers came; 0 where there is none."""
        return float(np.percentile(self.seconds, share)) if self.seconds else 0.0


def questions(bot: Bot) -> Iterator[str]:
    """Yield questions about what the documents' short lines name, none twice."""
    info = next(info for info in bot.documents() if not info.source.startswith("made"))
    text = bot.document(info.document_id).text
    words = dict.fromkeys(word for line in text.splitlines() for word in line.replace("。", "，").split("，"))
    for form in _FORMS:
        for word in words:
            if 4 <= len(word) <= 12:
                yield form.format(word)


async def ask(client: httpx.AsyncClient, question: str, told: Told) -> None:
    """Ask, and note what came of it."""
    started = time.perf_counter()
    try:
        response = await client.post("/api/ask", json={"question": question})
    except httpx.HTTPError:
        told.statuses[0] += 1
        return
    told.statuses[response.status_code] += 1
    if response.status_code == 200:
        told.seconds.append(time.perf_counter() - started)
    elif response.status_code == 503 and not response.headers.get("retry-after", "").isdigit():
        told.without_advice += 1


async def worst_meanwhile(client: httpx.AsyncClient, path: str, work: Awaitable[object]) -> float:
    """Return the longest that ``path`` took to answer, asked again and again until ``work`` is done, in seconds."""
    task, worst = asyncio.ensure_future(work), 0.0
    while not task.done():
        started = time.perf_counter()
        (await client.get(path)).raise_for_status()
        worst = max(worst, time.perf_counter() - started)
        await asyncio.sleep(0.1)
    await task
    return worst


async def all_at_once(client: httpx.AsyncClient, asked: Sequence[str]) -> tuple[Told, float, float]:
    """Ask all at the same time; return what came of it, and the longest that health and page took meanwhile."""
    told = Told()
    work = asyncio.gather(*(ask(client, question, told) for question in asked))
    health = asyncio.ensure_future(worst_meanwhile(client, "/healthz", work))
    page = await worst_meanwhile(client, "/", work)
    return told, await health, page


async def steadily(client: httpx.AsyncClient, asked: Sequence[str], seconds: float) -> Told:
    """Ask ``_A_SECOND`` times a second, whatever is answered meanwhile."""
    told, tasks = Told(), []
    begun = time.perf_counter()
    for number in range(int(_A_SECOND * seconds)):
        await asyncio.sleep(max(0.0, begun + number / _A_SECOND - time.perf_counter()))
        tasks.append(asyncio.ensure_future(ask(client, asked[number % len(asked)], told)))
    await asyncio.gather(*tasks)
    return told


async def one_by_one(client: httpx.AsyncClient, asked: Sequence[str]) -> Told:
    """Ask one after the other."""
    told = Told()
    for question in asked:
        await ask(client, question, told)
    return told


async def while_adding(client: httpx.AsyncClient, asked: Sequence[str]) -> Told:
    """Ask one after the other while documents are added."""
    line = "第{}条 各单位应当在每年{}月前报送第{}号表。\n"
    files = [
        ("files", (f"added-{number}.txt", "".join(line.format(n, n % 12 + 1, number) for n in range(1, 20)).encode()))
        for number in range(_DOCUMENTS)
    ]
    adding = asyncio.ensure_future(client.post("/api/documents", files=files))
    told = Told()
    for question in asked:
        await ask(client, question, told)
    (await adding).raise_for_status()
    return told


def memory(server: Running) -> float:
    """Return the megabytes that a server holds."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


async def measure(server: Running, asked: Sequence[str], seconds: float, say: Callable[[str], None]) -> None:
    """Run all of it against one server, and end it."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=server.url, timeout=300, trust_env=False, limits=limits) as client:
        await one_by_one(client, asked[:5])
        before = memory(server)
        told, health, page = await all_at_once(client, asked[:_AT_ONCE])
        say(f"| {_AT_ONCE} questions at once | {_of(told)}; sent away without a time: {told.without_advice} |")
        say(f"| longest answer of /healthz and of the page meanwhile | {health:.2f} s, {page:.2f} s |")
        pages = await asyncio.gather(*(client.get("/") for _ in range(50)))
        say(f"| 50 pages opened | {Counter(page.status_code for page in pages)[200]} with 200 |")
        idle = await one_by_one(client, asked[_AT_ONCE : _AT_ONCE + _ASKED])
        busy = await while_adding(client, asked[_AT_ONCE + _ASKED : _AT_ONCE + 2 * _ASKED])
        say(f"| {_ASKED} questions one by one, alone | {_of(idle)} |")
        say(f"| {_ASKED} others while {_DOCUMENTS:,} documents are added | {_of(busy)} |")
        steady = await steadily(client, asked[:_ASKED], seconds)
        say(f"| {_A_SECOND} a second for {seconds:g} s, of {_ASKED} different ones | {_of(steady)} |")
        say(f"| memory before, and now | {before:.0f} MB, {memory(server):.0f} MB |")
        last = Told()
        under_way = [asyncio.ensure_future(ask(client, question, last)) for question in asked[-20:]]
        await asyncio.sleep(0.3)
        started = time.perf_counter()
        server.process.send_signal(signal.SIGTERM)
        await asyncio.gather(*under_way)
        await asyncio.to_thread(server.process.wait, 60)
        gone = time.perf_counter() - started
        say(f"| told to end in the midst of 20 questions | gone after {gone:.1f} s; {_of(last)} |")


def _of(told: Told) -> str:
    statuses = ", ".join(f"{count} × {status or 'cut off'}" for status, count in sorted(told.statuses.items()))
    return f"{statuses}; p50 {told.percentile(50):.2f} s, p95 {told.percentile(95):.2f} s"


def main() -> None:
    """Make the home, serve it, and ask."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, default=100_000, metavar="N", help="paragraphs beside the sample")
    parser.add_argument("--seconds", type=float, default=120, help="how long 20 a second are asked")
    args = parser.parse_args()

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="youju-load-") as folder:
        home = Path(folder) / "home"
        with Bot.open(settings=Settings(home=home)) as bot:
            line = "第{}条 {}号单位应当于每月{}日前将第{}类材料报送主管部门备案。\n"
            for start in range(0, args.passages, 10_000):
                many = range(start, min(start + 10_000, args.passages))
                text = "".join(line.format(n, n * 7919 % 99991, n % 28 + 1, n * 31 % 977) for n in many)
                bot.add_bytes(f"made-{start}.txt", text.encode())
            asked = list(questions(bot))
        say(f"{len(asked)} questions over the sample and {args.passages:,} paragraphs\n")
        say("| load | what came of it |\n| --- | --- |")
        with running(home) as server:
            asyncio.run(measure(server, asked, args.seconds, say))


if __name__ == "__main__":
    main()
