"""Sentences and passages: exact spans, nothing lost, cuts where a reader would cut."""

import random

import pytest

from bot.documents.parser import parse
from bot.documents.passages import LONGEST_SENTENCE, split_passages, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ["今天下雨。", "明天晴！", "后天呢？", "不知道……", "再看；完"],
        ["他说：“走吧。”", "大家就走了。"],
        ["“甲是甲。乙是乙。”", "这是原话。"],
        ["他问：「去哪裡？」", "沒有人回答。"],
        ["“为什么？”的问题，至今没有答案。", "算了。"],
        ["《你在哪里？》是一首歌（见附录。），很好听。", "真的！"],
        ["（完。）"],
        ["真的吗？！", "真的！！！"],
        ["他说。", '"后来呢?"', "没有后来。"],
        ["第一句.", "第二句."],
    ],
)
def test_chinese(parts: list[str]) -> None:
    assert sentences("".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["It rains.", "Stay in!", "Why?", "Because."],
        ["Pi is 3.14 or so.", "See Fig. 2 and No. 7 by Dr. J. Smith, e.g. here.", "“Really?”", "Yes."],
        ["Open www.example.com/a?b=c;d and wait.", "Done."],
        ["1. Wash your hands.", "2. Dry them."],
        ["He said “stop.”", "They stopped... and went on.", "The end"],
        ["The U.S. Congress met.", "It left."],
    ],
)
def test_english(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_mixed_text_splits_after_either_end() -> None:
    assert sentences("用 Python 3.11. 再装 pip。Then run it. 完成") == [
        "用 Python 3.11.",
        "再装 pip。",
        "Then run it.",
        "完成",
    ]


def test_numbers_of_items_within_a_sentence_end_nothing() -> None:
    text = "报销时应当提交：1. 审批单；2. 票据；3. 发票。逾期不予受理。"
    assert sentences(text) == ["报销时应当提交：1. 审批单；2. 票据；3. 发票。", "逾期不予受理。"]


def test_a_range_is_respected() -> None:
    text = "前文。中间一句。 又一句。后文。"
    assert [text[a:b] for a, b in split_sentences(text, 3, 13)] == ["中间一句。", "又一句。"]
    assert split_sentences(text, 8, 9) == []


def test_spans_of_random_texts() -> None:
    rng = random.Random(11)
    alphabet = "甲乙丙abA1 ,，、.。！？!?；;…“”「」（）《》\"'\u3000\t\u00a0𠮷"
    for _ in range(1500):
        text = "".join(rng.choices(alphabet, k=rng.choice((5, 40, 400))))
        start = rng.randrange(len(text))
        end = rng.randint(start, len(text))
        spans = split_sentences(text, start, end)
        last = start
        for a, b in spans:
            assert last <= a < b <= end
            assert text[a:b] == text[a:b].strip() != ""
            assert b - a <= LONGEST_SENTENCE
            assert text[last:a].strip() == ""
            last = b
        assert text[last:end].strip() == ""


def test_a_long_sentence_is_cut_at_a_comma_else_a_space_else_hard() -> None:
    clauses = "很长的一句话没有句号，" * 100
    assert all(s.endswith("，") and len(s) <= LONGEST_SENTENCE for s in sentences(clauses))
    words = sentences("word " * 200)
    assert all(set(s.split()) == {"word"} for s in words)
    assert [len(s) for s in sentences("字" * 1000)] == [300, 300, 300, 100]


def test_passages_are_the_paragraphs_where_those_are_short() -> None:
    document = parse("a.txt", "一、标题\n第一段。第二句。\n——————\n\n第二段".encode())
    passages = split_passages(document)
    assert [(p.paragraph, p.section, p.text) for p in passages] == [
        (0, (), "一、标题"),
        (1, ("一、标题",), "第一段。第二句。"),
        (3, ("一、标题",), "第二段"),
    ]


@pytest.mark.parametrize("limit", [50, 300, 1000])
def test_passages_of_random_documents(limit: int) -> None:
    rng = random.Random(limit)
    for _ in range(60):
        lines = ["".join(rng.choices("甲乙丙丁戊，，。；？ab c“”", k=rng.choice((3, 80, 900)))) for _ in range(6)]
        document = parse("a.txt", "\n".join(["首行", *lines]).encode())
        seen = dict.fromkeys(range(len(document.paragraphs)), "")
        last = 0
        for passage in split_passages(document, limit):
            paragraph = document.paragraphs[passage.paragraph]
            assert document.text[passage.start : passage.end] == passage.text
            assert paragraph.start <= passage.start < passage.end <= paragraph.end
            assert passage.section == paragraph.section
            assert last <= passage.start
            assert len(passage.text) <= limit
            last = passage.end
            seen[passage.paragraph] += "".join(passage.text.split())
        for paragraph in document.paragraphs:
            whole = "".join(document.text[paragraph.start : paragraph.end].split())
            assert seen[paragraph.index] == whole or not any(c.isalnum() for c in whole)


def test_a_long_paragraph_is_cut_at_sentence_ends_into_even_parts() -> None:
    text = "这一句话正好有十个字。" * 57
    passages = split_passages(parse("a.txt", text.encode()), 300)
    assert "".join(p.text for p in passages) == text
    assert all(p.text.endswith("。") for p in passages)
    assert [len(p.text) for p in passages] == [209, 209, 209]


@pytest.mark.parametrize("unit", ["字", "这是一句话。", "word ", "“", "....x", '。"', "a. b. ", "第一条 "])
def test_one_enormous_line(unit: str) -> None:
    text = (unit * 400_000)[:400_000] + "末"
    document = parse("a.txt", text.encode())
    passages = split_passages(document)
    assert len(document.paragraphs) == 1
    assert all(len(p.text) <= 300 and document.text[p.start : p.end] == p.text for p in passages)
    assert passages[-1].end == len(text)


def test_a_long_sentence_ends_at_its_semicolons_and_a_short_one_does_not() -> None:
    clause = "各部门应当按照职责分工做好相关工作"
    short, long = [clause + "；"] * 3 + [clause + "。"], [clause + "；"] * 12 + [clause + "。"]
    assert sentences("".join(short)) == ["".join(short)]
    assert sentences("".join(long)) == long
