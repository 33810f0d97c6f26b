"""A home that cannot be written is asked as it stands; a full disk stops adding, not asking, and nothing is lost."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import Bot, Settings
from bot.conversations.chat import ChatQuestion
from bot.types import StoreError
from tests.integration.serving import MANUAL, ROOT, environment, make_home

FINE = "图书逾期未还每天收取多少滞纳金？"

READING = """
import json, os, sys
from pathlib import Path
from bot import Bot, Settings
from bot.conversations.chat import ChatQuestion
from bot.types import StoreError
question = sys.argv[2]
def chat(bot):
    conversation = bot.chat.ask("visitor", ChatQuestion(question))
    again = bot.chat.ask("visitor", ChatQuestion("遗失的呢？", conversation.conversation_id))
    return conversation.turns[0].answer.citations[0].quote, len(again.turns), len(bot.conversations.list("visitor"))
with Bot.open(settings=Settings(home=Path(sys.argv[1]), seeds=None)) as bot:
    said = {
        "ask": bot.ask(question).citations[0].quote,
        "search": bot.search(question)[0].text,
        "documents": len(bot.documents()),
        "chat": chat(bot),
        "wrong": [check.name for check in bot.check() if not check.ok],
    }
    for name, change in (("add", lambda: bot.add_bytes("b.txt", "茶".encode())),
                         ("remove", lambda: bot.remove(bot.documents()[0].document_id))):
        try:
            change()
        except StoreError as error:
            said[name] = error.en
print(json.dumps(said))
"""


# Root may write everywhere, unless that right is taken from it.
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")
no_such_rights = pytest.mark.skipif(
    os.name == "nt" or (os.geteuid() == 0 and shutil.which("setpriv") is None), reason="everything can be written"
)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A home that a test makes, and then locks up."""
    yield tmp_path / "home"
    for path in (tmp_path / "home", *(tmp_path / "home").rglob("*")):
        path.chmod(0o700)


def lock_up(home: Path) -> None:
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)


def read(home: Path) -> dict[str, object]:
    command = [*(WITHOUT_RIGHTS if os.geteuid() == 0 else ()), sys.executable, "-c", READING, str(home), FINE]
    done = subprocess.run(command, cwd=ROOT, env=environment(YOUJU_READER="off"), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return said


@no_such_rights
@pytest.mark.parametrize("indexes", ["there", "gone", "behind"])
def test_a_read_only_home_is_asked(locked: Path, indexes: str) -> None:
    home = make_home(locked)
    if indexes == "gone":
        shutil.rmtree(home / "lexical")
        (home / "vectors.faiss").unlink()
    elif indexes == "behind":
        with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot:
            before = [(path, path.read_bytes()) for path in home.rglob("*") if path.is_file() and "db" not in path.name]
            bot.add_bytes("tea.txt", "岩茶要用九十五度的水冲泡。".encode())
        shutil.rmtree(home / "lexical")
        for path, content in before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    lock_up(home)
    files = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    said = read(home)
    assert "二角" in str(said["ask"])
    assert "二角" in str(said["search"])
    assert said["documents"] == (3 if indexes == "behind" else 2)
    assert said["chat"] == [said["ask"], 2, 1]
    assert said["wrong"] == ["home"]
    for change in ("add", "remove"):
        assert "cannot be" in str(said[change])
        assert "\n" not in str(said[change])
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == files


@no_such_rights
def test_a_read_only_home_after_a_kill_holds_what_was_acknowledged(locked: Path) -> None:
    home = make_home(locked)
    adding = """
import os, sys
from pathlib import Path
from bot import Bot, Settings
bot = Bot.open(settings=Settings(home=Path(sys.argv[1]), seeds=None))
bot.add_bytes("tea.txt", "岩茶要用九十五度的水冲泡。".encode())
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", adding, str(home)], cwd=ROOT, env=environment(YOUJU_READER="off"))
    assert (home / "youju.db-wal").stat().st_size
    lock_up(home)
    said = read(home)
    assert said["documents"] == 3
    assert "二角" in str(said["ask"])


# A full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB, where one can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.name == "nt" or shutil.which("mount") is None:
        pytest.skip("no file system can be mounted")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(folder)], capture_output=True).returncode:
        pytest.skip("no file system can be mounted")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Leave ``left`` bytes free."""
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - left)))
    return filler


