"""Damaged files of every format, thousands of them: ``python -m tests.fuzz 10000 [SEED [SUFFIX ...]]``.

Files that may take seconds each (``SLOW``) are left out unless they are named by suffix.

Each is a sample (what the tests write, and all of tests/files) with bytes changed, left out, repeated or cut off; of
zip-based formats also inside their parts. What must hold: a file is read or refused in one line, and nothing else
happens; the child that reads may die, the next file is read by another.
"""

import io
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from email.message import EmailMessage
from pathlib import Path

from bot.documents.formats import find_format
from bot.documents.parser import read_file
from bot.documents.sandbox import Sandbox
from bot.types import DocumentError
from tests.bombs import packed
from tests.presentations import report
from tests.workbooks import budget

FILES = Path(__file__).parent / "files"
SLOW = (".doc", ".pdf", ".jpg")
"""What LibreOffice opens, and what is recognised where nothing else can be read."""
_GOOD = ("好.csv", "姓名,电话\n张三,5\n".encode())


def samples() -> dict[str, bytes]:
    """Return a file of each kind by its name."""
    book, slides = io.BytesIO(), io.BytesIO()
    budget().save(book)
    report().save(slides)
    text = "一、总则\n第一条 每人每年有五天年假。\n姓名,电话\n张三,010-1234\n"
    made = {
        "文.txt": text.encode("gb18030"),
        "文.md": f"# 题\n\n{text}".encode(),
        "表.csv": '姓名,电话\n"张,三","1\n2"\n李四,3\n'.encode("gb18030"),
        "表.xlsx": book.getvalue(),
        "片.pptx": slides.getvalue(),
        "信.eml": _mail(text),
        "包.zip": packed({"a.txt": text.encode(), "b/c.csv": b"a,b\n1,2\n"}),
    }
    found = {
        path.name: path.read_bytes() for path in sorted(FILES.rglob("*.*")) if path.is_file() and path.suffix != ".md"
    }
    return {name: data for name, data in {**made, **found}.items() if find_format(name)}


def _mail(text: str) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "通知", "行政部 <a@example.com>", "Mon, 23 Sep 2024 09:00:00 +0800"
    mail.set_content(text)
    mail.add_alternative(f"<h1>通知</h1><p>{text}</p>", subtype="html")
    mail.add_attachment(text.encode("gb18030"), maintype="text", subtype="plain", filename="附件一.txt")
    return mail.as_bytes()


def damaged(rng: random.Random, data: bytes) -> bytes:
    """Return a file with something wrong; every other zip has it inside a part."""
    if data.startswith(b"PK") and rng.random() < 0.5:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = rng.choice([name for name in parts if name.endswith((".xml", ".rels"))] or list(parts))
        return packed({**parts, name: _hurt(rng, parts[name])})
    return _hurt(rng, data)


def _hurt(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if not out:
            break
        at, length = rng.randrange(len(out)), rng.choice((1, 4, 30, 300))
        kind = rng.randrange(6)
        if kind == 0:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            out[at : at + length] = rng.randbytes(length)
        elif kind == 2:
            del out[at : at + length]
        elif kind == 3:
            out[at:at] = out[at : at + length] * rng.choice((1, 2, 50))
        elif kind == 4:
            out[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", bytes(4), b"\xff\xff\xff\x7f", b"9999"))
        else:
            del out[at + rng.randrange(length) :]
    return bytes(out)


def outcomes(times: int, seed: int, suffixes: Collection[str] = ()) -> Iterator[tuple[str, str, bytes]]:
    """Read damaged files, of certain ``suffixes`` where such are given.

    Yield a file's suffix, what became of it ("read", "refused", "child died"), and its bytes.
    A good file is read after each that the child did not outlive.
    """
    rng = random.Random(seed)
    every = {
        name: data
        for name, data in samples().items()
        if (Path(name).suffix in suffixes if suffixes else Path(name).suffix not in SLOW)
    }
    with Sandbox() as sandbox:
        for _ in range(times):
            name = rng.choice(sorted(every))
            data = damaged(rng, every[name])
            try:
                document = read_file(name, data, None, sandbox).document
            except DocumentError as error:
                assert "\n" not in error.en + error.zh
                assert error.en.startswith(name)
                died = "more than" in error.en and "memory" in error.en
                if died:
                    assert read_file(*_GOOD, None, sandbox).document is not None
                yield Path(name).suffix, "child died" if died else "refused", data
                continue
            if document is not None:
                assert all(0 <= p.start < p.end <= len(document.text) for p in document.paragraphs)
            yield Path(name).suffix, "read", data


def main() -> None:
    """Print how many files of each kind were read and refused."""
    times, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7
    started = time.monotonic()
    counts = Counter((suffix, outcome) for suffix, outcome, _ in outcomes(times, seed, sys.argv[3:]))
    for (suffix, outcome), number in sorted(counts.items()):
        print(f"{suffix:8}{outcome:12}{number:6}")  # noqa: T201
    own, child = (resource.getrusage(who).ru_maxrss // 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{times} files in {time.monotonic() - started:.0f} s; at most {own} MB here, {child} MB in a child")  # noqa: T201


if __name__ == "__main__":
    main()
