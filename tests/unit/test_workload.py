"""So many questions at work, so many that wait, and no more."""

import threading

import pytest

from bot.stopping import Stopped, until
from bot.types import BusyError, EndingError
from bot.workload import Workload


def test_what_is_over_both_is_told_to_come_again() -> None:
    workload = Workload(at_work=1, waiting=1)
    began, end, second_done = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with workload.turn():
            began.set()
            end.wait(10)

    def second() -> None:
        with workload.turn():
            second_done.set()

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    assert began.wait(10)
    threads[1].start()
    while workload.waiting < 1:
        threading.Event().wait(0.001)
    assert (workload.working, workload.waiting) == (1, 1)
    with pytest.raises(BusyError) as error, workload.turn():
        pass
    assert error.value.seconds == 1
    assert "1 秒" in error.value.zh
    assert not second_done.is_set()
    end.set()
    for thread in threads:
        thread.join(10)
    assert second_done.is_set()
    assert (workload.working, workload.waiting) == (0, 0)


def test_a_question_that_fails_gives_its_turn_back() -> None:
    workload = Workload(at_work=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ValueError, match="no answer"), workload.turn():
            raise ValueError("no answer")
    assert workload.working == 0


def test_an_end_tells_who_waits_and_who_comes() -> None:
    workload = Workload(at_work=1, waiting=1)
    told = threading.Event()

    def waits() -> None:
        with pytest.raises(EndingError), workload.turn():
            pass
        told.set()

    with workload.turn():
        thread = threading.Thread(target=waits)
        thread.start()
        while workload.waiting < 1:
            threading.Event().wait(0.001)
        workload.end()
        thread.join(10)
    assert told.is_set()
    with pytest.raises(EndingError), workload.turn():
        pass
    assert (workload.working, workload.waiting) == (0, 0)


def test_who_has_gone_while_waiting_is_not_answered() -> None:
    workload = Workload(at_work=1, waiting=1)
    with until(lambda: True), pytest.raises(Stopped), workload.turn():
        raise AssertionError("nobody waits for this")
    assert workload.working == 0


def test_giving_way_waits_for_what_is_answered_and_no_longer() -> None:
    workload = Workload(at_work=1, waiting=1)
    workload.give_way(600)
    began, end, passed = threading.Event(), threading.Event(), threading.Event()

    def ask() -> None:
        with workload.turn():
            began.set()
            end.wait(10)

    def work() -> None:
        workload.give_way(600)
        passed.set()

    threads = [threading.Thread(target=ask), threading.Thread(target=work)]
    threads[0].start()
    assert began.wait(10)
    workload.give_way(0.01)
    threads[1].start()
    assert not passed.is_set()
    end.set()
    for thread in threads:
        thread.join(10)
    assert passed.is_set()
