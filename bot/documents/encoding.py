"""Which encoding a file is in: judged by what the decoded characters look like; errors are never passed over.

A byte order mark settles it, and so do the escapes of HZ and ISO-2022-JP. Without one, every candidate that decodes the
whole file strictly is scored by the likelihood of its characters (``likelihood``), because detectors that look for
statistics of bytes misread short Chinese text. Where none does, a file with little damage is
read all the same: each damaged place becomes a replacement character, and they are counted.
"""

import codecs
import re
from collections.abc import Collection
from dataclasses import dataclass

import charset_normalizer

from bot.documents.likelihood import POOR, Language, likelihood

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NOT_ASCII = re.compile(rb"[\x00\x80-\xff]")
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SURE_BYTES = 16  # So many bytes of valid sequences of UTF-8 are no chance.
_WORDS = -4.5
"""Mean logarithm of the likelihood of a character of Western words."""
_FEW_LOST = 3
_LOST_SHARE = 0.01
_ENOUGH = 8  # characters of a damaged file that are left
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNKNOWN = "the bytes are in no known text encoding"
_SAMPLE_BYTES = 1 << 16
_SHORT = 5  # So few characters beside ASCII are believed though they are unlikely: a name may have rare ones alone.
_POOR_REPAIR = -9.5
_POOR_UNMARKED = -10.0
"""The same of what is damaged, and of UTF-16 that no mark tells: nearly any bytes are characters to it."""
_PRIOR = {"utf-8": 4.0, "gb18030": 1.0, "utf-16-le": -5.0, "utf-16-be": -6.0}
"""Logarithms of how many files are in an encoding, beside the others; valid UTF-8 is seldom chance."""
_NAMES = {
    "utf-8": "UTF-8", "gb18030": "GB18030", "cp950": "Big5", "big5hkscs": "Big5", "cp1252": "Windows-1252",
    "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "euc_jp": "EUC-JP", "cp932": "Shift_JIS", "cp949": "EUC-KR",
}  # fmt: skip
_MARGIN = 3.0
"""By how much, in logarithms, Chinese must be likelier than all else: what is read as Chinese is never a guess."""
_CHINESE = (Language.CHINESE,)
_LANGUAGES = {
    "gb18030": _CHINESE, "cp950": _CHINESE, "big5hkscs": _CHINESE,
    "euc_jp": (Language.JAPANESE,), "cp932": (Language.JAPANESE,), "cp949": (Language.KOREAN,),
    "cp1252": (Language.WESTERN,),
}  # fmt: skip
"""What is written in an encoding; the others are for all languages."""
_ESCAPED = ((b"~{", "hz", "HZ"), (b"\x1b$", "iso2022_jp", "ISO-2022-JP"))
"""Encodings of seven bits, and what begins what is not ASCII in them."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),  # Before UTF-16: its mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    (b"\x84\x31\x95\x33", "gb18030", "GB18030"),
)


TRIED = tuple(dict.fromkeys(("UTF-8", "UTF-16", *_NAMES.values(), *(name for *_, name in _ESCAPED))))
"""The encodings that a file is tried in, as people know them."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its byte order mark, and the encoding as people know it: "UTF-8", "Big5", ...

    ``lost`` counts the characters that decoding could not read.
    """

    text: str
    encoding: str
    lost: int


def decode(data: bytes) -> Decoded:
    """Decode a file; of a damaged one, what is left.

    Raises ``UnicodeError`` where no encoding fits.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            text = _strict(body, codec)
            if text is None:
                text = _repaired(body, codec)
                if text is None:
                    raise UnicodeError(_UNKNOWN)
                return Decoded(text, name, text.count(_REPLACEMENT))
            return _decoded(text, name, data, codec)
    for mark, codec, name in _ESCAPED:
        if mark in data and (text := _strict(data, codec)) is not None and _believable(text):
            return _decoded(text, name, data, codec)
    utf8 = _strict(data, "utf-8")
    if utf8 is not None and _surely_utf8(data, utf8):
        return _decoded(utf8, "UTF-8", data, "utf-8")
    if utf8 is None and (text := _repaired_utf8(data)) is not None:
        return Decoded(text, "UTF-8", text.count(_REPLACEMENT))
    for codec in _by_likelihood(data):
        text = _strict(data, codec)
        if text is not None:
            return _decoded(text, _NAMES[codec], data, codec)
    if (repaired := _likeliest_repair(data)) is not None:
        return repaired
    best = charset_normalizer.from_bytes(data).best()
    text = _strict(data, best.encoding) if best is not None else None
    if best is None or text is None or _EASTERN.search(text):
        raise UnicodeError(_UNKNOWN)
    return _decoded(text, best.encoding.upper().replace("_", "-"), data, best.encoding)


def count_lost(text: str, data: bytes, codec: str) -> int:
    """Count the replacement characters of ``text``, decoded from ``data``, that the file does not hold itself."""
    count = text.count(_REPLACEMENT)
    # What is decoded with errors left out has the file's own ones alone.
    return count - data.decode(codec, "ignore").count(_REPLACEMENT) if count else 0


