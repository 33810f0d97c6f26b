"""A process that adds, replaces, removes and asks, and says each time what is done, until somebody kills it.

``python -m tests.integration.killing HOME FILES`` reads seeds from standard input, a line each. Each is worked off by
a process of its own, forked from one that has loaded everything, which takes a fraction of a new one's time. With
``sync`` behind it, what each does is to bring the folder FILES into step.
"""

import io
import os
import random
import sys
import zipfile
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import docx
import openpyxl

import bot.engine
import bot.folders.syncing
from bot import Bot, Settings
from bot.conversations.chat import ChatQuestion
from embeddings.loading import load_encoder
from tests.integration.serving import GARDEN, MANUAL

FINE = "图书逾期未还每天收取多少滞纳金？"
VISITOR = "visitor"
VERSIONS = 2
_PDF = Path(__file__).parents[1] / "files" / "pdf"


@dataclass(frozen=True, slots=True)
class Action:
    """``what`` is done ("put", "remove", "chat") to the files of these ``names``, in this ``version``."""

    what: str
    names: tuple[str, ...] = ()
    version: int = 0


def write_files(folder: Path) -> None:
    """Write the files that are added, each in its versions, as ``VERSION/NAME``."""
    scans = sorted(path for path in _PDF.glob("*.pdf") if path.stat().st_size < 100_000)[:VERSIONS]
    for version in range(VERSIONS):
        inside = folder / str(version)
        inside.mkdir(parents=True)
        for number in range(8):
            length = (8, 300)[number % 2]
            (inside / f"{number}.txt").write_text(_stock(number, version, length), encoding="utf-8")
        for number, name in enumerate(("0.docx", "1.docx", "a.xlsx", "a.html")):
            (inside / name).write_bytes(in_format(Path(name).suffix, _stock(100 + number, version, 20)))
        (inside / "a.pdf").write_bytes(scans[version % len(scans)].read_bytes())
        (inside / "a.eml").write_bytes(in_format(".eml", _stock(150, version, 5), _stock(151, version, 20)))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for number in range(3):
                archive.writestr(f"{number}.txt", _stock(200 + number, version, 20))
        (inside / "a.zip").write_bytes(packed.getvalue())


def in_format(suffix: str, text: str, attached: str = "") -> bytes:
    """Return a file of this kind that holds the lines of a text; a mail has ``attached`` with it."""
    file = io.BytesIO()
    if suffix == ".docx":
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        document.save(file)
    elif suffix == ".xlsx":
        book = openpyxl.Workbook()
        for line in ("记录", *text.splitlines()):
            book.active.append([line, len(line)])
        book.save(file)
    elif suffix == ".html":
        file.write(f"<meta charset=utf-8>{''.join(f'<p>{line}</p>' for line in text.splitlines())}".encode())
    elif suffix == ".eml":
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "store@example.org", "盘点"
        mail.set_content(text)
        if attached:
            mail.add_attachment(attached.encode(), maintype="text", subtype="plain", filename="盘点.txt")
        file.write(mail.as_bytes())
    else:
        file.write(text.encode())
    return file.getvalue()


def actions(seed: int) -> list[Action]:
    """Return what the process of this seed does, again and again other things."""
    rng = random.Random(seed)
    alone = [f"{number}.txt" for number in range(8)] + ["0.docx", "1.docx", "a.xlsx", "a.html", "a.pdf"]
    made = []
    for _ in range(40):
        what = rng.choice(("put", "put", "put", "remove", "chat"))
        # What came in an archive or with a mail is removed piece by piece, each by itself.
        names = [*alone, "a.eml", "a.zip"] if what == "put" else alone
        several = rng.sample(names, rng.choice((1, 1, 4)) if what == "put" else 1)
        made.append(Action(what, () if what == "chat" else tuple(several), rng.randrange(VERSIONS)))
    return made


def work(home: Path, files: Path, seed: int) -> None:
    """Do it, and say before each action that it begins, and after it that it is done."""
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as mine:
        _say("open")
        for number, action in enumerate(actions(seed)):
            _say("begin", number)
            if action.what == "put":
                contents = ((name, files / str(action.version) / name, None) for name in action.names)
                assert all(report.status != "failed" for report in mine.add_files(contents))
            elif action.what == "remove":
                for info in mine.documents():
                    if info.source in action.names:
                        mine.remove(info.document_id)
            else:
                assert mine.chat.ask(VISITOR, ChatQuestion(FINE)) is not None
            _say("done", number)


def bring_into_step(home: Path, files: Path, seed: int) -> None:
    """Bring the folder into step, in batches of few files; say when that begins, and when it is done."""
    bot.folders.syncing._BATCH_FILES = 1 + seed % 7
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as mine:
        name = mine.folders.keep(files).name
        _say("begin", 0)
        mine.folders.sync(name)
        _say("done", 0)


def make_home(home: Path) -> None:
    """Make a home that answers ``FINE`` whatever happens."""
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as mine:
        mine.add_bytes("library.md", MANUAL.encode())
        mine.add_bytes("garden.md", GARDEN.encode())


def _stock(number: int, version: int, lines: int) -> str:
    return "\n".join(
        f"第{number}号仓库第{line}间第{version}次盘点存有大米{number * 1000 + line}吨，由管理员看守。"
        for line in range(lines)
    )


def _say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def load_once() -> None:
    """Load the encoder now, and never again: most of what opening a home takes."""
    bot.engine.load_encoder = cache(load_encoder)  # type: ignore[attr-defined]
    bot.engine.load_encoder("builtin")  # type: ignore[attr-defined]


def main() -> None:
    """Fork a process for each seed, and say its number; wait for its end."""
    home, files = map(Path, sys.argv[1:3])
    does = bring_into_step if sys.argv[3:] == ["sync"] else work
    load_once()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            # Said by the child: on a busy machine it may be at work before its parent says anything.
            _say("pid", os.getpid())
            does(home, files, int(line))
            os._exit(0)
        os.waitpid(pid, 0)
        _say("ended")


if __name__ == "__main__":
    main()
