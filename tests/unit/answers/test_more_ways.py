"""Ways that answer from no single sentence: talk, the documents themselves, several questions, a gist, a comparison."""

from dataclasses import replace

import pytest

from bot.answers.collection import collection
from bot.answers.comparison import comparison
from bot.answers.several_questions import several_questions
from bot.answers.summary import summary
from bot.answers.talk import talk
from bot.documents.parser import parse
from bot.types import Answer, Citation, Hit
from tests.unit.answers.home import Home

LEASE = parse("lease.txt", "第一条 押金\n押金一万元。\n第二条 租期\n租期两年。\n".encode(), "租赁合同")
NOTES = {year: parse(f"{year}.txt", f"{year}年报告\n招生{count}人。\n".encode(), f"{year}年报告")
         for year, count in ((2019, 320), (2021, 340))}  # fmt: skip


def answer(question: str, quote: str | None, document: str = LEASE.document_id, start: int = 0) -> Answer:
    if quote is None:
        return Answer(question, question, "没有找到依据。", abstained=True, confidence=0.1)
    cited = Citation(1, document, "lease.txt", "租赁合同", (), 1, start, start + len(quote), quote)
    return Answer(question, question, f"{quote}[1]", abstained=False, confidence=0.9, citations=(cited,))


@pytest.mark.parametrize(("message", "says"), [("你好", "你好"), ("谢谢", "不客气"), ("Who are you?", "Youju")])
def test_talk_says_what_can_be_asked_and_claims_nothing(home: Home, message: str, says: str) -> None:
    home.starters = ["押金多少？", "租期多久？", "谁签字？", "哪天生效？"]
    said = home.ask(talk, message)
    assert said is not None and said.abstained
    assert says in said.text
    assert said.citations == said.nearest == ()
    assert [question in said.text for question in home.starters] == [True, True, True, False]
    assert home.ask(talk, "押金多少？") is None


def test_the_documents_themselves(home: Home) -> None:
    home.add(LEASE, *NOTES.values())
    counted = home.ask(collection, "有几个文件？")
    assert counted is not None and not counted.abstained
    assert counted.citations == () and "3" in counted.text and "《租赁合同》" in counted.text
    assert counted.items is not None and counted.items.total == 3
    listed = home.ask(collection, "list all documents")
    assert listed is not None and "“2019年报告”" in listed.text
    scoped = home.ask(collection, "有哪些文档", [LEASE.document_id])
    assert scoped is not None and "2019" not in scoped.text
    assert home.ask(collection, "有哪些义务？") is None


def test_the_versions_of_a_document_that_is_named(home: Home) -> None:
    for title in ("印刷办法（2022版）", "印刷办法（2024年修订）", "消防规定"):
        home.add(parse(f"{title}.txt", "正文。".encode(), title))
    answer = home.ask(collection, "最新的印刷办法是哪个版本？")
    assert answer is not None
    new, old = "《印刷办法（2024年修订）》", "《印刷办法（2022版）》"
    assert answer.note == f"共 2 个版本：{new}、{old}。最新的是 2024 年的{new}。"
    assert home.ask(collection, "最新的消防规定是哪个版本？") is None  # no year is known of it
    assert home.ask(collection, "最新的系统是哪个版本？") is None


def test_no_documents_are_said_to_be_none(home: Home) -> None:
    said = home.ask(collection, "有哪些文档？")
    assert said is not None and "先添加" in said.text


def test_several_questions_are_answered_under_their_words(home: Home) -> None:
    home.add(LEASE)
    home.answers = [
        answer("", "押金一万元。", start=7), *[answer("", None)] * 3, answer("", "押金一万元。", start=7)
    ]  # fmt: skip
    said = home.ask(several_questions, "押金多少？宠物能养吗？押金是一万吗？")
    assert said is not None and not said.abstained
    assert said.text == ("“押金多少”\n押金一万元。[1]\n“宠物能养吗”\n没有找到依据。\n“押金是一万吗”\n押金一万元。[1]")
    assert [part.sentences for part in said.parts] == [(0,), (), (0,)]
    assert len(said.citations) == 1
    # The second looks first where the first was answered, then there behind its topic, then everywhere.
    there = [LEASE.document_id]
    assert [asked[2] for asked in home.asked] == [None, there, there, None, there]
    assert home.asked[2][0] == "押金 宠物能养吗"
    assert home.asked[1][1] == (("押金多少", "押金一万元。[1]"),)


