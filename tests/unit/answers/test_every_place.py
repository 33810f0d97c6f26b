"""Which questions want every place of a term, and what they are answered with."""

import re

import pytest

from bot.answers.every_place import answer_listing, count_line, listed_terms, quoted_phrases
from bot.documents.parser import parse
from bot.structure.occurrences import occurrences
from bot.types import Answer, Text

ZH = (
    "“{}”出现在哪些地方？",
    "{}出现在哪些地方",
    "列出所有提到“{}”的句子",
    "请列出提到{}的所有句子。",
    "哪些文件提到{}？",
    "哪些文件中提到了“{}”",
    "“{}”出现了几次",
    "{}出现了多少次？",
    "“{}”一词在全文中一共出现了多少次？",
    "文中提到了几次“{}”",
    "“{}”在哪些文件中出现过",
    "“{}”被提到了几次？",
    "「{}」出現在哪些地方？",
    "有多少处提到“{}”",
    "提到“{}”的句子有哪些？",
    "所有包含“{}”的段落",
    "列出“{}”的所有出处",
    "请列出“{}”出现的所有地方",
    "“{}”这个词出现了几次",
    "哪些文件里有《{}》？",
)
EN = (
    "list all mentions of {}",
    'List all mentions of "{}".',
    "list every sentence that mentions '{}'",
    "where does {} occur?",
    "Where is {} mentioned in the documents?",
    'How many times does "{}" appear?',
    "which documents mention {}?",
    'Show me all places where the term "{}" appears',
    "Find all occurrences of {}",
)


@pytest.mark.parametrize("question", ZH)
@pytest.mark.parametrize("term", ["碳关税", "碳關稅", "ZX-17", "🙂𠮷"])
def test_chinese_questions_for_every_place(question: str, term: str) -> None:
    assert listed_terms(question.format(term)) == (term,)


@pytest.mark.parametrize("question", EN)
@pytest.mark.parametrize("term", ["carbon tariff", "ZX-17", "水库"])
def test_english_questions_for_every_place(question: str, term: str) -> None:
    assert listed_terms(question.format(term)) == (term,)


@pytest.mark.parametrize(
    "question",
    [
        "“碳关税”是什么？",
        "“碳关税”在哪里征收？",
        "哪些部门负责“碳关税”？",
        "他在讲话中提到了哪些地方？",
        "列出所有措施",
        "什么出现了几次",
        "这出现了几次",
        "哪些文件规定了罚款",
        "文字最早出现在哪里？",
        "where is the library?",
        "list all measures",
        "how many times a year does the council meet?",
        "",
        "？",
    ],
)
def test_other_questions_are_left_alone(question: str) -> None:
    assert listed_terms(question) == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("“碳关税”和“碳汇”分别出现在哪些地方？", ("碳关税", "碳汇")),
        ("「碳關稅」、「碳汇」以及《绿色手册》各出现了几次？", ("碳關稅", "碳汇", "绿色手册")),
        ("列出所有提到“碳汇”或“碳汇”的句子", ("碳汇",)),
        ('Where do "carbon sink" and "tariff" occur?', ("carbon sink", "tariff")),
        ("List all mentions of 'tariff', 'quota' and 'sink'", ("tariff", "quota", "sink")),
        ("《绿色手册》中“碳汇”出现了几次？", ()),
        ("“碳汇”对“碳关税”有哪些影响？", ()),
        ("“碳汇”和“碳关税”有什么区别？", ()),
    ],
)
def test_several_terms_side_by_side(question: str, expected: tuple[str, ...]) -> None:
    assert listed_terms(question) == expected


def test_quoted_phrases_are_found_in_all_marks() -> None:
    text = "“甲 ”、「乙」、『丙』、‘丁’、《戊》、\"己\"、'庚'、“”、it's 'x'"
    assert [text[a:b] for a, b in quoted_phrases(text)] == ["甲", "乙", "丙", "丁", "戊", "己", "庚", "x"]


