import pytest

from bot.question.checks import check
from bot.types import QuestionError


@pytest.mark.parametrize("question", ["", " \n", "half \ud800", "12345678901"])
def test_what_cannot_be_asked(question: str) -> None:
    with pytest.raises(QuestionError):
        check(question, 10)


def test_what_can_be_asked() -> None:
    assert check("1234567890", 10) is None
