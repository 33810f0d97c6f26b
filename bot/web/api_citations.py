"""The part of the HTTP API that opens links to citations."""

from fastapi import APIRouter

from bot.conversations.permalinks import CitedPlace
from bot.conversations.reading_view import ReadingView, SentenceView
from bot.engine import Bot


def citation_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/citations``."""
    router = APIRouter(prefix="/citations/{target}")

    @router.get("")
    def citation(target: str) -> CitedPlace:
        """Return the place that a citation's link leads to now, and whether the text there has changed since."""
        return bot.links.open(target)

    @router.get("/sentence")
    def sentence(target: str) -> SentenceView:
        """Return the sentence that a citation's link leads to, between its neighbours."""
        return bot.reader.sentence(target)

    @router.get("/reading")
    def reading(target: str) -> ReadingView:
        """Return the document around a citation, with its outline and the cited sentence marked."""
        return bot.reader.view(target)

    return router
