"""The part of the HTTP API for what a home's people choose for everybody who asks there."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter

from bot.engine import Bot
from bot.evidence.strictness import HomeSettings
from bot.storage.preferences import Strictness
from bot.web.bodies import Body, Sent


class Changed(Body):
    """What is chosen; what is left out stays as it is."""

    strictness: Strictness | None = None
    reader: bool | None = None


def settings_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/settings``."""
    router = APIRouter(prefix="/settings")

    @router.get("")
    def settings() -> HomeSettings:
        """Return what is chosen for everybody, and how often each strictness answered, rightly or not."""
        return bot.home_settings()

    @router.patch("")
    def change(body: Sent[Changed]) -> HomeSettings:
        """Choose anew; the next question is answered so. What was fixed at the start stays. Returns all of it."""
        chosen: dict[str, Any] = body.model_dump(exclude_none=True)
        bot.preferences.keep(replace(bot.preferences.now(), **chosen))
        bot.get_ready()
        return bot.home_settings()

    return router
