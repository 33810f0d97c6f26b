"""Guessing is slowed down for the one who guesses; no test waits, the clock is the test's."""

import pytest

from bot.web.tries import LONGEST_WAIT, PERSON, PROXY, Tries

MALLORY = [("6.6.6.6", PERSON)]
ANNA = [("7.7.7.7", PERSON)]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tries(clock: Clock) -> Tries:
    return Tries(clock)


def guess(tries: Tries, number: int, senders: list = MALLORY) -> list[float]:
    """Guess so many different ones, all wrong, as fast as may be; return the waits."""
    waits = []
    for at in range(number):
        credential = f"{senders[0][0]} {at}"
        waits.append(tries.wait(credential, senders))
        if waits[-1] <= LONGEST_WAIT:
            tries.note(credential, senders, right=False)
    return waits


def test_a_burst_then_one_in_a_second_then_come_back_later(tries: Tries) -> None:
    waits = guess(tries, 100)
    assert waits[: PERSON.burst] == [0.0] * 10
    assert waits[10:14] == [1.0, 2.0, 3.0, 4.0]
    assert set(waits[14:]) == {5.0}  # these are not looked at, and cost nothing more


def test_in_an_hour_a_guesser_has_one_look_in_a_second(tries: Tries, clock: Clock) -> None:
    looked = 0
    for at in range(3600 * 20):
        clock.now += 0.05
        credential = f"guess {at}"
        if tries.wait(credential, MALLORY) <= LONGEST_WAIT:
            tries.note(credential, MALLORY, right=False)
            looked += 1
    assert looked == pytest.approx(3600, rel=0.01)


def test_whoever_has_come_in_before_never_waits(tries: Tries) -> None:
    assert tries.wait("right", MALLORY) == 0
    tries.note("right", MALLORY, right=True)
    guess(tries, 100)
    assert tries.wait("right", MALLORY) == 0  # behind the same address, while it is being abused
    assert tries.wait("new", MALLORY) > LONGEST_WAIT


def test_another_address_does_not_wait(tries: Tries) -> None:
    guess(tries, 100)
    assert tries.wait("new", ANNA) == 0


def test_the_same_wrong_one_again_is_no_further_guess(tries: Tries) -> None:
    for _ in range(200):  # a browser goes on with an old password
        assert tries.wait("old", MALLORY) == 0
        tries.note("old", MALLORY, right=False)
    assert tries.wait("typed anew", MALLORY) == 0


def test_right_ones_use_nothing_up(tries: Tries) -> None:
    for at in range(100):
        assert tries.wait(f"key {at}", MALLORY) == 0
        tries.note(f"key {at}", MALLORY, right=True)
    assert guess(tries, 10) == [0.0] * 10


def test_one_that_is_right_no_longer_is_a_guess_like_others(tries: Tries) -> None:
    tries.note("revoked", ANNA, right=True)
    tries.note("revoked", ANNA, right=False)
    guess(tries, 100)
    assert tries.wait("revoked", MALLORY) == 0  # known to be wrong: it tells nothing
    tries.note("revoked", MALLORY, right=False)


def test_addresses_that_are_claimed_behind_one_proxy_are_counted_together(tries: Tries) -> None:
    waits = [guess(tries, 1, [(f"127.0.0.1 for {at}", PERSON), ("127.0.0.1 for all", PROXY)])[0] for at in range(1000)]
    assert waits[: PROXY.burst] == [0.0] * 100
    assert sum(wait <= LONGEST_WAIT for wait in waits) == 100 + LONGEST_WAIT / PROXY.seconds


def test_what_is_remembered_is_bounded(tries: Tries) -> None:
    for at in range(30_000):
        tries.wait(f"{at}", [(f"sender {at}", PERSON)])
        tries.note(f"{at}", [(f"sender {at}", PERSON)], right=at % 2 == 0)
    assert (len(tries._used_up), len(tries._right), len(tries._wrong)) == (10_000, 2_000, 2_000)
