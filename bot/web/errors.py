"""Every error of the HTTP API in one shape (RFC 9457), its lines in the reader's language.

``error`` repeats ``detail``: the page's scripts and programs of earlier days read it.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.language.languages import preferred_language
from bot.language.synonyms import SynonymError
from bot.storage.keys import KeyMakingError
from bot.types import (
    BusyError,
    DocumentError,
    Language,
    NotFoundError,
    QuestionError,
    TooOftenError,
    WriterError,
    YoujuError,
)
from bot.web.invalid import place, wrong
from bot.web.problems import BY_NAME, MEDIA_TYPE, Kind, kind_of

NOTHING_HERE = YoujuError(
    "Nothing answers this request: / is the page, /docs describes the API and the methods it takes.",
    "没有什么能回应这个请求：/ 是页面，/docs 写着有哪些接口、接受哪些方法。",
)


class MediaTypeError(YoujuError):
    """The body is of a kind that is not taken."""


NOT_JSON = MediaTypeError(
    "Send the body as JSON, with the header Content-Type: application/json.",
    "请以 JSON 发送正文，并带上请求头 Content-Type: application/json。",
)
NOT_A_FORM = MediaTypeError(
    "Send the files as a form, with the header Content-Type: multipart/form-data and its boundary.",
    "请以表单发送文件，并带上请求头 Content-Type: multipart/form-data 和它的 boundary。",
)
_LINES = {
    400: YoujuError(
        "The request's body cannot be read; /docs shows what this request takes.",
        "请求的正文无法读取；/docs 里写着这个请求要什么。",
    ),
    404: NOTHING_HERE,
    405: YoujuError(
        "This address does not take this method; /docs shows which it takes.",
        "这个地址不接受这种请求方法；/docs 里写着它接受哪些。",
    ),
}
_KINDS = {
    DocumentError: BY_NAME["file"],
    QuestionError: BY_NAME["question"],
    SynonymError: BY_NAME["synonyms"],
    KeyMakingError: BY_NAME["invalid"],
    NotFoundError: BY_NAME["not-found"],
    WriterError: BY_NAME["writer"],
    BusyError: BY_NAME["busy"],
    TooOftenError: BY_NAME["too-many"],
    MediaTypeError: BY_NAME["media-type"],
}
_MOST_PLACES = 20
"""Places of a request that are named as wrong."""


def problem(error: YoujuError, kind: Kind, language: Language, path: str = "", **more: Any) -> dict[str, Any]:
    """Return an error as the API tells it: ``type``, ``title``, ``status``, ``detail``, ``instance``, and ``more``."""
    line = error.message(language)
    instance = {"instance": quote(path)} if path else {}
    told = {"type": kind.type, "title": kind.title(language), "status": kind.status, "detail": line, **instance}
    return {**told, "error": line, **more}


def error_response(
    error: YoujuError, status: int, language: Language, *,
    kind: Kind | None = None, path: str = "", headers: Mapping[str, str] | None = None, **more: Any,
) -> JSONResponse:  # fmt: skip
    """Return the answer to a request that is refused: every error of page, API and guard is made here.

    ``kind`` is the one of ``status`` where it is not given; ``path`` is what was asked for, ``more`` further members.
    """
    told = problem(error, kind or kind_of(status), language, path, **more)
    return problem_response({**told, "status": status}, headers)


def told_of(error: YoujuError, language: Language, path: str) -> dict[str, Any]:
    """Return an error of the engine as the API tells it, with what else it knows."""
    more: dict[str, Any] = {}
    if isinstance(error, NotFoundError) and error.quote is not None:
        more["quote"] = error.quote
    if isinstance(error, BusyError):
        more["retry_after"] = error.seconds
    return problem(error, _KINDS.get(type(error), BY_NAME["unavailable"]), language, path, **more)


def problem_response(told: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return the answer that tells a problem; ``Retry-After`` where it knows when to come again."""
    again = {"Retry-After": str(told["retry_after"])} if "retry_after" in told else {}
    return JSONResponse(told, told["status"], {**(headers or {}), **again}, MEDIA_TYPE)


def add_error_lines(app: FastAPI) -> None:
    """Let ``app`` answer every error in that shape."""
    app.add_exception_handler(YoujuError, youju_error)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(Exception, _unexpected)


def invalid(request: Request, error: Exception) -> JSONResponse:
    """Answer a request that has not the form it should have: the first thing that is wrong, and all in ``errors``."""
    assert isinstance(error, RequestValidationError)
    found, language = error.errors()[:_MOST_PLACES], _language(request)
    first = wrong(found[0])
    line = YoujuError(f"{first.en}. /docs shows what this request takes.", f"{first.zh}。/docs 里写着这个请求要什么。")
    errors = [{"at": place(each), "detail": wrong(each).message(language)} for each in found]
    return error_response(line, 422, language, path=request.url.path, errors=errors)


async def youju_error(request: Request, error: Exception) -> JSONResponse:  # async: it needs no thread
    """Answer what a person can do something about; with the words of a link whose document is gone."""
    assert isinstance(error, YoujuError)
    told = told_of(error, _language(request), request.url.path)
    return problem_response(told)


def http_error(request: Request, error: Exception) -> JSONResponse:
    """Answer what the web framework refuses: no such address, no such method, no proper body."""
    assert isinstance(error, HTTPException)
    known = _LINES.get(error.status_code) or YoujuError(error.detail, error.detail)
    kind = BY_NAME["no-such-request"] if error.status_code == 404 else None
    path = request.url.path
    return error_response(known, error.status_code, _language(request), kind=kind, path=path, headers=error.headers)


def unexpected(error: Exception) -> YoujuError:
    """Return the line for an error of ours."""
    return YoujuError(
        f"Youju failed on this request ({type(error).__name__}); its terminal shows where. Please report it.",
        f"处理这个请求时出错（{type(error).__name__}）；终端里有详情，请反馈给我们。",
    )


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    return error_response(unexpected(error), 500, _language(request), path=request.url.path)


def _language(request: Request) -> Language:
    return preferred_language(request.headers.get("accept-language"))
