"""What the page's scripts send its functions: checked before use, since anybody may send something else."""

from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, Strict, TypeAdapter, ValidationError

from bot.types import Rating

Text = Annotated[str, Strict()]
Number = Annotated[int, Strict(), Field(ge=-(2**31), lt=2**31)]
"""One that the store can hold."""


class _Asked(BaseModel):
    model_config = ConfigDict(strict=True)


class Question(_Asked):
    """A question in a conversation; see ``bot.conversations.chat.ChatQuestion``."""

    question: Text
    conversation: Text | None = None
    at: Number | None = None
    documents: list[Text] | None = None
    as_typed: bool | None = None
    ticket: Text | None = None
    wordings: list[Text] = []


class Further(_Asked):
    """What to propose questions after."""

    conversation: Text
    documents: list[Text] | None = None


class Right(_Asked):
    """The paragraph that would have been right."""

    document_id: Text
    paragraph: Number


class Rated(_Asked):
    """What somebody thinks of a turn."""

    conversation: Text
    turn: Number
    rating: Rating | None
    right: Right | None = None


class Renamed(_Asked):
    """A conversation's new title."""

    conversation: Text
    title: Text


class Wanted(_Asked):
    """Words to find in a document."""

    document: Text
    words: Text


def checker(function: Callable[..., Any]) -> Callable[[Any], Any]:
    """Return what makes of anything the first argument (after ``self``) that ``function`` takes.

    It raises RequestValidationError where that is not what was sent.
    """
    name, hint = next((name, hint) for name, hint in get_type_hints(function, include_extras=True).items())
    adapter: TypeAdapter[Any] = TypeAdapter(hint)

    def checked(given: Any) -> Any:
        try:
            return adapter.validate_python(given)
        except ValidationError as error:
            raise RequestValidationError([{**each, "loc": (name, *each["loc"])} for each in error.errors()]) from None

    return checked
