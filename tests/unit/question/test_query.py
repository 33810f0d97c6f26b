import random
from dataclasses import replace

import pytest

from bot.language.folding import fold, terms
from bot.language.kinds import KINDS
from bot.language.synonyms import Synonym
from bot.question.query import Query, query_of

QUESTIONS = [
    "普通读者每次可以借阅多少册图书？",
    "图书馆什么时候闭馆？",
    "What is the maximum size of a TiDB 7.5 cluster?",
    "《借阅办法》第十二条的规定是什么",
    "𠮷野家的2号店在哪里🙂？",
    "請問讀者逾期未還應當怎麼辦？",
    "为什么", "多少", "谁", "怎么办？", "什么什么", "请问", "哪", "的", "what is it",
    "？！…", "🙂", "é́", "\u202e", "0", "",
]  # fmt: skip


@pytest.mark.parametrize("text", QUESTIONS)
def test_terms_are_distinct_and_stand_in_the_question(text: str) -> None:
    asked = query_of(text)
    assert (asked.text, asked.folded) == (text, fold(text))
    assert asked.terms == asked.characters + asked.pairs + asked.words
    assert len(set(asked.terms)) == len(asked.terms)
    assert set(asked.terms) <= set(terms(asked.content))
    assert all(term in asked.folded for term in (*asked.terms, *asked.focus))
    assert asked.kinds <= {name for name, _ in KINDS}


def test_random_text_never_fails_and_keeps_the_rule() -> None:
    rng = random.Random(1)
    alphabet = "什么哪些多少几何谁如何是的在有了吗呢图书馆第一条12.5% ABz，。？“”《》\n\t🙂𠮷é\u0301\u200d\ufeff"
    for _ in range(500):
        test_terms_are_distinct_and_stand_in_the_question("".join(rng.choices(alphabet, k=rng.randrange(20))))


def test_terms_of_a_question_without_its_interrogative() -> None:
    asked = query_of("晒太阳的猫有多少？")
    assert asked.characters == ("晒", "太", "阳", "猫", "有")
    assert asked.pairs == ("晒太", "太阳", "猫有")
    assert asked.words == ()


def test_words_of_other_scripts_and_numbers_are_words() -> None:
    asked = query_of("ＴｉＤＢ 7.5 的 Cluster 有几个？")
    assert asked.words == ("tidb", "7.5", "cluster")


@pytest.mark.parametrize("text", ["为什么", "多少？", "what is it?", "请问 谁", "如何"])
def test_a_question_of_interrogatives_alone_keeps_them(text: str) -> None:
    assert query_of(text).content == " ".join(query_of(text).content.split()) != ""
    assert query_of(text).terms


@pytest.mark.parametrize("text", ["", "？！……", "🙂🙂", "\u200d", "——"])
def test_nothing_to_search_for(text: str) -> None:
    asked = query_of(text)
    assert (asked.terms, asked.content, asked.focus) == ((), "", frozenset())


@pytest.mark.parametrize(
    ("written", "same"),
    [("請問讀者逾期未還應當怎麼辦？", "请问读者逾期未还应当怎么办？"), ("ＨＯＷ　ＭＡＮＹ？", "how many?")],
)
def test_width_case_and_script_make_no_difference(written: str, same: str) -> None:
    def but_text(asked: Query) -> tuple[object, ...]:
        return asked.terms, asked.content, asked.kinds, asked.focus

    assert but_text(query_of(written)) == but_text(query_of(same))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("逾期每天收取多少滞纳金？", "number"),
        ("How many kinds of orchid are there?", "number"),
        ("图书馆什么时候闭馆？", "date"),
        ("When did the garden open?", "date"),
        ("灯塔是谁设计的？", "person"),
        ("Who built it?", "person"),
        ("图书馆在哪里？", "place"),
        ("借阅有哪些要求？", "list"),
        ("为什么要收滞纳金？", "reason"),
        ("Why is it closed?", "reason"),
        ("如何办理借书证？", "manner"),
        ("什么是滞纳金？", "definition"),
        ("读者是否可以续借？", "yesno"),
        ("由哪个部门负责？", "organisation"),
    ],
)
def test_the_kind_of_answer_is_recognised(text: str, kind: str) -> None:
    assert kind in query_of(text).kinds


