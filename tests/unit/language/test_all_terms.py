"""Terms of many texts in one go: the very same as of one after the other."""

from random import Random

from bot.language.all_terms import all_joined_terms
from bot.language.folding import fold_plain, terms

CHARACTERS = "一二三國語Ａｂ1２.'’,，。 \n\t_-éß々〇ａ가か\u200b\u00ad\ufeff\0"


def check(texts: list[str]) -> None:
    found = all_joined_terms(texts)
    assert len(found) == len(texts)
    for text, joined in zip(texts, found, strict=True):
        assert sorted(joined.split()) == sorted(terms(fold_plain(text))), text


def test_words_of_both_kinds() -> None:
    check(["作风建设以什么为抓手？", "It's 3.5 % of U.S. GDP...", "", "。"] * 2)
    check(["中a文b", "o'clock’s a.b..c 1.", "繁體字", "Ａ１"] * 2)


def test_any_characters_side_by_side() -> None:
    random = Random(11)
    texts = ["".join(random.choices(CHARACTERS, k=random.randint(0, 25))) for _ in range(4000)]
    for start in range(0, len(texts), 20):
        check(texts[start : start + 20])


def test_characters_of_higher_planes() -> None:
    check(["𠀀𠀁古字", "好👍的", *["其他"] * 20])


def test_few_texts_and_none() -> None:
    check(["一个"])
    check([])
