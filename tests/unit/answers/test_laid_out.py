"""Lines of a table that an answer quotes: with their cells, wherever they come from."""

import pytest

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft
from bot.answers.finishing import finish
from bot.answers.laid_out import tables_of
from bot.documents.parser import parse
from bot.structure.places import whole
from bot.types import Answer, Document, Part
from tests.parts import read

TEXT = """# 运费表

按地区收费。

| 地区 | 首重（元） | 时效 |
|---|---|---|
| 江浙沪 | 8 | 次日达 |
| 华北 | 12 | 两天 |
| 西北 | 18 |  |
"""
DOCUMENT = parse("a.md", TEXT.encode())


def at(text: str) -> int:
    return next(p.index for p in DOCUMENT.paragraphs if text in DOCUMENT.text[p.start : p.end])


def answer(*lines: str, parts: tuple[Part, ...] = ()) -> Answer:
    citations = cite_sentences(whole(DOCUMENT, at(line)) for line in lines)
    return finish(read("多少钱？"), Draft(way="table", rule="", citations=citations, parts=parts))


def load(document_id: str) -> Document:
    assert document_id == DOCUMENT.document_id
    return DOCUMENT


def test_rows_with_their_header() -> None:
    [table] = tables_of(answer("华北", "西北", "首重"), load)
    assert table.header == ("地区", "首重（元）", "时效")
    assert table.rows == (("华北", "12", "两天"), ("西北", "18", ""))
    assert (table.sentences, table.head) == ((0, 1), 2)


def test_a_header_that_is_not_quoted_and_prose_between() -> None:
    [table] = tables_of(answer("按地区", "江浙沪"), load)
    assert (table.header, table.rows) == (("地区", "首重（元）", "时效"), (("江浙沪", "8", "次日达"),))
    assert (table.sentences, table.head) == ((1,), None)


@pytest.mark.parametrize("lines", [("按地区",), ("首重",)])
def test_what_has_no_row_is_no_table(lines: tuple[str, ...]) -> None:
    assert tables_of(answer(*lines), load) == ()


def test_each_part_has_its_own() -> None:
    parts = (Part("甲", (0,)), Part("乙", (1,)))
    assert [table.sentences for table in tables_of(answer("江浙沪", "华北", parts=parts), load)] == [(0,), (1,)]
