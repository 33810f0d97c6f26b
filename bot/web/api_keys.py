"""The part of the HTTP API for keys: who else comes in, and as what. It is the owner's, as a row of the doors says."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from bot.engine import Bot
from bot.storage.keys import MOST_DAYS, NAME_CHARACTERS, Key, Role
from bot.web.bodies import Body, Sent


class KeyWanted(Body):
    """A key to be made: what it is known by, what who has it may do, and for how many days."""

    name: str = Field(max_length=10 * NAME_CHARACTERS, description=f"1 to {NAME_CHARACTERS} characters.")
    role: Role = "reader"
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = Field(
        default=None, description="Good for so many days; until it is revoked, where left out."
    )


class KeyMade(Body):
    """A key that was just made. `secret` is what is sent to come in; it is told this once."""

    key_id: str
    name: str
    role: Role
    made_at: str
    expires_at: str | None
    used_at: str | None
    secret: str


def key_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/keys``."""
    router = APIRouter(prefix="/keys")

    @router.get("")
    def keys() -> list[Key]:
        """List the keys, the oldest first, with role, last use and expiry. Their secrets nobody knows any more."""
        return bot.keys.all()

    @router.post("", status_code=201)
    def new(body: Sent[KeyWanted], response: Response) -> KeyMade:
        """Make a key; its `secret` is told this once."""
        made = bot.keys.new(body.name, body.role, body.days)
        response.headers["Cache-Control"] = "no-store"
        return KeyMade(**asdict(made.key), secret=made.secret)

    @router.delete("/{key_id}", status_code=204)
    def revoke(key_id: str) -> None:
        """Revoke a key: from the next request on it opens nothing."""
        bot.keys.revoke(key_id)

    return router
