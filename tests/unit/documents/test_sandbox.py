"""The process that reads files: how it ended is told as it was."""

import subprocess
import sys

import pytest

from bot.documents.formats import IsolatedFormat, Options, find_format
from bot.documents.sandbox import Sandbox
from bot.types import DocumentError


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "crashed on it (SIGSEGV)"),
        ("os.abort()", "crashed on it (SIGABRT)"),
        ("os._exit(3)", "crashed on it (exit 3)"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "more time than a file may take"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "took more than 1000 MB of memory"),
    ],
)
def test_a_crash_is_told_apart_from_a_limit(ending: str, said: str) -> None:
    known = find_format("a.rtf")
    assert isinstance(known, IsolatedFormat)
    data = rb"{\rtf1 text}"
    with Sandbox() as sandbox:
        # Another program in the child's place, which ends as a library's fault would end it.
        program = (
            f"import os, resource, signal; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); os.read(0, 1); {ending}"
        )
        sandbox._child = subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        with pytest.raises(DocumentError) as caught:
            sandbox.extract(known, "a.rtf", data, Options())
        assert said in caught.value.en
        assert caught.value.zh.startswith("a.rtf：读取")
        assert sandbox.extract(known, "a.rtf", data, Options()).blocks[0].text == "text"
