"""The part of the HTTP API for collections: documents of a folder, or with a tag."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.engine import Bot
from bot.folders.reports import Collection
from bot.web.bodies import Body, Sent

InCollection = Annotated[str | None, Query(description="A folder (its path, with slashes) or a tag.")]
WithTag = Annotated[str | None, Query(description="A tag.")]


class Tags(Body):
    """The tags of a document."""

    tags: list[str] = Field(max_length=100, description="In place of those it has.")


MOST_DOCUMENTS = 20_000
Several = Annotated[list[str], Field(min_length=1, max_length=MOST_DOCUMENTS, description="Ids of documents.")]


class Retagging(Body):
    """Tags to give to documents, and tags to take from them."""

    documents: Several
    add: list[str] = Field(default=[], max_length=100)
    remove: list[str] = Field(default=[], max_length=100)


class Removing(Body):
    """Documents to forget."""

    documents: Several


class Removed(BaseModel):
    """How many documents are gone: those that were there."""

    removed: int


def collection_routes(bot: Bot) -> APIRouter:
    """Return the routes for collections and tags."""
    router = APIRouter()

    @router.get("/collections")
    def collections() -> list[Collection]:
        """List the outermost folders and the tags."""
        return bot.collections.all()

    @router.delete("/collections/{name:path}", status_code=204)
    def remove(name: str) -> None:
        """Forget all documents of a folder and below, or with a tag."""
        bot.collections.remove(name)

    @router.put("/documents/{document_id}/tags")
    def tag(document_id: str, body: Sent[Tags]) -> list[str]:
        """Give a document these tags, in place of those it has; returns them in order."""
        return list(bot.collections.tag(document_id, body.tags))

    @router.post("/documents/tags", status_code=204)
    def retag(body: Sent[Retagging]) -> None:
        """Give tags to several documents, and take others from them, all or none."""
        bot.collections.retag(body.documents, body.add, body.remove)

    @router.post("/documents/remove")
    def remove_several(body: Sent[Removing]) -> Removed:
        """Forget several documents at once; one that is gone already is passed over."""
        return Removed(removed=bot.remove_many(body.documents))

    return router
