"""A question without the year that it names."""

import pytest

from bot.question.reading import read_question
from bot.question.undated import undated
from tests.parts import TinyWords


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2019年经济增长的目标是多少？", "经济增长的目标是多少？"),
        ("按2023版的规定，事假一年最多请几天？", "事假一年最多请几天？"),
        ("按照2024年修订的办法，没休完的年假能留到什么时候", "没休完的年假能留到什么时候"),
        ("疫情第一年（2020年）增速是多少？", "疫情第一年增速是多少？"),
        ("在2021年，新增多少就业", "新增多少就业"),
        ("2024年度预算多少", "预算多少"),
        ("考勤办法2023版事假几天", "考勤办法事假几天"),
        ("二〇二三年赤字率", "赤字率"),
        ("What was the growth target in 2019?", "What was the growth target?"),
        ("In 2019, what was the growth target?", "what was the growth target?"),
        ("谁是馆长", "谁是馆长"),
        ("超过三年怎么办", "超过三年怎么办"),
    ],
)
def test_the_year_is_left_out(question: str, expected: str) -> None:
    assert undated(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2019年经济增长的目标是多少？", "经济增长的目标是多少？"),
        ("2019年和2020年的目标", None),  # a comparison, of which no year can be left out
        ("2019年呢？", None),
        ("经济增长的目标是多少？", None),
    ],
)
def test_it_is_read_where_one_year_and_something_else_is_named(question: str, expected: str | None) -> None:
    undated = read_question(question, vocabulary=TinyWords("")).undated
    assert (undated and undated.text) == expected
