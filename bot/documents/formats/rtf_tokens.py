"""RTF as a stream of signs, and the encodings of its fonts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CHARSETS = {
    77: "mac_roman", 78: "shift_jis", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
"""By \\fcharset; 0 (ANSI) and 1 (the usual one) are the document's own."""
_CODE_PAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8", 0: "cp1252"}
_OF_TWO_BYTES = frozenset({"gb18030", "cp950", "cp932", "cp949", "shift_jis", "johab"})
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_WORD = r"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z]))"
_TOKEN = re.compile(rf"{_WORD}|(?P<brace>[{{}}])|(?P<text>[^\\{{}}\r\n]+)|[\r\n]+", re.DOTALL)
# The second byte of a character may look like a brace or a backslash.
_TOKEN_OF_TWO = re.compile(
    rf"{_WORD}|(?P<brace>[{{}}])|(?P<text>(?:[\x81-\xfe][\x40-\xfe]|[^\\{{}}\r\n])+)|[\r\n]+", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Token:
    """A sign, of which one field is filled: a ``word`` with its ``number``, a ``brace``, ``text``, another ``sign``."""

    word: str = ""
    number: int | None = None
    brace: str = ""
    text: bytes = b""
    sign: str = ""


def code_page(data: bytes) -> str:
    """Return the encoding that a document declares."""
    match = _CODE_PAGE.search(data[:4000])
    number = int(match[1]) if match else 0
    name = _CODE_PAGES.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def charset(number: int, usual: str) -> str:
    """Return the encoding of a font by its \\fcharset."""
    return _CHARSETS.get(number, usual)


def tokens(data: bytes, encoding: str) -> Iterator[Token]:
    """Yield the signs of a document; what \\bin counts is left out."""
    text = data.decode("latin-1")
    pattern = _TOKEN_OF_TWO if encoding in _OF_TWO_BYTES else _TOKEN
    at = 0
    while match := pattern.match(text, at):
        at = match.end()
        if word := match["word"]:
            number = int(match["number"]) if match["number"] else None
            if word == "bin":
                at += max(0, number or 0)
            else:
                yield Token(word=word, number=number)
        elif match["brace"]:
            yield Token(brace=match["brace"])
        elif match["hex"]:
            yield Token(text=bytes.fromhex(match["hex"]))
        elif match["sign"]:
            yield Token(sign=match["sign"])
        elif match["text"]:
            yield Token(text=match["text"].encode("latin-1"))
