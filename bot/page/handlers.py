"""What the page's scripts and ``gradio_client`` call: the engine, and its objects as JSON. Nothing is decided here."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import gradio as gr
from starlette.requests import HTTPConnection

from bot.engine import Bot
from bot.language.languages import preferred_language
from bot.page.source import source_of
from bot.types import Citation, Hit, QuestionError, Turn, YoujuError, as_json
from bot.web.visitors import visitor_of

Json = dict[str, Any]
Function = TypeVar("Function", bound=Callable[..., Any])

_EXAMPLES = Path(__file__).parents[2] / "seeds" / "examples.json"
_HISTORY = 6
_STOPPED = 64
"""Tickets of stopped questions that are remembered; a stopped question is done within seconds."""


def _told(function: Function) -> Function:
    """Turn an error that a person can act on into ``{"error": {"zh": ..., "en": ...}}``; the script shows its line."""

    @wraps(function)
    def told(*args: Any) -> Any:
        try:
            return function(*args)
        except YoujuError as error:
            return {"error": {"zh": error.zh, "en": error.en}}

    return told  # type: ignore[return-value]


class Handlers:
    """The functions behind the page, over one ``Bot``. Each takes what the script sends, and Gradio's request."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._stopped: deque[tuple[str, str]] = deque(maxlen=_STOPPED)

    # The conversation that is open

    @_told
    def ask(self, asked: Json, request: gr.Request) -> Json:
        """Answer ``question`` in ``conversation`` (None: a new one) and keep the turn.

        ``at``: the turns from this one on are replaced. ``documents``: ids to look in; none means all. ``as_typed``:
        the question is not completed from the turns before it. ``ticket``: a name by which ``stop`` knows this
        question; one that was stopped leaves no turn.
        """
        kept, visitor = self._bot.conversations, _visitor(request)
        conversation, at = asked.get("conversation"), asked.get("at")
        turns = kept.turns(visitor, conversation)[:at] if conversation else []
        history = [] if asked.get("as_typed") else [(turn.question, turn.answer.text) for turn in turns[-_HISTORY:]]
        answer = self._bot.ask(asked["question"], history=history, documents=asked.get("documents") or None)
        if (visitor, asked.get("ticket")) in self._stopped:
            return {"stopped": True}
        conversation, _ = kept.append(visitor, conversation, answer, at)
        return self.conversation(conversation, request)

    @_told
    def stop(self, ticket: str, request: gr.Request) -> None:
        """Keep nothing of the question that was asked with ``ticket``."""
        self._stopped.append((_visitor(request), ticket))

    @_told
    def conversation(self, conversation: str, request: gr.Request) -> Json:
        """Return the turns of a conversation."""
        turns = self._bot.conversations.turns(_visitor(request), conversation)
        return {"conversation": conversation, "turns": [_turn(turn) for turn in turns]}

    @_told
    def suggest(self, asked: Json, request: gr.Request) -> list[str]:
        """Return questions that the documents answer, to follow the last turn of ``conversation``."""
        turns = self._bot.conversations.turns(_visitor(request), asked["conversation"])
        before = [turn.question for turn in turns]
        return self._bot.suggest(turns[-1].answer, asked.get("documents") or None, asked=before) if turns else []

    @_told
    def starters(self, nothing: None) -> list[str]:
        """Return questions to begin with: the sample's own, where it is the only document."""
        examples = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
        if [info.source for info in self._bot.documents()] == [examples["source"]]:
            questions: list[str] = examples["questions"]
            return questions
        return self._bot.starters()

    @_told
    def rate(self, rated: Json, request: gr.Request) -> None:
        """Keep 👍 ("good"), 👎 ("bad") or neither for a turn, and with 👎 the paragraph that would be right."""
        right = rated.get("right")
        self._bot.rate(
            _visitor(request), rated["conversation"], rated["turn"], rated["rating"],
            (right["document_id"], right["paragraph"]) if right else None,
        )  # fmt: skip

    # All conversations, all documents, one original

    @_told
    def conversations(self, query: str, request: gr.Request) -> Any:
        """List the visitor's conversations, newest first; ``query`` narrows them."""
        return as_json(self._bot.conversations.list(_visitor(request), query))

    @_told
    def rename(self, renamed: Json, request: gr.Request) -> None:
        """Give a conversation another title."""
        self._bot.conversations.rename(_visitor(request), renamed["conversation"], renamed["title"])

    @_told
    def forget(self, conversation: str, request: gr.Request) -> None:
        """Delete a conversation."""
        self._bot.conversations.remove(_visitor(request), conversation)

    @_told
    def library(self, nothing: None) -> Json:
        """List the documents, and the largest file that is taken (megabytes)."""
        return {"documents": as_json(self._bot.documents()), "megabytes": self._bot.settings.max_file_megabytes}

    @_told
    def source(self, target: str) -> Json:
        """Return what the reading pane shows for a link."""
        return source_of(self._bot, target)

    # gradio_client

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
        with _raised(request):
            answer: Json = as_json(self._bot.ask(question, history=_pairs(history or []), documents=documents))
        return answer

    def api_search(
        self,
        query: str,
        limit: int = 10,
        documents: list[str] | None = None,
        request: gr.Request | None = None,
    ) -> list[Json]:
        """Return the best passages for a query, as the HTTP API does."""
        with _raised(request):
            hits: list[Json] = as_json(self._bot.search(query, limit=limit, documents=documents))
        return hits


@contextmanager
def _raised(request: gr.Request | None) -> Iterator[None]:
    try:
        yield
    except YoujuError as error:
        language = preferred_language(request.headers.get("accept-language") if request else None)
        raise gr.Error(error.message(language), print_exception=False) from error


def _visitor(request: gr.Request) -> str:
    # Gradio fills in what is annotated so; to a server function it hands the web framework's own request.
    return visitor_of(cast(HTTPConnection, request))


def _turn(turn: Turn) -> Json:
    """A turn as JSON; every citation and nearest passage with the ``target`` of its link."""
    shown: Json = as_json(turn)
    answer = shown["answer"]
    answer["citations"] = _with_targets("cite", turn.answer.citations)
    answer["nearest"] = _with_targets("near", turn.answer.nearest)
    return shown


def _with_targets(kind: str, places: Iterable[Citation | Hit]) -> list[Json]:
    return [{**as_json(place), "target": f"{kind}-{place.target}"} for place in places]


def _pairs(history: list[list[str]]) -> list[tuple[str, str]]:
    if any(len(turn) != 2 for turn in history):
        raise QuestionError(
            "history: every turn is a pair, [question, answer].", "history：每一轮是一对，[问题, 回答]。"
        )
    return [(turn[0], turn[1]) for turn in history]
