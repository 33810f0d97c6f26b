"""A language model on any server that speaks as OpenAI's: the one file that imports ``openai``, when one is asked.

The official client does the asking, in a thread with an event loop of its own, so that who waits can stop it at any
moment: then the connection is closed, which is what tells such a server to stop. What comes is not trusted: it may be
endless, of any shape or none.
"""

import queue
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import anyio
import httpx
from anyio.from_thread import start_blocking_portal

from bot.stopping import Stopped, go_on
from bot.types import Outcome
from bot.writing.chosen import Server
from bot.writing.prompts import Prompt

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_CONNECT = 10.0
_MOMENT = 0.1
"""Seconds between two looks whether somebody still waits."""
_LOOK = 5.0
"""Seconds that a server may take to list its models."""
_BYTES_A_TOKEN = 2_000
_BYTES = 1_000_000
"""More than so many bytes, and so many a token, are no answer of the protocol."""
_CHARACTERS_A_TOKEN = 8
_MOST_MODELS = 200
_HEADERS = frozenset(
    ("host", "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type")
)
"""What is sent beside the body: nothing of this machine, nor what the environment has for OpenAI's own server."""
_TEMPERATURE = 0.2


class Ended(Exception):
    """The writing has ended before it was whole: ``outcome`` says how."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Model:
    """One model, asked for one answer within ``seconds`` from now on: every request of it ends by then.

    ``tokens`` are those of one request.
    """

    def __init__(self, server: Server, name: str, key: str | None, seconds: float, tokens: int) -> None:
        self._server, self._name, self._key, self._tokens = server, name, key, tokens
        self._until = time.monotonic() + seconds

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield what the model writes, as it comes.

        Raises:
            Ended: it is not whole; what came before stands. "stopped" where nobody waits for it any more.
        """
        return _pumped(lambda give: self._write(prompt, give))

    async def _write(self, prompt: Prompt, give: Callable[[str], None]) -> None:
        with anyio.move_on_after(max(0.0, self._until - time.monotonic())) as scope:
            async with _client(self._server, self._key, self._tokens) as client:
                stream = await _opened(client, self._request(prompt))
                await _read(stream, self._tokens, give)
        if scope.cancelled_caught:
            raise Ended("slow")

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        return {
            "model": self._name, "stream": True, "temperature": _TEMPERATURE, "max_tokens": self._tokens,
            "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
        }  # fmt: skip


def models_of(server: Server, key: str | None) -> list[str]:
    """Return the names of the models that a server lists; nothing is sent but the key.

    Raises:
        Ended: it does not answer, or not so.
    """

    async def look(give: Callable[[str], None]) -> None:
        with anyio.move_on_after(_LOOK) as scope:
            async with _client(server, key, 1) as client:
                listed = await client.models.list()
                for model in (listed.data or ())[:_MOST_MODELS]:
                    if isinstance(model.id, str) and model.id.isprintable():
                        give(model.id)
        if scope.cancelled_caught:
            raise Ended("unreachable")

    return list(_pumped(look))


def _pumped(work: Callable[[Callable[[str], None]], Any]) -> Iterator[str]:
    """Yield what ``work`` gives from its own thread, and look meanwhile whether somebody still waits for it."""
    given: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    async def run() -> None:
        try:
            await _named(work, given.put)
        finally:
            given.put(None)

    with start_blocking_portal() as portal:
        working = portal.start_task_soon(run)
        try:
            while True:
                try:
                    go_on()
                except Stopped:
                    raise Ended("stopped") from None
                with suppress(queue.Empty):
                    piece = given.get(timeout=_MOMENT)
                    if piece is None:
                        break
                    yield piece
        except BaseException:  # nobody waits any more; where it has given its last it ends by itself
            working.cancel()
            raise
        working.result()


async def _named(work: Callable[[Callable[[str], None]], Any], give: Callable[[str], None]) -> None:
    """Do the work; whatever goes wrong is told by its outcome."""
    import openai

    outcome: Outcome
    try:
        await work(give)
        return
    except Ended:
        raise
    except openai.APIStatusError as error:
        outcome = _of_status(error.status_code)
    except openai.APIConnectionError as error:
        outcome = error.__cause__.outcome if isinstance(error.__cause__, Ended) else "unreachable"
    except (openai.APIError, httpx.HTTPStatusError):
        outcome = "failed"
    except httpx.HTTPError:
        outcome = "broken"
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        outcome = "garbage"  # of any shape: the client trusts what it is sent
    raise Ended(outcome)


def _of_status(status: int) -> Outcome:
    known: dict[int, Outcome] = {401: "key", 403: "key", 404: "no_model", 429: "busy", 503: "busy"}
    return known.get(status, "failed")


def _client(server: Server, key: str | None, tokens: int) -> "AsyncOpenAI":
    import openai

    most = _BYTES + tokens * _BYTES_A_TOKEN

    async def bare(request: httpx.Request) -> None:
        for name in [name for name in request.headers if name not in _HEADERS or (not key and name == "authorization")]:
            del request.headers[name]
        request.headers["accept-encoding"] = "identity"  # a short answer could else unpack to any length

    async def limited(response: httpx.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise Ended("garbage")
        response.stream = _Limited(response.stream, most)

    # A redirect would lead to another host than the one that was named; a proxy stands between us and others only.
    asking = httpx.AsyncClient(
        follow_redirects=False, trust_env=not server.here, timeout=httpx.Timeout(None, connect=_CONNECT),
        event_hooks={"request": [bare], "response": [limited]},
    )  # fmt: skip
    return openai.AsyncOpenAI(api_key=key or "none", base_url=server.url, max_retries=0, http_client=asking)


class _Limited(httpx.AsyncByteStream):
    """A response's bytes, as many as are taken."""

    def __init__(self, stream: Any, most: int) -> None:
        self._stream, self._left = stream, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._left -= len(chunk)
            if self._left < 0:
                raise Ended("garbage")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _opened(client: "AsyncOpenAI", request: dict[str, Any]) -> Any:
    """Ask; a server that does not take these limits is asked once more as newer models want it."""
    import openai

    try:
        return await client.chat.completions.create(**request)
    except openai.BadRequestError:
        newer = {name: value for name, value in request.items() if name not in ("temperature", "max_tokens")}
        return await client.chat.completions.create(**newer, max_completion_tokens=request["max_tokens"])


async def _read(stream: Any, tokens: int, give: Callable[[str], None]) -> None:
    """Give the pieces of a stream until its end; raises Ended where that is not a proper one."""
    left, finish, answered = tokens * _CHARACTERS_A_TOKEN, None, False
    async for chunk in stream:
        for choice in (chunk.choices or ())[:1]:
            answered = True
            piece = choice.delta.content if choice.delta is not None else None
            finish = choice.finish_reason or finish
            if isinstance(piece, str) and piece:
                left -= len(piece)
                give(piece)
            if left < 0:
                raise Ended("too_long")
    if finish == "length":
        raise Ended("too_long")
    if finish is None:
        raise Ended("broken" if answered else "garbage")
    if finish == "content_filter":
        raise Ended("failed")
