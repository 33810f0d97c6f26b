"""What is free goes back to the system when the server rests."""

import subprocess
import sys
import time

import pytest

from bot.memory import Rest

_LEAVES_FREE = """
import re
from bot.memory import give_back

def held():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])

many = [bytes(2000) for _ in range(50_000)]
few = many[::50]  # so that no page at the end is free by itself
del many
before = held()
give_back()
print(before - held())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own call")
def test_what_is_free_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", _LEAVES_FREE], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 50_000  # of 100,000 kB


def test_memory_is_given_back_once_when_work_has_ended() -> None:
    rest, start = Rest(), time.process_time()
    told = [rest.look(start + taken, 2.0) for taken in (100, 101, 101.1, 101.2, 105)]
    assert told == [False, False, True, False, False]
    assert rest.look(start + 105.1, 2.0)
