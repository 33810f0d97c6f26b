"""Youju beside its peers: ``make peers``, or ``python -m tests.peers --passages 100000 --peers youju chroma``.

All get the very same passages and vectors, so encoders do not count. Each step is a process of its own, and each
row of the table has one limit of time and one of memory; what does not come through is a result too.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from tests.bench import ROOT, say

PYTHON = ROOT / ".venv-peers" / "bin" / "python"
Figures = dict[str, float | str]


@dataclass(frozen=True, slots=True)
class Entrant:
    """A row of the table: the class that is measured; whose store it reads where that is another row's."""

    title: str
    kind: str
    of: str = ""


ENTRANTS = {
    "youju": Entrant("Youju, finding", "Youju"),
    "youju-search": Entrant("Youju, search", "YoujuSearch", "youju"),
    "youju-ask": Entrant("Youju, whole answer", "YoujuAsk", "youju"),
    "youju-read": Entrant("Youju, read in context", "YoujuRead", "youju"),
    "txtai": Entrant("txtai, hybrid", "Txtai"),
    "langchain": Entrant("LangChain + FAISS", "LangChain"),
    "haystack": Entrant("Haystack BM25", "Haystack"),
    "chroma": Entrant("Chroma", "Chroma"),
}
COLUMNS = (
    ("title", "", ""), ("add_rate", "added a second", ",.0f"), ("add_peak", "adding: peak MB", ",.0f"),
    ("add_one", "add one, s", ".3f"), ("remove_one", "remove one, s", ".3f"), ("kept", "there after a kill", ""),
    ("disk", "disk, MB", ",.0f"), ("cold", "first answer, s", ".2f"), ("p50", "p50, ms", ",.1f"),
    ("p95", "p95, ms", ",.1f"), ("found", "found in ten", ".0%"), ("private", "memory, MB", ",.0f"),
    ("mapped", "and mapped, MB", ",.0f"), ("load", "load", ".1f"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What all steps of an entrant may take together, and what memory each may hold."""

    minutes: float
    gigabytes: float


def run(command: Sequence[str | Path], limits: Limits, spent: float = 0, killed: bool = False) -> Figures:
    """Run one step to its end; "failed" says why there are no figures.

    Args:
        command: prints its figures as a line of JSON at its end.
        limits: of the entrant.
        spent: seconds that its steps before have taken.
        killed: the step kills itself at its end.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
    offline = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "ANONYMIZED_TELEMETRY": "False"}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=kept | offline, capture_output=True, text=True, timeout=limits.minutes * 60 - spent
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"not done in {limits.minutes:g} minutes"}
    if done.returncode != (-9 if killed else 0) or not done.stdout:
        last = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        no_memory = "MemoryError" in last or "bad_alloc" in done.stderr or "memory allocation" in done.stderr
        return {"failed": f"needs more than {limits.gigabytes:g} GB" if no_memory else last[:200]}
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(name: str, folder: Path, data: Path, limits: Limits, first: Figures) -> Figures:
    """Measure one entrant in ``folder``; ``first`` is known of it already (of Youju how its home was filled)."""
    entrant = ENTRANTS[name]
    figures: Figures = {"title": entrant.title, "load": os.getloadavg()[0], **first}
    python = sys.executable if name.startswith("youju") else PYTHON
    begun = time.monotonic()

    def step(kind: str) -> Figures:
        class_name = f"tests.peers.stores:{entrant.kind}"
        words = (kind, class_name, folder, data, str(time.time()), str(limits.gigabytes))
        command = (python, "-m", "tests.peers.work", *words)
        return run(command, limits, time.monotonic() - begun, killed=kind == "change")

    if not entrant.of and "disk" not in first:
        filled = step("fill")
        if "failed" in filled:
            return figures | {"failed": f"adding: {filled['failed']}"}
        figures |= {"add_seconds": filled["add_seconds"], "add_peak": filled["peak"], "disk": disk(folder)}
    for kind in ("ask",) if entrant.of else ("ask", "change", "kept"):
        found = step(kind)
        if "failed" in found:
            return figures | {"failed": f"{kind}: {found['failed']}"}
        figures |= {key: value for key, value in found.items() if key != "peak"}
    return figures


