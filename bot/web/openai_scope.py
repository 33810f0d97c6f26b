"""What a chat's messages ask: the question, the turns before it, and the documents that a system message names.

A system message is read for lines of two forms, and for nothing else::

    documents: laws/labour.txt, 公司章程
    collection: laws

Several names are parted by a comma, a semicolon or 、; a whole value that names a document is not divided. Names are
ids, paths or titles. ``document``, ``文档``, ``文件``, ``集合``, ``tag``, ``标签`` begin such lines too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine import Bot
from bot.folders.called import called
from bot.types import NotFoundError
from bot.web.openai_bodies import ChatMessage
from bot.web.openai_errors import OpenAIError

_LINE = re.compile(
    r"^[ \t]*(documents?|文档|文件|collections?|集合|tags?|标签)[ \t]*[:：][ \t]*(\S.*?)[ \t]*$", re.I | re.M
)
_BETWEEN = re.compile(r"[,，、;；]")
_OF_DOCUMENTS = ("document", "文档", "文件")
_SYSTEM = ("system", "developer")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the turns before it, oldest first, and the ids of the documents to look in (None: all)."""

    question: str
    history: tuple[tuple[str, str], ...]
    documents: tuple[str, ...] | None


def asked_of(bot: Bot, messages: Sequence[ChatMessage]) -> Asked:
    """Read the messages of a chat; the last is the question.

    Raises:
        OpenAIError: the last message is not the user's, or a document or collection is not there.
    """
    turns = [message for message in messages if message.role in ("user", "assistant")]
    if not turns or turns[-1].role != "user":
        raise OpenAIError(
            "The last message must be the user's: it is the question.",
            "最后一条消息必须是用户的：它就是问题。",
            param="messages",
        )
    history: list[tuple[str, str]] = []
    for message in turns[:-1]:
        if message.role == "user":
            history.append((message.text(), ""))
        elif history and not history[-1][1]:
            history[-1] = (history[-1][0], message.text())
    system = "\n".join(message.text() for message in messages if message.role in _SYSTEM)
    return Asked(turns[-1].text(), tuple(history), _scope(bot, system))


def _scope(bot: Bot, system: str) -> tuple[str, ...] | None:
    """Return the ids of all documents and collections that are named; None where none is."""
    lines = _LINE.findall(system)
    if not lines:
        return None
    known = bot.documents()
    sources = {name for info in known for name in (info.source, info.title)}
    wanted: dict[str, None] = {}
    for kind, value in lines:
        of_documents = kind.lower().startswith(_OF_DOCUMENTS)
        for name in [value] if value in sources else filter(None, map(str.strip, _BETWEEN.split(value))):
            try:
                found = called([name], known) if of_documents else bot.collections.documents(name)
            except NotFoundError as error:
                code = "document_not_found" if of_documents else "collection_not_found"
                raise OpenAIError(error.en, error.zh, param="messages", code=code, status=404) from error
            wanted.update(dict.fromkeys(found))
    return tuple(wanted)
