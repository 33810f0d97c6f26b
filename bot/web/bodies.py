"""What the bodies of several requests and responses of the HTTP API have in common."""

import json
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from bot.types import IngestReport

MOST_NUMBER = 2**53 - 1
"""The largest id that is taken: every program's JSON can hold it."""


class Body(BaseModel):
    """A request's body: no field that is not known. A route takes it as ``Sent[...]``."""

    model_config = ConfigDict(extra="forbid")


class _AsSent:
    """Reads a body as the JSON that it was, where 0 is not false and "1" no number, but a list may be a tuple."""

    def __get_pydantic_core_schema__(self, source: type[Body], handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(data: Any, _: core_schema.ValidatorFunctionWrapHandler) -> Body:
            # Half a surrogate pair, which JSON can carry and no answer could repeat, is no text.
            try:
                sent = json.dumps(data, ensure_ascii=False).encode()
            except RecursionError:
                raise ValueError("nested too deeply") from None
            return source.model_validate_json(sent, strict=True)

        return core_schema.no_info_wrap_validator_function(read, handler(source))


Model = TypeVar("Model", bound=Body)
Sent = Annotated[Model, _AsSent()]
"""A body as a route takes it: text only, and no value of another type than its field's."""


class Wrong(BaseModel):
    """One place of a request that has not the form it should have."""

    at: str
    detail: str


class Problem(BaseModel):
    """Why a request was refused, and what to do (RFC 9457). `error` repeats `detail`.

    A request that has not the form it should have names every place in `errors`; an upload of which nothing could be
    taken has the `reports` of its files; a link to a document that is gone the words that it cited, in `quote`;
    who is one too many when to come again, in `retry_after` (seconds).
    """

    type: str
    title: str
    status: int
    detail: str
    error: str
    instance: str | None = None
    errors: list[Wrong] | None = None
    reports: list[IngestReport] | None = None
    quote: str | None = None
    retry_after: int | None = None