def disk(folder: Path) -> float:
    """Return what the files of a folder hold, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def youju(home: Path, data: Path, args: argparse.Namespace, wanted: int) -> Figures:
    """Fill a home where there is none yet, and write what all peers are given."""
    from tests.scale import child

    first: Figures = {}
    if not (home / "youju.db").exists():
        laws = ("--laws", args.laws) if args.laws else ()
        filled = child("--fill", str(wanted), "--home", home, *laws)
        first = {"add_rate": filled["add_rate"], "add_peak": filled["add_memory"], "behind": filled["behind"]}
    if not (data / "questions.f32").exists():
        words = ("prepare", "", home, data, "0", "20")
        prepared = run((sys.executable, "-m", "tests.peers.work", *words), Limits(60, 20))
        if "failed" in prepared:
            raise SystemExit(f"the passages could not be written: {prepared['failed']}")
    return first | {"disk": disk(home)}


def table(rows: Sequence[Figures]) -> str:
    """Return the figures as a table in Markdown, a row an entrant; what failed stands in its row."""
    lines = [[title for _, title, _ in COLUMNS], ["---", *["---:"] * (len(COLUMNS) - 1)]]
    lines += [[_cell(row, name, form) for name, _, form in COLUMNS] for row in rows]
    notes = [f"{row['title']}: {row['failed']}\n" for row in rows if "failed" in row]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "".join(["\n", *notes] if notes else [])


def _cell(row: Figures, name: str, form: str) -> str:
    if name not in row:
        return ""
    if name == "kept":
        return "yes" if row[name] else "no"
    return format(row[name], form)


def versions() -> str:
    """Name what was measured, with its version, as installed in the peers' environment."""
    wanted = ("chromadb", "faiss-cpu", "haystack-ai", "langchain-community", "txtai")
    paths = [str(path) for path in (ROOT / ".venv-peers").glob("lib/*/site-packages")] + sys.path
    found = {one.metadata["Name"]: one.version for one in distributions(path=paths[::-1])}
    return ", ".join(f"{name} {found[name]}" for name in wanted if name in found)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure all that are named, one after the other, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.peers", description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--peers", nargs="+", choices=ENTRANTS, default=list(ENTRANTS))
    parser.add_argument("--laws", type=Path, metavar="FILE.jsonl.xz", help="real texts: title, paragraphs[{text}]")
    parser.add_argument("--folder", type=Path, help="where all is kept (deleted, where not given); "
                        "a home that stands in its youju/ is measured as it is, and changed")  # fmt: skip
    parser.add_argument("--minutes", type=float, default=15, help="what one row may take (15)")
    parser.add_argument("--gigabytes", type=float, default=10, help="memory that it may hold (10)")
    parser.add_argument("--json", type=Path, help="where the figures go")
    args = parser.parse_args(argv)
    limits = Limits(args.minutes, args.gigabytes)
    rows: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="youju-peers-") as name:
        folder = args.folder or Path(name)
        first = youju(folder / "youju", folder / "data", args, args.passages)
        count = sum(1 for _ in (folder / "data" / "rows.jsonl").open(encoding="utf-8"))
        say(f"{count:,} passages; {versions()}; load {os.getloadavg()[0]:.1f}")
        for peer in args.peers:
            of = ENTRANTS[peer].of or peer
            (folder / of).mkdir(parents=True, exist_ok=True)
            found = measure(peer, folder / of, folder / "data", limits, first if peer == "youju" else {})
            if "add_seconds" in found:
                found["add_rate"] = count / float(found["add_seconds"])
            rows.append({"passages": count} | found)
            say(table(rows[-1:]))
            if args.json:
                args.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    say(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
