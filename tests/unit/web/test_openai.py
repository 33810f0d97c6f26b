"""Answers and errors in OpenAI's form, without a server."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from bot.types import Answer, AnswerSentence, Citation, Part
from bot.web.openai_chat import annotations, stream, words_in
from bot.web.openai_errors import OpenAIShape
from tests.parts import run_apart


def citation(number: int, start: int, quote: str, address: str | None = None) -> Citation:
    return Citation(number, "d", "a.txt", "甲办法", (), number, start, start + len(quote), quote, address=address)


CITED = (citation(1, 0, "一册。"), citation(1, 9, "一册"), citation(2, 20, "二册。", "《甲办法》第二条"))
ANSWER = Answer(
    question="q", query="q", text="共有 2 条。\n一册。[1][2]\n甲\n二册。[2]\n一册。[1][2]", abstained=False,
    confidence=1.0, note="共有 2 条。", citations=CITED, parts=(Part("甲", (1,)),),
    sentences=(
        AnswerSentence("一册。", (1, 2), 1.0, (0, 1, 2)), AnswerSentence("二册。", (2,), 1.0, (2,)),
        AnswerSentence("一册。", (1, 2), 1.0, (0,)),
    ),
)  # fmt: skip


def test_each_mark_is_annotated_with_all_that_it_stands_for() -> None:
    found = [annotation.url_citation for annotation in annotations(ANSWER, "http://h/")]
    assert [(ANSWER.text[one.start_index : one.end_index], one.title, one.url.split(".")[1]) for one in found] == [
        *(("[1]", "甲办法", "0"), ("[1]", "甲办法", "9"), ("[2]", "《甲办法》第二条", "20")),
        *(("[2]", "《甲办法》第二条", "20"), ("[1]", "甲办法", "0")),
    ]
    assert [one.start_index for one in found] == [11, 11, 14, 23, 30]
    assert found[0].url == f"http://h/#cite-{CITED[0].target}"


def test_a_stream_adds_up_to_the_text() -> None:
    events = list(stream(ANSWER, "http://h/", None, "youju"))
    assert events[-1] == "data: [DONE]\n\n"
    chunks = [json.loads(event.removeprefix("data: ")) for event in events[:-1]]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert "".join(delta.get("content", "") for delta in deltas) == ANSWER.text
    assert len([delta for delta in deltas if "annotations" in delta]) == 1
    assert (deltas[-1], chunks[-1]["choices"][0]["finish_reason"]) == ({}, "stop")
    assert chunks[-1]["youju"]["text"] == ANSWER.text
    assert len({chunk["id"] for chunk in chunks}) == 1


def test_no_event_breaks_at_a_line_end_of_unicode() -> None:
    odd = replace(ANSWER, text="一\u2028二\x85三\u2029", sentences=(), citations=())
    events = list(stream(odd, "http://h/", None, "youju"))
    assert all(len(event.splitlines()) == 2 for event in events)
    said = [json.loads(event.removeprefix("data: "))["choices"][0]["delta"].get("content", "") for event in events[:-1]]
    assert "".join(said) == odd.text


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("二角。[1]", 6), ("The Linden Garden opened in 1987.", 7), ("GB/T 7714—2015号", 7)]
)
def test_words_are_counted(text: str, count: int) -> None:
    assert words_in([text]) == count
    assert words_in([text, text]) == 2 * count


def through(inner: Any, path: str = "/v1/models") -> list[Message]:
    """Return what comes out of the middleware around an application."""
    sent: list[Message] = []

    async def run() -> None:
        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            raise AssertionError

        scope = {"type": "http", "path": path, "method": "GET", "headers": []}
        await OpenAIShape(inner)(scope, receive, send)

    with suppress(ZeroDivisionError):
        run_apart(run())
    return sent


def saying(status: int, body: dict[str, Any], kind: bytes = b"application/json") -> Any:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", kind), (b"content-length", b"1"), (b"retry-after", b"3")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        text = json.dumps(body).encode()
        await send({"type": "http.response.body", "body": text[:5], "more_body": True})
        await send({"type": "http.response.body", "body": text[5:]})

    return app


@pytest.mark.parametrize(
    ("status", "body", "kind", "error"),
    [
        (429, {"error": "Slow."}, b"application/json", ("Slow.", "rate_limit_error", "rate_limit_exceeded")),
        (503, {"title": "T", "detail": "Busy."}, b"application/problem+json", ("Busy.", "server_error", None)),
        (401, {"title": "Who?"}, b"application/problem+json", ("Who?", "invalid_request_error", "invalid_api_key")),
    ],
)
def test_any_error_is_put_in_openais_shape(
    status: int, body: dict[str, Any], kind: bytes, error: tuple[str, str, str | None]
) -> None:
    start, end = through(saying(status, body, kind))
    told = json.loads(end["body"])["error"]
    assert (start["status"], told["message"], told["type"], told["code"]) == (status, *error)
    assert dict(start["headers"])[b"content-length"] == str(len(end["body"])).encode()
    assert dict(start["headers"])[b"retry-after"] == b"3"


def test_what_is_no_error_or_elsewhere_passes() -> None:
    for path, status in (("/v1/models", 200), ("/api/ask", 422), ("/v1beta/x", 404)):
        sent = through(saying(status, {"error": "x"}), path)
        assert b"".join(message.get("body", b"") for message in sent) == b'{"error": "x"}'


def test_what_nobody_foresaw_is_told_without_details() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError("secret")

    start, end = through(broken)
    assert start["status"] == 500 and json.loads(end["body"])["error"]["type"] == "server_error"
    assert b"secret" not in end["body"]