def _repaired_utf8(data: bytes) -> str | None:
    """Decode UTF-8 line by line: a damaged line may be in GB18030, as where two files were put together.

    None where too few lines are UTF-8 to say that the file is.
    """
    if data.count(b"\0") > _LOST_SHARE * len(data):
        return None
    read = [(line, _strict(line, "utf-8")) for line in data.split(b"\n")]
    if sum(text is None for _, text in read) > max(1, len(read) // 2):
        return None
    lines: list[str] = []
    sure = lost = 0
    for line, text in read:
        if text is None:
            text = line.decode("utf-8", "replace")
            other = _strict(line, "gb18030") if text.count(_REPLACEMENT) > 2 else None
            if other is not None and _believable(other, _CHINESE):
                lines.append(other)
                continue
        lost += text.count(_REPLACEMENT)
        sure += sum(not char.isascii() for char in text)
        lines.append(text)
    text = "\n".join(lines)
    enough = 2 * (sure - lost) >= _SURE_BYTES and lost <= max(_FEW_LOST, _LOST_SHARE * sure)
    return text if enough else None


def _repaired(data: bytes, codec: str) -> str | None:
    """Decode with replacement characters; None where more than a few are needed or little text is there."""
    text = data.decode(codec, "replace")
    lost = text.count(_REPLACEMENT)
    enough = len(text) - lost >= _ENOUGH and lost <= max(_FEW_LOST, _LOST_SHARE * len(text))
    return text if enough else None


def _likeliest_repair(data: bytes) -> Decoded | None:
    """Decode a file of the East with a little damage; None where it is none."""
    found = []
    for codec, languages in _LANGUAGES.items():
        text = None if languages == (Language.WESTERN,) else _repaired(data, codec)
        if text is not None and _believable(text, languages, _POOR_REPAIR):
            found.append((likelihood(text, languages), Decoded(text, _NAMES[codec], text.count(_REPLACEMENT))))
    return max(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def _decoded(text: str, name: str, data: bytes, codec: str) -> Decoded:
    return Decoded(text, name, count_lost(text, data, codec))


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _surely_utf8(data: bytes, text: str) -> bool:
    """Tell whether bytes that are valid UTF-8 cannot be another encoding by chance: enough of them, and no zeros."""
    if b"\0" in data:
        return False
    # A Western text with a single "§" is UTF-8, though its two bytes are also a Chinese character of GB18030.
    if len(data) - len(text) >= 8:
        return True
    # Chinese in UTF-16 may be all ASCII too, but makes no words.
    western = sum(map(str.isascii, text)) >= 0.9 * len(text) and likelihood(text) >= _WORDS * len(text)
    return len(text) >= 16 and western and not _CONTROL.search(text)


def _by_likelihood(data: bytes) -> list[str]:
    """Order the codecs that the file may be in, the likeliest first; none where none gives believable text."""
    start = 0
    if len(data) > _SAMPLE_BYTES and (first := _NOT_ASCII.search(data)):
        start = first.start() & ~1  # Even, so that a sample of UTF-16 begins with a whole character.
    sample = data[start : start + _SAMPLE_BYTES]
    final = start + len(sample) == len(data)
    candidates = [codec for codec in _NAMES if len(data) % 2 == 0 or not codec.startswith("utf-16")]
    scored = []
    for codec in candidates:
        try:
            text = codecs.getincrementaldecoder(codec)("strict").decode(sample, final)
        except UnicodeDecodeError:
            continue
        # Any bytes are accented letters to Windows-1252; Western text is mostly plain ones.
        western = codec != "cp1252" or sum(map(str.isascii, text)) > 0.6 * len(text)
        languages = _LANGUAGES.get(codec, tuple(Language))
        score = likelihood(text, languages)
        unmarked = codec.startswith("utf-16")
        if western and (score >= _POOR_UNMARKED * len(text) if unmarked else _believable(text, languages)):
            scored.append((score + _PRIOR.get(codec, 0.0), codec, text))
    scored.sort(key=lambda row: -row[0])
    for score, codec, text in scored[1:]:
        if text != scored[0][2] and scored[0][0] - score < _MARGIN and _LANGUAGES.get(scored[0][1]) == _CHINESE:
            raise UnicodeError(f"the bytes may be {_NAMES[scored[0][1]]} as well as {_NAMES[codec]}")
    return [codec for _, codec, _ in scored]


def _believable(text: str, languages: Collection[Language] = tuple(Language), poor: float = POOR) -> bool:
    """Tell whether a text is one of ``languages``, by its characters that are not ASCII: those may be in any text."""
    foreign = "".join(char for char in text if not char.isascii() and char != _REPLACEMENT)
    if len(foreign) < _SHORT and poor == POOR:
        return True
    return likelihood(foreign, languages) >= poor * len(foreign)
