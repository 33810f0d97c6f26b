"""A list in parts: found by words, put in an order, cut, and what its headers tell of the rest."""

from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from bot.language.folding import fold
from bot.types import DocumentInfo

Order = Literal["source", "-source", "title", "-title", "added_at", "-added_at", "characters", "-characters"]
MOST = 1000
"""Documents of one part."""
TOTAL = "X-Total-Count"


def matching(infos: Sequence[DocumentInfo], words: str) -> list[DocumentInfo]:
    """Return the documents in whose path and title all the words stand; width, case and script make no difference."""
    wanted = fold(words).split()
    return [info for info in infos if all(word in fold(f"{info.source}\n{info.title}") for word in wanted)]


def ordered(infos: Sequence[DocumentInfo], order: Order) -> list[DocumentInfo]:
    """Return the documents in an order, with a hyphen before it the other way round; those alike by source."""
    by = order.removeprefix("-")

    def key(info: DocumentInfo) -> str | int:
        value: str | int = getattr(info, by)
        return fold(value) if isinstance(value, str) else value

    return sorted(sorted(infos, key=lambda info: info.source), key=key, reverse=order.startswith("-"))


def part(
    infos: list[DocumentInfo], offset: int, limit: int | None, request: Request, response: Response
) -> list[DocumentInfo]:
    """Return ``limit`` documents from ``offset`` on; tell in headers how many there are, and where the others are."""
    response.headers[TOTAL] = str(len(infos))
    if limit is None:
        return infos[offset:]
    links = {"next": offset + limit} if offset + limit < len(infos) else {}
    links |= {"prev": max(0, offset - limit)} if offset else {}
    if links:
        response.headers["Link"] = ", ".join(f'<{_at(request, place)}>; rel="{rel}"' for rel, place in links.items())
    return infos[offset : offset + limit]


def _at(request: Request, offset: int) -> str:
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    return f"{request.url.path}?{urlencode([*given, ('offset', offset)])}"
