"""What runs Youju for others says what is so: its commands, its files, its health check."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.integration.serving import ROOT, make_home, running

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.M)


def test_the_image_holds_what_is_there_and_runs_commands_that_are() -> None:
    copied = [word for line in instructions("COPY") for word in line.split()[:-1]]
    assert set(copied) >= {"bot", "embeddings", "seeds", "requirements.txt", "Makefile"}
    assert all((ROOT / name).exists() for name in copied)
    made = [*re.findall(r"^RUN make ([a-z]+)$", DOCKERFILE, re.M), json.loads(instructions("CMD")[0])[1]]
    assert made == ["install", "serve"]
    assert set(made) <= TARGETS
    assert DOCKERFILE.index("USER youju") < DOCKERFILE.index("\nCMD ")


def test_the_health_check_tells_a_server_that_lives_from_one_that_does_not(tmp_path: Path) -> None:
    check = json.loads(DOCKERFILE.split("HEALTHCHECK")[1].split("CMD ", 1)[1].split("\n")[0])
    assert check[:2] == [".venv/bin/python", "-c"]
    with running(make_home(tmp_path / "home")) as server:
        here = check[2].replace("http://127.0.0.1:7860", server.url)
        assert subprocess.run([sys.executable, "-c", here], check=False).returncode == 0
    dead = check[2].replace(":7860", ":1")
    assert subprocess.run([sys.executable, "-c", dead], check=False, stderr=subprocess.DEVNULL).returncode == 1


def test_the_service_is_one_that_systemd_takes(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd on this machine")
    unit = tmp_path / "youju.service"
    text = (DEPLOY / "youju.service").read_text(encoding="utf-8")
    assert "/opt/youju/.venv/bin/python -m bot serve" in text
    unit.write_text(text.replace("/opt/youju/.venv/bin/python", sys.executable).replace("User=youju", "User=root"))
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert checked.stderr.strip() == ""
    assert checked.returncode == 0


def test_the_lock_holds_every_requirement_within_its_range() -> None:
    locked = dict(
        re.findall(r"^([\w.-]+)==([\w.+!-]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M)
    )
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    for required in (Requirement(line.partition("#")[0]) for line in lines if line and not line.startswith("#")):
        assert locked[required.name.lower().replace("_", "-")] in required.specifier, required


def test_the_lock_names_hashes_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert text.count("--hash=sha256:") > len(re.findall(r"^[\w.-]+==", text, re.M))
    assert "://" not in text
