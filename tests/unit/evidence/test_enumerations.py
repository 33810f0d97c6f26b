"""Which sentences list as many items as are asked for, over paragraphs written for these tests."""

import pytest

from bot.documents.passages import split_sentences
from bot.evidence.enumerations import prefer_enumeration
from bot.evidence.judge import Evidence
from bot.question.items import Items
from bot.storage.store import StoredPassage
from bot.types import Passage
from tests.parts import read


def evidence(*paragraphs: str, section: tuple[str, ...] = ()) -> list[Evidence]:
    """Every sentence of the paragraphs, scores falling in their order."""
    out: list[Evidence] = []
    for number, text in enumerate(paragraphs):
        stored = StoredPassage(number, "d", "d.txt", "书", Passage(number, 0, len(text), section, text))
        out.extend(Evidence(stored, a, b, -float(len(out))) for a, b in split_sentences(text, 0, len(text)))
    return out


def order(question: str, *paragraphs: str, section: tuple[str, ...] = ()) -> list[str]:
    return [e.text for e in prefer_enumeration(read(question).items, evidence(*paragraphs, section=section))]


@pytest.mark.parametrize(
    "listing",
    [
        "本店的“三种颜色”是红、黄、蓝。",
        "三种颜色，即红、黄和蓝。",
        "三种颜色是：红（大红、朱红）、黄、蓝。",
        "三种颜色：一是红，二是黄，三是蓝。",
        "三种颜色，选用红的花，选用黄的叶，选用蓝的瓶。",
        "“三种颜色”是“红”“黄”“蓝”。",
        "三种颜色:（一）红；（二）黄；（三）蓝。",
    ],
)
def test_the_sentence_that_lists_them_comes_first(listing: str) -> None:
    others = ("三种颜色很美。", "颜料有红、黄、蓝、绿。")
    assert order("“三种颜色”是哪三种？", *others, listing)[0] == listing


def test_a_sentence_that_follows_the_term_comes_next() -> None:
    found = order("“三种颜色”是哪三种？", "花有桃、杏、梨。", "三种颜色如下。纸是红、黄、蓝。")
    assert found[0] == "纸是红、黄、蓝。"
    before = order("“三种颜色”是哪三种？", "三种颜色很美。", "花有桃、杏、梨。三种颜色如上。")
    assert before == ["三种颜色很美。", "花有桃、杏、梨。", "三种颜色如上。"]


def test_items_that_repeat_the_terms_noun_come_before_all() -> None:
    lines = "要种好三种花。土有红土、黄土、黑土。本园养桃花、杏花、梨花。"
    assert order("“三种花”是哪三种？", "三种花很美。", "三种花要水、肥、光。", lines)[:3] == [
        "本园养桃花、杏花、梨花。",
        "三种花要水、肥、光。",
        "土有红土、黄土、黑土。",
    ]


def test_a_heading_names_the_term_for_what_is_under_it() -> None:
    found = order("“三种颜色”是哪三种？", "先说好看。", "红、黄、蓝。", section=("一、三种颜色",))
    assert found == ["红、黄、蓝。", "先说好看。"]


def test_the_order_stays_where_nothing_lists_so_many() -> None:
    lines = ("三种颜色很美。", "三种颜色有红、黄、蓝、绿。", "别的。")
    assert order("“三种颜色”是哪三种？", *lines) == list(lines)
    assert order("有哪些颜色？", "别的。", "红、黄、蓝。") == ["别的。", "红、黄、蓝。"]
    assert prefer_enumeration(Items("三种颜色", 3), []) == ()


def test_a_sentence_without_a_clause_lists_nothing() -> None:
    found = evidence("“四小”如下。（略）。")
    assert prefer_enumeration(Items("四小", 4), found) == tuple(found)
