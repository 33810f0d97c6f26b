"""Every error of the HTTP API as one line in the reader's language: ``{"error": line}``."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.language.languages import preferred_language
from bot.language.synonyms import SynonymError
from bot.types import DocumentError, Language, NotFoundError, QuestionError, YoujuError

NOTHING_HERE = YoujuError(
    "Nothing answers this request: / is the page, /docs describes the API and the methods it takes.",
    "没有什么能回应这个请求：/ 是页面，/docs 写着有哪些接口、接受哪些方法。",
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


def error_response(error: YoujuError, status: int, language: Language) -> JSONResponse:
    """Return ``{"error": line}`` in the reader's language."""
    return JSONResponse({"error": error.message(language)}, status_code=status)


def add_error_lines(app: FastAPI) -> None:
    """Let ``app`` answer every error with its line."""
    app.add_exception_handler(YoujuError, _youju_error)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(Exception, _unexpected)


def invalid(request: Request, error: Exception) -> JSONResponse:
    """Answer a request that has not the form it should have, with the first thing that is wrong."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    line = YoujuError(
        f"{where}: {first['msg']}. /docs shows what this request takes.",
        f"{where}：{first['msg']}。/docs 里写着这个请求要什么。",
    )
    return error_response(line, 422, _language(request))


def _youju_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, YoujuError)
    status = {DocumentError: 422, QuestionError: 422, SynonymError: 422, NotFoundError: 404}.get(type(error), 503)
    if isinstance(error, NotFoundError) and error.quote is not None:
        line = error.message(_language(request))
        return JSONResponse({"error": line, "quote": error.quote}, status_code=status)
    return error_response(error, status, _language(request))


def http_error(request: Request, error: Exception) -> JSONResponse:
    """Answer what the web framework refuses: no such address, no such method, no proper body."""
    assert isinstance(error, HTTPException)
    known = _LINES.get(error.status_code)
    line = known.message(_language(request)) if known else error.detail
    return JSONResponse({"error": line}, status_code=error.status_code, headers=error.headers)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    line = YoujuError(
        f"Youju failed on this request ({type(error).__name__}); its terminal shows where. Please report it.",
        f"处理这个请求时出错（{type(error).__name__}）；终端里有详情，请反馈给我们。",
    )
    return error_response(line, 500, _language(request))


def _language(request: Request) -> Language:
    return preferred_language(request.headers.get("accept-language"))