FILES = {"a.txt": "猫睡。貓跑，猫跳。\n狗睡。", "b.txt": "狗跑。", "c.txt": "一只猫。"}
DOCUMENTS = [parse(source, text.encode(), None) for source, text in FILES.items()]
TEXTS = [Text(d.document_id, d.source, d.text) for d in DOCUMENTS]
BY_ID = {d.document_id: d for d in DOCUMENTS}


def ask(question: str) -> Answer | None:
    return answer_listing(question, question, TEXTS, BY_ID.__getitem__)


def test_the_answer_counts_and_quotes_every_place() -> None:
    answer = ask("“猫”出现在哪些地方？")
    assert answer is not None and not answer.abstained
    line, *rest = answer.text.split("\n")
    assert line == "“猫”共 4 处，显示 4 处；见于 2 个文件：a.txt（3 处）、c.txt（1 处）。"
    assert rest == ["猫睡。[1]", "貓跑，猫跳。[1]", "一只猫。[2]"]
    assert [s.text for s in answer.sentences] == [c.quote for c in answer.citations] == [r[:-3] for r in rest]
    for citation in answer.citations:
        assert BY_ID[citation.document_id].text[citation.start : citation.end] == citation.quote


def test_each_of_two_terms_is_counted_and_a_shared_sentence_quoted_once() -> None:
    answer = ask("“睡”和“猫”分别出现在哪些地方？")
    assert answer is not None
    line, *rest = answer.text.split("\n")
    assert line == (
        "“睡”共 2 处，显示 2 处；见于 1 个文件：a.txt（2 处）。"
        "“猫”共 4 处，显示 4 处；见于 2 个文件：a.txt（3 处）、c.txt（1 处）。"
    )
    assert rest == ["猫睡。[1]", "狗睡。[2]", "貓跑，猫跳。[1]", "一只猫。[3]"]
    assert [c.number for c in answer.citations] == [1, 2, 1, 3]
    assert all(BY_ID[c.document_id].text[c.start : c.end] == c.quote for c in answer.citations)


def test_of_two_terms_one_may_be_absent() -> None:
    answer = ask("“兔”和“跳”出现了几次？")
    assert answer is not None
    assert answer.text.split("\n") == [
        "“兔”共 0 处。“跳”共 1 处，显示 1 处；见于 1 个文件：a.txt（1 处）。",
        "貓跑，猫跳。[1]",
    ]
    assert ask("“兔”和“龟”出现了几次？") is None


def test_the_answer_speaks_the_askers_language() -> None:
    answer = answer_listing("list all mentions", "list all mentions of 跳", TEXTS, BY_ID.__getitem__)
    assert answer is not None
    assert answer.text == "“跳”: 1 place, 1 shown; in 1 file: a.txt (1).\n貓跑，猫跳。[1]"


def test_two_counts_in_english() -> None:
    answer = answer_listing("list all", "List all mentions of “跳” and “狗”", TEXTS, BY_ID.__getitem__)
    assert answer is not None
    assert answer.text.split("\n")[0] == (
        "“跳”: 1 place, 1 shown; in 1 file: a.txt (1). “狗”: 2 places, 2 shown; in 2 files: a.txt (1), b.txt (1)."
    )


def test_no_place_and_no_such_question_give_none() -> None:
    assert ask("“兔”出现了几次？") is None
    assert ask("猫在哪里？") is None


def test_the_count_line_says_what_is_not_shown() -> None:
    (found,) = occurrences(["猫"], (Text(f"id{n}", f"{n}.txt", "猫" * 10) for n in range(60)))
    assert count_line(found, "zh").startswith("“猫”共 600 处，显示 200 处；见于 60 个文件：0.txt（10 处）、")
    assert count_line(found, "zh").endswith("49.txt（10 处） 等，只列出前 50 个。")
    assert re.match(r"“猫”: 600 places, 200 shown; in 60 files: 0.txt \(10\), ", count_line(found, "en"))
    assert count_line(found, "en").endswith("49.txt (10) and more: the first 50 are named.")
