"""The page's words, and which language a request asks for."""

import json
import re
from functools import cache
from pathlib import Path

from bot.types import Language

FOLDER = Path(__file__).parent


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the page's words: language -> key -> text with {names} to fill in."""
    loaded: dict[str, dict[str, str]] = json.loads((FOLDER / "strings.json").read_text(encoding="utf-8"))
    return loaded


def language_of(accept_language: str | None) -> Language:
    """Return "zh" where an Accept-Language header names Chinese first, else "en"."""
    first = (accept_language or "").split(",")[0].strip().lower()
    return "zh" if re.match(r"zh\b", first) else "en"
