"""So many questions a minute for each caller."""

import pytest

from bot.allowance import asking, count
from bot.types import TooOftenError
from bot.web.quotas import Quotas


def test_each_caller_has_questions_of_their_own() -> None:
    quotas = Quotas(2)
    for caller in ("one", "one", "other"):
        quotas.spend(caller)
    with pytest.raises(TooOftenError) as refused:
        quotas.spend("one")
    assert 1 <= refused.value.seconds <= 60
    assert "2 questions" in refused.value.en and "2 个问题" in refused.value.zh
    quotas.spend("other")


def test_none_is_no_limit() -> None:
    quotas = Quotas(0)
    for _ in range(300):
        quotas.spend("one")


def test_what_is_asked_on_nobodys_account_is_not_counted() -> None:
    counted: list[str] = []
    count()
    with asking(lambda: counted.append("one")):
        count()
        with asking(lambda: counted.append("other")):
            count()
        count()
    count()
    assert counted == ["one", "other", "one"]
