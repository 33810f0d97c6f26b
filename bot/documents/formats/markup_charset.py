"""In which encoding a page or a mail is: what its bytes show goes before what it says, which is often wrong."""

import codecs
import re
from dataclasses import dataclass

from bot.documents.encoding import decode

_SAID = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_HEAD_BYTES = 8192
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "hz", "big5": "cp950", "iso8859-1": "cp1252", "ascii": "cp1252"}
"""What browsers read instead: the character sets that people mean."""
_KNOWN = {
    "utf-8": "UTF-8", "gb18030": "GB18030", "hz": "HZ", "cp950": "Big5", "big5hkscs": "Big5", "cp1252": "Windows-1252",
    "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "shift_jis": "Shift_JIS", "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP", "euc_kr": "EUC-KR", "cp949": "EUC-KR", "cp1250": "Windows-1250",
    "cp1251": "Windows-1251", "koi8-r": "KOI8-R", "iso8859-2": "ISO-8859-2", "iso8859-15": "ISO-8859-15",
}  # fmt: skip
"""Codecs that a page or a mail may name, and how people call them; others that Python knows are not for text."""
_UNICODE = ("UTF-8", "UTF-16", "UTF-32")
_GUESSED = ("GB18030", "Big5")
_FEW_LOST = 3
_LOST_SHARE = 0.01
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Read:
    """Text, its encoding as people know it, and how many characters could not be read."""

    text: str
    encoding: str
    lost: int


def read_markup(data: bytes, said: str = "") -> Read:
    """Decode a page; ``said`` is the encoding that came with it, over what stands in it.

    Raises ``UnicodeError`` where no encoding fits.
    """
    if not said and (match := _SAID.search(data[:_HEAD_BYTES])):
        said = match[1].decode("ascii", "replace")
    return read_bytes(data, said)


def read_bytes(data: bytes, said: str) -> Read:
    """Decode text that says in which encoding it is, or does not (empty).

    Raises ``UnicodeError`` where no encoding fits.
    """
    named = _codec(said)
    try:
        guess = decode(data)
        found = Read(guess.text, guess.encoding, guess.lost)
    except UnicodeError:
        found = None
    if found and (not named or found.encoding in _UNICODE):
        return found
    if found and named == "cp1252" and found.encoding in _GUESSED:
        return found  # Western is what a program says that does not know
    for codec in ("cp950", "big5hkscs") if named == "cp950" else (named,) if named else ():
        try:
            return Read(data.decode(codec), _KNOWN[codec], 0)
        except UnicodeError:
            continue
    if named:  # a little damage is likelier than another encoding than it says
        text = data.decode(named, "replace")
        lost = text.count(_REPLACEMENT)
        if lost <= max(_FEW_LOST, _LOST_SHARE * len(text)):
            return Read(text, _KNOWN[named], lost)
    if found:
        return found
    raise UnicodeError("the bytes are in no known text encoding")


def _codec(said: str) -> str:
    """Return the codec that a name means, empty where it means none that is known."""
    try:
        name = codecs.lookup(said.strip().lower().removeprefix("x-x-").removeprefix("x-")).name if said else ""
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    return name if name in _KNOWN else ""
