"""The part of the HTTP API that answers, finds passages and proposes questions. It keeps nothing."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from bot.engine import Bot
from bot.types import Answer, Hit
from bot.web.api_collections import InCollection, WithTag
from bot.web.bodies import Body, Failure

MOST_SUGGESTIONS = 10


class Question(Body):
    """A question, the turns before it, and the documents to look in (all of them when left out)."""

    question: str
    history: list[tuple[str, str]] = Field(default=[], description="Earlier turns, oldest first: [question, answer].")
    documents: list[str] | None = Field(default=None, description="Look in these documents only (their ids).")
    collection: str | None = Field(default=None, description="Look in this folder (its path) or this tag only.")
    tag: str | None = Field(default=None, description="Look in documents with this tag only.")


class Search(Body):
    """Words or a question to search passages for."""

    query: str
    limit: int = Field(default=10, ge=1, le=100)
    documents: list[str] | None = Field(default=None, description="Look in these documents only (their ids).")
    collection: str | None = Field(default=None, description="Look in this folder (its path) or this tag only.")
    tag: str | None = Field(default=None, description="Look in documents with this tag only.")
    read: bool = Field(default=False, description="Read the foremost in context first, which takes ten times as long.")


class Suggestion(Body):
    """An answer that was given, to propose questions to go on with."""

    answer: Answer = Field(description="The answer or refusal, as it came.")
    documents: list[str] | None = Field(default=None, description="Ask these documents only (their ids).")
    collection: str | None = Field(default=None, description="Ask this folder (its path) or this tag only.")
    tag: str | None = Field(default=None, description="Ask documents with this tag only.")
    asked: list[str] = Field(default=[], description="Questions asked before, which are not proposed again.")
    limit: int = Field(default=3, ge=0, le=MOST_SUGGESTIONS)


def question_routes(bot: Bot) -> APIRouter:
    """Return the routes for questions."""
    router = APIRouter(responses={422: {"model": Failure}})

    @router.post("/ask", responses={404: {"model": Failure}})
    def ask(body: Question) -> Answer:
        """Answer a question, or refuse (`abstained`) and show the nearest passages."""
        return bot.ask(
            body.question, history=body.history, documents=body.documents, collection=body.collection, tag=body.tag
        )

    @router.post("/search", responses={404: {"model": Failure}})
    def search(body: Search) -> list[Hit]:
        """Return the best passages, best first."""
        return bot.search(
            body.query, body.limit, body.documents, read=body.read, collection=body.collection, tag=body.tag
        )

    @router.get("/starters", responses={404: {"model": Failure}})
    def starters(
        documents: Annotated[list[str] | None, Query(description="Ask these documents only (their ids).")] = None,
        collection: InCollection = None,
        tag: WithTag = None,
        limit: Annotated[int, Query(ge=0, le=MOST_SUGGESTIONS)] = 3,
    ) -> list[str]:
        """Return questions to begin with, each tried: the documents answer it."""
        return bot.starters(limit, documents, collection=collection, tag=tag)

    @router.post("/suggest", responses={404: {"model": Failure}})
    def suggest(body: Suggestion) -> list[str]:
        """Return questions to go on with after an answer, each tried: the documents answer it."""
        return bot.suggest(
            body.answer, body.documents, body.limit, body.asked, collection=body.collection, tag=body.tag
        )

    return router
