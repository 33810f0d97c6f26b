"""Terms that mean the same: found in a question, put into a text, kept out of longer words."""

import pytest

from bot.language.folding import fold
from bot.language.synonyms import LONGEST, MOST_TERMS, Synonym, SynonymError, Thesaurus, group_of, reword, wordings

THESAURUS = Thesaurus(
    [
        ("社保", "社会保险"),
        ("人大", "人民代表大会"),
        ("人大", "中国人民大学"),
        ("SI", "social insurance"),
        ("千克", "公斤"),
    ]
)
SOCIAL = (Synonym("社保", ("社会保险",)),)


@pytest.mark.parametrize(
    ("question", "used"),
    [
        ("社保怎么交", {"社保": ("社会保险",)}),
        ("社會保險怎麼交", {"社会保险": ("社保",)}),
        ("人大的职权", {"人大": ("人民代表大会", "中国人民大学")}),
        ("人民代表大会的职权", {"人民代表大会": ("人大",)}),
        ("What is the si?", {"SI": ("social insurance",)}),
        ("What is Ｓocial  insurance", {}),
        ("What is Ｓocial Insurance", {"social insurance": ("SI",)}),
        ("a basic size", {}),
        ("限重5千克", {"千克": ("公斤",)}),
        ("社保就是社会保险吗", {}),
        ("怎么报销", {}),
    ],
)
def test_the_terms_of_a_question(question: str, used: dict[str, tuple[str, ...]]) -> None:
    assert {synonym.term: synonym.same for synonym in THESAURUS.used(fold(question))} == used


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("社会保险费由单位缴纳。", "社保费由单位缴纳。"),
        ("社會保險與社会保险", "社保與社保"),
        ("社保卡", "社保卡"),
        ("与此无关的 Text。", "与此无关的 Text。"),
    ],
)
def test_a_text_in_the_words_of_the_question(text: str, said: str) -> None:
    assert reword(text, SOCIAL) == said
    assert reword(text, ()) == text


def test_a_term_inside_another_is_left_alone() -> None:
    assert reword("有限责任公司和公司", (Synonym("有限责任公司", ("公司",)),)) == "有限责任公司和有限责任公司"
    assert reword("一种保险和社会保险", (Synonym("保险", ("社会保险",)),)) == "一种保险和保险"
    assert reword("basic, SI.", (Synonym("social insurance", ("SI",)),)) == "basic, social insurance."


def test_a_text_in_other_words() -> None:
    assert wordings("单位社保费", SOCIAL) == [("单位社会保险费", "社会保险")]
    assert wordings("单位公积金", SOCIAL) == []


def test_groups_hold_each_term_once() -> None:
    assert group_of([" 社保 ", "社 会  保险", "社保", "社會 会", "ＳＢ", "sb", ""]) == (
        "社保", "社 会 保险", "社會 会", "ＳＢ",
    )  # fmt: skip
    assert group_of(["社\u200b保", "社会\n保险"]) == ("社保", "社会 保险")


@pytest.mark.parametrize(
    ("terms", "zh", "en"),
    [
        (["社保"], "一组要有 2 到 20 个", "2 to 20"),
        (["社保", "社保 "], "这里有 1 个", "not 1"),
        ([], "这里有 0 个", "not 0"),
        (["社保", "保"], "“保”会出现在太多的词里", "“保” stands in too many words"),
        (["社保", "——"], "“——”", "“——”"),
        (["社保", "长" * (LONGEST + 1)], "超过 60 字", "over 60 characters"),
        ([f"词{n}" for n in range(MOST_TERMS + 1)], "这里有 21 个", "not 21"),
    ],
)
def test_what_is_no_group_says_why(terms: list[str], zh: str, en: str) -> None:
    with pytest.raises(SynonymError) as caught:
        group_of(terms)
    assert zh in caught.value.zh and en in caught.value.en
    assert "\n" not in caught.value.zh + caught.value.en
