"""How a home grows: ``make scale``, or ``python -m tests.scale --passages 10000 100000``.

One home is filled step by step, from real laws where a file of them is given and from made-up text after that; at each
size it is opened by a process of its own, which measures what a person waits for. Figures go to a JSON file, from which
the curves of docs/scale.md are drawn.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.bench import ENDINGS, ROOT, laws, made_up, say
from tests.plot import growth_plot

if TYPE_CHECKING:
    from bot import Bot

_TRIES = 5
_QUESTIONS = 60
_WARM_UP = 5
_REFUSED = "量子纠缠通信卫星的轨道倾角是多少？"
_PER_PARAGRAPH = 1.03
"""Passages that a paragraph becomes: long ones are cut."""
COLUMNS = (
    ("passages", "passages", ",.0f"), ("add_rate", "added a second", ",.0f"), ("add_one", "add one, s", ".3f"),
    ("remove_one", "remove one, s", ".3f"), ("start", "start, s", ".2f"), ("p50", "ask p50, ms", ".0f"),
    ("p95", "ask p95, ms", ".0f"), ("search_p50", "search p50, ms", ".0f"), ("search_p95", "search p95, ms", ".0f"),
    ("refusal", "refusal, ms", ".0f"), ("memory", "memory, MB", ",.0f"), ("disk", "disk, MB", ",.0f"),
    ("load", "load", ".1f"),
)  # fmt: skip


def texts(path: Path | None, skip: int) -> Iterator[tuple[str, list[str]]]:
    """Yield (title, lines) of the laws and then of what is made up, without the first ``skip`` documents."""
    real = laws(path, 10**9) if path else iter(())
    return islice(chain(real, made_up(10**7)), skip, None)


def fill(home: Path, path: Path | None, wanted: int) -> dict[str, float]:
    """Add documents until there are ``wanted`` passages; the time that making the texts takes does not count."""
    from bot import Bot
    from bot.settings import Settings

    spent, made = 0.0, 0
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot:
        before = bot._store.passage_count()
        known = len(bot.documents())

        def given() -> Iterator[tuple[str, bytes, str | None]]:
            nonlocal spent, made
            left = (wanted - before) / _PER_PARAGRAPH
            source = enumerate(texts(path, known), known)
            while left > 0:
                started = time.perf_counter()
                number, (title, lines) = next(source)
                data = "\n".join((title, *lines)).encode()
                left -= 1 + len(lines)
                spent += time.perf_counter() - started
                yield f"{number:06}.txt", data, None

        started = time.perf_counter()
        if wanted > before:
            bot.add_files(given())
        seconds = time.perf_counter() - started - spent
        added = bot._store.passage_count() - before
        started = time.perf_counter()
        bot.work_behind()
        bot._indexes.settle()
        behind = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"add_rate": added / max(seconds, 1e-6), "add_seconds": seconds, "add_memory": peak, "behind": behind}


def measure(home: Path, reader: str) -> dict[str, float]:
    """Open the home and measure; the memory is the most that this process has held."""
    begun = time.perf_counter()
    from bot import Bot
    from bot.settings import Settings

    with Bot.open(settings=Settings(home=home, seeds=None, reader=reader)) as bot:
        found = {"start": time.perf_counter() - begun, "passages": float(bot._store.passage_count())}
        asked = [question for question, _ in questions(bot, _QUESTIONS + _WARM_UP)]
        for question in asked[:_WARM_UP]:
            bot.search(question)
            bot.ask(question)
        ask = [_seconds(bot.ask, question) * 1000 for question in asked[_WARM_UP:]]
        search = [_seconds(bot.search, question) * 1000 for question in asked[_WARM_UP:]]
        for name, values in (("", ask), ("search_", search)):
            cuts = statistics.quantiles(values, n=20)
            found |= {f"{name}p50": cuts[9], f"{name}p95": cuts[18]}
        found["refusal"] = _seconds(bot.ask, _REFUSED) * 1000
        added = []
        for number in range(_TRIES):
            name = f"one{number}.txt"
            data = f"第{number}号通知\n{number}号仓库每天八点开门。\n{number}号仓库存放大米{number + 3}吨。".encode()
            added.append(_seconds(bot.add_bytes, name, data))
            assert bot.search(f"{number}号仓库存放大米多少吨")[0].source == name
        ours = [info.document_id for info in bot.documents() if info.source.startswith("one")]
        removed = [_seconds(bot.remove, document_id) for document_id in ours]
        found |= {"add_one": statistics.median(added), "remove_one": statistics.median(removed)}
        found |= {"add_one_most": max(added), "remove_one_most": max(removed)}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["disk"] = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 1e6
    found["load"] = os.getloadavg()[0]
    return found


def questions(bot: "Bot", wanted: int) -> list[tuple[str, str]]:
    """Return questions made of words that stand in passages of all of the home, each with the text of its passage."""
    store = bot._store
    random = Random(7)
    ids = store.passage_ids()
    asked: list[tuple[str, str]] = []
    for stored in store.passages(sorted(random.sample(ids.tolist(), min(len(ids), 4 * wanted)))):
        text = stored.passage.text
        if len(text) > 30 and len(asked) < wanted:
            start = random.randrange(len(text) - 14)
            asked.append((text[start : start + random.randint(8, 14)] + random.choice(ENDINGS), text))
    random.shuffle(asked)
    return asked


def _seconds(work: Callable[..., object], *given: object) -> float:
    started = time.perf_counter()
    work(*given)
    return time.perf_counter() - started


def child(*arguments: str | Path) -> dict[str, float]:
    command = (sys.executable, "-m", "tests.scale", *map(str, arguments))
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(rows: Sequence[dict[str, float]]) -> str:
    """Return the figures as a table in Markdown, a row a size."""
    lines = [[title for _, title, _ in COLUMNS], ["---:"] * len(COLUMNS)]
    lines += [[format(row[name], form) if name in row else "" for name, _, form in COLUMNS] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def curves(rows: Sequence[dict[str, float]]) -> str:
    """Draw what one change, a start and a question take, as an SVG."""
    names = {"add_one": "add one", "remove_one": "remove one", "start": "start"}
    drawn = {name: [(row["passages"], row[key]) for row in rows] for key, name in names.items()}
    asked = {name: [(row["passages"], row[name] / 1000) for row in rows] for name in ("p50", "p95")}
    return growth_plot("what one step takes", "s", drawn | asked)


def main(argv: Sequence[str] | None = None) -> int:
    """Fill and measure at each size, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.scale", description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--laws", type=Path, metavar="FILE.jsonl.xz", help="real texts: title, paragraphs[{text}]")
    parser.add_argument("--home", type=Path, help="where the home grows (a folder that is deleted, where not given)")
    parser.add_argument("--reader", default="off", help="what reads in context while asking (off)")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--plot", type=Path, nargs=2, metavar=("JSON", "SVG"), help="only draw the curves of a file")
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.fill is not None or args.measure:
        found = measure(args.home, args.reader) if args.measure else fill(args.home, args.laws, args.fill)
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    if args.plot:
        args.plot[1].write_text(curves(json.loads(args.plot[0].read_text())), encoding="utf-8")
        return 0
    rows: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="youju-scale-") as name:
        home = ("--home", args.home or Path(name))
        source = ("--laws", args.laws) if args.laws else ()
        for size in args.passages:
            filled = child("--fill", str(size), *home, *source)
            rows.append(filled | child("--measure", "--reader", args.reader, *home))
            say(table(rows[-1:]))
            if args.json:
                args.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    say(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
