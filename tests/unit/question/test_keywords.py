"""Mere words, and questions."""

import pytest

from bot.question.keywords import keywords_of
from bot.question.query import query_of


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("经济补偿 年限 标准", ("经济补偿", "年限", "标准")),
        ("Annual Leave 年假", ("annual", "leave", "年假")),
        ("年限 多少", ()),
        ("经济补偿的标准是什么", ()),
        ("what is leave", ()),
        ("补偿", ()),
        ("经济补偿金", ("经济补偿金",)),
        ("QB-12", ("qb-12",)),
        ("leave", ()),
    ],
)
def test_words_alone(typed: str, words: tuple[str, ...]) -> None:
    assert keywords_of(query_of(typed)) == words
