"""A real server of the protocol: llama.cpp's, by llama-cpp-python, with a tiny model that was made on the spot.

It is compiled when it is installed, so the tests do not require it: `pip install 'llama-cpp-python[server]' gguf`.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot import Bot, Settings
from bot.stopping import until
from bot.types import Answer
from tests.integration.serving import environment, make_home, wait_for

pytest.importorskip("llama_cpp.server", reason="llama-cpp-python[server] is not installed")
pytest.importorskip("gguf", reason="gguf is not installed")

ASKED = "普通读者每次可以借多少册？"
SAID = ("普通读者每次", "可以借阅图书", "十二册，借期为", "四十五天。")
FALSE = ("一般读者", "每次都能借", "一百册。")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from tests.integration.tiny_model import write_model

    model = tmp_path_factory.mktemp("model") / "tiny.gguf"
    write_model(model, (*SAID, *FALSE))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--model_alias", "tiny"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--n_ctx", "8192", "--n_threads", "1", "--verbose", "false"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()) as process:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:

                def up() -> bool:
                    assert process.poll() is None
                    try:
                        return client.get("/v1/models").is_success
                    except httpx.TransportError:
                        return False

                wait_for(up, 120)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


@pytest.fixture
def bot(tmp_path: Path, server: str) -> Iterator[Bot]:
    home = make_home(tmp_path / "home")
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off", llm=server, llm_model="tiny")) as bot:
        yield bot


def test_what_it_writes_is_held_to_the_quotes(bot: Bot) -> None:
    written = bot.ask(ASKED, mode="paragraph").written
    assert written is not None
    assert (written.outcome, written.host, written.here) == ("whole", bot.settings.llm.split("/")[2], True)
    assert [(one.text, one.standing) for one in written.sentences] == [
        ("".join(SAID), "verbatim"), ("".join(FALSE), "unsupported"),
    ]  # fmt: skip
    assert written.sentences[0].citations == (1,)


def test_a_limit_of_tokens_reaches_it(bot: Bot) -> None:
    bot.writing._settings = bot.settings.model_copy(update={"llm_tokens": 5})
    written = bot.ask(ASKED, mode="paragraph").written
    assert written is not None
    assert (written.outcome, [one.text for one in written.sentences]) == ("too_long", ["".join(SAID)])


def test_it_can_be_looked_at_and_stopped(bot: Bot, server: str) -> None:
    seen = bot.writing.look(server)
    assert (seen.answers, seen.models) == (True, ("tiny",))
    told: list[Answer] = []
    quoted = bot.ask(ASKED, mode="quotes")
    with until(lambda: bool(told)):
        stopped = bot.writing.write(quoted, "paragraph", told.append).written
    assert stopped is not None and stopped.outcome == "stopped"
    again = bot.ask(ASKED, mode="points").written  # it has a hand free for the next one
    assert again is not None and again.outcome == "whole"
