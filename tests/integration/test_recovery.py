"""What is on disk stays whole: after a kill, after damage to what is derived, through a change of encoder."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot import Bot, Settings
from bot.cli.main import main
from bot.documents.parser import document_id
from bot.types import Answer, EncoderError, Hit, StoreError, Timings
from embeddings.loading import BUILTIN_FOLDER
from tests.integration.serving import GARDEN, MANUAL, ROOT, environment
from tests.parts import OpenBot

FINE = "图书逾期未还每天收取多少滞纳金？"
QUESTIONS = (FINE, "How many kinds of orchid does the glass house hold?", "学生可以借几册？")

# Transactions of 20 kB instead of 4 MB, so that a kill falls between two of them.
ADDING = """
import sys
from pathlib import Path
import bot.intake
bot.intake.BATCH_BYTES = 20_000
from bot import Bot, Settings
with Bot.open(settings=Settings(home=Path(sys.argv[1]), seeds=None)) as bot:
    bot.add(sys.argv[2], lambda done, total, label: print(label, done, flush=True))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 files of 8 paragraphs, together 150 kB."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(300):
        lines = [f"第{number}号仓库第{line}间存放大米{number * 8 + line}吨，由管理员看守。" for line in range(8)]
        (folder / f"{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Bot.open(settings=Settings(home=tmp_path / "home", seeds=None)) as bot:
        bot.add_bytes("library.md", MANUAL.encode())
        bot.add_bytes("garden.txt", GARDEN.encode())
    return tmp_path / "home"


def assert_whole(bot: Bot) -> None:
    assert [check for check in bot.check() if not check.ok] == []


def asked(bot: Bot) -> list[Answer | list[Hit]]:
    """Answers and hits for all questions, without times."""
    answers = [replace(bot.ask(question), timings=Timings()) for question in QUESTIONS]
    return [*answers, *(bot.search(question) for question in QUESTIONS)]


# Killed


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("step", ["read 1", "read 150", "read 300", "embed"])
def test_a_killed_add_leaves_whole_documents_only(open_bot: OpenBot, home: Path, folder: Path, step: str) -> None:
    command = [sys.executable, "-c", ADDING, str(home), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any(f"{line.strip()} ".startswith(f"{step} ") for line in process.stdout)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    bot = open_bot(threshold=0.0)
    stored = {info.source: info for info in bot.documents()}
    assert {"library.md", "garden.txt"} <= set(stored)
    assert len(stored) < 302 or step in ("read 300", "embed")
    for path in folder.iterdir():
        if path.name in stored:
            document = bot.document(document_id(path.name))
            assert document.text == path.read_text(encoding="utf-8")
            assert (len(document.paragraphs), stored[path.name].passages) == (8, 8)
    assert_whole(bot)
    assert "二角" in bot.ask(FINE).citations[0].quote
    reports = {report.source: report.status for report in bot.add(folder)}
    assert reports == {path.name: "unchanged" if path.name in stored else "added" for path in folder.iterdir()}
    assert bot.search("第299号仓库第7间存放多少吨大米？")[0].text.endswith("由管理员看守。")
    assert_whole(bot)


# Damaged


@pytest.mark.parametrize("name", ["vectors.faiss", "lexical/manifest.json", "lexical/passages", "lexical/documents"])
@pytest.mark.parametrize("missing", [False, True])
def test_a_damaged_or_missing_index_is_made_again(open_bot: OpenBot, home: Path, name: str, missing: bool) -> None:
    with open_bot() as bot:
        expected = asked(bot)
    path = home / name
    if missing:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    else:
        rng = np.random.default_rng(0)
        for file in [path] if path.is_file() else [p for p in path.iterdir() if not p.name.startswith(".")]:
            content = bytearray(file.read_bytes())
            content[rng.integers(len(content))] ^= 1 << int(rng.integers(8))
            file.write_bytes(content)
    bot = open_bot()
    assert asked(bot) == expected
    assert_whole(bot)


def test_everything_derived_can_go_at_once(open_bot: OpenBot, home: Path) -> None:
    expected = asked(open_bot())
    for path in home.iterdir():
        if not path.name.startswith("youju.db"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    bot = open_bot()
    assert asked(bot) == expected
    assert_whole(bot)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("indexed", [False, True])
def test_damage_to_one_document_is_named_and_mended(open_bot: OpenBot, home: Path, last: bool, indexed: bool) -> None:
    path, word = home / "youju.db", "滞纳金".encode()
    content = bytearray(path.read_bytes())
    content[content.rfind(word) if last else content.find(word)] ^= 4
    path.write_bytes(content)
    if not indexed:
        shutil.rmtree(home / "lexical")
        (home / "vectors.faiss").unlink()
    bot = open_bot()
    assert {check.name: check.line for check in bot.check() if not check.ok}["store"].startswith("library.md: damaged")
    with pytest.raises(StoreError, match=r"library\.md is damaged: remove that document"):
        [bot.document(document_id("library.md")), bot.ask(FINE)]
    bot.remove(document_id("library.md"))
    assert bot.add_bytes("library.md", MANUAL.encode()).status == "added"
    assert "二角" in bot.search(FINE)[0].text
    assert_whole(bot)


# Another encoder


@pytest.fixture(scope="module")
def other_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model of 24 random dimensions for each word of the built-in one, in sentence-transformers' format."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    torch.manual_seed(0)
    tokenizer = Tokenizer.from_file(str(BUILTIN_FOLDER / "tokenizer.json"))
    folder = tmp_path_factory.mktemp("encoder") / "random-24"
    module = StaticEmbedding(tokenizer, embedding_dim=24)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder), create_model_card=False)
    return folder


def test_another_encoder_embeds_anew_and_the_first_needs_nothing(
    open_bot: OpenBot, home: Path, other_encoder: Path
) -> None:
    before = asked(open_bot())
    steps: list[tuple[int, int, str]] = []

    def reopened(encoder: str) -> Bot:
        settings = Settings(home=home, seeds=None, encoder=encoder, threshold=0.0)
        return Bot.open(settings=settings, progress=lambda *step: steps.append(step))

    with reopened(str(other_encoder)) as bot:
        passages = sum(info.passages for info in bot.documents())
        assert steps[-1] == (passages, passages, "embed")
        assert_whole(bot)
        assert {check.name: check.line for check in bot.check()}["encoder"].startswith("random-24-")
        assert "二角" in bot.ask(FINE).citations[0].quote
        bot.add_bytes("tea.txt", "岩茶要用九十五度的水冲泡。".encode())
        assert bot.search("岩茶要用多少度的水？")[0].source == "tea.txt"
        bot.remove(document_id("tea.txt"))
    steps.clear()
    with reopened("builtin") as bot:
        assert [step for step in steps if step[2] == "embed"] == []
        assert_whole(bot)
    assert asked(open_bot()) == before
    with reopened(str(other_encoder)) as bot:
        assert [step for step in steps if step[2] == "embed"] == []
        assert_whole(bot)


@pytest.fixture
def silent_hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")  # where nothing listens
    yield "owner/no-such-model"


def test_a_hub_that_cannot_be_reached_is_one_line(
    open_bot: OpenBot, home: Path, silent_hub: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = asked(open_bot())
    with pytest.raises(EncoderError, match=silent_hub) as error:
        open_bot(encoder=silent_hub)
    assert "\n" not in error.value.en + error.value.zh
    assert main(["--home", str(home), "--encoder", silent_hub, "--lang", "en", "ask", FINE]) == 1
    assert capsys.readouterr() == ("", error.value.en + "\n")
    assert asked(open_bot()) == before


@pytest.mark.parametrize("encoder", ["./nowhere", "/nowhere/at/all"])
def test_an_encoder_that_is_not_there_leaves_the_home_as_it_is(
    open_bot: OpenBot, home: Path, encoder: str, tmp_path: Path
) -> None:
    before = asked(open_bot())
    with pytest.raises(EncoderError, match=encoder):
        open_bot(encoder=encoder)
    with pytest.raises(EncoderError):
        open_bot("new", encoder=str(tmp_path))
    assert not (tmp_path / "new").exists()
    assert asked(open_bot()) == before
