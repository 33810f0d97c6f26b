"""Written answers on the command line, and what it says before anything is sent."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.integration.model_server import StandIn, standing_in
from tests.integration.serving import ROOT, environment, make_home, running

ASKED = "普通读者每次可以借多少册？"
SAID = "普通读者每次可以借阅图书十二册，借期为四十五天。"
FALSE = "普通读者每次可以借阅图书一百册。"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def stand() -> Iterator[StandIn]:
    with standing_in() as stand:
        stand.says = lambda prompt: f"{SAID}{FALSE}"
        yield stand


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("YOUJU_HOME", str(home))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--lang", "zh", *arguments])
        return code, *capsys.readouterr()

    return run


def test_ask_written(run: Run, stand: StandIn) -> None:
    code, out, err = run("ask", ASKED, "--written", "paragraph", "--llm", stand.url, "--model", "good")
    host = stand.url.split("/")[2]
    assert code == 0
    assert (
        err == f"问题和最多 24 句引文（概括一篇文档时，每部分最多 8 句）只交给本机的 {host}，有据不把它们发到别处。\n"
    )
    lines = out.splitlines()
    assert lines[0] == f"{SAID}[1]"
    assert lines[2:5] == [
        f"{SAID}[1]", f"✗ {FALSE}（无据：引文里没有数字“一百册”）", f"（good，{host}：2 句中 1 句有据，1 句无据）",
    ]  # fmt: skip


def test_ask_written_as_json(run: Run, stand: StandIn) -> None:
    code, out, _ = run("ask", ASKED, "--json", "--written", "points", "--llm", stand.url, "--model", "good")
    written = json.loads(out)["written"]
    assert (code, written["mode"], written["outcome"], written["supported"]) == (0, "points", "whole", 1)


def test_a_server_that_fails_leaves_the_answer(run: Run, stand: StandIn) -> None:
    code, out, _ = run("ask", ASKED, "--written", "paragraph", "--llm", stand.url, "--model", "500")
    assert code == 0 and out.startswith(f"{SAID}[1]") and "返回了错误" in out


def test_what_cannot_be_asked_is_said_in_one_line(run: Run, stand: StandIn) -> None:
    for options in (
        ("--written", "paragraph"), ("--llm", stand.url), ("--llm", "nowhere", "--model", "m"),
        ("--written", "points", "--llm", stand.url, "--model", "good", "--llm-key-file", "/nowhere"),
    ):  # fmt: skip
        code, out, err = run("ask", ASKED, *options)
        assert (code, out) == (1, "") and err.count("\n") <= 2


def test_without_a_model_nothing_of_it_is_loaded(home: Path) -> None:
    code = (
        "import sys; from bot.cli.main import main; code = main(sys.argv[1:]);"
        "sys.stderr.write(' '.join(sorted({'openai', 'httpx', 'anyio', 'jiter'} & sys.modules.keys()))); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--home", str(home), "ask", ASKED], capture_output=True, text=True, cwd=ROOT,
        env=environment(YOUJU_READER="off"), timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_serve_says_at_the_start_what_leaves_the_machine(home: Path) -> None:
    options = ("--llm", "https://api.example.com", "--model", "m", "--lang", "zh")
    command = [sys.executable, "-m", "bot", "--home", str(home), "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, env=environment(YOUJU_LLM_KEY="sk-1")
    ) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
        finally:
            process.terminate()
    assert said == "问题和最多 24 句引文（概括一篇文档时，每部分最多 8 句）会发到 api.example.com，文档全文不会发出。\n"


def test_serve_with_a_model_of_the_environment(home: Path, stand: StandIn) -> None:
    given = {"YOUJU_LLM": stand.url, "YOUJU_LLM_MODEL": "good", "YOUJU_READER": "off"}
    with running(home, **given) as server, server.client() as http:
        answer = http.post("/api/ask", json={"question": ASKED, "mode": "paragraph"}).json()
    assert answer["written"]["supported"] == 1
