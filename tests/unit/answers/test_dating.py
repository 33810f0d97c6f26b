"""The year of a document: of its name, else of the lines at its head that say when it was made."""

import pytest

from bot.answers.citations import cite_sentences
from bot.answers.dating import head_year, with_years
from bot.documents.parser import parse
from bot.structure.places import whole
from bot.types import Document, NotFoundError


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("2003年10月28日 常务委员会第五次会议通过\n2011年4月22日 第二十次会议修正", 2011),
        ("（星禾财〔2024〕3号）", 2024),
        ("（2024年8月更新）", 2024),
        ("时间：2023年9月12日14:00", 2023),
        ("Version 3.2 | Effective 1 March 2024", 2024),
        ("2019年的收入比上年多。", None),
        ("全长2024米", None),
        ("", None),
    ],
)
def test_what_the_head_says(head: str, year: int | None) -> None:
    text = f"青石园区须知\n{head}\n\n一、收费\n2030年起施行新的收费办法。\n"
    assert head_year(parse("须知.txt", text.encode())) == year


def test_the_name_goes_first_and_a_document_that_is_gone_has_none() -> None:
    document = parse("须知（2022版）.txt", "青石园区须知\n2019年5月1日发布\n\n每天开放。".encode())
    other = parse("办法.txt", "青石园区办法\n2019年5月1日发布\n\n每天开放。".encode())
    gone = parse("没了.txt", "旧须知\n2019年5月1日发布\n\n每天开放。".encode())
    asked: list[str] = []

    def load(document_id: str) -> Document:
        asked.append(document_id)
        if document_id == gone.document_id:
            raise NotFoundError("gone", "没了")
        return other

    cited = cite_sentences(whole(one, 2) for one in (document, other, other, gone))
    assert [citation.year for citation in with_years(cited, load)] == [2022, 2019, 2019, None]
    assert asked == [other.document_id, gone.document_id]
