"""Of which kind a body has to be: JSON, or the form of an upload."""

import re

from fastapi import Request

from bot.web.errors import NOT_A_FORM, NOT_JSON

DOCUMENTS = "/api/documents"
_WITH_BODY = ("POST", "PUT", "PATCH")


def is_upload(path: str) -> bool:
    """Tell whether files are sent to ``path``."""
    return path.rstrip("/") == DOCUMENTS


def is_json(content_type: str) -> bool:
    """Tell whether a ``Content-Type`` says that the body is JSON."""
    return re.fullmatch(r"application/([\w.-]+\+)?json", content_type.partition(";")[0].strip(), re.I) is not None


async def of_its_kind(request: Request) -> None:  # async: it needs no thread
    """Refuse a body of another kind: the framework would say that its fields are missing."""
    if request.method not in _WITH_BODY:
        return
    content_type = request.headers.get("content-type", "")
    if is_upload(request.url.path):
        if content_type.partition(";")[0].strip().lower() != "multipart/form-data":
            raise NOT_A_FORM
    elif not is_json(content_type):
        raise NOT_JSON
