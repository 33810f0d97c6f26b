"""Which language to speak in."""

import re

from bot.language.folding import is_han
from bot.types import Language


def language_of(text: str) -> Language:
    """Return the language to speak in: Chinese as soon as one Han character stands in ``text``."""
    return "zh" if any(is_han(char) for char in text) else "en"


def preferred_language(accept_language: str | None) -> Language:
    """Return "zh" where an Accept-Language header names Chinese first, else "en"."""
    first = (accept_language or "").split(",")[0].strip().lower()
    return "zh" if re.match(r"zh\b", first) else "en"