def test_behind_the_topic_of_the_first_only_what_speaks_of_a_part_answers_it(home: Home) -> None:
    home.add(LEASE)
    first, other, its = (answer("", quote, start=7) for quote in ("押金一万元。", "租期一年。", "宠物不得饲养。"))
    for found, parts in ((other, [(0,), ()]), (its, [(0,), (1,)])):
        home.answers = [first, answer("", None), found, answer("", None)]
        said = home.ask(several_questions, "押金多少？宠物能养吗？")
        assert said is not None
        assert [part.sentences for part in said.parts] == parts


def test_several_questions_without_any_answer_are_a_refusal(home: Home) -> None:
    home.answers = [answer("", None), answer("", None)]
    said = home.ask(several_questions, "宠物能养吗？谁签字？")
    assert said is not None and said.abstained
    assert (said.citations, said.strength) == ((), "none")
    assert said.text.count("没有找到依据") == 2


def test_the_gist_of_the_only_document_and_of_the_one_that_is_named(home: Home) -> None:
    home.add(LEASE)
    said = home.ask(summary, "总结一下")
    assert said is not None
    assert [citation.quote for citation in said.citations] == [
        "第一条 押金",
        "押金一万元。",
        "第二条 租期",
        "租期两年。",
    ]
    home.add(*NOTES.values())
    which = home.ask(summary, "总结一下")
    assert which is not None and which.abstained and "哪一篇" in which.text
    named = home.ask(summary, "给我概括一下这份合同")
    assert named is not None and named.citations == said.citations
    assert home.ask(summary, "概括一下会计准则") is None


def test_years_stand_side_by_side(home: Home) -> None:
    home.add(*NOTES.values())
    first, second = (NOTES[year].document_id for year in (2019, 2021))
    home.answers = [answer("", "招生320人。", first), answer("", "招生340人。", second)]
    said = home.ask(comparison, "2019年和2021年招生各是多少？")
    assert said is not None
    assert said.text == "2019年\n招生320人。[1]\n2021年\n招生340人。[2]"
    assert home.asked == [("招生是多少", (), [first]), ("招生是多少", (), [second])]
    home.answers = [answer("", "招生320人。", first), answer("", None)]
    assert home.ask(comparison, "2019年和2021年招生各是多少？") is None


def test_of_a_named_document_the_passage_that_comes_close_is_said(home: Home) -> None:
    other = parse("b.txt", "第一条 押金\n押金两万元。\n".encode(), "乙方租赁合同")
    first = parse("a.txt", "第一条 押金\n押金一万元。\n".encode(), "甲方租赁合同")
    home.add(first, other)
    close = Hit(other.document_id, "b.txt", "乙方租赁合同", (), 1, 7, 13, "押金两万元。", 0.1)
    related = replace(answer("", None), nearest=(close,), strength="related")
    question = "押金，甲方租赁合同和乙方租赁合同有什么不同？"
    home.answers = [answer("", "押金一万元。", first.document_id, 7), related]
    said = home.ask(comparison, question)
    assert said is not None
    assert [citation.quote for citation in said.citations] == ["押金一万元。", "押金两万元。"]
    home.answers = [answer("", "押金一万元。", first.document_id, 7), answer("", None)]
    assert home.ask(comparison, question) is None
    home.answers = [related, related]
    assert home.ask(comparison, question) is None


def test_what_is_no_document_is_not_compared(home: Home) -> None:
    home.add(LEASE)
    assert home.ask(comparison, "男生和女生的宿舍有什么不同？") is None
    assert home.asked == []
