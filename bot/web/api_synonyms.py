"""The part of the HTTP API that keeps terms that mean the same."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from bot.engine import Bot
from bot.language.synonyms import MOST_TERMS
from bot.storage.synonyms import MOST_GROUPS, SynonymGroup
from bot.web.bodies import MOST_NUMBER, Body, Sent

Terms = Annotated[list[str], Field(description=f"2 to {MOST_TERMS} terms that mean the same.")]


class Groups(Body):
    """Groups to add."""

    groups: list[Terms] = Field(max_length=MOST_GROUPS)


def synonym_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/synonyms``."""
    router = APIRouter(prefix="/synonyms")

    @router.get("")
    def synonyms() -> list[SynonymGroup]:
        """List the groups of terms that mean the same."""
        return bot.synonyms.all()

    @router.post("")
    def add(body: Sent[Groups]) -> list[SynonymGroup]:
        """Add groups, all or none; one that holds all the terms of another takes its place. Returns all there are."""
        bot.synonyms.add(body.groups)
        return bot.synonyms.all()

    @router.delete("/{group_id}", status_code=204)
    def remove(group_id: Annotated[int, Path(ge=1, le=MOST_NUMBER)]) -> None:
        """Forget a group."""
        bot.synonyms.remove(group_id)

    return router
