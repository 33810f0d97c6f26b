"""Numbers that are the same number, however they are written, and those that are not."""

from fractions import Fraction

import pytest

from bot.language.folding import fold
from bot.language.spellings import spellings, value_of
from bot.language.synonyms import reword

SAME = [
    ("二〇二三年", "2023年", "二零二三年"),
    ("一千二百万", "1200万", "12,000,000", "0.12亿"),
    ("一千二百万元", "1200万元", "12,000,000元"),
    ("百分之五", "5%", "5 percent", "百分之5"),
    ("百分之十六", "16%"),
    ("3.5%", "百分之3.5"),
    ("3.5公里", "3500米", "3,500米", "三千五百米", "3.5千米", "3.5km"),
    ("2吨", "2000公斤", "2000千克", "两千公斤"),
    ("1.5平方公里", "150公顷"),
    ("2小时", "120分钟", "两个小时"),
    ("两百人", "二百人", "200人"),
    ("三十个工作日", "30个工作日"),
    ("3个月", "三个月"),
    ("一亿五千万元", "1.5亿元", "150,000,000元"),
    ("一千零五十元", "1050元", "1,050元"),
]
OTHER = [
    ("1200万元", "11200万元"),
    ("1200万元", "1200万亿元"),
    ("1200万元", "1200元"),
    ("2023年", "12023年"),
    ("5日", "十五日"),
    ("3个月", "十三个月"),
    ("3.5公里", "13.5公里"),
    ("5%", "5.5%"),
    ("一万二", "10002"),
    ("500米", "1,500米"),
]


@pytest.mark.parametrize("forms", SAME, ids=lambda forms: forms[0])
def test_the_same_number(forms: tuple[str, ...]) -> None:
    for asked in forms:
        question = f"哪里用了{asked}?"
        for said in forms:
            assert reword(f"共,{said}。", spellings(question)) == f"共,{asked}。", (asked, said)


@pytest.mark.parametrize(("asked", "said"), OTHER)
def test_another_number(asked: str, said: str) -> None:
    for question, text in ((asked, said), (said, asked)):
        assert reword(text, spellings(question)) == text


def test_bare_digits_are_found_and_not_looked_for() -> None:
    assert reword("共12000000。", spellings("1200万")) == "共1200万。"
    assert spellings("12000000") == ()


def test_spaces_before_a_unit_do_not_matter() -> None:
    assert reword("长 3500 米", spellings("3.5公里")) == "长 3.5公里"


@pytest.mark.parametrize(
    "question",
    ["12345热线", "第三条", "gb 7714-2015", "十分重要", "一二三", "几十年", "zx-17", "房间101", "什么是万一"],
)
def test_what_is_no_amount(question: str) -> None:
    assert spellings(fold(question)) == ()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("1,200.5", Fraction(2401, 2)), ("3.5亿", 350_000_000), ("一千二百万", 12_000_000), ("两万零五", 20_005)),
        *(("二〇二三", 2023), ("十二", 12), ("一亿零三百", 100_000_300), ("一万二", None), ("万", 0), ("三点五", None)),
    ],
)
def test_values(written: str, value: Fraction | int | None) -> None:
    assert value_of(written) == value
