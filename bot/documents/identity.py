"""What a document is known by, and by which version of the parser it was read."""

import hashlib
import unicodedata

PARSER_VERSION = 4
"""Raised with every change of what is read out of a file: documents read by an older version are read again."""


def document_id(source: str) -> str:
    """Return the identity of the document added under ``source``: 16 hexadecimal digits, the same in every home."""
    return hashlib.sha256(unicodedata.normalize("NFC", source).encode("utf-8", "surrogatepass")).hexdigest()[:16]
