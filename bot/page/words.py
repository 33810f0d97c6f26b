"""The page's words."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the page's words: language -> key -> text with {names} to fill in."""
    loaded: dict[str, dict[str, str]] = json.loads((FOLDER / "strings.json").read_text(encoding="utf-8"))
    return loaded
