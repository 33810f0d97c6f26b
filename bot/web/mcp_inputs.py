"""What the tools of MCP take. Each model's JSON schema is what a language model reads to call the tool."""

from typing import Annotated

from pydantic import Field

from bot.types import Mode
from bot.web.bodies import Body

MOST_CHARACTERS = 20_000
_MOST_LISTED = 500

Names = Annotated[
    list[str] | None,
    Field(description="Look in these documents only: ids, paths or titles.", max_length=2000),
]
Name = Annotated[str, Field(description="A document's id, path or title.", max_length=2000)]
Collection = Annotated[str | None, Field(description="Look in this folder (its path) or this tag only.")]


class AskInput(Body):
    """What ``ask`` takes."""

    question: str = Field(description="In any language; one question, as a person would ask it.")
    history: list[tuple[str, str]] = Field(
        default=[],
        description="Earlier turns, oldest first, [question, answer] each: a follow-up is completed from them.",
    )
    documents: Names = None
    collection: Collection = None
    mode: Mode | None = Field(
        default=None,
        description="'quotes' for the documents' own sentences alone; 'paragraph', 'points' or 'table' to have a model "
        "write of them besides, each sentence checked, where one is set.",
    )


class SearchInput(Body):
    """What ``search`` takes."""

    query: str = Field(description="Words or a question.")
    limit: int = Field(default=10, ge=1, le=50)
    documents: Names = None
    collection: Collection = None


class ListInput(Body):
    """What ``list_documents`` takes."""

    collection: Collection = None
    query: str = Field(default="", description="Only those in whose path or title this stands.")
    offset: int = Field(default=0, ge=0, description="Leave out so many first ones.")
    limit: int = Field(default=100, ge=1, le=_MOST_LISTED)


class ReadInput(Body):
    """What ``read_document`` takes."""

    document: Name
    start: int = Field(default=0, ge=0, description="Where to begin, in characters of the text.")
    end: int | None = Field(
        default=None, ge=0, description=f"Where to end; at most {MOST_CHARACTERS} characters are returned at once."
    )


class OutlineInput(Body):
    """What ``outline`` takes."""

    document: Name


class AddInput(Body):
    """What ``add_document`` takes."""

    name: str = Field(
        description="File name or relative path, with its suffix: 'notes/plan.md'. It is replaced if there."
    )
    text: str = Field(description="The whole text.")


class RemoveInput(Body):
    """What ``remove_document`` takes."""

    document: Name
