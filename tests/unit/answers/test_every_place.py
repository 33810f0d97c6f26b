"""What questions for every place of a term are answered with."""

import re
from dataclasses import replace

import pytest

from bot.answers.every_place import every_place, places_line
from bot.documents.parser import document_id, parse
from bot.question.reading import Reading
from bot.structure.occurrences import occurrences
from bot.types import FileCount, ItemCount, TermCount, Text, Trace
from tests.parts import read
from tests.unit.answers.home import Home

FILES = {"a.txt": "猫睡。貓跑，猫跳。\n狗睡。", "b.txt": "狗跑。", "c.txt": "一只猫。"}
DOCUMENTS = [parse(source, text.encode(), None) for source, text in FILES.items()]
BY_ID = {d.document_id: d for d in DOCUMENTS}


@pytest.fixture
def animals(home: Home) -> Home:
    home.add(*DOCUMENTS)
    return home


def test_the_answer_counts_and_quotes_every_place(animals: Home) -> None:
    answer = animals.ask(every_place, "“猫”出现在哪些地方？")
    assert answer is not None and not answer.abstained
    line, *rest = answer.text.split("\n")
    assert line == "“猫”共 4 处，显示 4 处；见于 2 个文件：a.txt（3 处）、c.txt（1 处）。"
    assert rest == ["猫睡。[1]", "貓跑，猫跳。[1]", "一只猫。[2]"]
    assert (answer.note, answer.items) == (line, ItemCount(4, 4))
    assert answer.trace == Trace("listing", (("猫", 1.0),), rule="term occurs where")
    counts = tuple(FileCount(document_id(name), name, total) for name, total in (("a.txt", 3), ("c.txt", 1)))
    assert answer.term_counts == (TermCount("猫", 4, 2, len(DOCUMENTS), shown=4, documents=counts),)
    assert [s.evidence for s in answer.sentences] == [(0,), (1,), (2,)]
    assert [s.text for s in answer.sentences] == [c.quote for c in answer.citations] == [r[:-3] for r in rest]
    for citation in answer.citations:
        assert BY_ID[citation.document_id].text[citation.start : citation.end] == citation.quote


def test_each_of_two_terms_is_counted_and_a_shared_sentence_quoted_once(animals: Home) -> None:
    answer = animals.ask(every_place, "“睡”和“猫”分别出现在哪些地方？")
    assert answer is not None
    line, *rest = answer.text.split("\n")
    assert line == (
        "“睡”共 2 处，显示 2 处；见于 1 个文件：a.txt（2 处）。"
        "“猫”共 4 处，显示 4 处；见于 2 个文件：a.txt（3 处）、c.txt（1 处）。"
    )
    assert rest == ["猫睡。[1]", "狗睡。[2]", "貓跑，猫跳。[1]", "一只猫。[3]"]
    assert [c.number for c in answer.citations] == [1, 2, 1, 3]
    assert all(BY_ID[c.document_id].text[c.start : c.end] == c.quote for c in answer.citations)


def test_of_two_terms_one_may_be_absent(animals: Home) -> None:
    answer = animals.ask(every_place, "“兔”和“跳”出现了几次？")
    assert answer is not None
    assert answer.text.split("\n") == [
        "“兔”共 0 处。“跳”共 1 处，显示 1 处；见于 1 个文件：a.txt（1 处）。",
        "貓跑，猫跳。[1]",
    ]
    assert animals.ask(every_place, "“兔”和“龟”出现了几次？") is None


def in_english(question: str) -> Reading:
    """Read what was searched for a follow-up that was typed in English."""
    return replace(read(question), question="list all", language="en")


def test_the_answer_speaks_the_askers_language(animals: Home) -> None:
    answer = animals.ask(every_place, in_english("list all mentions of 跳"))
    assert answer is not None
    assert answer.text == "“跳”: 1 place, 1 shown; in 1 file: a.txt (1).\n貓跑，猫跳。[1]"


def test_two_counts_in_english(animals: Home) -> None:
    answer = animals.ask(every_place, in_english("List all mentions of “跳” and “狗”"))
    assert answer is not None
    assert answer.text.split("\n")[0] == (
        "“跳”: 1 place, 1 shown; in 1 file: a.txt (1). “狗”: 2 places, 2 shown; in 2 files: a.txt (1), b.txt (1)."
    )


def test_no_place_and_no_such_question_give_none(animals: Home) -> None:
    assert animals.ask(every_place, "“兔”出现了几次？") is None
    assert animals.ask(every_place, "猫在哪里？") is None


def test_the_count_line_says_what_is_not_shown() -> None:
    (found,) = occurrences(["猫"], (Text(f"id{n}", f"{n}.txt", "猫" * 10) for n in range(60)))
    assert places_line(found, "zh").startswith("“猫”共 600 处，显示 200 处；见于 60 个文件：0.txt（10 处）、")
    assert places_line(found, "zh").endswith("49.txt（10 处） 等，只列出前 50 个。")
    assert re.match(r"“猫”: 600 places, 200 shown; in 60 files: 0.txt \(10\), ", places_line(found, "en"))
    assert places_line(found, "en").endswith("49.txt (10) and more: the first 50 are named.")
