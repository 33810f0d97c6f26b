"""The list under a heading that names what is asked for."""

import pytest

from bot.answers.headed import headed
from bot.documents.parser import parse
from bot.evidence.judge import Evidence, RankedPassage, Verdict
from bot.storage.store import StoredPassage
from bot.types import Passage
from tests.unit.answers.home import Home

NOTICE = """东湖区渡船补贴通知
一、申领条件
（一）船龄不超过十年；
（二）船员持证。
二、申领程序
（一）提出申请。船主向渡口管理处提出。
（二）审核。管理处五日内审完。
三、申领材料
持船舶证书。
四、禁止行为
（一）转让船舶；
（二）虚报船龄。
"""


def ask(home: Home, question: str, best: int, *, answered: bool = False, text: str = NOTICE) -> list[str] | None:
    document = parse("a.txt", text.encode())
    home.add(document)
    stored = []
    for p in document.paragraphs:
        passage = Passage(p.index, p.start, p.end, p.section, document.text[p.start : p.end])
        stored.append(StoredPassage(p.index, document.document_id, "a.txt", document.title, passage))
    top = document.paragraphs[best]
    evidence = Evidence(stored[best], top.start, top.end, 1.0)
    home.verdict = Verdict(tuple(RankedPassage(one, 1.0) for one in stored), (evidence,), 0.1, answered, threshold=0.3)
    answer = home.ask(headed, question)
    return None if answer is None else [citation.quote for citation in answer.citations]


FORBIDDEN = ["（一）转让船舶；", "（二）虚报船龄。"]
STEPS = ["（一）提出申请。船主向渡口管理处提出。", "（二）审核。管理处五日内审完。"]


@pytest.mark.parametrize(
    ("question", "best", "answered", "quotes"),
    [
        ("渡船补贴怎么申领？", 0, False, STEPS),
        ("渡船补贴的申领流程是怎样的？", 6, True, STEPS),
        ("渡船补贴怎么申领？", 8, True, None),  # another sentence answers
        ("领渡船补贴要什么条件", 0, False, ["（一）船龄不超过十年；", "（二）船员持证。"]),
        ("领渡船补贴要什么材料", 0, False, None),  # no list stands there
        ("驾驶证考试怎么报名？", 0, False, None),
        ("渡船补贴多少钱？", 0, False, None),
        ("禁止哪些行为？", 0, False, FORBIDDEN),
        ("渡船补贴的禁止行为有几项？", 0, False, FORBIDDEN),
        ("渡船补贴有哪些禁止行为？", 9, True, None),  # another sentence answers
        ("托运有哪些行为？", 0, False, None),
    ],
)
def test_the_list_under_the_heading_answers(
    home: Home, question: str, best: int, answered: bool, quotes: list[str] | None
) -> None:
    assert ask(home, question, best, answered=answered) == quotes


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("要交哪些材料？", ["（一）船舶证书；", "（二）船员证。"]),
        ("需要准备什么证件", ["（一）船舶证书；", "（二）船员证。"]),
        ("考驾照要交哪些材料？", None),
    ],
)
def test_papers_may_be_asked_for_without_saying_for_what(home: Home, question: str, quotes: list[str] | None) -> None:
    papers = NOTICE.replace("持船舶证书。", "（一）船舶证书；\n（二）船员证。")
    assert ask(home, question, 0, text=papers) == quotes
    assert ask(home, question, 0, text=f"{papers}五、备案材料\n（一）照片；\n（二）合影。\n") is None
