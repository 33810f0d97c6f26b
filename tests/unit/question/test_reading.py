"""A question is read once: what stands in a reading, and what the history lent it."""

from dataclasses import replace

import pytest

from bot.language.synonyms import Thesaurus
from bot.question.addresses import find_addresses
from bot.question.everywhere import Everywhere
from bot.question.items import Items
from bot.question.query import query_of
from bot.question.reading import read_question
from tests.parts import TinyWords, read

HISTORY = (("图书馆由谁管理？", "由市文化局管理。[1]"),)


def test_a_question_alone_is_searched_as_it_is_typed() -> None:
    reading = read(" 《水法》第三条规定了什么？\n")
    assert reading.question == " 《水法》第三条规定了什么？\n"
    assert reading.query == query_of("《水法》第三条规定了什么？")
    assert (reading.rule, reading.lent, reading.language) == (None, (), "zh")
    assert reading.addresses == find_addresses("《水法》第三条规定了什么？") != ()
    assert [phrase.text for phrase in reading.quoted] == list(reading.mentions.titles) == ["水法"]
    assert (reading.everywhere, reading.items, reading.several) == (None, None, None)


def test_everyday_words_stand_beside_the_synonyms_of_a_home() -> None:
    thesaurus = Thesaurus([("物业公司", "物业服务企业")])
    reading = read_question("2024年物业公司的老板被罚多少？", vocabulary=TinyWords(""), thesaurus=thesaurus)
    assert [word.term for word in reading.query.synonyms] == ["物业公司"]
    assert [word.term for word in reading.query.everyday] == ["老板", "被罚"]
    assert reading.undated is not None and reading.undated.everyday == reading.query.everyday
    assert read("用人单位罚款多少？").query.everyday == ()


def test_a_follow_up_takes_words_from_the_history() -> None:
    reading = read_question("它什么时候开放？", HISTORY, vocabulary=TinyWords(""))
    assert (reading.question, reading.query.text) == ("它什么时候开放？", "图书馆什么时候开放？")
    assert reading.lent == ("图书馆",)
    assert reading.content_words == ("图书馆", "开放")
    assert reading.own_terms == ("开放",)
    alone = read_question("图书馆什么时候开放？", HISTORY, vocabulary=TinyWords(""))
    assert (
        alone.lent,
        replace(
            alone, question=reading.question, rule="pronoun", lent=reading.lent, said=reading.said, own_terms=("开放",)
        ),
    ) == ((), reading)


def test_the_language_is_that_of_what_was_typed() -> None:
    reading = read_question("and the fee?", HISTORY, vocabulary=TinyWords(""))
    assert (reading.language, reading.query.written_in) == ("en", "zh")


@pytest.mark.parametrize(
    ("question", "name", "value"),
    [
        ("“水库”出现在哪些地方？", "everywhere", Everywhere(("水库",), "term occurs where")),
        ("“三种颜色”是哪三种？", "items", Items("三种颜色", 3)),
        ("违反第三条怎么处罚", "consequence", True),
        ("第三条规定了什么", "consequence", False),
        ("What follows from a breach of article 3?", "consequence", True),
        ("“水库”在哪里", "looked_for", ("水库",)),
    ],
)
def test_what_is_read_of_a_question(question: str, name: str, value: object) -> None:
    assert getattr(read(question), name) == value


def test_the_same_text_is_read_once() -> None:
    one, other = read("水库在哪里？"), read("水库在哪里？")
    assert one == other and one.query is other.query and one.addresses is other.addresses
