"""The web chat: Gradio's page over one ``Bot``. It asks, shows and passes on; everything else is the engine's.

``GRADIO_ANALYTICS_ENABLED=False`` must be in the environment before this module is imported: Gradio reads it then.
"""

import json
from collections.abc import Callable
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.events import api

from bot.engine import Bot
from bot.page.handlers import Handlers
from bot.page.messages import FOLDER, words
from bot.page.source import source_of
from bot.page.theme import theme

Json = dict[str, Any]

_PRIVATE: Json = {"api_visibility": "private"}
_PARTS = {
    "header": """<header><span class="seal" aria-hidden="true">据</span><h1>有据</h1><span data-word="tagline"></span>
<nav><button type="button" class="show-documents" data-word="documents"></button>
<a href="docs" target="_blank" data-word="api"></a></nav></header>""",
    "documents": """<h2><span data-word="documents"></span> <span class="count"></span></h2>
<ul class="documents"></ul><p class="none" data-word="no_documents" hidden></p><ul class="reports"></ul>""",
    "greeting": '<h2 data-word="welcome"></h2><p data-word="welcome_more"></p>',
    "try": '<p data-word="try"></p>',
    "notice": '<p role="alert"></p>',
    "reader": """<div class="bar"><div class="where"><b></b><span class="place"></span></div><div class="steps">
<button type="button" class="previous" disabled>‹ <span data-word="previous"></span></button>
<button type="button" class="next" disabled><span data-word="next"></span> ›</button>
<button type="button" class="close" data-label="close">×</button></div><div class="path"></div></div>
<div class="text" tabindex="0" data-label="reader"><div class="empty"><b data-word="reader_empty"></b>
<span data-word="reader_hint"></span></div></div>""",
}


def mount_page(app: FastAPI, bot: Bot) -> FastAPI:
    """Mount the web chat at ``/`` of ``app``, with its theme, style and words; returns ``app``."""
    script = (FOLDER / "page.js").read_text(encoding="utf-8").replace("WORDS", json.dumps(words(), ensure_ascii=False))
    blocks = build_page(bot)
    gr.mount_gradio_app(
        app, blocks, path="/", theme=theme(), css_paths=FOLDER / "page.css", head=f"<script>{script}</script>",
        i18n=gr.I18n(**words()), favicon_path=str(FOLDER / "favicon.png"), footer_links=[], run_history=False,
        show_error=False, max_file_size=bot.settings.max_file_megabytes * 1_000_000, ssr_mode=False,
        enable_monitoring=False, mcp_server=False,
    )  # fmt: skip
    return app


def build_page(bot: Bot) -> gr.Blocks:
    """Build the page and the endpoints ``/ask`` and ``/search`` of ``gradio_client``."""
    word: Any = gr.I18n(**words())  # UploadButton takes what it returns, but is not typed so
    on = Handlers(bot)
    with gr.Blocks(title="有据 Youju", analytics_enabled=False, fill_width=True, delete_cache=(600, 600)) as blocks:
        # First, so that no event of the page takes these names.
        api(on.api_ask, api_name="ask", concurrency_limit=4, concurrency_id="ask")
        api(on.api_search, api_name="search", concurrency_limit=4, concurrency_id="search")
        turns = gr.State([], time_to_live=24 * 3600)
        _part("header")
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="side", min_width=0):
                fresh = gr.Button(word("new_chat"), elem_id="fresh", size="sm")
                documents = _part("documents")
                upload = gr.UploadButton(word("add"), elem_id="upload", file_count="multiple", size="sm")
                progress = gr.HTML(elem_id="progress")
            with gr.Column(elem_id="talk", min_width=0):
                with gr.Column(elem_id="welcome"):
                    _part("greeting")
                    with gr.Column(elem_id="examples", min_width=0) as examples:
                        _part("try")
                        buttons = [
                            gr.Button(text, elem_classes="example", size="sm") for text in on.examples["questions"]
                        ]
                chat = gr.Chatbot(
                    elem_id="chat", label="Youju", show_label=False, container=False, height="100%", buttons=[],
                    latex_delimiters=[], allow_tags=False, group_consecutive_messages=False, feedback_options=None,
                )  # fmt: skip
                notice = _part("notice")
                with gr.Row(elem_id="composer"):
                    question = gr.Textbox(
                        elem_id="question", label=word("question"), show_label=False, container=False,
                        placeholder=word("ask"), lines=1, max_lines=6, autofocus=True, scale=1,
                    )  # fmt: skip
                    send = gr.Button(word("send"), elem_id="send", variant="primary", min_width=0, scale=0)
            reader = _part("reader", server_functions=[_source_function(bot)])

        shown = [turns, chat, question, notice, reader]
        asking: Json = {"outputs": shown, "concurrency_limit": 4, "concurrency_id": "ask", "show_progress_on": chat}
        gr.on([question.submit, send.click], on.ask, [question, turns], **asking, **_PRIVATE)
        for button in buttons:
            button.click(on.ask, [button, turns], **asking, **_PRIVATE)
        fresh.click(lambda: ([], [], "", None, None), None, shown, queue=False, **_PRIVATE)

        library = [documents, examples]
        blocks.load(on.library, None, library, queue=False, **_PRIVATE)
        upload.upload(
            on.add, upload, [*library, upload, progress], concurrency_limit=1, show_progress_on=progress,
            **_PRIVATE,
        )  # fmt: skip
        documents.delete(on.remove, None, library, concurrency_limit=1, show_progress="hidden", **_PRIVATE)
    blocks.queue(max_size=64, default_concurrency_limit=2)
    page: gr.Blocks = blocks
    return page


def _part(name: str, **options: Any) -> gr.HTML:
    """A part of the page with markup of its own and a script; its value is data, which only the script reads."""
    script = FOLDER / f"{name}.js"
    code = (script if script.exists() else FOLDER / "fill.js").read_text(encoding="utf-8")
    return gr.HTML(
        value=None, html_template=_PARTS[name], js_on_load=code, elem_id=name, apply_default_css=False,
        **options,
    )  # fmt: skip


def _source_function(bot: Bot) -> Callable[[str], Json]:
    def source(target: str) -> Json:
        return source_of(bot, target)

    return source
