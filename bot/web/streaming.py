"""Answers while they are made: as server-sent events, and work that stops when who asked has gone."""

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import format_sse_event
from starlette.types import Message

from bot.answers.contract import Tell
from bot.language.languages import preferred_language
from bot.question.reading import Reading
from bot.stopping import Stopped, until
from bot.types import Answer, Language, YoujuError, as_json
from bot.web.errors import problem, problem_response, told_of, unexpected
from bot.web.problems import BY_NAME
from bot.web.workers import Workers

Made = TypeVar("Made")
Send = Callable[[str, Any], None]
"""Sends an event: its name, and what it tells as JSON."""

EVENTS = "text/event-stream"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "Vary": "Accept"}
_SILENCE = 15.0
"""Seconds after which a comment is sent: proxies take a silent connection for a dead one."""
_LAST = ("answer", "error")
GONE = 499
"""The status for who does not see it: the client has gone."""


def wants_events(request: Request) -> bool:
    """Tell whether the client asks for events, and does not name JSON before them."""
    kinds = [kind.partition(";")[0].strip().lower() for kind in request.headers.get("accept", "").split(",")]
    return next((kind for kind in kinds if kind in (EVENTS, "application/json")), None) == EVENTS


async def while_wanted(request: Request, workers: Workers, work: Callable[[], Made]) -> Made:
    """Return what ``work`` does, in a thread of its own.

    Raises:
        Stopped: the client goes before it is done.
        BusyError: too many wait already.
    """
    gone = threading.Event()

    def wanted() -> Made:
        with until(gone.is_set):
            return work()

    async def watch() -> None:
        message: Message = {"type": ""}
        while message["type"] != "http.disconnect":
            message = await request.receive()
        gone.set()

    working = workers.run(wanted)
    watching = asyncio.create_task(watch())
    try:
        return await working
    finally:
        gone.set()
        watching.cancel()


class Events:
    """Turns what is told of an answer into events: ``reading``, ``citation``, ``sentence``, ``part``.

    Where a model writes of it, then ``quoted`` and ``written`` too.

    What is told again and again is sent once: a later answer only goes on from the one before.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun, self._quoted, self._sent = False, False, {"citation": 0, "sentence": 0, "part": 0, "written": 0}

    def __call__(self, told: Reading | Answer) -> None:
        """Send what is new of ``told``."""
        if isinstance(told, Reading):
            if not self._begun or any(self._sent.values()):
                self._send("reading", _reading(told))
            self._begun, self._sent = True, dict.fromkeys(self._sent, 0)
            return
        self._go_on("citation", told.citations)
        self._go_on("sentence", told.sentences)
        self._go_on("part", told.parts)
        if told.written is not None:
            if not self._quoted:
                self._send("quoted", as_json(told))
            self._quoted = True
            self._go_on("written", told.written.sentences)

    def _go_on(self, name: str, those: Sequence[Any]) -> None:
        for one in those[self._sent[name] :]:
            self._send(name, as_json(one))
        self._sent[name] = max(self._sent[name], len(those))


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "question": reading.question,
        "query": reading.query.text,
        "language": reading.language,
        "words": list(reading.content_words),
        "parts": list(reading.parts),
    }


async def answer_events(request: Request, workers: Workers, ask: Callable[[Tell], Answer]) -> Response:
    """Answer with what ``ask`` tells and returns, as events; ``answer`` or ``error`` is the last.

    What goes wrong before anything was told is an answer of its own, with its status. Where the client goes, the work
    stops as soon as it can.
    """
    loop, gone = asyncio.get_running_loop(), threading.Event()
    events: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
    language, path = preferred_language(request.headers.get("accept-language")), request.url.path

    def send(name: str, told: Any) -> None:
        loop.call_soon_threadsafe(events.put_nowait, (name, told))

    async def lines(first: tuple[str, Any], working: asyncio.Task[None]) -> AsyncIterator[bytes]:
        name, told = first
        try:
            yield _line(name, told)
            while name not in _LAST:
                try:
                    name, told = await asyncio.wait_for(events.get(), _SILENCE)
                except TimeoutError:
                    yield b": still at work\n\n"
                else:
                    yield _line(name, told)
            await working
        finally:
            gone.set()

    working = asyncio.create_task(workers.run(_work, ask, send, gone, language, path))
    first = await events.get()
    if first[0] == "error":
        return problem_response(first[1])
    return StreamingResponse(lines(first, working), headers=_HEADERS, media_type=EVENTS)


def _work(ask: Callable[[Tell], Answer], send: Send, gone: threading.Event, language: Language, path: str) -> None:
    events = Events(send)
    try:
        with until(gone.is_set):
            answer = ask(events)
        events(answer)
        send("answer", as_json(answer))
    except Stopped:
        pass
    except YoujuError as error:
        send("error", told_of(error, language, path))
    except Exception as error:  # the stream has begun: nobody else could tell the client
        logging.getLogger("uvicorn.error").exception("Exception while an answer was streamed")
        send("error", problem(unexpected(error), BY_NAME["failed"], language, path))


def _line(name: str, told: Any) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(told, ensure_ascii=False, separators=(",", ":")))
