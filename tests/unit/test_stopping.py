"""Work that nobody waits for any more."""

from pathlib import Path

import pytest

from bot import Bot, Settings
from bot.answers.respondent import WAYS
from bot.question.reading import Reading
from bot.stopping import Stopped, go_on, until
from bot.types import Answer
from tests.integration.serving import MANUAL

FINE = "图书逾期未还每天收取多少滞纳金？"


def test_work_goes_on_until_nobody_waits_for_it() -> None:
    gone: list[bool] = []
    with until(lambda: bool(gone)):
        go_on()
        gone.append(True)
        with pytest.raises(Stopped):
            go_on()
        with until(lambda: False):
            go_on()
    go_on()


def test_a_question_is_given_up_on_its_way(tmp_path: Path) -> None:
    with Bot.open(settings=Settings(home=tmp_path, seeds=None, reader="off")) as bot:
        bot.add_bytes("library.md", MANUAL.encode())
        asked: list[int] = []

        def after_three() -> bool:
            asked.append(1)
            return len(asked) > 3

        with until(after_three), pytest.raises(Stopped):
            bot.ask(FINE)
        assert 3 < len(asked) < len(WAYS)
        with until(lambda: False):
            assert not bot.ask(FINE).abstained


def test_who_asks_is_told_what_is_sure_and_later_answers_only_go_on_from_it(tmp_path: Path) -> None:
    told: list[Reading | Answer] = []
    with Bot.open(settings=Settings(home=tmp_path, seeds=None, reader="off")) as bot:
        bot.add_bytes("library.md", MANUAL.encode())
        answer = bot.ask(f"{FINE}图书遗失的怎么赔偿？", tell=told.append)
        asked, reading, *answers = told
        assert isinstance(reading, Reading) and reading == asked and len(reading.parts) == 2
        assert len(answers) == 3  # after each part, and when all is there
        counts = []
        for sure in answers:
            assert isinstance(sure, Answer)
            assert sure.citations == answer.citations[: len(sure.citations)]
            assert sure.sentences == answer.sentences[: len(sure.sentences)]
            assert sure.parts == answer.parts[: len(sure.parts)]
            counts.append(len(sure.parts))
        assert counts == [1, 2, 2]
        told.clear()
        assert bot.ask("火星探测器重多少吨？", tell=told.append).abstained
        assert [type(one) for one in told] == [Reading, Reading, Answer]
        told.clear()
        assert bot.ask("火星探测器重多少吨？", tell=told.append).abstained
        assert [type(one) for one in told] == [Reading]  # what is known is not looked for again
