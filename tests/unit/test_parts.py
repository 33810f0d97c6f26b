"""Parts that are made when they are first used, once."""

import threading

from bot.parts import made_once


class Whole:
    def __init__(self) -> None:
        self.made: list[str] = []
        self.begun, self.go = threading.Event(), threading.Event()

    @made_once
    def slow(self) -> list[str]:
        """A part."""
        self.begun.set()
        self.go.wait()
        self.made.append("slow")
        return self.made

    @made_once
    def other(self) -> str:
        """Another one, which needs the first."""
        return "".join(self.slow)


def test_threads_wait_for_the_one_that_makes_it() -> None:
    whole, got = Whole(), []
    threads = [threading.Thread(target=lambda: got.append(whole.slow)) for _ in range(4)]
    for thread in threads:
        thread.start()
    whole.begun.wait()
    whole.go.set()
    for thread in threads:
        thread.join()
    assert whole.made == ["slow"]
    assert len(got) == 4 and all(one is whole.made for one in got)
    assert whole.other == "slow"
    assert isinstance(Whole.slow, made_once)
