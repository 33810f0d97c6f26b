"""Speed and memory against the limits we promise: ``make bench``, or ``python -m tests.bench``.

Every process is measured from outside: the clock from start to exit, peak memory as the kernel counted it. The text is
made up from the sample document and a seed, so it is the same on every machine; ``--laws`` takes real one instead.
"""

import argparse
import json
import lzma
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from urllib.request import ProxyHandler, Request, build_opener

ROOT = Path(__file__).parents[1]
BOT = (sys.executable, "-m", "bot", "--home")
QUESTION = "作风建设以什么为抓手？"
QUESTIONS = 200
WARM_UP = 10
LINES = 100_000
ENDINGS = ("是什么？", "有哪些？", "是多少？", "由谁负责？", "应当如何处理？", "是什么时候？")


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds until it had done what was asked, its peak memory, and what it printed."""

    seconds: float
    megabytes: float
    output: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, once a run, and what it must stay under."""

    name: str
    values: tuple[float, ...]
    limit: float
    unit: str

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def ok(self) -> bool:
        return self.median < self.limit


# Text


def made_up(paragraphs: int) -> Iterator[tuple[str, list[str]]]:
    """Yield (title, lines) of documents like laws: chapters, articles of 15 to 600 characters.

    A third of the clauses are the sample's, the others consist of words drawn by Zipf's law from 30,000 that are
    made of the 3,755 common characters, so that terms are as rare and as frequent as in real text.
    """
    random = Random(1)
    sample = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    clauses = [clause for clause in re.split(r"[\s，。；：、！？“”（）]+", sample) if 4 <= len(clause) <= 20]
    common = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]
    characters = list(filter(None, common))
    words = ["".join(random.choices(characters, k=random.choice((2, 2, 2, 3, 4)))) for _ in range(30_000)]
    weights = list(accumulate(1 / rank for rank in range(3, len(words) + 3)))

    def sentence() -> str:
        parts = []
        for _ in range(random.randint(1, 4)):
            made = "".join(random.choices(words, cum_weights=weights, k=random.randint(3, 7)))
            parts.append(random.choice(clauses) if random.random() < 0.33 else made)
        return "，".join(parts) + "。"

    def paragraph(number: int) -> str:
        if number % 12 == 0:
            return f"第{number // 12 + 1}章 " + "".join(random.choices(words, cum_weights=weights, k=3))
        text, length = f"第{number}条 ", min(600, random.lognormvariate(3.9, 0.75))
        while len(text) < length:
            text += sentence()
        return text

    for first in range(0, paragraphs, 100):
        yield f"{random.choice(words)}{first}号规定", [paragraph(n) for n in range(min(100, paragraphs - first) - 1)]


