"""The part of the HTTP API for files that were queued: what waits, what is being read, what could not be."""

from typing import Annotated

from fastapi import APIRouter, Path

from bot.engine import Bot
from bot.storage.jobs import JobInfo
from bot.web.bodies import MOST_NUMBER


def job_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/jobs``."""
    router = APIRouter(prefix="/jobs")

    @router.get("")
    def jobs() -> list[JobInfo]:
        """List the files that wait for a worker, are being read, or could not be; what was read is a document."""
        return bot.jobs.all()

    @router.delete("/{job_id}", status_code=204)
    def forget(job_id: Annotated[int, Path(ge=1, le=MOST_NUMBER)]) -> None:
        """Forget a queued file: it is not read, or its error is not shown any more."""
        bot.jobs.forget(job_id)

    return router
