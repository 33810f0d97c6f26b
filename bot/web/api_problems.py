"""The part of the HTTP API that says what its errors are: where the ``type`` of each leads."""

from fastapi import APIRouter
from pydantic import BaseModel

from bot.types import NotFoundError
from bot.web.problems import BY_NAME, KINDS, Kind


class ProblemKind(BaseModel):
    """A kind of error: the status it comes with, and what it is called."""

    name: str
    type: str
    status: int
    title_en: str
    title_zh: str


def problem_routes() -> APIRouter:
    """Return the routes under ``/problems``."""
    router = APIRouter(prefix="/problems")

    @router.get("")
    def problems() -> list[ProblemKind]:
        """List the kinds of errors."""
        return [_told(kind) for kind in KINDS]

    @router.get("/{name}")
    def problem(name: str) -> ProblemKind:
        """Tell what an error of this kind is: the `type` of an error leads here."""
        if name not in BY_NAME:
            raise NotFoundError(
                "There is no such kind of error: /api/problems lists them.",
                "没有这种错误：/api/problems 里列出了全部。",
            )
        return _told(BY_NAME[name])

    return router


def _told(kind: Kind) -> ProblemKind:
    return ProblemKind(name=kind.name, type=kind.type, status=kind.status, title_en=kind.en, title_zh=kind.zh)
