"""The part of the HTTP API that answers, finds passages and proposes questions. It keeps nothing."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from bot.answers.contract import Tell, untold
from bot.engine import Bot
from bot.question.checks import MOST_WORDINGS
from bot.stopping import Stopped
from bot.types import Answer, Hit, Mode, as_json
from bot.web.api_collections import MOST_DOCUMENTS, InCollection, WithTag
from bot.web.bodies import Body, Sent
from bot.web.streaming import EVENTS, GONE, answer_events, wants_events, while_wanted
from bot.web.workers import Workers

MOST_SUGGESTIONS = 10

_NAMED = "Look in these documents only: by id, path or title each; all where left out."
Documents = Annotated[
    list[str] | None, Field(description=_NAMED, max_length=MOST_DOCUMENTS, json_schema_extra={"minItems": 1})
]
_MOST_IN_QUERY = 100
AskedMode = Annotated[
    Mode | None,
    Field(description="The documents' sentences alone (`quotes`), or how a model is to write of them; else as chosen."),
]
Wordings = Annotated[
    Sequence[str],
    Field(description="Other wordings of the question that are searched too.", max_length=MOST_WORDINGS),
]


class Question(Body):
    """A question, the turns before it, and the documents to look in (all of them when left out)."""

    question: str
    history: list[tuple[str, str]] = Field(default=[], description="Earlier turns, oldest first: [question, answer].")
    documents: Documents = None
    collection: str | None = Field(default=None, description="Look in this folder (its path) or this tag only.")
    tag: str | None = Field(default=None, description="Look in documents with this tag only.")
    mode: AskedMode = None
    wordings: Wordings = ()


class Search(Body):
    """Words or a question to search passages for."""

    query: str
    limit: int = Field(default=10, ge=1, le=100)
    documents: Documents = None
    collection: str | None = Field(default=None, description="Look in this folder (its path) or this tag only.")
    tag: str | None = Field(default=None, description="Look in documents with this tag only.")
    read: bool = Field(default=False, description="Read the foremost in context first, which takes ten times as long.")


class Suggestion(Body):
    """An answer that was given, to propose questions to go on with."""

    answer: Answer = Field(description="The answer or refusal, as it came.")
    documents: Documents = None
    collection: str | None = Field(default=None, description="Ask this folder (its path) or this tag only.")
    tag: str | None = Field(default=None, description="Ask documents with this tag only.")
    asked: list[str] = Field(default=[], description="Questions asked before, which are not proposed again.")
    limit: int = Field(default=3, ge=0, le=MOST_SUGGESTIONS)
    by_model: bool = Field(default=False, description="Let the model that writes propose them.")


class Reworded(Body):
    """A question that a model is to put in other words."""

    question: str
    history: list[tuple[str, str]] = Field(default=[], description="Earlier turns, oldest first: [question, answer].")


def question_routes(bot: Bot) -> APIRouter:
    """Return the routes for questions."""
    router = APIRouter()
    named, workers = bot.collections.named, Workers(bot.workload)

    @router.post("/ask", response_model=Answer, responses={200: {"content": {EVENTS: {"schema": {"type": "string"}}}}})
    async def ask(request: Request, body: Sent[Question]) -> Response:
        """Answer a question, or refuse (`abstained`) and show the nearest passages.

        With `Accept: text/event-stream` as events: `reading`, then `citation`, `sentence` and `part` as they are sure,
        where a model writes then `quoted` (the whole quoted answer) and `written`, and at the end `answer` with all of
        it, or `error`.
        """

        def made(tell: Tell) -> Answer:
            return bot.ask(
                body.question, body.history, named(body.documents),
                collection=body.collection, tag=body.tag, tell=tell, mode=body.mode, wordings=body.wordings,
            )  # fmt: skip

        if wants_events(request):
            return await answer_events(request, workers, made)
        try:
            told = await while_wanted(request, workers, lambda: as_json(made(untold)))
            return JSONResponse(told, headers={"Vary": "Accept"})
        except Stopped:
            return Response(status_code=GONE)

    @router.post("/search")
    def search(body: Sent[Search]) -> list[Hit]:
        """Return the best passages, best first."""
        documents = named(body.documents)
        return bot.search(body.query, body.limit, documents, read=body.read, collection=body.collection, tag=body.tag)

    return router


def proposal_routes(bot: Bot) -> APIRouter:
    """Return the routes that propose questions."""
    router = APIRouter()
    named = bot.collections.named

    @router.get("/starters")
    def starters(
        documents: Annotated[
            list[str] | None, Query(description=_NAMED, max_length=_MOST_IN_QUERY, json_schema_extra={"minItems": 1})
        ] = None,
        collection: InCollection = None,
        tag: WithTag = None,
        limit: Annotated[int, Query(ge=0, le=MOST_SUGGESTIONS)] = 3,
    ) -> list[str]:
        """Return questions to begin with, each tried: the documents answer it."""
        return bot.starters(limit, named(documents), collection=collection, tag=tag)

    @router.post("/suggest")
    def suggest(body: Sent[Suggestion]) -> list[str]:
        """Return questions to go on with after an answer, each tried: the documents answer it."""
        documents = named(body.documents)
        return bot.suggest(
            body.answer, documents, body.limit, body.asked,
            collection=body.collection, tag=body.tag, by_model=body.by_model,
        )  # fmt: skip

    @router.post("/wordings")
    def wordings(body: Sent[Reworded]) -> list[str]:
        """Return other wordings of a question, which the model that writes makes of the question alone."""
        return bot.wordings(body.question, body.history)

    return router
