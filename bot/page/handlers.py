"""What the page's events do: call the engine, hand on what it says. Nothing is decided here."""

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import gradio as gr

from bot.engine import Bot
from bot.page.messages import WAITING, answer_html, first_target, language_of, question_html, words
from bot.types import Answer, IngestReport, Language, QuestionError, YoujuError, as_json

Turns = list[tuple[str, Answer]]
Json = dict[str, Any]

_EXAMPLES = Path(__file__).parents[2] / "seeds" / "examples.json"
_TURNS_KEPT = 50
_HISTORY = 6


class Handlers:
    """The functions behind the page's events, over one ``Bot``."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    @cached_property
    def examples(self) -> Json:
        """The sample document's ``source`` and the ``questions`` to try on it."""
        loaded: Json = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
        return loaded

    def ask(self, question: str, turns: Turns, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Show the question, then its answer; an error gives one line and the question back for another try.

        Outputs: turns, chat, question, notice, and the citation that the reading pane opens.
        """
        language = _language(request)
        before = _messages(turns, language)
        waiting = [{"role": "user", "content": question_html(question)}, {"role": "assistant", "content": WAITING}]
        yield turns, [*before, *waiting], "", None, gr.skip()
        try:
            answer = self._bot.ask(question, history=[(asked, said.text) for asked, said in turns[-_HISTORY:]])
        except YoujuError as error:
            yield turns, before, question, {"text": error.message(language)}, gr.skip()
            return
        turns = [*turns, (question, answer)][-_TURNS_KEPT:]
        target = first_target(answer)
        opened = {"target": target, "turn": len(turns)} if target else gr.skip()
        yield turns, _messages(turns, language), gr.skip(), None, opened

    def library(self, reports: Sequence[Json] = ()) -> tuple[Json, Json]:
        """Return the list of documents with what came of adding some, and whether to show the sample's questions."""
        documents = self._bot.documents()
        sample = any(info.source == self.examples["source"] for info in documents)
        shown = {"documents": as_json(documents), "reports": list(reports)}
        return {**shown, "megabytes": self._bot.settings.max_file_megabytes}, gr.update(visible=sample)

    def add(
        self,
        paths: list[str],
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio finds it by this default)
    ) -> tuple[Any, ...]:
        """Add uploaded files. Outputs: those of `library`, the emptied upload button, the progress line."""
        language = _language(request)
        label = words()[language]["adding"]
        files = [Path(path) for path in paths]

        def show(done: int, total: int, stage: str) -> None:
            progress((done, total), desc=label)

        try:
            reports = self._bot.add_files(((file.name, file, None) for file in files), show, total=len(files))
            lines = [_report(report, language) for report in reports]
        except YoujuError as error:
            lines = [{"source": "", "status": "failed", "error": error.message(language)}]
        finally:
            for file in files:
                file.unlink(missing_ok=True)
        return *self.library(lines), None, ""

    def remove(self, event: gr.EventData, request: gr.Request) -> tuple[Json, Json]:
        """Remove one document. Outputs: those of `library`."""
        try:
            self._bot.remove(event.document_id)
        except YoujuError as error:
            return self.library([{"source": "", "status": "failed", "error": error.message(_language(request))}])
        return self.library()

    def api_ask(
        self,
        question: str,
        history: list[list[str]] | None = None,
        documents: list[str] | None = None,
        request: gr.Request | None = None,
    ) -> Json:
        """Answer a question from the documents; the answer object is the HTTP API's.

        ``history`` is a list of [question, answer] pairs, oldest first; ``documents`` narrows the scope to these ids.
        """
        try:
            answer: Json = as_json(self._bot.ask(question, history=_pairs(history or []), documents=documents))
        except YoujuError as error:
            raise gr.Error(error.message(_language(request)), print_exception=False) from error
        return answer

    def api_search(
        self,
        query: str,
        limit: int = 10,
        documents: list[str] | None = None,
        request: gr.Request | None = None,
    ) -> list[Json]:
        """Return the best passages for a query, as the HTTP API does."""
        try:
            hits: list[Json] = as_json(self._bot.search(query, limit=limit, documents=documents))
        except YoujuError as error:
            raise gr.Error(error.message(_language(request)), print_exception=False) from error
        return hits


def _language(request: gr.Request | None) -> Language:
    return language_of(request.headers.get("accept-language") if request else None)


def _pairs(history: list[list[str]]) -> list[tuple[str, str]]:
    if any(len(turn) != 2 for turn in history):
        raise QuestionError(
            "history: every turn is a pair, [question, answer].", "history：每一轮是一对，[问题, 回答]。"
        )
    return [(turn[0], turn[1]) for turn in history]


def _messages(turns: Turns, language: Language) -> list[Json]:
    out: list[Json] = []
    for question, answer in turns:
        out.append({"role": "user", "content": question_html(question)})
        out.append({"role": "assistant", "content": answer_html(answer, language)})
    return out


def _report(report: IngestReport, language: Language) -> Json:
    error = report.error_zh if language == "zh" else report.error_en
    return {"source": report.source, "status": report.status, "error": error}