def laws(path: Path, paragraphs: int) -> Iterator[tuple[str, list[str]]]:
    """Yield (title, lines) of the documents in a .jsonl.xz file until there are ``paragraphs``."""
    with lzma.open(path, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            lines = [line for part in row["paragraphs"] for line in part["text"].split("\n") if line.strip()]
            yield row["title"], lines[: paragraphs - 1]
            paragraphs -= 1 + len(lines)
            if paragraphs <= 0:
                return


def write(texts: Iterable[tuple[str, list[str]]], folder: Path) -> tuple[int, list[str]]:
    """Write a file a text; return the number of paragraphs, and questions that contain words of some of them."""
    random = Random(2)
    folder.mkdir()
    count, pool = 0, []
    for number, (title, lines) in enumerate(texts):
        (folder / f"{number:05}.txt").write_text("\n".join((title, *lines)), encoding="utf-8")
        count += 1 + len(lines)
        spans = re.findall(r"[\u4e00-\u9fff]{8,14}", random.choice(lines) if lines else title)
        pool += [random.choice(spans) + random.choice(ENDINGS)] if spans else []
    return count, random.sample(pool, min(QUESTIONS, len(pool)))


# Processes


def start(command: Sequence[str | Path]) -> subprocess.Popen[str]:
    """Start a process in the repository, without the settings of the person who measures."""
    # As on a person's machine: with no settings, and with modules that are compiled once.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YOUJU_", "PYTHONDONTWRITE"))}
    return subprocess.Popen(command, cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def end(process: subprocess.Popen[str], *, wanted: int = 0) -> float:
    """Wait for the end; return peak memory in MB. This process stays small, for a child's peak begins with ours."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != wanted:
        raise SystemExit(f"{process.args!r} ended with {process.returncode}")
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def command(*arguments: str | Path, wanted: int = 0) -> Run:
    """Run a command to its end, which is to be with the exit code ``wanted``."""
    started = time.perf_counter()
    with start(arguments) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        megabytes = end(process, wanted=wanted)
    return Run(time.perf_counter() - started, megabytes, output)


def server(home: Path) -> Run:
    """Start the server; the clock stops when the page is there. Then it answers a question, which counts as memory."""
    started = time.perf_counter()
    with start((*BOT, home, "serve", "--port", "0")) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the server did not start"
        web = build_opener(ProxyHandler({}))
        web.open(found.group()).read()
        seconds = time.perf_counter() - started
        body = json.dumps({"question": QUESTION}).encode()
        web.open(Request(f"{found.group()}/api/ask", body, {"Content-Type": "application/json"})).read()
        process.terminate()
        return Run(seconds, end(process))


def answer(home: Path, questions: Path) -> None:
    """Ask every question in this process and print the milliseconds each took."""
    from bot import Bot  # the measuring process must not load it

    asked = json.loads(questions.read_text(encoding="utf-8"))
    milliseconds = []
    with Bot.open(home) as bot:
        for question in (*asked[:WARM_UP], *asked):
            started = time.perf_counter()
            bot.ask(question)
            milliseconds.append((time.perf_counter() - started) * 1000)
    sys.stdout.write(json.dumps(milliseconds[WARM_UP:]))


# Report


def small_home(folder: Path, runs: int) -> Iterator[Figure]:
    """Measure with the sample document alone."""
    home = folder / "sample"
    command(*BOT, home, "list")
    yield from _ask("ask, sample document", home, runs)
    yield from _serve("page, sample document", home, runs)


def large_home(folder: Path, texts: Iterable[tuple[str, list[str]]], runs: int) -> Iterator[Figure]:
    """Measure with many paragraphs."""
    count, questions = write(texts, folder / "texts")
    asked = folder / "questions.json"
    asked.write_text(json.dumps(questions), encoding="utf-8")
    name = f"{count:,} paragraphs"
    homes = [folder / f"large{number}" for number in range(min(runs, 3))]
    added = [command(*BOT, home, "add", folder / "texts") for home in homes]
    yield Figure(f"add {name}", tuple(run.seconds for run in added), 60, "s")
    yield Figure(f"add {name}: peak memory", tuple(run.megabytes for run in added), 1000, "MB")
    home = homes[0]
    ours = (sys.executable, "-m", "tests.bench", "--answer", home, asked)
    answered = [command(*ours) for _ in range(runs)]
    cuts = [statistics.quantiles(json.loads(run.output), n=20) for run in answered]
    yield Figure(f"question among {name}: p50", tuple(cut[9] for cut in cuts), 300, "ms")
    yield Figure(f"question among {name}: p95", tuple(cut[18] for cut in cuts), 700, "ms")
    yield Figure(f"questions among {name}: peak memory", tuple(run.megabytes for run in answered), 1000, "MB")
    yield from _ask(f"ask, {name}", home, runs)
    yield from _serve(f"page, {name}", home, runs)


def large_file(folder: Path, runs: int) -> Iterator[Figure]:
    """Measure with one file of many lines, and with one of as many bytes as may be in lines that are very short."""
    sentences = (f"{part}。" for _, lines in made_up(60_000) for line in lines for part in line.split("。") if part)
    many, short = folder / "lines.txt", folder / "short.txt"
    many.write_text("\n".join(islice(sentences, LINES)), encoding="utf-8")
    added = [command(*BOT, folder / f"lines{number}", "add", many) for number in range(min(runs, 3))]
    yield Figure(f"add a file of {LINES:,} lines", tuple(run.seconds for run in added), 6, "s")
    yield Figure(f"add a file of {LINES:,} lines: peak memory", tuple(run.megabytes for run in added), 1000, "MB")
    short.write_text("\n".join(f"{number}号柜有货" for number in range(2_000_000)), encoding="utf-8")
    refused = [command(*BOT, folder / "short", "add", short, wanted=1) for _ in range(min(runs, 3))]
    yield Figure("refuse a file of 2,000,000 lines", tuple(run.seconds for run in refused), 60, "s")


def _ask(name: str, home: Path, runs: int) -> Iterator[Figure]:
    done = [command(*BOT, home, "ask", QUESTION) for _ in range(runs)]
    yield Figure(f"{name}: start to exit", tuple(run.seconds for run in done), 1.6, "s")
    yield Figure(f"{name}: peak memory", tuple(run.megabytes for run in done), 400, "MB")


def _serve(name: str, home: Path, runs: int) -> Iterator[Figure]:
    done = [server(home) for _ in range(runs)]
    yield Figure(f"{name}: start to answer", tuple(run.seconds for run in done), 8, "s")
    yield Figure(f"{name}: peak memory", tuple(run.megabytes for run in done), 700, "MB")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print a line a figure; 1 where a limit is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--laws", type=Path, metavar="FILE.jsonl.xz", help="real texts: title, paragraphs[{text}]")
    parser.add_argument("--paragraphs", type=int, default=100_000, help="how many are added (100,000)")
    parser.add_argument("--runs", type=int, default=5, help="repeat and take the median (5; at most 3 of add)")
    parser.add_argument("--answer", type=Path, nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.answer:
        answer(*args.answer)
        return 0
    texts = laws(args.laws, args.paragraphs) if args.laws else made_up(args.paragraphs)
    say(f"{os.cpu_count()} processors; load average {_load()} before")
    say(f"{'figure':<52}{'median':>10}{'least':>10}{'most':>10}{'limit':>10}")
    well = True
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as name:
        folder = Path(name)
        kinds = small_home(folder, args.runs), large_home(folder, texts, args.runs), large_file(folder, args.runs)
        for figures in kinds:
            for figure in figures:
                shown = (figure.median, min(figure.values), max(figure.values), figure.limit)
                numbers = "".join(f"{value:>10.4g}" for value in shown)
                say(f"{figure.name:<52}{numbers} {figure.unit:<2}  {'ok' if figure.ok else 'TOO MUCH'}")
                well = well and figure.ok
    say(f"load average {_load()} after")
    return 0 if well else 1


def say(line: str) -> None:
    """Print a line at once: the next one may take minutes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _load() -> str:
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main())
