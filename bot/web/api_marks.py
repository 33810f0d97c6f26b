"""The part of the HTTP API that takes marks back: what a person said to be the answer to a question."""

from typing import Annotated

from fastapi import APIRouter, Path

from bot.engine import Bot
from bot.web.bodies import MOST_NUMBER


def mark_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/marks``."""
    router = APIRouter(prefix="/marks")

    @router.delete("/{mark_id}", status_code=204)
    def take_back(mark_id: Annotated[int, Path(ge=1, le=MOST_NUMBER)]) -> None:
        """Take a mark back: its question is answered from the documents again, as if nothing had been marked."""
        bot.feedback.take_back(mark_id)

    return router
