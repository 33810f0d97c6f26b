"""What a person has marked answers its question, where it stands and is in scope."""

import pytest

from bot.answers.marked import marked
from bot.documents.parser import parse
from bot.storage.marks import Mark, MarkTable
from bot.types import Document
from tests.unit.answers.home import Home

TEXT = """员工手册

一、假期

员工入职满一年，每年休年假十天。年假可以分两次休。

病假须有医院证明。

下列情形不计入年假：
1.法定节假日；
2.婚假。
"""
LONG = "本公司重视员工的休息。" * 12 + "年假须提前三天提出申请。" + "各部门应当合理安排。" * 4
LEAVE = "员工入职满一年，每年休年假十天。年假可以分两次休。"
HANDBOOK = parse("手册.txt", TEXT.encode(), "员工手册")
OTHER = parse("别处.txt", f"另一本手册\n\n{LONG}\n".encode(), "另一本手册")


def mark(
    home: Home,
    document: Document,
    quote: str,
    question: str = "年假几天？",
    scope: tuple[str, ...] | None = None,
) -> int:
    """Mark a paragraph, and return the mark's id."""
    start = document.text.index(quote)
    table = MarkTable(home.store.database)
    table.keep(Mark(question, scope, document.document_id, start, start + len(quote), quote, 1, "2025-01-01T00:00:00Z"))
    return table.all()[0].mark_id


@pytest.fixture(autouse=True)
def documents(home: Home) -> None:
    home.add(HANDBOOK, OTHER)


@pytest.mark.parametrize("question", ["年假几天？", "请问年假有多少天"])
def test_a_short_paragraph_is_said_whole(home: Home, question: str) -> None:
    mark_id = mark(home, HANDBOOK, LEAVE)
    said = home.ask(marked, question)
    assert said is not None and not said.abstained
    assert [(citation.quote, citation.number) for citation in said.citations] == [
        ("员工入职满一年，每年休年假十天。", 1),
        ("年假可以分两次休。", 1),
    ]
    assert {citation.mark for citation in said.citations} == {mark_id}
    assert all(HANDBOOK.text[c.start : c.end] == c.quote for c in said.citations)
    assert said.text.startswith("据你的标注。\n员工入职满一年，")
    assert (said.trace.way, said.confidence) == ("marked", 1.0)
    assert home.weighed == []  # nothing is searched


@pytest.mark.parametrize("question", ["病假几天？", "年假怎么申请？", "2024年年假几天？", "年假不能休几天？", "你好"])
def test_other_questions_are_left_alone(home: Home, question: str) -> None:
    mark(home, HANDBOOK, LEAVE)
    assert home.ask(marked, question) is None


def test_an_english_question_is_told_in_english(home: Home) -> None:
    mark(home, HANDBOOK, LEAVE, "What is the annual leave?")
    said = home.ask(marked, "Please tell me what the annual leave is")
    assert said is not None and said.note == "As you marked."


def test_of_a_long_paragraph_the_sentence_that_the_judge_finds_best(home: Home) -> None:
    mark(home, OTHER, LONG, "年假怎么申请？")
    first = home.ask(marked, "年假如何申请")
    assert first is not None  # where nothing is judged, the first
    assert [citation.quote for citation in first.citations] == ["本公司重视员工的休息。"]


def test_a_stem_has_its_items(home: Home) -> None:
    mark(home, HANDBOOK, "下列情形不计入年假：", "哪些不计入年假？")
    said = home.ask(marked, "哪些不计入年假")
    assert said is not None
    assert [citation.quote for citation in said.citations] == ["下列情形不计入年假：", "1.法定节假日；", "2.婚假。"]


def test_outside_the_scope_it_has_no_effect(home: Home) -> None:
    mark(home, HANDBOOK, LEAVE)
    assert home.ask(marked, "年假几天？", [OTHER.document_id]) is None
    assert home.ask(marked, "年假几天？", [OTHER.document_id, HANDBOOK.document_id]) is not None


def test_of_two_the_newer_but_the_one_of_the_very_scope_first(home: Home) -> None:
    scope = (HANDBOOK.document_id,)
    own = mark(home, HANDBOOK, "病假须有医院证明。", scope=scope)
    newer = mark(home, HANDBOOK, LEAVE)

    def answered(documents: list[str] | None) -> int | None:
        said = home.ask(marked, "年假几天？", documents)
        assert said is not None
        return said.citations[0].mark

    assert answered(None) == newer
    assert answered(list(scope)) == own
    assert answered([OTHER.document_id, HANDBOOK.document_id]) == newer
    newest = mark(home, OTHER, LONG)
    assert answered(None) == newest


@pytest.mark.parametrize(
    ("before", "after", "first", "note"),
    [
        ("员工手册\n", "员工手册\n\n序言。\n", "员工入职满一年，每年休年假十天。", "据你的标注。"),
        (
            "十天。",
            "十五天。",
            "员工入职满一年，每年休年假十五天。",
            "据你的标注；那一段后来改过，这里是现在最接近的一段。",
        ),
    ],
)
def test_it_outlives_changes_of_the_text(home: Home, before: str, after: str, first: str, note: str) -> None:
    mark(home, HANDBOOK, LEAVE)
    home.add(parse("手册.txt", TEXT.replace(before, after, 1).encode(), "员工手册"))
    said = home.ask(marked, "年假几天？")
    assert said is not None
    assert (said.citations[0].quote, said.note) == (first, note)


def test_words_without_anything_like_them_answer_nothing(home: Home) -> None:
    mark(home, HANDBOOK, LEAVE)
    home.add(parse("手册.txt", TEXT.replace(LEAVE, "食堂周末不开。").encode(), "员工手册"))
    assert home.ask(marked, "年假几天？") is None


def test_it_goes_with_its_document(home: Home) -> None:
    mark(home, HANDBOOK, LEAVE)
    home.store.remove(HANDBOOK.document_id)
    assert MarkTable(home.store.database).all() == []
    home.add(HANDBOOK)
    assert home.ask(marked, "年假几天？") is None
