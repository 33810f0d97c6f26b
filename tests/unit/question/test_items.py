import pytest

from bot.language.folding import fold
from bot.question.items import Items, counted_items


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("“三种颜色”是哪三种？", ("三种颜色", 3)),
        ("“三種顏色”是哪些？", ("三种颜色", 3)),
        ("三种颜色是哪三种颜色", ("三种颜色", 3)),
        ("园林的五大工程包括哪些？", ("五大工程", 5)),
        ("“色彩”是哪4种？", ("色彩", 4)),
        ("十二项任务是哪些", ("十二项任务", 12)),
        ("“三农”指什么", ("三农", 3)),
        ('What are the "four colours"?', ("four colours", 4)),
        ("“十四五”包括哪些内容", None),
        ("第三条规定了哪些内容", None),
        ("有哪些颜色", None),
        ("三种颜色好看吗", None),
        ("五羊城有什么建筑", None),
        ("三种颜色涂在哪两面墙上", None),
        ("2023年有哪些展览", None),
    ],
)
def test_the_term_and_its_number(question: str, expected: tuple[str, int] | None) -> None:
    assert counted_items(fold(question)) == (None if expected is None else Items(*expected))


def test_the_noun_is_the_term_without_number_and_measure() -> None:
    assert [Items(term, 3).noun for term in ("三种颜色", "三农", "十二项任务")] == ["颜色", "农", "任务"]
