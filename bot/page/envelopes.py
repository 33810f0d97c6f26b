"""What Gradio's own endpoints are sent is looked at first: Gradio fails where a type or a number is wrong."""

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

import gradio as gr
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.language.languages import preferred_language
from bot.web.errors import NOTHING_HERE, error_response, invalid

_COMPONENT = "/gradio_api/component_server"
_JOIN = "/gradio_api/queue/join"
_CALL = "/gradio_api/call/"
Session = Annotated[str, Field(max_length=100)]


class _PageCall(BaseModel):
    """A call of a page's function; what ``data`` holds the function itself checks."""

    session_hash: Session
    component_id: int
    fn_name: str
    data: Any


class _Call(BaseModel):
    """A call of an endpoint. What else Gradio would read (batches, tokens, events) nobody here sends."""

    data: list[Any]
    session_hash: Session | None = None
    fn_index: int | None = None


class _Unknown(Exception):
    """No such component or endpoint."""


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """What an endpoint takes, in its order: the name, the type and, where there is one, what stands for nothing."""

    name: str
    number: int
    takes: tuple[tuple[str, TypeAdapter[Any], Any], ...]

    def values(self, data: list[Any]) -> list[Any]:
        """Return the values of a call, those at the end that were left out too; ValidationError: one is wrong."""
        given = [
            *data,
            *(default for _, _, default in self.takes[len(data) :] if default is not inspect.Parameter.empty),
        ]
        if len(given) != len(self.takes):
            names = ", ".join(name for name, _, _ in self.takes)
            raise RequestValidationError([{"loc": ("data",), "msg": f"these values are taken: {names}"}])
        for value, (name, adapter, _) in zip(given, self.takes, strict=True):
            try:
                adapter.validate_python(value, strict=True)
            except ValidationError as error:
                raise _wrong(error, "data", name) from None
        return given


class Envelopes:
    """ASGI middleware around Gradio's application: answers 422 or 404 where Gradio would fail."""

    def __init__(self, app: ASGIApp, blocks: gr.Blocks) -> None:
        self._app = app
        self._components = blocks.blocks
        self._endpoints = [_endpoint(number, function) for number, function in blocks.fns.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is well formed, with nothing in it that is not needed."""
        path = scope["path"].removesuffix("/") if scope["type"] == "http" and scope["method"] == "POST" else ""
        if path not in (_COMPONENT, _JOIN) and not path.startswith(_CALL):
            await self._app(scope, receive, send)
            return
        try:
            body = await Request(scope, receive).body()
        except ClientDisconnect:  # nobody is there to be answered
            return
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError):  # Gradio says what is wrong
            sent = None
        if isinstance(sent, dict):
            try:
                body = json.dumps(self._checked(path, sent)).encode()
            except RequestValidationError as error:
                await invalid(Request(scope), error)(scope, receive, send)
                return
            except _Unknown:
                await _nothing_here(scope)(scope, receive, send)
                return
        # The old length would be believed where it is still said.
        headers = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._app({**scope, "headers": headers}, _replay(body, receive), send)

    def _checked(self, path: str, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is passed on of a call.

        Raises:
            RequestValidationError: it has not the form it should have.
            _Unknown: there is no such component or endpoint.
        """
        if not _is_text(sent):
            raise RequestValidationError([{"loc": ("body",), "msg": "half a character is no text"}])
        try:
            if path == _COMPONENT:
                page = _PageCall.model_validate(sent, strict=True)
                if page.component_id not in self._components:
                    raise _Unknown
                return page.model_dump()
            call = _Call.model_validate(sent, strict=True)
        except ValidationError as error:
            raise _wrong(error) from None
        wanted = path.removeprefix(_CALL)
        for endpoint in self._endpoints:
            if endpoint.number == call.fn_index if path == _JOIN else endpoint.name == wanted:
                return {"data": endpoint.values(call.data), **call.model_dump(exclude={"data"}, exclude_none=True)}
        raise _Unknown


def _endpoint(number: int, function: Any) -> _Endpoint:
    hints = get_type_hints(function.fn)
    takes = tuple(
        (name, TypeAdapter(hints[name]), parameter.default)
        for name, parameter in inspect.signature(function.fn).parameters.items()
        if name != "request"  # which Gradio fills in
    )
    return _Endpoint(function.api_name, number, takes)


def _is_text(sent: object) -> bool:
    """Tell whether there is no half of a surrogate pair in it, which JSON can carry and nothing could keep."""
    try:
        json.dumps(sent, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _wrong(error: ValidationError, *place: str) -> RequestValidationError:
    return RequestValidationError([{**each, "loc": (*place, *each["loc"])} for each in error.errors()])


def _nothing_here(scope: Scope) -> Response:
    return error_response(NOTHING_HERE, 404, preferred_language(Headers(scope=scope).get("accept-language")))


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read, then what comes after it."""
    told = False

    async def replayed() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
