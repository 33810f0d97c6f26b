"""The part of the HTTP API that is about conversations. Whose they are, the visitor's cookie says."""

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot.conversations.chat import ChatQuestion
from bot.conversations.transcript import to_markdown, transcribe
from bot.conversations.word import to_word
from bot.engine import Bot
from bot.language.languages import preferred_language
from bot.types import Conversation, ConversationInfo, Turn
from bot.web.api_questions import AskedMode, Documents, Wordings
from bot.web.bodies import Body, Sent
from bot.web.visitors import visitor_of


def _visitor(request: Request) -> str:
    return visitor_of(request)


Visitor = Annotated[str, Depends(_visitor)]

_MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', " "))


class Asked(Body):
    """A question in a conversation: the turns before it complete it."""

    question: str
    documents: Documents = None
    mode: AskedMode = None
    wordings: Wordings = ()


class Renaming(Body):
    """A conversation's new title, cut at 60 characters; an empty one brings back its first question."""

    title: str


def conversation_routes(bot: Bot) -> APIRouter:
    """Return the routes under ``/conversations``."""
    router = APIRouter(prefix="/conversations")
    one = APIRouter(prefix="/{conversation_id}")

    @router.get("")
    def conversations(visitor: Visitor, query: str = "") -> list[ConversationInfo]:
        """List your conversations, the newest first; `query` keeps those in which all its words stand."""
        return list(bot.conversations.list(visitor, query))

    @router.delete("", status_code=204)
    def remove_all(visitor: Visitor) -> None:
        """Forget all your conversations."""
        bot.conversations.remove_all(visitor)

    @router.post("", status_code=201)
    def begin(visitor: Visitor, body: Sent[Asked]) -> Conversation:
        """Ask a first question; question and answer are kept as the first turn of a new conversation."""
        return _asked(bot, visitor, None, body)

    @one.post("/turns", status_code=201)
    def go_on(visitor: Visitor, conversation_id: str, body: Sent[Asked]) -> Turn:
        """Ask the next question of a conversation, and keep it as a turn; the turns before it complete it."""
        return _asked(bot, visitor, conversation_id, body).turns[-1]

    @one.get("")
    def conversation(visitor: Visitor, conversation_id: str) -> Conversation:
        """Return a conversation with its answers, as they were given."""
        return bot.conversations.conversation(visitor, conversation_id)

    @one.patch("")
    def rename(visitor: Visitor, conversation_id: str, body: Sent[Renaming]) -> ConversationInfo:
        """Give a conversation another title."""
        return bot.conversations.rename(visitor, conversation_id, body.title)

    @one.delete("", status_code=204)
    def remove(visitor: Visitor, conversation_id: str) -> None:
        """Forget a conversation."""
        bot.conversations.remove(visitor, conversation_id)

    @one.get("/export", response_class=Response, responses={200: {"content": {media: {} for media in _MEDIA.values()}}})
    def export(
        request: Request, visitor: Visitor, conversation_id: str, format: Literal["md", "docx"] = "md"
    ) -> Response:
        """Download a conversation as Markdown or Word, with footnotes and a reference list (GB/T 7714)."""
        kept = bot.conversations.conversation(visitor, conversation_id)
        language = preferred_language(request.headers.get("accept-language"))
        transcript = transcribe(kept, bot.documents(), language, bot.reader.imprint)
        content = to_word(transcript) if format == "docx" else to_markdown(transcript)
        disposition = _disposition(transcript.title, format)
        return Response(content, media_type=_MEDIA[format], headers={"Content-Disposition": disposition})

    router.include_router(one)
    return router


def _asked(bot: Bot, visitor: str, conversation_id: str | None, body: Asked) -> Conversation:
    documents = bot.collections.named(body.documents)
    within = None if documents is None else tuple(documents)
    asked = ChatQuestion(
        body.question, conversation_id, documents=within, mode=body.mode, wordings=tuple(body.wordings)
    )
    kept = bot.chat.ask(visitor, asked)
    assert kept is not None  # it has no ticket to stop it by
    return kept


def _disposition(title: str, suffix: str) -> str:
    """Name a download after ``title`` (RFC 6266, RFC 5987), for old clients in ASCII."""
    name = " ".join("".join(char if char.isprintable() else " " for char in title.translate(_NOT_IN_NAMES)).split())
    encoded = quote(f"{name.strip('. ') or 'youju'}.{suffix}", safe="")
    return f"attachment; filename=\"youju.{suffix}\"; filename*=UTF-8''{encoded}"
