import pytest

from bot.language.numerals import han_numeral, numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十", 30),
        ("十", 10),
        ("十二", 12),
        ("一百零二", 102),
        ("二百一十", 210),
        ("两", 2),
        ("二〇二一", 2021),
        ("30", 30),
        ("٣٠", 30),
    ],
)
def test_numerals_of_both_kinds_have_one_value(text: str, value: int) -> None:
    assert numeral(text) == value


@pytest.mark.parametrize("text", ["", "三x", "条", "十条"])
def test_what_is_no_number_raises(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        numeral(text)


def test_han_numerals_read_back() -> None:
    assert [numeral(han_numeral(n)) for n in range(10000)] == list(range(10000))
    assert han_numeral(10000) == "10000"
    assert [han_numeral(n) for n in (0, 7, 10, 11, 20, 110, 102, 1010, 2021)] == [
        "零", "七", "十", "十一", "二十", "一百一十", "一百零二", "一千零一十", "二千零二十一",
    ]  # fmt: skip
