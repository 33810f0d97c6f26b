"""The command line: what it prints, what it returns, what it loads."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bot import Bot, Settings
from bot.cli.commands import getting_ready
from bot.cli.main import main
from bot.stopping import go_on
from bot.types import as_json
from tests.integration.serving import MANUAL, ROOT, environment, make_home

COMMANDS = ("serve", "add", "remove", "list", "search", "ask", "synonyms", "eval", "feedback", "doctor")
FINE = "图书逾期未还每天收取多少滞纳金？"
UNKNOWN = "火星探测器的发射质量是多少吨？"
NEAR = "滞纳金的发票用哪种纸张？"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "YOUJU_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("YOUJU_HOME", str(home))

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as leave:
            code = int(leave.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def one_line(code: int, out: str, err: str, expected: int = 1) -> str:
    assert (code, out) == (expected, "")
    assert err.endswith("\n") and err.count("\n") == 1
    return err


def test_what_is_got_ready_ends_before_the_bot_closes(home: Path) -> None:
    done: list[str] = []
    begun = Event()

    def work() -> None:
        begun.set()
        try:
            while True:
                time.sleep(0.01)
                go_on()
        finally:
            done.append("work")

    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot:
        with getting_ready(bot, work):
            assert begun.wait(60) and done == []
        assert (done, bot.prepared) == (["work"], True)


def test_ask_prints_the_answer_with_its_place(run: Run) -> None:
    code, out, err = run("ask", FINE)
    assert (code, err) == (0, "")
    assert "二角。[1]" in out
    assert "[1] 青溪图书馆借阅办法 › 二、逾期与赔偿 (library.md, paragraph 6)" in out
    assert "(library.md, 第 6 段)" in run("--lang", "zh", "ask", FINE)[1]


def test_ask_json_is_the_engines_answer(run: Run, home: Path) -> None:
    code, out, err = run("ask", FINE, "--json")
    assert (code, err) == (0, "")
    with Bot.open(settings=Settings(home=home)) as bot:
        expected: dict[str, Any] = json.loads(json.dumps(as_json(bot.ask(FINE))))
    printed = json.loads(out)
    assert printed.pop("timings").keys() == expected.pop("timings").keys()
    assert printed == expected


def test_a_refusal_is_an_answer_too(run: Run) -> None:
    code, out, err = run("ask", UNKNOWN, "--json")
    assert (code, err, json.loads(out)["abstained"]) == (0, "", True)
    code, out, err = run("ask", NEAR)
    assert (code, err) == (0, "")
    assert "Nearest passages (they do not answer it):" in out


def test_words_need_no_quotes_and_options_stand_anywhere(run: Run, home: Path) -> None:
    quoted = json.loads(run("ask", "how many kinds of orchid?", "--json")[1])
    loose = json.loads(
        run("--home", str(home), "ask", "--json", "--lang", "zh", "how", "many", "kinds", "of", "orchid?")[1]
    )
    assert quoted["citations"] == loose["citations"] != []


def test_search_obeys_limit_and_scope(run: Run) -> None:
    hits = json.loads(run("search", "读者借阅", "--limit", "2", "--json")[1])
    assert len(hits) == 2 and hits[0]["score"] >= hits[1]["score"]
    garden = next(item for item in json.loads(run("list", "--json")[1]) if item["source"] == "garden.txt")
    scoped = json.loads(run("search", "读者借阅", "--document", garden["document_id"], "--json")[1])
    assert {hit["source"] for hit in scoped} == {"garden.txt"}
    assert run("search", "读者借阅", "--limit", "1")[1].startswith("1. (")


def test_add_list_remove(run: Run, tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "办法.md").write_bytes(MANUAL.encode("gb18030"))
    (folder / "deep" / "bad.txt").write_bytes(b"")
    code, out, err = run("add", str(folder), "--home", home)
    assert code == 1
    assert out.startswith("added: ") and "GB18030" in out
    assert err.startswith("deep/bad.txt: ") and err.count("\n") == 1

    code, out, err = run("add", str(folder / "办法.md"), str(tmp_path / "none.txt"), "--home", home, "--json")
    assert (code, err) == (1, "")
    assert [report["status"] for report in json.loads(out)] == ["unchanged", "failed"]

    listed = json.loads(run("list", "--home", home, "--json")[1])
    mine = next(item for item in listed if item["source"] == "办法.md")
    assert mine["document_id"] in run("list", "--home", home)[1]
    code, out, _ = run("remove", mine["document_id"], "--home", home)
    assert (code, out) == (0, f"removed: {mine['document_id']}\n")
    left = json.loads(run("list", "--home", home, "--json")[1])
    assert left == [item for item in listed if item != mine]


def test_doctor_checks_everything(run: Run) -> None:
    code, out, err = run("doctor")
    assert (code, err) == (0, "")
    assert all(line.startswith("✓ ") for line in out.splitlines())
    names = [check["name"] for check in json.loads(run("doctor", "--json")[1])]
    assert {"versions", "home", "store", "lexical index", "vector index", "encoder"} <= set(names)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", ""),
        ("ask", "问" * 100_000),
        ("search", " "),
        ("remove", "none"),
        ("add", "/nowhere/at/all"),
        ("eval", "/nowhere/at/all"),
        ("ask", "?", "--encoder", "/nowhere/at/all"),
        ("ask", "?", "--home", "/proc/youju"),
        ("ask", "?", "--home", __file__),
        ("serve", "--port", "70000"),
        ("serve", "--host", "192.0.2.1", "--port", "0"),
    ],
)
def test_what_a_person_can_mend_is_one_line_in_their_language(run: Run, arguments: tuple[str, ...]) -> None:
    english = one_line(*run(*arguments))
    chinese = one_line(*run(*arguments, "--lang", "zh"))
    assert len(english) < 400
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)


def test_a_taken_port_is_known_at_once(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert f"Port {port} is taken" in one_line(*run("serve", "--port", port, "--home", str(tmp_path / "new")))
    assert not (tmp_path / "new").exists()


def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_PORT", "many")
    assert "YOUJU_PORT" in one_line(*run("list"))


@pytest.mark.parametrize(
    "arguments", [(), ("frobnicate",), ("ask",), ("search", "x", "--limit", "0"), ("list", "--no")]
)
def test_wrong_usage_is_one_line_and_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert one_line(*run(*arguments), expected=2).startswith("Wrong usage: ")
    assert one_line(*run("--lang", "zh", *arguments), expected=2).startswith("参数不对：")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_comes_in_both_languages(run: Run, command: str) -> None:
    for language in ("en", "zh"):
        code, out, err = run("--lang", language, command, "--help")
        assert (code, err) == (0, "")
        assert out.startswith(f"usage: python -m bot {command}")


def test_the_environment_chooses_the_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "问题" in one_line(*run("ask", ""))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "question" in one_line(*run("ask", ""))


def test_documents_cannot_drive_the_terminal(run: Run, tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    (tmp_path / "evil.txt").write_text("警报器的口令\x9b31m是七号。\n" + MANUAL, encoding="utf-8")
    run("add", str(tmp_path / "evil.txt"), "--home", home)
    _, out, _ = run("search", "警报器的口令", "--home", home, "--limit", "1")
    assert "七号" in out
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in out.replace("\n", ""))


@pytest.mark.parametrize("command", ["ask", "search"])
def test_ask_and_search_load_nothing_heavy(home: Path, command: str) -> None:
    script = (
        "import sys; from bot.cli.main import main; code = main(sys.argv[1:]);"
        "heavy = {'torch', 'gradio', 'sentence_transformers', 'transformers', 'fastapi', 'sklearn', 'pandas', 'mcp'};"
        "sys.stderr.write(' '.join(sorted(heavy & sys.modules.keys()))); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, command, FINE, "--home", str(home)],
        cwd=ROOT, env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""


def test_a_reader_that_leaves_early_is_no_error(home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "list", "--home", str(home)],
            cwd=ROOT, env=environment(), stdout=closed, stderr=subprocess.PIPE, check=True,
        )  # fmt: skip
    assert done.stderr == b""
