import re

from bot.language import lexicon
from bot.language.lexicon import any_of, spelled, words


def test_any_of_takes_the_longest_word() -> None:
    assert any_of(("法", "法典"), ("法", "条例")) == "(?:法典|条例|法)"
    assert any_of("甲乙", ("乙", "]")) == r"[甲乙\]]"
    taken = re.match(any_of(lexicon.HOW, (lexicon.HOW_IS_IT,)), "怎么样了")
    assert taken is not None and taken[0] == "怎么样"


def test_spelled_makes_every_combination() -> None:
    assert spelled(("哪", "哪一"), "年月") == ("哪年", "哪月", "哪一年", "哪一月")
    assert words(" 法  条例 ") == ("法", "条例")


def test_no_class_names_a_word_twice() -> None:
    for name, value in vars(lexicon).items():
        if name.isupper():
            assert len(set(value)) == len(value), name
