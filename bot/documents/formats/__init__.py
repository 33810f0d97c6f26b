"""The formats of files that can be read, one module each; whoever says what can be read takes it from here."""

from pathlib import PurePosixPath

from bot.documents.formats import markdown, plain
from bot.documents.formats.contract import Content, Format, Line

__all__ = ["FORMATS", "SUFFIXES", "Content", "Format", "Line", "find_format"]

FORMATS: tuple[Format, ...] = (plain.FORMAT, markdown.FORMAT)
SUFFIXES: tuple[str, ...] = tuple(suffix for known in FORMATS for suffix in known.suffixes)
"""The suffixes of files that can be read, in lower case; the usual one first."""


def find_format(source: str) -> Format | None:
    """Return the format of a file by its name; None where it cannot be read."""
    suffix = PurePosixPath(source).suffix.lower()
    return next((known for known in FORMATS if suffix in known.suffixes), None)
