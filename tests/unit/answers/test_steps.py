"""Steps in one paragraph and in several: all of them, or the one that is asked for."""

import pytest

from bot.answers.steps import steps
from bot.documents.parser import parse
from bot.evidence.judge import Evidence, RankedPassage, Verdict
from bot.storage.store import StoredPassage
from bot.types import Answer, Passage
from tests.unit.answers.home import Home

EXAM = """报名流程
首先，在网站注册账号。其次，填写报名表。再次，缴纳报名费。最后，打印准考证。
注意事项：一是照片为白底；二是文件不超过200KB。
"""
VISIT = "就诊指南\n第一步：取号。\n第二步：候诊。\n第三步：缴费。\n"
RESTORE = "Restore a file\nTo restore a file: first, open the console; second, choose the date; finally, click.\n"
LOAN = "借书流程\n首先登录网站，然后查找图书，接着提交申请，最后打印回单。\n"


def ask(home: Home, question: str, text: str, best: int = 1) -> Answer | None:
    given = parse("a.txt", text.encode())
    stored = []
    for p in given.paragraphs:
        passage = Passage(p.index, p.start, p.end, p.section, given.text[p.start : p.end])
        stored.append(StoredPassage(p.index, given.document_id, "a.txt", given.title, passage))
    top = given.paragraphs[best]
    home.add(given)
    home.verdict = Verdict(
        tuple(RankedPassage(one, 1.0) for one in stored), (Evidence(stored[best], top.start, top.end, 1.0),), 0.0, False
    )
    return home.ask(steps, question)


@pytest.mark.parametrize(
    ("text", "question", "quotes"),
    [
        (
            EXAM,
            "怎么报名？",
            ["首先，在网站注册账号。", "其次，填写报名表。", "再次，缴纳报名费。", "最后，打印准考证。"],
        ),
        (EXAM, "报名的第三步是什么？", ["再次，缴纳报名费。"]),
        (EXAM, "报名的最后一步是什么？", ["最后，打印准考证。"]),
        (EXAM, "填写报名表的下一步是什么？", ["再次，缴纳报名费。"]),
        (VISIT, "就诊的流程是什么？", ["第一步：取号。", "第二步：候诊。", "第三步：缴费。"]),
        (RESTORE, "What is the second step to restore a file?", ["second, choose the date"]),
        (LOAN, "借书的第二步是什么？", ["然后查找图书"]),
        (LOAN, "怎么借书？", ["首先登录网站，然后查找图书，接着提交申请，最后打印回单。"]),
    ],
)
def test_steps(home: Home, text: str, question: str, quotes: list[str]) -> None:
    answer = ask(home, question, text)
    assert answer is not None
    assert [citation.quote for citation in answer.citations] == quotes


def test_points_are_no_steps_and_a_step_that_is_not_there_is_none(home: Home) -> None:
    assert ask(home, "报名的第九步是什么？", EXAM) is None
    assert ask(home, "押金多少？", EXAM) is None
    assert ask(home, "照片怎么拍？", "注意事项：一是照片为白底；二是文件不超过200KB。\n", best=0) is None
