"""The part of the HTTP API for what a visitor thinks of an answer."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.conversations.feedback import RightParagraph
from bot.engine import Bot
from bot.types import Rating
from bot.web.access import caller_of
from bot.web.api_conversations import Visitor
from bot.web.bodies import MOST_NUMBER, Body, Sent

TurnId = Annotated[int, Path(ge=1, le=MOST_NUMBER, description="The turn's `turn_id`.")]


class Right(BaseModel):
    """The paragraph that should have been cited."""

    model_config = ConfigDict(extra="forbid")

    document_id: str
    paragraph: int = Field(ge=0, le=MOST_NUMBER, description="Its index in the document's `paragraphs`.")


class Opinion(Body):
    """What is thought of an answer, in place of what was said before; null takes it back."""

    rating: Rating | None
    right: Right | None = Field(default=None, description="With `bad`: what answers the question from now on.")


def feedback_routes(bot: Bot) -> APIRouter:
    """Return the routes for feedback. What readers and guests say to be right marks nothing."""
    router = APIRouter(prefix="/conversations/{conversation_id}/turns/{turn_id}")

    @router.put("/feedback", status_code=204)
    def rate(request: Request, visitor: Visitor, conversation_id: str, turn_id: TurnId, body: Sent[Opinion]) -> None:
        """Say whether an answer was good or bad and, of a bad one, which paragraph would have been right."""
        right = RightParagraph(body.right.document_id, body.right.paragraph) if body.right else None
        bot.rate(visitor, conversation_id, turn_id, body.rating, right, guest=not caller_of(request).may_mark)

    return router
