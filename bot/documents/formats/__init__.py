"""The formats of files that can be read, one module each; whoever says what can be read takes it from here.

A module is loaded with the first file of its kind: who asks, and adds nothing, waits for none of them.
"""

from functools import cache
from importlib import import_module
from pathlib import PurePosixPath

from bot.documents.formats.contract import Content, Format, Line
from bot.documents.formats.extract import Extract, IsolatedFormat, Options

__all__ = [
    "MARKDOWN",
    "SUFFIXES",
    "TEXT",
    "USUAL",
    "Content",
    "Extract",
    "Format",
    "IsolatedFormat",
    "Line",
    "Options",
    "find_format",
    "formats",
    "suffix_of",
]

TEXT = (".txt", ".text")
MARKDOWN = (".md", ".markdown")
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("plain.FORMAT", TEXT),
    ("markdown.FORMAT", MARKDOWN),
    ("word.FORMAT", (".docx", ".docm")),
    ("opendocument.FORMAT", (".odt",)),
    ("rtf.FORMAT", (".rtf",)),
    ("converted.FORMAT", (".doc", ".wps")),
    ("converted.SHEETS", (".et",)),
    ("spreadsheet.FORMAT", (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")),
    ("delimited.FORMAT", (".csv", ".tsv")),
    ("slides.FORMAT", (".pptx", ".pptm", ".ppsx")),
    ("webpage.FORMAT", (".html", ".htm", ".xhtml")),
    ("webpage.ARCHIVE", (".mhtml", ".mht")),
    ("ebook.FORMAT", (".epub",)),
    ("mail.FORMAT", (".eml",)),
    ("outlook.FORMAT", (".msg",)),
    ("pdf.FORMAT", (".pdf",)),
    ("picture.FORMAT", (".png", ".jpg", ".jpeg", ".tiff", ".tif", ".bmp", ".webp")),
    ("zipped.FORMAT", (".zip",)),
)
"""Where a format stands, and its suffixes in lower case, the usual one first.

Text is read at once; all else (``IsolatedFormat``) in a process of its own, for its files can do harm.
"""
_PLACES = {suffix: place for place, suffixes in _KINDS for suffix in suffixes}
SUFFIXES: tuple[str, ...] = tuple(_PLACES)
"""The suffixes of files that can be read, in lower case; the usual one first."""
USUAL: tuple[str, ...] = tuple(suffixes[0] for _, suffixes in _KINDS)
"""The usual suffix of each format: what a message names."""


def formats() -> tuple[Format | IsolatedFormat, ...]:
    """Return all formats."""
    return tuple(_load(place) for place, _ in _KINDS)


def suffix_of(source: str) -> str:
    """Return the suffix of a file by its name, in lower case; empty where it cannot be read."""
    suffix = PurePosixPath(source).suffix.lower()
    return suffix if suffix in _PLACES else ""


def find_format(source: str) -> Format | IsolatedFormat | None:
    """Return the format of a file by its name; None where it cannot be read."""
    suffix = suffix_of(source)
    return _load(_PLACES[suffix]) if suffix else None


@cache
def _load(place: str) -> Format | IsolatedFormat:
    module, name = place.split(".")
    found: Format | IsolatedFormat = getattr(import_module(f"{__name__}.{module}"), name)
    return found
