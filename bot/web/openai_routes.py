"""The documents as a model that OpenAI's clients can ask: ``/v1/chat/completions``, ``/v1/embeddings``, ``/v1/models``.

What a client asks for that documents cannot give (a second choice, a tool's call, JSON of a schema) is refused;
parameters that only steer how words are made up (temperature, seed, max_tokens, …) have no effect.
"""

import base64
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from bot.engine import Bot
from bot.stopping import Stopped
from bot.types import Answer, Mode
from bot.web.access import by_https
from bot.web.openai_bodies import (
    CHAT_MODEL,
    EMBEDDING_MODEL,
    WRITTEN_MODELS,
    ChatCompletion,
    ChatRequest,
    Embedding,
    EmbeddingList,
    EmbeddingRequest,
    EmbeddingUsage,
    Model,
    ModelList,
)
from bot.web.openai_chat import completion, stream, usage_of, words_in
from bot.web.openai_errors import FOLDER, OpenAIError, OpenAIFailure, OpenAIRoute
from bot.web.openai_scope import asked_of
from bot.web.streaming import GONE, while_wanted
from bot.web.workers import Workers
from embeddings.contract import Encoder

_MODELS = (Model(id=CHAT_MODEL), Model(id=EMBEDDING_MODEL))
_FAILURES = (400, 401, 403, 404, 413, 415, 421, 429, 503)
_STREAMED = {"text/event-stream": {"schema": {"type": "string"}}}


def openai_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/v1``."""
    failures: dict[int | str, dict[str, Any]] = {status: {"model": OpenAIFailure} for status in _FAILURES}
    router = APIRouter(prefix=FOLDER, route_class=OpenAIRoute, responses=failures)
    workers = Workers(bot.workload)

    @router.post("/chat/completions", response_model=ChatCompletion, responses={200: {"content": _STREAMED}})
    async def chat(body: ChatRequest, request: Request) -> ChatCompletion | Response:
        """Answer the last message from the documents, or refuse; with `stream` as server-sent events."""
        mode = _mode(bot, body)

        def made() -> Answer:
            asked = asked_of(bot, body.messages)
            return bot.ask(asked.question, history=asked.history, documents=asked.documents, mode=mode)

        try:
            answer = await while_wanted(request, workers, made)
        except Stopped:
            return Response(status_code=GONE)
        page = f"{'https' if by_https(request.scope, request.headers) else 'http'}://{request.headers['host']}/"
        if not body.stream:
            return completion(body.messages, answer, page, body.model)
        told = body.stream_options is not None and body.stream_options.include_usage
        events = stream(answer, page, usage_of(body.messages, answer) if told else None, body.model)
        return StreamingResponse(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    @router.post("/embeddings")
    def embeddings(body: EmbeddingRequest) -> EmbeddingList:
        """Turn texts into vectors of unit length, by the encoder that searches the documents."""
        _is_served(body.model, EMBEDDING_MODEL)
        texts, encoder = body.texts(), bot.encoder
        if body.dimensions not in (None, encoder.dimension):
            raise OpenAIError(
                f"The vectors have {encoder.dimension} dimensions; leave dimensions out.",
                f"向量是 {encoder.dimension} 维的；请不要指定 dimensions。",
                param="dimensions",
            )
        return _embedded(encoder, texts, as_text=body.encoding_format == "base64")

    def served() -> list[Model]:
        writing = bot.writing.settings().server is not None
        return [*_MODELS, *(Model(id=name) for name in WRITTEN_MODELS if writing)]

    @router.get("/models")
    def models() -> ModelList:
        """List the models: one answers, one makes vectors; where a model writes, one for each way of writing."""
        return ModelList(data=served())

    @router.get("/models/{model_id}")
    def model(model_id: str) -> Model:
        """Return a model."""
        found = next((model for model in served() if model.id == model_id), None)
        if found is None:
            raise _no_model(model_id)
        return found

    return router


def _embedded(encoder: Encoder, texts: list[str], *, as_text: bool) -> EmbeddingList:
    vectors, words = encoder.encode_document(texts).astype("<f4"), words_in(texts)
    data = [
        Embedding(index=place, embedding=base64.b64encode(row.tobytes()).decode() if as_text else row.tolist())
        for place, row in enumerate(vectors)
    ]
    usage = EmbeddingUsage(prompt_tokens=words, total_tokens=words)
    return EmbeddingList(data=data, model=encoder.name, usage=usage)


def _mode(bot: Bot, body: ChatRequest) -> Mode:
    """Return how a chat is to be answered; raises OpenAIError where it cannot be."""
    mode = WRITTEN_MODELS.get(body.model, "quotes")
    if mode == "quotes" or bot.writing.settings().server is None:
        mode = "quotes"
        _is_served(body.model, CHAT_MODEL)
    _can_be_given(body)
    return mode


def _is_served(asked: str, served: str) -> None:
    if asked != served:
        raise _no_model(asked)


def _no_model(model_id: str) -> OpenAIError:
    return OpenAIError(
        f"The model {model_id!r} does not exist here: {CHAT_MODEL!r} answers, {EMBEDDING_MODEL!r} makes vectors.",
        f"这里没有模型 {model_id!r}：回答用 {CHAT_MODEL!r}，向量用 {EMBEDDING_MODEL!r}。",
        param="model", code="model_not_found", status=404,
    )  # fmt: skip


def _can_be_given(body: ChatRequest) -> None:
    """Refuse what would make a client wait for something that never comes."""
    formats = body.response_format
    kind = formats.get("type") if isinstance(formats, dict) else formats
    wrong = {
        "n": body.n not in (None, 1),
        "tool_choice": body.tool_choice not in (None, "auto", "none"),
        "function_call": body.function_call not in (None, "auto", "none"),
        "response_format": kind not in (None, "text"),
        "logprobs": bool(body.logprobs),
        "modalities": body.modalities is not None and set(body.modalities) != {"text"},
    }
    for name in (name for name, is_wrong in wrong.items() if is_wrong):
        raise OpenAIError(
            f"{name} of this kind cannot be had: an answer is one text in the documents' own words; no tool is called.",
            f"这里没有这种 {name}：回答只有一份，是文档原文，也不会调用工具。",
            param=name, code="unsupported_parameter",
        )  # fmt: skip
