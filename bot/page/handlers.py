"""What the page's scripts and ``gradio_client`` call: the engine, and its objects as JSON. Nothing is decided here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar, cast, get_args

import gradio as gr
from starlette.requests import HTTPConnection

from bot.allowance import asking, unlimited
from bot.conversations.chat import ChatQuestion
from bot.conversations.feedback import RightParagraph
from bot.documents.formats import SUFFIXES, formats
from bot.engine import Bot
from bot.language.languages import preferred_language
from bot.page import STARTERS
from bot.page.asked import Further, Question, Rated, Renamed, Text, Wanted, checker
from bot.types import Mode, NotFoundError, QuestionError, Turn, YoujuError, as_json
from bot.web.access import Access, caller_of
from bot.web.visitors import visitor_of

Json = dict[str, Any]
Function = TypeVar("Function", bound=Callable[..., Any])


def _told(function: Function) -> Function:
    """Turn an error that a person can act on into ``{"error": {"zh": ..., "en": ...}}``, whose line the script shows.

    ``quote`` holds the words of a link whose document is gone, where they are known. What has not the form that
    ``function`` takes is answered with 422.
    """
    checked = checker(function)

    @wraps(function)
    def told(self: Any, given: Any, *request: Any) -> Any:
        try:
            return function(self, checked(given), *request)
        except YoujuError as error:
            quote = {"quote": error.quote} if isinstance(error, NotFoundError) and error.quote is not None else {}
            return {"error": {"zh": error.zh, "en": error.en}, **quote}

    return told  # type: ignore[return-value]


class Handlers:
    """The functions behind the page, over one ``Bot``. Each takes what the script sends, and Gradio's request.

    ``access`` tells the guests of a share link from others.
    """

    def __init__(self, bot: Bot, access: Access | None = None) -> None:
        self._bot = bot
        self._access = access or Access()

    # The conversation that is open

    @_told
    def ask(self, asked: Question, request: gr.Request) -> Json:
        """Answer ``question`` in ``conversation`` (None: a new one); the other names are those of ``ChatQuestion``."""
        documents = self._bot.collections.named(asked.documents)
        question = ChatQuestion(
            text=asked.question,
            conversation_id=asked.conversation,
            at=asked.at,
            documents=None if documents is None else tuple(documents),
            as_typed=bool(asked.as_typed),
            ticket=asked.ticket,
            mode="quotes",  # what is written besides, the page asks for when the quotes are in sight
            wordings=tuple(asked.wordings),
        )
        kept = self._bot.chat.ask(_visitor(request), question)
        return {"stopped": True} if kept is None else self._turns(kept.conversation_id, kept.turns)

    @_told
    def stop(self, ticket: Text, request: gr.Request) -> None:
        """Keep nothing of the question that was asked with ``ticket``."""
        self._bot.chat.stop(_visitor(request), ticket)

    @_told
    def conversation(self, conversation: Text, request: gr.Request) -> Json:
        """Return the turns of a conversation."""
        return self._turns(conversation, self._bot.conversations.turns(_visitor(request), conversation))

    @_told
    def suggest(self, asked: Further, request: gr.Request) -> list[str]:
        """Return questions that the documents answer, to follow the last turn of ``conversation``."""
        documents = self._bot.collections.named(asked.documents)
        return self._bot.chat.suggest(_visitor(request), asked.conversation, documents)

    @_told
    def starters(self, language: Text) -> list[str]:
        """Return questions to begin with, for who reads this language."""
        return self._bot.starters(STARTERS, language="zh" if language == "zh" else "en")

    @_told
    def rate(self, rated: Rated, request: gr.Request) -> None:
        """Keep 👍 ("good"), 👎 ("bad") or neither for a turn, and with 👎 the paragraph that would be right.

        It answers the question from then on, unless a guest or a reader says so.
        """
        right = rated.right
        self._bot.rate(
            _visitor(request), rated.conversation, rated.turn, rated.rating,
            RightParagraph(right.document_id, right.paragraph) if right else None,
            guest=not caller_of(cast(HTTPConnection, request)).may_mark,
        )  # fmt: skip

    # All conversations, all documents, one original

    @_told
    def conversations(self, query: Text, request: gr.Request) -> Any:
        """List the visitor's conversations, newest first; ``query`` narrows them."""
        return as_json(self._bot.conversations.list(_visitor(request), query))

    @_told
    def rename(self, renamed: Renamed, request: gr.Request) -> None:
        """Give a conversation another title."""
        self._bot.conversations.rename(_visitor(request), renamed.conversation, renamed.title)

    @_told
    def forget(self, conversation: Text, request: gr.Request) -> None:
        """Delete a conversation."""
        self._bot.conversations.remove(_visitor(request), conversation)

    @_told
    def behind(self, nothing: None) -> Json:
        """Return how far the work is that is done after adding: ``done`` of ``total`` passages."""
        made = self._bot.made_behind
        return {"done": made.done, "total": made.total}

    @_told
    def library(self, nothing: None) -> Json:
        """Tell the largest file that is taken (megabytes) and what can be read.

        That is ``suffixes``, and ``formats``: of each suffix, how people call such a file. The documents themselves are
        listed by the HTTP API, in a quarter of the time.
        """
        return {
            "megabytes": self._bot.settings.max_file_megabytes,
            "suffixes": list(SUFFIXES),
            "formats": {
                suffix: {"zh": known.name[0], "en": known.name[1]} for known in formats() for suffix in known.suffixes
            },
        }

    @_told
    def folders(self, nothing: None, request: gr.Request) -> Json:
        """Return which folders are kept in step (``names``), and which ``generation`` the documents are of.

        ``here``: the owner asks from this machine's own browser, and may name folders; only then ``folders`` tells
        where they are.
        """
        folders = self._bot.folders.all()
        connection = cast(HTTPConnection, request)
        here = self._access.is_here(connection) and caller_of(connection).may("owner")
        return {
            "here": here,
            "folders": as_json(folders) if here else [],
            "names": [folder.name for folder in folders if folder.synced_at is not None],
            "generation": self._bot.generation,
        }

    @_told
    def source(self, target: Text) -> Json:
        """Return what the reading pane shows for a link."""
        view: Json = as_json(self._bot.reader.view(target))
        return view

    @_told
    def find(self, asked: Wanted) -> Json:
        """Return where ``words`` stand in ``document``."""
        found: Json = as_json(self._bot.reader.find(asked.document, asked.words))
        return found

    @_told
    def asked_of(self, document_id: Text, request: gr.Request) -> Any:
        """Return what the visitor asked that a document was cited for."""
        return as_json(self._bot.conversations.citing(_visitor(request), document_id))

    @_told
    def card(self, target: Text) -> Json:
        """Return the sentence that a citation's link leads to, between its neighbours."""
        view: Json = as_json(self._bot.reader.sentence(target))
        return view

    def _turns(self, conversation_id: str, turns: Sequence[Turn]) -> Json:
        """Return turns as they were given, and the ids of the marks that stand now."""
        marks = [mark.mark_id for mark in self._bot.feedback.marks()]
        return {"conversation": conversation_id, "turns": as_json(turns), "marks": marks}

    # gradio_client

    def api_ask(
        self,
        question: str,
        history: list[list[str]] | None = None,
        documents: list[str] | None = None,
        collection: str | None = None,
        mode: str | None = None,
        request: gr.Request | None = None,
    ) -> Json:
        """Answer a question from the documents; the answer object is the HTTP API's.

        ``history`` is a list of [question, answer] pairs, oldest first; ``documents`` narrows the scope to these (by
        id, path or title), ``collection`` (a folder's path or a tag) to its documents. ``mode``: "quotes", "paragraph",
        "points" or "table"; None as the home has chosen.
        """
        with _raised(request):
            within = self._bot.collections.named(documents)
            answer: Json = as_json(
                self._bot.ask(
                    question, history=_pairs(history or []), documents=within, collection=collection, mode=_mode(mode)
                )
            )
        return answer

    def api_search(
        self,
        query: str,
        limit: int = 10,
        documents: list[str] | None = None,
        collection: str | None = None,
        request: gr.Request | None = None,
    ) -> list[Json]:
        """Return the best passages for a query, as the HTTP API does."""
        with _raised(request):
            within = self._bot.collections.named(documents)
            hits: list[Json] = as_json(self._bot.search(query, limit=limit, documents=within, collection=collection))
        return hits

    def api_documents(self, collection: str | None = None, request: gr.Request | None = None) -> list[Json]:
        """List the documents, or those of a collection (a folder's path or a tag), as the HTTP API does."""
        with _raised(request):
            scope = self._bot.collections.scope(None, collection)
            wanted = None if scope is None else set(scope)
            found = [info for info in self._bot.documents() if wanted is None or info.document_id in wanted]
        listed: list[Json] = as_json(found)
        return listed


@contextmanager
def _raised(request: gr.Request | None) -> Iterator[None]:
    # Gradio asks in a task of its own, which knows nothing of who sent the request.
    spend = caller_of(request.request).spend if request and request.request else unlimited
    try:
        with asking(spend):
            yield
    except YoujuError as error:
        language = preferred_language(request.headers.get("accept-language") if request else None)
        raise gr.Error(error.message(language), print_exception=False) from error


def _visitor(request: gr.Request) -> str:
    # Gradio fills in what is annotated so; to a server function it hands the web framework's own request.
    return visitor_of(cast(HTTPConnection, request))


def _mode(mode: str | None) -> Mode | None:
    if mode is not None and mode not in get_args(Mode):
        known = ", ".join(get_args(Mode))
        raise QuestionError(f"mode: one of {known}, not {mode!r}.", f"mode：应为 {known} 之一，不能是“{mode}”。")
    return cast(Mode | None, mode)


def _pairs(history: list[list[str]]) -> list[tuple[str, str]]:
    if any(len(turn) != 2 for turn in history):
        raise QuestionError(
            "history: every turn is a pair, [question, answer].", "history：每一轮是一对，[问题, 回答]。"
        )
    return [(turn[0], turn[1]) for turn in history]
