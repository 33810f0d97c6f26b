"""The part of the HTTP API for folders that are kept in step. The guard lets in this machine's own browser alone."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from bot.engine import Bot
from bot.folders.reports import Folder
from bot.web.bodies import Body, Sent


class NewFolder(Body):
    """A folder of this machine, to be kept in step."""

    path: str = Field(min_length=1, max_length=4000, description="Its path on this machine.")
    name: str | None = Field(default=None, description="What it is called as a collection; its own name if left out.")


class Nothing(Body):
    """Nothing is told: `{}`."""


def folder_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/folders``."""
    router = APIRouter(prefix="/folders")

    @router.get("")
    def folders() -> list[Folder]:
        """List the folders that are kept in step, and how far each is."""
        return bot.folders.all()

    @router.post("", status_code=202)
    def keep(body: Sent[NewFolder]) -> Folder:
        """Keep a folder in step, and begin with it; the list tells how far it is."""
        return bot.folders.start(bot.folders.keep(body.path, body.name).name)

    @router.post("/{name}/sync", status_code=202)
    def sync(name: str, body: Sent[Nothing]) -> Folder:
        """Begin to bring a folder into step; the list tells how far it is."""
        return bot.folders.start(name)

    @router.delete("/{name}", status_code=204)
    def forget(
        name: str, keep: Annotated[bool, Query(description="Whether its documents stay as they are.")] = False
    ) -> None:
        """Keep a folder in step no longer; its documents are removed."""
        bot.folders.forget(name, documents=not keep)

    return router
