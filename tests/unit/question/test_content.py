"""The words that say what a question is about."""

import pytest

from bot.language.synonyms import Thesaurus
from bot.question.content import content_words, distinct
from bot.question.query import query_of
from bot.question.reading import read_question
from embeddings.static import StaticEncoder
from tests.parts import read


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("“碳关税”和「碳匯」谁先提出？", ["碳关税", "碳匯"]),
        ("碳關稅什么时候實施？", ["碳關稅"]),
        ("水库的库容是多少？", ["水库", "库容"]),
        ("猫的猫是谁的猫", []),
        ("Who is the Director of the ZX-17 reservoir?", ["Director", "ZX-17", "reservoir"]),
        ("𠮷野家的牛丼多少钱", ["𠮷野家", "牛丼"]),
        ("港口法第九条", ["港口法", "第九条"]),
        ("违反《港口法》第九条之一怎么处理", ["港口法"]),
        ("違反第九條之一怎麼處理", ["第九條之一"]),
        ("什么是什么？", []),
    ],
)
def test_terms_are_those_the_question_is_about(builtin: StaticEncoder, question: str, expected: list[str]) -> None:
    assert list(read(question, builtin).looked_for) == expected


def test_long_runs_are_cut_into_words_of_the_vocabulary(builtin: StaticEncoder) -> None:
    question = "图书馆周末开放时间和借阅规则由谁制定"
    found = content_words(query_of(question), builtin)
    assert "图书馆" in found
    assert all(2 <= len(term) <= 4 and term in question for term in found)


def test_quoted_phrases_are_looked_for_alone_and_content_words_are_all(builtin: StaticEncoder) -> None:
    reading = read("“碳关税”由哪个部门征收？", builtin)
    assert reading.looked_for == ("碳关税",)
    assert reading.content_words == content_words(reading.query, builtin) == ("碳关税", "部门征收")


def test_what_stands_twice_is_written_as_the_first_and_has_the_place_of_the_last() -> None:
    assert distinct(["碳關稅", "猫", "碳关税"]) == ("猫", "碳關稅")
    assert distinct(str(n) for n in range(20)) == tuple(str(n) for n in range(12))


def test_a_term_with_synonyms_is_a_word_of_its_own(builtin: StaticEncoder) -> None:
    thesaurus = Thesaurus([("三乡工程", "乡村振兴三项工程"), ("social insurance", "SI"), ("企业年金", "补充养老")])
    for question, words in {
        "申请三乡工程补贴的条件": ("申请", "三乡工程", "补贴", "条件"),
        "企业年金缴费": ("企业年金", "缴费"),
        "Who pays social insurance here?": ("pays", "social insurance", "here"),
    }.items():
        assert read_question(question, vocabulary=builtin, thesaurus=thesaurus).content_words == words
    assert read("企业年金", builtin).content_words == ("企业年金",)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2023年赤字率是多少", ("2023年", "赤字率")),
        ("全长3.5公里的大桥", ("全长", "3.5公里", "大桥")),
        ("二十个工作日内答复", ("二十个工作日", "答复")),
        ("How is 5 percent paid?", ("5 percent", "paid")),
    ],
)
def test_an_amount_is_a_word_with_its_unit(builtin: StaticEncoder, question: str, expected: tuple[str, ...]) -> None:
    assert read(question, builtin).content_words == expected
