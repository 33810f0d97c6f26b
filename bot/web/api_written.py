"""The part of the HTTP API that has a model write of an answer that is kept."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from bot.conversations.chat import nobody
from bot.engine import Bot
from bot.types import Answer, Mode, Turn, as_json
from bot.web.api_conversations import Visitor
from bot.web.bodies import MOST_NUMBER, Body, Sent
from bot.web.streaming import EVENTS, answer_events, wants_events, while_wanted
from bot.web.workers import Workers

TurnId = Annotated[int, Path(ge=0, le=MOST_NUMBER)]
_STREAMED = {EVENTS: {"schema": {"type": "string"}}}


class Writing(Body):
    """How a kept answer is to be written, or `quotes` to take away what was written."""

    mode: Mode


def written_routes(bot: Bot) -> APIRouter:
    """Return the route under ``/conversations`` that writes."""
    router = APIRouter(prefix="/conversations/{conversation_id}/turns/{turn_id}")
    workers = Workers(bot.workload)

    @router.post("/written", response_model=Turn, responses={200: {"content": _STREAMED}})
    async def write(
        request: Request, visitor: Visitor, conversation_id: str, turn_id: TurnId, body: Sent[Writing]
    ) -> Response:
        """Let a model write of a kept answer, sentence by sentence checked, and keep that with it.

        With `Accept: text/event-stream` as events, as `POST /api/ask` has them from `quoted` on. Closing the connection
        stops the model; what was written until then is kept.
        """

        def made(tell: Callable[[Answer], None] = nobody) -> Turn:
            return bot.chat.write(visitor, conversation_id, turn_id, body.mode, tell)

        if wants_events(request):
            return await answer_events(request, workers, lambda tell: made(tell).answer)
        turn = await while_wanted(request, workers, made)
        return JSONResponse(as_json(turn), headers={"Vary": "Accept"})

    return router
