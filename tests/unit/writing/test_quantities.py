"""Numbers of a text: one value however they are written."""

from fractions import Fraction

import pytest

from bot.language.folding import fold_plain
from bot.writing.quantities import Quantity, quantities


def found(text: str) -> list[Quantity]:
    return list(quantities(fold_plain(text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("一千二百万元", "12,000,000元"),
        ("1200万元", "0.12亿元"),
        ("2.15万亿元", "21500亿元"),
        ("二角", "0.2元"),
        ("RMB 500", "500元"),
        ("$45.5", "45.5 dollars"),
        ("12.5%", "百分之十二点五"),
        ("六成", "60 percent"),
        ("二〇二三年五月一日", "2023年5月1日"),
        ("March 5, 2024", "2024-03-05"),
        ("三十个工作日", "30 working days"),
        ("半年", "六个月"),
        ("两年半", "30 months"),
        ("18周岁", "十八岁"),
        ("24小时", "1天"),
        ("下午五点半", "17:30"),
        ("5:30 pm", "17点30分"),
        ("星期三", "周三"),
        ("第六年", "the sixth year"),
        ("3.5公里", "3500米"),
        ("twenty-two books", "22 books"),
        ("三分之一", "3分之1"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    first, second = found(one), found(other)
    assert [(q.family, q.value) for q in first] == [(q.family, q.value) for q in second]
    assert len(first) == 1


@pytest.mark.parametrize(
    "text",
    ["第三方", "一般情况十分重要", "统一管理，进一步加强", "第一，应当", "包括以下三点要求：", "高二时", "几十年"],
)
def test_what_only_sounds_like_a_number(text: str) -> None:
    assert [q for q in found(text) if q.kind == "date" or q.family not in ("count",)] == []


@pytest.mark.parametrize(
    ("text", "value", "bound", "sure"),
    [
        ("不得超过5天", 7200, "down", True),
        ("5天以内", 7200, "down", False),
        ("至少5天", 7200, "up", True),
        ("5天以上", 7200, "up", True),
        ("不足5天", 7200, "down", True),
        ("5天后", 7200, "up", False),
        ("up to 5 days", 7200, "down", True),
        ("at least 5 days", 7200, "up", True),
        ("rises to 5 days", 7200, "", False),
    ],
)
def test_bounds(text: str, value: int, bound: str, sure: bool) -> None:
    (quantity,) = found(text)
    assert (quantity.value, quantity.bound, quantity.sure) == (Fraction(value), bound, sure)


def test_spans_of_days_and_amounts() -> None:
    dates = found("3月1日至5日")
    assert [(q.value, q.bound) for q in dates] == [((0, 3, 1), "up"), ((0, 3, 5), "down")]
    assert [(q.value, q.bound) for q in found("500元以上2000元以下")] == [(500, "up"), (2000, "down")]


def test_a_day_of_each_year_is_of_no_year() -> None:
    assert [q.value for q in found("每年12月1日")] == [(0, 12, 1)]
