"""Every error under ``/v1`` in the shape that OpenAI's clients read: ``{"error": {message, type, param, code}}``.

What the routes there refuse is put so by ``OpenAIRoute``; what the guard or the web framework refuses before it comes
to them, by ``OpenAIShape``, which stands in front of both.
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.language.languages import preferred_language
from bot.types import BusyError, DocumentError, NotFoundError, QuestionError, TooOftenError, YoujuError

FOLDER = "/v1"
_CODES = {401: "invalid_api_key", 404: "not_found", 413: "request_too_large", 429: "rate_limit_exceeded"}
_UNEXPECTED = YoujuError(
    "Youju failed on this request; its terminal shows where. Please report it.",
    "处理这个请求时出错；终端里有详情，请反馈给我们。",
)


class ErrorBody(BaseModel):
    """What is wrong: a line, OpenAI's kind of error, the parameter that is to blame and a word for programs."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class OpenAIFailure(BaseModel):
    """Why a request was refused, in OpenAI's shape."""

    error: ErrorBody


class OpenAIError(YoujuError):
    """A request to ``/v1`` that cannot be answered: ``param`` names what is to blame, ``code`` is for programs."""

    def __init__(self, en: str, zh: str, *, param: str | None = None, code: str | None = None, status: int = 400):
        super().__init__(en, zh)
        self.param, self.code, self.status = param, code, status


class OpenAIRoute(APIRoute):
    """A route whose errors have OpenAI's shape. A request that is not as it should be is a 400 there, never a 422."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route's handler, with its errors caught."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            language = preferred_language(request.headers.get("accept-language"))
            try:
                return await handle(request)
            except RequestValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"][1:]) or None
                return failure(f"{where or 'body'}: {first['msg']}.", 400, where)
            except OpenAIError as error:
                return failure(error.message(language), error.status, error.param, error.code)
            except NotFoundError as error:
                return failure(error.message(language), 404, "messages", "scope_not_found")
            except BusyError as error:
                often = isinstance(error, TooOftenError)
                refused = failure(error.message(language), 429 if often else 503, None, None if often else "overloaded")
                refused.headers["Retry-After"] = str(error.seconds)
                return refused
            except YoujuError as error:
                wrong = isinstance(error, DocumentError | QuestionError)
                return failure(error.message(language), 400 if wrong else 503, "messages" if wrong else None)

        return handled


def failure(message: str, status: int, param: str | None = None, code: str | None = None) -> JSONResponse:
    """Return an error in OpenAI's shape."""
    error = ErrorBody(message=message, type=_kind(status), param=param, code=code or _CODES.get(status))
    return JSONResponse({"error": error.model_dump()}, status_code=status)


class OpenAIShape:
    """ASGI middleware: gives an error under ``/v1`` OpenAI's shape where it has another."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; an error that comes back is put anew."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{FOLDER}/"):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        begun, body = False, b""

        async def shaped(message: Message) -> None:
            nonlocal start, begun, body
            if message["type"] == "http.response.start" and _is_failure(message):
                start = message
                return
            if start is None:
                begun = True
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            for part in _reshaped(start, body):
                await send(part)
            begun, start = True, None

        try:
            await self._app(scope, receive, shaped)
        except Exception:
            if not begun:
                language = preferred_language(Headers(scope=scope).get("accept-language"))
                await failure(_UNEXPECTED.message(language), 500)(scope, receive, send)
            raise  # the terminal is to show it


def _is_failure(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    # Only the long errors of the routes themselves are compressed, and these have the shape.
    return start["status"] >= 400 and "json" in headers.get("content-type", "") and "content-encoding" not in headers


def _reshaped(start: Message, body: bytes) -> tuple[Message, Message]:
    told = json.loads(body)
    if not isinstance(told.get("error"), dict):
        line = next((told[name] for name in ("error", "detail", "title") if told.get(name)), "")
        shaped = failure(str(line), start["status"])
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-length"], headers["content-type"] = str(len(shaped.body)), "application/json"
        start, body = {**start, "headers": headers.raw}, bytes(shaped.body)
    return start, {"type": "http.response.body", "body": body}


def _kind(status: int) -> str:
    return "server_error" if status >= 500 else "rate_limit_error" if status == 429 else "invalid_request_error"
