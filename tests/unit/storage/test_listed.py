"""The documents of a home, listed once: which titles a word tells."""

import pytest

from bot.storage.listed import Listed
from bot.types import DocumentInfo


def listed(*titles: str) -> Listed:
    infos = tuple(
        DocumentInfo(f"d{n}", f"{n}.txt", title, "utf-8", 9, 1, 0, 0, 1, "2026-01-01T00:00:00+00:00")
        for n, title in enumerate(titles)
    )
    return Listed(infos, tuple((info.document_id, 1, info.source) for info in infos))


def test_titles_with_the_most_of_the_words_come_first() -> None:
    found = listed("图书馆借阅办法", "食堂管理办法", "Library rules", "借阅室值班表").naming(
        ["借阅", "办法", "图书", ""]
    )
    assert found == [(3, "d0"), (1, "d1"), (1, "d3")]


def test_a_word_counts_once_a_title() -> None:
    assert listed("通知的通知", "通知").naming(["通知"]) == [(1, "d0"), (1, "d1")]


def test_a_word_of_very_many_titles_tells_none() -> None:
    many = listed(*(f"第{number}号管理规定" for number in range(600)), "水库管理规定")
    assert many.naming(["管理", "水库"]) == [(1, "d600")]


@pytest.mark.parametrize(
    ("titles", "chinese"), [(("借阅办法", "规定"), True), (("借阅办法", "Rules"), False), ((), False)]
)
def test_all_titles_are_chinese(titles: tuple[str, ...], chinese: bool) -> None:
    assert listed(*titles).chinese is chinese
