"""What a home's people choose for everybody who asks there: it holds from the next question on, and stays."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot import Bot, Settings
from bot.web.api import create_app
from tests.integration.serving import MANUAL

FINE = "图书逾期未还每天收取多少滞纳金？"
LOOSE = "图书馆的罚款规定怎么样？"


def opened(home: Path, **settings: object) -> Bot:
    return Bot.open(settings=Settings(home=home, seeds=None, reader="off", **settings))  # type: ignore[arg-type]


def test_strictness_is_chosen_and_stays(tmp_path: Path) -> None:
    with opened(tmp_path) as bot:
        bot.add_bytes("library.md", MANUAL.encode())
        client = TestClient(create_app(bot), base_url="http://127.0.0.1:7860")
        state = client.get("/api/settings").json()
        assert (state["strictness"], state["reader"], state["fixed"]) == ("usual", False, ["reader"])
        steps = {step["name"]: step for step in state["strictnesses"]["steps"]}
        assert list(steps) == ["lenient", "usual", "strict"]
        for name, step in steps.items():
            assert client.patch("/api/settings", json={"strictness": name}).json()["strictness"] == name
            answer = bot.ask(LOOSE)
            assert answer.trace.threshold == step["threshold"]
            if answer.trace.way == "evidence":
                assert answer.abstained is (answer.confidence < step["threshold"])
        assert not bot.ask(FINE).abstained  # it is as sure as that
        assert client.patch("/api/settings", json={"reader": True}).json()["reader"] is False  # fixed at the start
        assert client.patch("/api/settings", json={"strictness": "lax"}).status_code == 422
    with opened(tmp_path) as again:
        assert again.home_settings().strictness == "strict"
    with opened(tmp_path, threshold=0.3) as fixed:
        assert fixed.home_settings().fixed == ("strictness", "reader")
        assert fixed.ask(LOOSE).trace.threshold == pytest.approx(0.3)


def test_the_reader_is_left_out_where_nobody_wants_it(tmp_path: Path) -> None:
    with Bot.open(settings=Settings(home=tmp_path, seeds=None, reader="builtin")) as bot:
        bot.add_bytes("library.md", MANUAL.encode())
        client = TestClient(create_app(bot), base_url="http://127.0.0.1:7860")
        assert client.patch("/api/settings", json={"reader": False}).json()["reader"] is False
        answer = bot.ask(FINE)
        assert answer.timings.read == 0 and answer.trace.threshold < 0.15
        assert bot.made_behind.total == 0  # nothing is got ready for it
        assert client.patch("/api/settings", json={"reader": True}).json()["reader"] is True
        answer = bot.ask(FINE)
        assert answer.timings.read > 0
        assert answer.trace.threshold == client.get("/api/settings").json()["strictnesses"]["steps"][1]["threshold"]
