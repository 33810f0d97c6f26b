"""Files of word processors with bytes changed: each is read or is its own report, and nothing is half-stored."""

import io
import random
import re
import zipfile
from pathlib import Path

from tests.parts import OpenBot
from tests.word_files import manual, policy

FILES = Path(__file__).parents[2] / "files" / "word"
SOURCES = [
    *((".docx", data) for data in (manual(), policy(), (FILES / "manual.docx").read_bytes())),
    *((".odt", (FILES / f"{name}.odt").read_bytes()) for name in ("manual", "policy")),
    *((".rtf", (FILES / f"{name}.rtf").read_bytes()) for name in ("manual", "policy")),
]
NUMBERS = [b"0", b"-1", b"99999", b"4294967296", b"x", b""]
PIECES = [b"<w:p>", b"{", b"}", b"\\u55296 ", b"\\cell ", b"\\row ", b"%9", b"\\bin9999 ", b"&a;", b"\0"]


def mutated(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5])):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(6):
            case 0 if out:
                out[at % len(out)] = rng.randrange(256)
            case 1:
                del out[at : at + rng.randrange(1, 40)]
            case 2:
                out[at:at] = out[rng.randrange(len(out) + 1) :][: rng.randrange(1, 400)]
            case 3:
                out[at:at] = rng.choice(PIECES)
            case 4 if numbers := list(re.finditer(rb"\d+", out)):
                number = rng.choice(numbers)
                out[number.start() : number.end()] = rng.choice(NUMBERS)
            case _:
                del out[at:]
    return bytes(out)


def mutated_inside(data: bytes, rng: random.Random) -> bytes:
    """Change a part of a zip file, which stays one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as copy:
        changed = rng.choice([name for name in archive.namelist() if name.endswith((".xml", ".rels"))])
        for name in archive.namelist():
            content = archive.read(name)
            copy.writestr(name, mutated(content, rng) if name == changed else content)
    return out.getvalue()


def test_each_is_read_or_is_its_own_report(open_bot: OpenBot) -> None:
    files = []
    for seed in range(240):
        rng = random.Random(seed)
        suffix, data = rng.choice(SOURCES)
        change = mutated if suffix == ".rtf" or rng.random() < 0.2 else mutated_inside
        files.append((f"{seed}{suffix}", change(data, rng), None))
    bot = open_bot()
    reports = bot.add_files(files)
    assert sorted(report.source for report in reports) == sorted(name for name, _, _ in files)
    added = {report.source for report in reports if report.status == "added"}
    assert 50 < len(added) < 240
    assert {document.source for document in bot.documents()} == added
    assert all(report.error_zh for report in reports if report.source not in added)
