"""A document's structure comes back from its JSON as it was."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.documents.parser import parse
from bot.storage.outlines import compact, dump_section, dump_structure, load_section, load_structure
from bot.tree import NO_OUTLINE, ItemList, Section
from bot.types import Document, Paragraph
from tests.laws import CONTRACT, LAW

SEED = next((Path(__file__).parents[3] / "seeds").glob("*.txt"))
MANUAL = (
    "# 手册\n\n- 下载\n- 解压\n\n## 使用\n\n一是打开。二是关闭。\n\n（一）清洁。每天一次。\n（二）保养。每月一次。\n"
)
DOCUMENTS = [
    parse("law.txt", LAW.encode()),
    parse("contract.txt", CONTRACT.encode()),
    parse("a.md", MANUAL.encode()),
    parse(SEED.name, SEED.read_bytes()),
    parse("line.txt", b"one line"),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.source for document in DOCUMENTS])
def test_what_is_written_is_read_back(document: Document) -> None:
    structure = load_structure(dump_structure(document), document.text)
    assert structure.paragraphs == document.paragraphs
    assert structure.outline == document.outline
    assert structure.lists == document.lists


def test_any_paragraphs_come_back_whatever_their_sections() -> None:
    paragraphs = (Paragraph(0, 2, 5, ("甲", "乙"), 3), Paragraph(1, 6, 9, ("乙",)), Paragraph(2, 9, 9, ()))
    document = replace(DOCUMENTS[0], paragraphs=paragraphs, outline=NO_OUTLINE, lists=())
    structure = load_structure(dump_structure(document), document.text)
    assert (structure.paragraphs, structure.outline, structure.lists) == (paragraphs, NO_OUTLINE, ())
    nothing = replace(document, paragraphs=())
    assert load_structure(dump_structure(nothing), "").paragraphs == ()


def test_each_heading_is_written_once() -> None:
    stored = dump_structure(DOCUMENTS[0])
    assert stored.count("第一章 总则") == stored.count('"第二条"') == 1


def test_the_shape_without_structure_gives_the_paragraphs() -> None:
    stored = json.dumps([(0, 3, [], 1), (4, 9, ["第一章", "第一条"], 0)], ensure_ascii=False)
    structure = load_structure(stored, "第一章\n第一条 总")
    assert structure.paragraphs == (Paragraph(0, 0, 3, (), 1), Paragraph(1, 4, 9, ("第一章", "第一条")))
    assert (structure.outline, structure.lists) == (NO_OUTLINE, ())


def test_a_tree_of_several_levels() -> None:
    section = Section("", None, 0, -1, 2, (1,), (Section("one", None, 1, 0, 2, (), ()),))
    document = Document("d", "d", "t", "one\ntwo", (Paragraph(0, 0, 3, (), 1), Paragraph(1, 4, 7, ("one",))), "UTF-8")
    structure = load_structure(dump_structure(replace(document, outline=section)), document.text)
    assert structure.outline == section
    assert not ItemList((3, 4), (10, 20)).inside
    assert ItemList((3, 3), (10, 20)).inside


@pytest.mark.parametrize(
    "section",
    [
        (),
        ("",),
        ("第一章 总则", "第三条"),
        ('a","b',),
        ('a"', "b"),
        ('"', ""),
        ("a\\", "b"),
        ("a\u3000b", "\u200b"),
        ("\ud800",),
    ],
)
def test_a_section_is_written_as_json_and_read_back(section: tuple[str, ...]) -> None:
    assert dump_section(section) == compact(section)
    assert load_section(dump_section(section)) == section