def stock(number: int) -> bytes:
    lines = (f"第{number}号仓库第{line}间存放大米{number * 1000 + line}吨，由管理员看守。" for line in range(300))
    return "\n".join((*lines, f"值班口令是青龙{'甲乙丙'[number]}。")).encode()


def opened(home: Path) -> Bot:
    return Bot.open(settings=Settings(home=home, seeds=None, reader="off"))


def assert_asked(bot: Bot, kept: set[str]) -> None:
    """All that is listed is found, in the middle of whatever is going on."""
    assert "二角" in bot.ask(FINE).citations[0].quote
    listed = {info.source: info.document_id for info in bot.documents()}
    assert kept <= set(listed)
    for source in set(listed) - {"library.md", "garden.txt"}:
        last = stock(int(source.removesuffix(".txt"))).decode().splitlines()[-1]
        assert bot.search("值班口令", documents=[listed[source]])[0].text == last


@pytest.mark.parametrize("left", [0, 30_000, 100_000, 200_000, 350_000, 500_000, 700_000])
def test_a_disk_that_fills_up_stops_adding_and_nothing_else(small_disk: Path, left: int) -> None:
    home = make_home(small_disk / "home")
    kept: set[str] = set()
    failed = 0
    with opened(home) as bot:
        filler = fill(small_disk, left)
        for number in range(3):
            try:
                kept |= {report.source for report in bot.add_files([(f"{number}.txt", stock(number), None)])}
            except StoreError as error:
                failed += 1
                assert "\n" not in error.en + error.zh
            assert_asked(bot, kept)
        assert bot.chat.ask("visitor", ChatQuestion(FINE)) is not None
    with opened(home) as bot:  # still full
        assert_asked(bot, kept)
        filler.unlink()
        for number in range(3):
            bot.add_bytes(f"{number}.txt", stock(number))
        assert_asked(bot, {"0.txt", "1.txt", "2.txt"})
        assert [check for check in bot.check() if not check.ok] == []
    with opened(home) as bot:
        assert_asked(bot, {"0.txt", "1.txt", "2.txt"})
        assert [check for check in bot.check() if not check.ok] == []
    assert failed
    assert not list(home.glob("*.tmp"))


def test_a_server_goes_on_when_space_is_freed(small_disk: Path) -> None:
    home = make_home(small_disk / "home")
    filler = fill(small_disk, 0)
    with opened(home) as bot:  # it was full before it began
        assert_asked(bot, set())
        with pytest.raises(StoreError, match=r"full|failed|cannot be"):
            bot.add_bytes("0.txt", stock(0))
        filler.unlink()
        bot.add_bytes("0.txt", stock(0))
        assert_asked(bot, {"0.txt"})
        assert (
            MANUAL.encode()
            == bot.original(next(i.document_id for i in bot.documents() if i.source == "library.md")).data
        )


LIMITED = """
import resource, signal, sys
from pathlib import Path
from bot import Bot, Settings
from bot.types import StoreError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Bot.open(settings=Settings(home=Path(sys.argv[1]), seeds=None)) as bot:
    bot.ask(sys.argv[2])
    for limit in (1, 5_000, 60_000, 200_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            bot.add_bytes("big.txt", Path(sys.argv[3]).read_bytes())
        except StoreError as error:
            print("error", error.en)
        print("asked", bot.ask(sys.argv[2]).citations[0].quote)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print("added", bot.add_bytes("big.txt", Path(sys.argv[3]).read_bytes()).status)
    print("wrong", [check for check in bot.check() if not check.ok])
"""


@pytest.mark.skipif(os.name == "nt", reason="no such limit")
def test_files_that_may_not_grow_stop_adding_and_nothing_else(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    (tmp_path / "big.txt").write_bytes(stock(1))
    command = [sys.executable, "-c", LIMITED, str(home), FINE, str(tmp_path / "big.txt")]
    done = subprocess.run(command, cwd=ROOT, env=environment(YOUJU_READER="off"), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("asked")] == [
        "asked 图书逾期未还的，每册每天收取滞纳金二角。"
    ] * 4
    assert any(line.startswith("error") for line in lines)
    assert lines[-2] in ("added added", "added unchanged")
    assert lines[-1] == "wrong []"
