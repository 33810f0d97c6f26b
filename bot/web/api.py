"""The HTTP API, and the one web application that carries it, the page and Gradio's endpoints behind the guard."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, File, Form, Path, Query, Request, UploadFile
from fastapi.responses import JSONResponse, Response
from fastapi_offline import FastAPIOffline
from starlette.routing import Route

from bot.documents.formats import SUFFIXES
from bot.engine import Bot
from bot.language.languages import preferred_language
from bot.types import Document, IngestReport, as_json
from bot.web.api_citations import citation_routes
from bot.web.api_collections import collection_routes
from bot.web.api_conversations import conversation_routes
from bot.web.api_folders import folder_routes
from bot.web.api_marks import mark_routes
from bot.web.api_questions import question_routes
from bot.web.api_settings import settings_routes
from bot.web.api_synonyms import synonym_routes
from bot.web.bodies import Failure
from bot.web.errors import add_error_lines
from bot.web.guard import Access, Guard
from bot.web.health import health_routes
from bot.web.lighter import Lighter
from bot.web.mcp_http import PATH, McpEndpoint
from bot.web.metrics import Metrics
from bot.web.openai_errors import OpenAIShape
from bot.web.openai_routes import openai_routes
from bot.web.request_log import RequestLog, RouteNoted, to_stderr
from bot.web.share import Sharing
from bot.web.uploads import UploadName, Uploads
from bot.web.visitors import Visitors

FILES_A_REQUEST = 4
"""An upload request may hold this many times the largest file."""

Mount = Callable[[FastAPI, Bot, Access, Sharing | None], None]
"""Puts a page on the web application."""

Reports = list[IngestReport] | JSONResponse
Replaced = Annotated[
    str | None, Query(description="Put the first file in the place of this document, under its name, and add no other.")
]

Password = Annotated[str, Form(description="Opens those of the files that are locked.", max_length=200)]
Files = Annotated[list[UploadFile], File(description=f"Files that can be read: {', '.join(SUFFIXES)}.")]

PageNumber = Annotated[int, Path(ge=1, le=100_000, description="From 1.")]
PageWidth = Annotated[int, Query(ge=100, le=2000, description="In pixels.")]

_BYTES = "application/octet-stream"
_DESCRIPTION = """Answers from your own documents, every sentence with its exact place in the original.

Spans (`start`, `end`) are half-open and count code points of the document's `text`: `text[start:end] == quote`.
An error is `{"error": line}` with a 4xx or 5xx status, in Chinese where `Accept-Language` asks for it."""


class UploadFailure(Failure):
    """Why no file of an upload could be taken, each with its own report."""

    reports: list[IngestReport]


def create_app(
    bot: Bot, access: Access | None = None, sharing: Sharing | None = None, mount: Mount | None = None, *,
    mcp_write: bool = False,
) -> FastAPI:  # fmt: skip
    """Build the web application over ``bot``.

    ``access`` says under which names and with which password it is reached, ``sharing`` opens the share link. ``mount``
    puts a page on top (``bot.page.mount``); without it there is the API alone. With ``mcp_write`` MCP
    can add and remove documents too.
    """
    access = access or Access(keys=bot.keys)
    app = FastAPIOffline(title="Youju 有据", version="1", description=_DESCRIPTION, redoc_url=None)
    routers = (
        *(question_routes, _document_routes, collection_routes, folder_routes, citation_routes),
        *(conversation_routes, mark_routes, synonym_routes, settings_routes),
    )
    for routes in routers:
        app.include_router(routes(bot), prefix="/api")
    metrics = Metrics(bot)
    app.include_router(health_routes(bot, metrics))
    app.include_router(openai_routes(bot))
    app.router.routes.append(Route(PATH, McpEndpoint(bot, write=mcp_write), include_in_schema=False))
    add_error_lines(app)
    upload_bytes = FILES_A_REQUEST * bot.settings.max_file_megabytes * 1_000_000
    app.add_middleware(RouteNoted)
    app.add_middleware(Lighter)
    app.add_middleware(Visitors, days=bot.settings.conversation_days, visit=bot.conversations.visit)
    app.add_middleware(Guard, access=access, upload_bytes=upload_bytes)
    app.add_middleware(OpenAIShape)
    log = to_stderr if bot.settings.log == "requests" else None
    app.add_middleware(RequestLog, metrics=metrics, write=log)
    if mount is not None:
        mount(app, bot, access, sharing)
    return app


def _document_routes(bot: Bot) -> APIRouter:
    router = APIRouter(responses={422: {"model": Failure}})
    uploads = Uploads()
    router.get("/uploads/{name}")(uploads.find)

    @router.get("/documents/{document_id}", responses={404: {"model": Failure}})
    def document(document_id: str) -> Document:
        """Return a document's text with its outline."""
        return bot.document(document_id)

    @router.get(
        "/documents/{document_id}/original",
        response_class=Response,
        responses={200: {"content": {_BYTES: {}}}, 404: {"model": Failure}},
    )
    def original(document_id: str) -> Response:
        """Download the file as it was added."""
        kept = bot.original(document_id)
        name = quote(kept.source.rpartition("/")[2], safe="", errors="replace")
        # A browser must save it and never show it: it may be anything.
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "X-Content-Type-Options": "nosniff"}
        return Response(kept.data, media_type=_BYTES, headers=headers)

    @router.get(
        "/documents/{document_id}/pages/{page}",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}, 404: {"model": Failure}},
    )
    def page(document_id: str, page: PageNumber, width: PageWidth = 1200) -> Response:
        """Show a page of a PDF file or a scan as a picture."""
        # What a page shows changes with the document; the page asks for that by another address.
        headers = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
        return Response(bot.pages.show(document_id, page, width), media_type="image/png", headers=headers)

    refusals: dict[int | str, dict[str, Any]] = {413: {"model": Failure}, 422: {"model": UploadFailure}}

    @router.post("/documents", response_model=list[IngestReport], responses=refusals)
    def add(
        request: Request, files: Files, replace: Replaced = None, password: Password = "", upload: UploadName = ""
    ) -> Reports:
        """Add files in one batch, each under its relative path, or replace what has that. A bad one has its report.

        Where all are bad: 422.
        """
        sent = _sent(files, bot.settings.max_file_megabytes)
        with uploads.telling(upload) as progress:
            reports = bot.upload_many(sent, replace, progress, password=password)
        if any(report.status != "failed" for report in reports):
            return reports
        language = preferred_language(request.headers.get("accept-language"))
        line = reports[0].error_zh if language == "zh" else reports[0].error_en
        return JSONResponse({"error": line, "reports": as_json(reports)}, status_code=422)

    @router.delete("/documents/{document_id}", status_code=204, responses={404: {"model": Failure}})
    def remove(document_id: str) -> None:
        """Forget a document."""
        bot.remove(document_id)

    return router


def _sent(files: list[UploadFile], megabytes: int) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file, read when its turn comes."""
    for file in files:
        # One byte more than allowed is enough for the engine to see that a file is too large.
        yield file.filename or "", file.file.read(megabytes * 1_000_000 + 1)
