"""The part of the HTTP API for what a home's people choose for everybody who asks there."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from bot.engine import Bot
from bot.evidence.strictness import HomeSettings
from bot.storage.preferences import Strictness
from bot.types import Mode, Unsupported
from bot.web.access import Caller, caller_of
from bot.web.bodies import Body, Sent
from bot.writing.chosen import WriterSettings


class Changed(Body):
    """What is chosen; what is left out stays as it is."""

    strictness: Strictness | None = None
    reader: bool | None = None


class ChangedWriter(Body):
    """What is chosen of the model that writes; what is left out stays as it is."""

    url: str | None = Field(default=None, max_length=500, description="Its server; empty: nothing is written.")
    model: str | None = Field(default=None, max_length=200, description="Its name there.")
    mode: Mode | None = Field(default=None, description="How answers are given that are asked for in no mode.")
    unsupported: Unsupported | None = Field(default=None, description="Struck through, or left out.")
    proposing: bool | None = Field(default=None, description="Whether it may propose searches and questions.")


class Writer(BaseModel):
    """Which model writes. `url` is told to owners alone; `key` tells whether there is one."""

    on: bool
    url: str | None
    model: str
    host: str
    here: bool
    leaves_en: str
    leaves_zh: str
    mode: Mode
    unsupported: Unsupported
    proposing: bool
    seconds: int
    tokens: int
    key: bool
    fixed: bool


class Looking(Body):
    """The address of a model's server."""

    url: str = Field(max_length=500)


class Seen(BaseModel):
    """What is to be seen of a model's server."""

    host: str
    here: bool
    leaves_en: str
    leaves_zh: str
    answers: bool
    models: list[str]
    message_en: str
    message_zh: str


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

    @router.get("/writer")
    def writer(request: Request) -> Writer:
        """Return which model writes, where it stands, and what would leave this machine."""
        return _told(bot.writing.settings(), caller_of(request))

    @router.patch("/writer")
    def choose_writer(request: Request, body: Sent[ChangedWriter]) -> Writer:
        """Choose another model, or what it may do. An empty `url` switches writing off. Returns all of it."""
        chosen: dict[str, Any] = body.model_dump(exclude_none=True)
        return _told(bot.writing.choose(replace(bot.writing.choice(), **chosen)), caller_of(request))

    @router.post("/writer/look")
    def look(body: Sent[Looking]) -> Seen:
        """Look at a model's server before it is chosen. Nothing of the documents is sent, and nothing is changed."""
        seen = bot.writing.look(body.url)
        leaves_en, leaves_zh = seen.server.leaves()
        return Seen(
            host=seen.server.host, here=seen.server.here, leaves_en=leaves_en, leaves_zh=leaves_zh,
            answers=seen.answers, models=list(seen.models), message_en=seen.message_en, message_zh=seen.message_zh,
        )  # fmt: skip

    return router


def _told(settings: WriterSettings, caller: Caller) -> Writer:
    server = settings.server
    leaves_en, leaves_zh = server.leaves() if server else ("", "")
    return Writer(
        on=server is not None, model=settings.model, host=server.host if server else "",
        here=server.here if server else False, leaves_en=leaves_en, leaves_zh=leaves_zh,
        url=(server.url if server else "") if caller.may("owner") else None,
        mode=settings.mode, unsupported=settings.unsupported, proposing=settings.choice.proposing,
        seconds=settings.seconds, tokens=settings.tokens, key=settings.key, fixed=settings.fixed,
    )  # fmt: skip