def test_a_question_can_ask_for_no_kind_at_all() -> None:
    assert query_of("借阅期限").kinds == frozenset()


def test_focus_stands_next_to_the_interrogative() -> None:
    assert "册图" in query_of("读者每次可以借阅多少册图书？").focus
    assert "书证" in query_of("办理借书证是什么").focus
    assert query_of("借阅期限").focus == frozenset()


def test_the_same_question_is_known_again() -> None:
    assert query_of("渡船 是什么？").is_same(query_of("渡船是什么"))
    assert not query_of("渡船是什么").is_same(query_of("渡口是什么"))


@pytest.mark.parametrize(
    ("text", "language"), [("猫 cat", "zh"), ("cat", "en"), ("Ⅻ кот", "en"), ("12.5 % ？", None), ("", None)]
)
def test_the_language_that_a_question_is_written_in(text: str, language: str | None) -> None:
    assert query_of(text).written_in == language


SYNONYMS = (Synonym("社保", ("社会保险", "五险")), Synonym("GDP", ("国内生产总值",)))


def test_a_text_is_put_in_the_questions_own_words() -> None:
    asked = replace(query_of("社保占GDP的5%吗？"), synonyms=SYNONYMS)
    assert asked.as_asked("社会保险为国内生产总值的百分之五") == "社保为gdp的5%"
    assert query_of("社保占GDP的比例").as_asked("社会保险") == "社会保险"
    assert asked.also("社保") == ("社会保险", "五险")
    assert asked.also("社保占GDP") == ("社会保险占GDP", "五险占GDP", "社保占国内生产总值")
    assert asked.also("比例") == ()


EVERYDAY = (Synonym("老板", ("用人单位", "雇主")), Synonym("开除", ("解除劳动合同",)))


def test_everyday_words_are_for_reading_not_for_what_is_claimed() -> None:
    asked = replace(query_of("老板能开除交社保的人吗"), synonyms=SYNONYMS, everyday=EVERYDAY)
    said = "用人单位不得解除劳动合同，应当缴纳社会保险。"
    assert asked.as_read(said) == "老板不得开除，应当缴纳社保。"
    assert asked.as_asked(said) == "用人单位不得解除劳动合同，应当缴纳社保。"
    assert asked.also("老板") == ()


def test_all_everyday_words_are_replaced_together() -> None:
    asked = replace(query_of("老闆能開除人嗎"), everyday=EVERYDAY)
    every = [wording.text for wording in asked.officially(lambda term: True)]
    assert every == ["用人单位能解除劳动合同人吗", "雇主能解除劳动合同人吗"]
    known = [wording.text for wording in asked.officially(lambda term: term not in {"劳动", "用人"})]
    assert known == ["雇主能开除人吗"]
    assert asked.officially(lambda term: False) == []


def test_translations_are_for_texts_in_the_other_language_alone() -> None:
    asked = replace(query_of("How long is annual leave?"), translations=(Synonym("annual leave", ("年休假", "年假")),))
    assert asked.as_translated("职工享受年休假5天。") == "职工享受 annual leave 5天。"
    assert asked.as_read("职工享受年休假5天。") == asked.as_asked("职工享受年休假5天。") == "职工享受年休假5天。"
    assert asked.also("annual leave") == () and asked.officially(lambda term: True) == []


def texts(query: Query, *unknown: str, amounts: bool = False) -> list[str]:
    others = query.spellings if amounts else query.synonyms
    return [wording.text for wording in query.wordings(others, lambda term: term not in unknown)]


def test_wordings_are_those_whose_terms_are_known_and_say_more() -> None:
    asked = replace(query_of("社保占GDP多少"), synonyms=SYNONYMS)
    assert texts(asked) == ["社会保险占GDP多少", "五险占GDP多少", "社保占国内生产总值多少"]
    assert texts(asked, "会保", "五") == ["社保占国内生产总值多少"]
    assert texts(query_of("社保占GDP多少")) == []
    assert texts(query_of("3个月内"), amounts=True) == ["三个月内"]
    assert texts(query_of("三个月内"), amounts=True) == []
    assert len(texts(query_of("3.5公里内"), amounts=True)) == 3
