"""Write what the page's scripts are given as types for them: ``python -m tests.page_types``.

The types are those of the dataclasses themselves, so that a field that is renamed in Python fails the check of the
scripts that read it.
"""

import types
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from bot.conversations.finding import FoundPlaces
from bot.conversations.reading_view import ReadingView, SentenceView
from bot.evidence.strictness import HomeSettings
from bot.folders.reports import Folder
from bot.page.words import FOLDER
from bot.storage.synonyms import SynonymGroup
from bot.storage.turns import CitingTurn
from bot.types import ConversationInfo, DocumentInfo, IngestReport, Turn
from bot.web.api_settings import Seen, Writer

FILE = FOLDER / "given.d.ts"
GIVEN = (
    *(Turn, ConversationInfo, DocumentInfo, IngestReport, ReadingView, SentenceView, FoundPlaces, CitingTurn),
    *(Folder, HomeSettings, SynonymGroup, Writer, Seen),
)
"""What the scripts are given as a whole; what stands inside these comes with them."""

_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def given_types() -> str:
    """Return the declarations, one interface for each dataclass or model, in a namespace of their own."""
    made: dict[str, str] = {}
    for kind in GIVEN:
        _declare(kind, made)
    lines = [
        "// Written by `python -m tests.page_types` from the program's own dataclasses: what the scripts are given.",
        "declare namespace Given {",
        *(text for _, text in sorted(made.items())),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _declare(kind: type, made: dict[str, str]) -> None:
    if kind.__name__ in made:
        return
    made[kind.__name__] = ""
    hints = get_type_hints(kind)
    names = kind.model_fields if issubclass(kind, BaseModel) else [field.name for field in fields(kind)]
    inner = "".join(f"    {field}: {_named(hints[field], made)};\n" for field in names)
    made[kind.__name__] = f"  interface {kind.__name__} {{\n{inner}  }}"


def _named(hint: Any, made: dict[str, str]) -> str:
    """Return a type as TypeScript writes it; dataclasses inside it are declared in ``made``."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_dataclass(hint) and isinstance(hint, type):
        _declare(hint, made)
        return hint.__name__
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in inner)
    if origin in (Union, types.UnionType):
        return " | ".join(_named(each, made) for each in inner)
    if origin in (Sequence, list) or (origin is tuple and inner[-1] is Ellipsis):
        name = _named(inner[0], made)
        return f"({name})[]" if "|" in name else f"{name}[]"
    if origin is tuple:
        return f"[{', '.join(_named(each, made) for each in inner)}]"
    raise TypeError(f"no type of the page's scripts: {hint}")


if __name__ == "__main__":
    FILE.write_text(given_types(), encoding="utf-8")
