"""Whether the server lives, whether it can answer, and its figures: for what watches over it."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from bot.engine import Bot
from bot.types import StoreError
from bot.web.metrics import Metrics


class Health(BaseModel):
    """``alive`` and ``ready`` come with 200, ``starting`` and ``no home`` with 503."""

    status: Literal["alive", "ready", "starting", "no home"]


def health_routes(bot: Bot, metrics: Metrics) -> APIRouter:
    """Return the routes for what watches over the server."""
    router = APIRouter(tags=["running"])

    @router.get("/healthz")
    async def healthz() -> Health:  # async: no question at work can hold it up
        """Tell that the server lives."""
        return Health(status="alive")

    @router.get("/readyz", response_model=Health, responses={503: {"model": Health}})
    def readyz() -> JSONResponse:
        """Tell whether a question would be answered at once: models are loaded, the home can be read."""
        try:
            bot.documents()
            status = "ready" if bot.prepared else "starting"
        except StoreError:
            status = "no home"
        return JSONResponse({"status": status}, status_code=200 if status == "ready" else 503)

    @router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
    def figures() -> Response:
        """Return the server's figures in Prometheus' form."""
        return Response(metrics.text(), media_type=metrics.content_type)

    return router
