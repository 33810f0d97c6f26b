"""Questions for the gist of a document, and questions for a fact that have the same words."""

import pytest

from bot.language.folding import fold
from bot.question.gist import gist_request


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("总结一下这篇文章", ""), ("这篇文章主要讲了什么？", ""), ("概括全文", ""), ("文章的主要观点有哪些？", ""),
        ("请用三句话概括《城市雨水花园》的主要内容", "城市雨水花园"), ("给我概括一下这份合同", "合同"),
        ("这份通告主要讲了什么？", "通告"), ("差旅费报销管理规定主要有哪些内容", "差旅费报销管理规定"),
        ("技能补贴那个通知的要点是什么？", "技能补贴通知"), ("Summarize this policy", "policy"),
        ("What are the main points of the manual?", "manual"), ("这份文件主要讲了什么？", ""),
        ("这份招生简章主要内容是什么", "招生简章"), ("这个预案主要讲了什么", "预案"), ("这个讲话讲了什么", "讲话"),
    ],
)  # fmt: skip
def test_a_gist_is_wanted_of_what_is_named(question: str, about: str) -> None:
    request = gist_request(fold(question))
    assert request is not None
    assert (request.about, request.decisions) == (about, False)


def test_what_a_meeting_decided() -> None:
    request = gist_request(fold("总结一下这次会议的主要决定"))
    assert request is not None and (request.about, request.decisions) == ("会议", True)


@pytest.mark.parametrize(
    "question",
    [
        "总结报告什么时候要写好", "红十字会的热线电话是多少？", "请客的发票背面要写什么？", "书弄脏一点要赔多少",
        "松鸦的叫声主要有啥作用", "财税体制改革主要内容有哪些？", "三句话要求是什么", "who wrote the report?",
    ],
)  # fmt: skip
def test_a_fact_is_wanted(question: str) -> None:
    assert gist_request(fold(question)) is None
