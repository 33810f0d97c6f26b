"""The description of the HTTP API: what it promises is so. schemathesis asks every request in every wrong way.

Longer, by hand: ``python -m tests.integration.test_openapi --phases examples,coverage,fuzzing,stateful -n 100``.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from bot import Bot, Settings
from bot.web.api import create_app
from bot.web.description import ALWAYS, EXAMPLES
from tests.integration.serving import ROOT, environment, make_home
from tests.integration.test_streams import served

CONFIG = ROOT / "tests" / "schemathesis.toml"


def schemathesis(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Let schemathesis ask a server over ``home``; what it prints names what it found, each with a line for curl."""
    with Bot.open(settings=Settings(home=home, seeds=None, reader="off")) as bot, served(create_app(bot)) as address:
        command = ["-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", f"{address}/openapi.json", *options]
        return subprocess.run(
            [sys.executable, *command, "--no-color"], cwd=home, env=environment(), capture_output=True, text=True,
            encoding="utf-8",
        )  # fmt: skip


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    with Bot.open(settings=Settings(home=tmp_path_factory.mktemp("home"), seeds=None, reader="off")) as bot:
        yield create_app(bot).openapi()


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            if path.startswith("/api/"):
                yield f"{method.upper()} {path}", operation


def answered(operation: dict[str, Any]) -> dict[str, Any]:
    """Return the contents of the answer where all goes well, by media type."""
    found: dict[str, Any] = next(told for code, told in operation["responses"].items() if code[0] == "2")
    content: dict[str, Any] = found.get("content", {})
    return content


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    found = schemathesis(make_home(tmp_path), "--phases", "examples,coverage")
    assert found.returncode == 0, found.stdout
    asked = re.search(r"(\d+) generated", found.stdout)
    assert asked and int(asked[1]) > 500 and "Tested: 51" in found.stdout


def test_every_error_is_told_in_one_shape(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    shared = description["components"]["responses"]
    for name, operation in operations(description):
        errors = {code: told for code, told in operation["responses"].items() if code[0] in "45"}
        assert {int(code) for code in errors} >= {*ALWAYS}, name
        assert errors == {code: {"$ref": f"#/components/responses/Problem{code}"} for code in errors}, name
        if "requestBody" in operation:
            assert {"400", "404", "413", "415", "422"} <= set(errors), name
    for told in shared.values():
        assert list(told["content"]) == ["application/problem+json"]


def test_every_request_has_examples_that_fit_it(description: dict[str, Any]) -> None:
    def fits(content: dict[str, Any], name: str) -> None:
        whole = {**content["schema"], "components": description["components"]}
        jsonschema_rs.validator_for(whole).validate(content["example"])

    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    known = dict(operations(description))
    assert set(examples) <= set(known)
    for name, operation in known.items():
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            if media == "application/json":
                fits(content, name)
        for media, content in answered(operation).items():
            if media == "application/json" and examples.get(name, {}).get("answer") is not None:
                fits(content, name)
            else:
                assert media != "application/json" or name == "GET /api/uploads/{name}", name
    events = answered(known["POST /api/ask"])["text/event-stream"]["example"]
    assert re.findall("^event: (.+)$", events, re.M) == ["reading", *["citation", "sentence", "part"] * 2, "answer"]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        ran = schemathesis(make_home(Path(folder, "home")), *sys.argv[1:])
    print(ran.stdout, ran.stderr)  # noqa: T201
    sys.exit(ran.returncode)
