"""The HTTP API, and the one web application that carries it, the page and Gradio's endpoints behind the guard."""

from collections.abc import Callable

from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.routing import Route

from bot.engine import Bot
from bot.web.api_citations import citation_routes
from bot.web.api_collections import collection_routes
from bot.web.api_conversations import conversation_routes
from bot.web.api_documents import document_routes
from bot.web.api_feedback import feedback_routes
from bot.web.api_folders import folder_routes
from bot.web.api_jobs import job_routes
from bot.web.api_keys import key_routes
from bot.web.api_marks import mark_routes
from bot.web.api_problems import problem_routes
from bot.web.api_questions import proposal_routes, question_routes
from bot.web.api_settings import settings_routes
from bot.web.api_synonyms import synonym_routes
from bot.web.api_written import written_routes
from bot.web.description import DESCRIPTION, describe
from bot.web.errors import add_error_lines
from bot.web.guard import Access, Guard
from bot.web.health import health_routes
from bot.web.kinds import of_its_kind
from bot.web.lighter import Lighter
from bot.web.mcp_http import PATH, McpEndpoint
from bot.web.metrics import Metrics
from bot.web.nowhere import answer_the_rest
from bot.web.openai_errors import OpenAIShape
from bot.web.openai_routes import openai_routes
from bot.web.quotas import Quotas
from bot.web.request_log import RequestLog, RouteNoted, to_stderr
from bot.web.share import Sharing
from bot.web.visitors import Visitors

FILES_A_REQUEST = 4
"""An upload request may hold this many times the largest file."""

Mount = Callable[[FastAPI, Bot, Access, Sharing | None], None]
"""Puts a page on the web application."""


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
    app = FastAPIOffline(title="Youju 有据", version="1", description=DESCRIPTION, redoc_url=None)
    routers = (
        *(question_routes, document_routes, collection_routes, folder_routes, citation_routes),
        *(conversation_routes, mark_routes, job_routes, synonym_routes, settings_routes, feedback_routes, key_routes),
        *(written_routes, proposal_routes),
    )
    for router in (*(routes(bot) for routes in routers), problem_routes()):
        app.include_router(router, prefix="/api", dependencies=[Depends(of_its_kind)])
    metrics = Metrics(bot)
    app.include_router(health_routes(bot, metrics))
    app.include_router(openai_routes(bot))
    app.router.routes.append(Route(PATH, McpEndpoint(bot, write=mcp_write), include_in_schema=False))
    describe(app)
    answer_the_rest(app)
    add_error_lines(app)
    upload_bytes = FILES_A_REQUEST * bot.settings.max_file_megabytes * 1_000_000
    app.add_middleware(RouteNoted)
    app.add_middleware(Lighter)
    app.add_middleware(Visitors, days=bot.settings.conversation_days, visit=bot.conversations.visit)
    quotas = Quotas(bot.settings.questions_a_minute)
    app.add_middleware(Guard, access=access, upload_bytes=upload_bytes, quotas=quotas)
    app.add_middleware(OpenAIShape)
    log = to_stderr if bot.settings.log == "requests" else None
    app.add_middleware(RequestLog, metrics=metrics, write=log)
    if mount is not None:
        mount(app, bot, access, sharing)
    return app
