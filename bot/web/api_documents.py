"""The part of the HTTP API for documents: the list, what was read of each, the file itself, adding and removing."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Path, Query, Request, UploadFile
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from bot.documents.formats import SUFFIXES
from bot.engine import Bot
from bot.language.languages import preferred_language
from bot.tree import Section
from bot.types import Document, DocumentInfo, IngestReport, YoujuError, as_json
from bot.web.api_collections import InCollection, WithTag
from bot.web.errors import error_response
from bot.web.listing import MOST, Order, matching, ordered, part
from bot.web.problems import BY_NAME
from bot.web.uploads import UploadName, Uploads

Reports = list[IngestReport] | JSONResponse
Replaced = Annotated[
    str | None, Query(description="Put the first file in the place of this document, under its name, and add no other.")
]
Queued = Annotated[bool, Query(description="Let workers read them; locked files cannot be. Needs a PostgreSQL.")]
Password = Annotated[str, Form(description="Opens those of the files that are locked.", max_length=200)]
Files = Annotated[list[UploadFile], File(description=f"Files that can be read: {', '.join(SUFFIXES)}.")]

PageNumber = Annotated[int, Path(ge=1, le=100_000, description="From 1.")]
PageWidth = Annotated[int, Query(ge=100, le=2000, description="In pixels.")]

Words = Annotated[str, Query(max_length=200, description="Keep those in whose path and title all these words stand.")]
Limit = Annotated[int | None, Query(ge=1, le=MOST, description="So many at most; all where not given.")]
Offset = Annotated[int, Query(ge=0, le=10**9, description="From this one on, counted from 0.")]
Sorted = Annotated[Order, Query(description="The order; with a hyphen before it the other way round.")]

Start = Annotated[int, Query(ge=0, le=10**12, description="From this code point on.")]
End = Annotated[int | None, Query(ge=0, le=10**12, description="Up to this code point; the end where not given.")]

_BYTES = "application/octet-stream"


def document_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/documents``, and that for uploads on their way."""
    router = APIRouter()
    uploads = Uploads()
    router.get("/uploads/{name}")(uploads.find)
    _list_route(router, bot)
    _reading_routes(router, bot)
    _file_routes(router, bot)
    _adding_route(router, bot, uploads)

    @router.delete("/documents/{document_id}", status_code=204)
    def remove(document_id: str) -> None:
        """Forget a document."""
        bot.remove(document_id)

    return router


def _list_route(router: APIRouter, bot: Bot) -> None:
    @router.get("/documents")
    def documents(
        request: Request, response: Response, collection: InCollection = None, tag: WithTag = None,
        q: Words = "", sort: Sorted = "source", limit: Limit = None, offset: Offset = 0,
    ) -> list[DocumentInfo]:  # fmt: skip
        """List the documents with what was read of each: all of them, or those of a collection, or a part.

        `X-Total-Count` tells how many there are in all, `Link` (next, prev) where the others are.
        """
        scope = bot.collections.scope(None, collection, tag)
        wanted = None if scope is None else set(scope)
        infos = [info for info in bot.documents() if wanted is None or info.document_id in wanted]
        return part(ordered(matching(infos, q), sort), offset, limit, request, response)


def _reading_routes(router: APIRouter, bot: Bot) -> None:
    @router.get("/documents/{document_id}")
    def document(document_id: str) -> Document:
        """Return a document's text with its structure: paragraphs, sections, lists, pages."""
        return bot.document(document_id)

    @router.get("/documents/{document_id}/text", response_class=PlainTextResponse)
    def text(document_id: str, start: Start = 0, end: End = None) -> PlainTextResponse:
        """Return a document's text alone, or a span of it, as plain text."""
        return PlainTextResponse(bot.document(document_id).text[start:end].encode("utf-8", "replace"))

    @router.get("/documents/{document_id}/outline")
    def outline(document_id: str) -> Section:
        """Return the tree of a document's sections: the document itself, and in `children` what stands under it."""
        return bot.document(document_id).outline


def _file_routes(router: APIRouter, bot: Bot) -> None:
    @router.get(
        "/documents/{document_id}/original", response_class=Response, responses={200: {"content": {_BYTES: {}}}}
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
        responses={200: {"content": {"image/png": {}}}},
    )
    def page(document_id: str, page: PageNumber, width: PageWidth = 1200) -> Response:
        """Show a page of a PDF file or a scan as a picture."""
        # What a page shows changes with the document; the page asks for that by another address.
        headers = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
        return Response(bot.pages.show(document_id, page, width), media_type="image/png", headers=headers)


def _adding_route(router: APIRouter, bot: Bot, uploads: Uploads) -> None:
    @router.post("/documents", response_model=list[IngestReport])
    def add(
        request: Request, response: Response, files: Files, replace: Replaced = None, queue: Queued = False,
        password: Password = "", upload: UploadName = "",
    ) -> Reports:  # fmt: skip
        """Add files in one batch, each under its relative path, or replace what has that. A bad one has its report.

        The same bytes under the same path are `unchanged`, however often they are sent. Where all files are bad: 422,
        with their `reports`. With `queue` they are kept until [workers](servers.md#workers) read them: 202.
        """
        sent = _sent(files, bot.settings.max_file_megabytes)
        if queue:
            reports, response.status_code = bot.queue_many(sent, replace), 202
        else:
            with uploads.telling(upload) as progress:
                reports = bot.upload_many(sent, replace, progress, password=password)
        if any(report.status != "failed" for report in reports):
            return reports
        language = preferred_language(request.headers.get("accept-language"))
        line = YoujuError(reports[0].error_en or "", reports[0].error_zh or "")
        path = request.url.path
        return error_response(line, 422, language, kind=BY_NAME["file"], path=path, reports=as_json(reports))


def _sent(files: list[UploadFile], megabytes: int) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file, read when its turn comes."""
    for file in files:
        # One byte more than allowed is enough for the engine to see that a file is too large.
        yield file.filename or "", file.file.read(megabytes * 1_000_000 + 1)
