"""The one shape of errors."""

import json
import re

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.types import BusyError, DocumentError, EncoderError, NotFoundError, QuestionError, StoreError, YoujuError
from bot.web.api_questions import Question, Search
from bot.web.bodies import Sent
from bot.web.errors import error_response, problem_response, told_of
from bot.web.invalid import wrong
from bot.web.problems import BY_NAME, BY_STATUS, KINDS, kind_of


@pytest.mark.parametrize(
    ("error", "name", "status"),
    [
        (DocumentError("a", "甲"), "file", 422),
        (QuestionError("a", "甲"), "question", 422),
        (NotFoundError("a", "甲"), "not-found", 404),
        (StoreError("a", "甲"), "unavailable", 503),
        (EncoderError("a", "甲"), "unavailable", 503),
        (BusyError(7), "busy", 503),
    ],
)
def test_an_error_has_its_kind(error: YoujuError, name: str, status: int) -> None:
    told = told_of(error, "zh", "/api/ask")
    assert (told["type"], told["status"]) == (f"/api/problems/{name}", status)
    assert (told["detail"], told["title"]) == (error.zh, BY_NAME[name].zh)
    assert ("quote" in told, "retry_after" in told) == (False, name == "busy")


def test_who_is_one_too_many_is_told_when_to_come_again() -> None:
    response = problem_response(told_of(BusyError(7), "en", "/api/ask"))
    assert (response.status_code, response.headers["retry-after"]) == (503, "7")
    assert json.loads(bytes(response.body))["retry_after"] == 7
    quoted = told_of(NotFoundError("a", "甲", "the words"), "en", "/api/citations/x")
    assert quoted["quote"] == "the words"


def test_every_kind_is_named_once_and_in_both_languages() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.title("en").isascii() and re.search("[一-鿿]", kind.title("zh"))
        assert re.fullmatch("[a-z-]+", kind.name)
    assert (BY_STATUS[404].name, BY_STATUS[422].name) == ("not-found", "invalid")
    assert (kind_of(418).name, kind_of(502).name) == ("unreadable", "failed")


def test_an_error_is_told_in_the_language_asked_for() -> None:
    error = QuestionError("Type a question.", "请输入问题。")
    for language, title, line in (
        ("en", "The question cannot be used", error.en),
        ("zh", "问题无法使用", error.zh),
    ):
        response = error_response(error, 422, language, kind=BY_NAME["question"], path="/api/问", more=1)  # type: ignore[arg-type]
        assert response.media_type == "application/problem+json"
        assert json.loads(bytes(response.body)) == {
            "type": "/api/problems/question",
            "title": title,
            "status": 422,
            "detail": line,
            "instance": "/api/%E9%97%AE",
            "error": line,
            "more": 1,
        }


@pytest.mark.parametrize(
    ("body", "zh", "where"),
    [
        ({}, "缺少这一项", "question"),
        ({"question": 1}, "应为文字", "question"),
        ({"question": "x", "more": 1}, "没有这一项", "more"),
        ({"question": "x", "history": 1}, "应为列表", "history"),
        ({"question": "x", "history": [["a"]]}, "缺少这一项", "history.0.1"),
        ({"question": "\ud800"}, "无法使用", ""),
    ],
)
def test_what_is_wrong_with_a_body_is_said_in_chinese_too(body: object, zh: str, where: str) -> None:
    with pytest.raises(ValidationError) as error:
        TypeAdapter(Sent[Question]).validate_python(body)
    first = wrong(error.value.errors()[0])
    assert first.zh == f"{where}：{zh}" and first.en.startswith(f"{where}: ")


@pytest.mark.parametrize(
    "body", [{"limit": "3"}, {"limit": 1.5}, {"limit": True}, {"read": 0}, {"read": "yes"}, {"documents": "x"}]
)
def test_a_value_of_another_type_is_refused(body: dict[str, object]) -> None:
    search = TypeAdapter[Search](Sent[Search])
    assert search.validate_python({"query": "x", "limit": 3, "read": True}).limit == 3
    with pytest.raises(ValidationError):
        search.validate_python({"query": "x", **body})
