"""The web chat: Gradio's page over one ``Bot``. Its parts are drawn by small scripts from the engine's own objects.

``GRADIO_ANALYTICS_ENABLED=False`` must be in the environment before this module is imported: Gradio reads it then.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from gradio.events import api
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from bot.engine import Bot
from bot.page.ahead import Ahead
from bot.page.envelopes import Envelopes
from bot.page.handlers import Handlers
from bot.page.head import head, styles
from bot.page.preloads import Preloads
from bot.page.share_panel import PageSharing
from bot.page.theme import theme
from bot.page.words import FOLDER
from bot.web.access import Access
from bot.web.errors import http_error, invalid


def mount_page(app: FastAPI, bot: Bot, access: Access, sharing: PageSharing) -> FastAPI:
    """Mount the web chat at ``/`` of ``app``, with its theme, style and words; returns ``app``."""
    page = build_page(bot, access, sharing)
    gr.mount_gradio_app(
        app, page, path="/", theme=theme(), css_paths=styles(),
        head=head(), favicon_path=str(FOLDER / "favicon.png"),
        footer_links=[], run_history=False, show_error=False, max_file_size=1, ssr_mode=False, enable_monitoring=False,
        mcp_server=False,
        # Gradio's own answer to a bad request repeats it, and fails where it is no proper text.
        app_kwargs={
            "exception_handlers": {HTTPException: http_error, RequestValidationError: invalid},
            "middleware": [Middleware(Envelopes, blocks=page), Middleware(Ahead)],
        },
    )  # fmt: skip
    app.add_middleware(Preloads)
    return app


def build_page(bot: Bot, access: Access, sharing: PageSharing) -> gr.Blocks:
    """Build the page and the endpoints ``/ask``, ``/search`` and ``/documents`` of ``gradio_client``."""
    on = Handlers(bot, access)
    with gr.Blocks(title="有据 Youju", analytics_enabled=False, fill_width=True) as blocks:
        api(on.api_ask, api_name="ask", concurrency_limit=4)
        api(on.api_search, api_name="search", concurrency_limit=4)
        api(on.api_documents, api_name="documents", concurrency_limit=4)
        _part("header")
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="side", min_width=0):
                _part("conversations", [on.conversations, on.rename, on.forget])
                _part("documents", [on.library, on.behind])
                _part("folders", [on.folders])
            _part("talk", [on.ask, on.stop, on.conversation, on.suggest, on.rate, on.starters])
            _part("reader", [on.source, on.find, on.asked_of])
        _part("card", [on.card])
        _part("share", [sharing.state, sharing.open])
        for name in ("settings", "tagging", "sure"):  # the last stands above the others
            _part(name)
    blocks.queue(max_size=64, default_concurrency_limit=2)
    page: gr.Blocks = blocks
    return page


def _part(name: str, functions: Sequence[Callable[..., Any]] = ()) -> gr.HTML:
    """A part of the page: ``name.html`` without any data, and ``name.js``, which fills it with text nodes.

    The script calls ``functions`` by their names.
    """
    return gr.HTML(
        value=None, html_template=(FOLDER / f"{name}.html").read_text(encoding="utf-8"),
        js_on_load=(FOLDER / f"{name}.js").read_text(encoding="utf-8"), elem_id=name, apply_default_css=False,
        server_functions=[_function(function) for function in functions],
    )  # fmt: skip


def _function(method: Callable[..., Any]) -> Callable[..., Any]:
    """A function around a bound method: Gradio marks what may be called, and a method takes no mark."""

    @wraps(method)
    def function(*args: Any) -> Any:
        return method(*args)

    return function
