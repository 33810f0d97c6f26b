"""Questions that set years or documents side by side."""

import pytest

from bot.language.folding import fold
from bot.question.comparison import Comparison, comparison


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2019年和2021年安排的专项债各是多少", Comparison(years=(2019, 2021), core="安排的专项债是多少")),
        ("婚假2023版和2024年修订有什么变化？", Comparison(years=(2023, 2024), core="婚假是什么")),
        ("历年的招生人数是多少", Comparison(every=True, core="招生人数是多少")),
        (
            "遛狗绳的长度，上海条例和翠湖花园的要求有什么不同？",
            Comparison(names=("上海条例", "翠湖花园"), core="遛狗绳的长度,的要求是什么"),
        ),
        (
            "迟交房租的违约金，上海租赁条例和枫桥路合同分别怎么算？",
            Comparison(names=("上海租赁条例", "枫桥路合同"), core="迟交房租的违约金,怎么算"),
        ),
    ],
)
def test_what_is_compared(question: str, expected: Comparison) -> None:
    assert comparison(fold(question)) == expected


@pytest.mark.parametrize("question", ["每年招生多少人", "2021年招生多少人", "男生和女生各住哪", "分别", ""])
def test_nothing_is_compared_that_could_be_asked_of_sides(question: str) -> None:
    asked = comparison(fold(question))
    assert asked is None or asked.names is not None or not asked.core
