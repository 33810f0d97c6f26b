"""Plain facts in the question's own words."""

import pytest

from bot.answers.plain_fact import plain_fact
from bot.documents.parser import parse
from tests.unit.answers.home import Home

TEXT = """渡口收费表
停车费为每小时五元。
临时停车费为每小时十元，保险费另计。
保证金两万元，合同终止后退还。
签约日期为五月六日。
渡船共12艘。
版本号是v2.10.3。
2023年，载客量为三万人。
"""


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("停车费是多少？", ["停车费为每小时五元。"]),
        ("停车费多少钱", ["停车费为每小时五元。"]),
        ("保证金是多少？", ["保证金两万元，合同终止后退还。"]),
        ("签约日期是哪天？", ["签约日期为五月六日。"]),
        ("渡船有多少艘？", ["渡船共12艘。"]),
        ("版本号是多少？", ["版本号是v2.10.3。"]),
        ("载客量是多少？", ["2023年，载客量为三万人。"]),
        ("2022年载客量是多少？", None),
        ("保险费是多少？", None),
        ("违约金是多少？", None),
        ("渡口的停车费是多少？", None),  # the text does not say so in these words
        ("谁收停车费？", None),
    ],
)
def test_what_is_said_word_for_word_answers(home: Home, question: str, quotes: list[str] | None) -> None:
    home.add(parse("a.txt", TEXT.encode()))
    answer = home.ask(plain_fact, question)
    assert (answer and [citation.quote for citation in answer.citations]) == quotes
