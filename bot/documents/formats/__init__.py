"""The formats of files that can be read, one module each; whoever says what can be read takes it from here."""

from pathlib import PurePosixPath

from bot.documents.formats import (
    converted,
    delimited,
    ebook,
    mail,
    markdown,
    opendocument,
    outlook,
    pdf,
    picture,
    plain,
    rtf,
    slides,
    spreadsheet,
    webpage,
    word,
    zipped,
)
from bot.documents.formats.contract import Content, Format, Line
from bot.documents.formats.extract import Extract, IsolatedFormat, Options

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "USUAL",
    "Content",
    "Extract",
    "Format",
    "IsolatedFormat",
    "Line",
    "Options",
    "find_format",
]

FORMATS: tuple[Format | IsolatedFormat, ...] = (
    *(plain.FORMAT, markdown.FORMAT),
    *(word.FORMAT, opendocument.FORMAT, rtf.FORMAT, converted.FORMAT, converted.SHEETS),
    *(spreadsheet.FORMAT, delimited.FORMAT, slides.FORMAT),
    *(webpage.FORMAT, webpage.ARCHIVE, ebook.FORMAT, mail.FORMAT, outlook.FORMAT),
    *(pdf.FORMAT, picture.FORMAT),
    *(zipped.FORMAT,),
)
"""Text is read at once; all else (``IsolatedFormat``) in a process of its own, for its files can do harm."""
SUFFIXES: tuple[str, ...] = tuple(suffix for known in FORMATS for suffix in known.suffixes)
"""The suffixes of files that can be read, in lower case; the usual one first."""
USUAL: tuple[str, ...] = tuple(known.suffixes[0] for known in FORMATS)
"""The usual suffix of each format: what a message names."""


def find_format(source: str) -> Format | IsolatedFormat | None:
    """Return the format of a file by its name; None where it cannot be read."""
    suffix = PurePosixPath(source).suffix.lower()
    return next((known for known in FORMATS if suffix in known.suffixes), None)
