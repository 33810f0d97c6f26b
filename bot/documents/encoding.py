"""Which encoding a file is in: judged by what the decoded characters look like; errors are never passed over.

A byte order mark settles it. Without one, every candidate that decodes the whole file strictly is scored by the
likelihood of its characters (a unigram model of Chinese and Western text over classes of characters), because
detectors that look for statistics of bytes misread short Chinese text. Where none does, a file with little damage is
read all the same: each damaged place becomes a replacement character, and they are counted.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import charset_normalizer

# The characters met most often in modern Chinese prose, simplified, then those of them that differ in traditional.
_FREQUENT = (
    "的人和行一以有条法定第在用应当民十不中会理政为国业规管可部是设关者工务作建对时大本或个生数地上主要发制下门经二机其保进市事出合区等公三分产全能方实同成动于使年所员据位表加了到施处提通化并自单及他资后责"
    "由内安过文物重府量任水家开五展入度改构级性体得查四件这权依代相将点计护照如社证我新之向组标持监与前信置期取程情们面利高划日现院项品需间式复立例按力元共服交果议执集准外列请收学多结正明委报接来调问案求道"
    "城从各子常义职企营就强题决场导指基修运治支因系活防检供统违六意审备农技算县教被存境款息办节最目配解而平源小环变路更确织次未督反长告金况质根值济增具特种原放育该域限七律令参起批都受名专予推费范整八百也九"
    "你她它那么什怎吗呢吧啊很好看去想知吃喝喜欢今明早晚天年后前请谢您先师友爸妈家朋话见觉得买卖钱车站路店校京海沪"
    "條應當會爲國業規設關務對時個數發門經機進區產實動於員據處並單資後責內過開構級體這權將點計護證組標監與們劃現項間復議執準請學結報來調問從義職營強題決場導運檢統違審備農縣辦節環變確織長況質濟種該參專費範"
    "麼嗎謝歡買賣錢師愛讀寫聽電話車還這邊裡點見覺請來說滬"
)

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NOT_ASCII = re.compile(rb"[\x00\x80-\xff]")
_SURE_BYTES = 16  # So many bytes of valid sequences of UTF-8 are no chance.
_FEW_LOST = 3
_LOST_SHARE = 0.01
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNKNOWN = "the bytes are in no known text encoding"
_SAMPLE_BYTES = 1 << 16
_POOR = -11.5  # Mean log likelihood of a character under which a text is not believed,
_SHORT = 8  # unless it is shorter than this: a name may be of rare characters alone.
_PRIOR = {"utf-8": 3.0, "utf-16-le": -5.0, "utf-16-be": -6.0, "cp1252": -4.0}  # Valid UTF-8 is seldom chance.
_NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030", "cp950": "Big5", "big5hkscs": "Big5", "cp1252": "Windows-1252"}
_NAMES |= {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),  # Before UTF-16: its mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    (b"\x84\x31\x95\x33", "gb18030", "GB18030"),
)


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
    utf8 = _strict(data, "utf-8")
    if utf8 is not None and _surely_utf8(data, utf8):
        return _decoded(utf8, "UTF-8", data, "utf-8")
    if utf8 is None and (text := _repaired_utf8(data)) is not None:
        return Decoded(text, "UTF-8", text.count(_REPLACEMENT))
    for codec in _by_likelihood(data):
        text = _strict(data, codec)
        if text is not None:
            return _decoded(text, _NAMES[codec], data, codec)
    for codec in ("gb18030", "cp950"):
        text = _repaired(data, codec)
        if text is not None and _likelihood(text) >= _POOR * len(text):
            return Decoded(text, _NAMES[codec], text.count(_REPLACEMENT))
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise UnicodeError(_UNKNOWN)
    text = _strict(data, best.encoding)
    if text is None:
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
    lines: list[str] = []
    whole = damaged = 0
    for line in data.split(b"\n"):
        text = _strict(line, "utf-8")
        if text is not None:
            whole += len(line) - len(text)
            lines.append(text)
            continue
        other = _strict(line, "gb18030")
        kept = line.decode("utf-8", "replace")
        if other is not None and kept.count(_REPLACEMENT) > 2 and _likelihood(other) >= _POOR * len(other):
            lines.append(other)
        else:
            whole += len(line) - len(kept)
            lines.append(kept)
        damaged += 1
    text = "\n".join(lines)
    if whole < _SURE_BYTES or damaged > max(1, len(lines) // 2):
        return None
    return text if text.count(_REPLACEMENT) <= max(_FEW_LOST, _LOST_SHARE * len(text)) else None


def _repaired(data: bytes, codec: str) -> str | None:
    """Decode with replacement characters; None where more than a few are needed or little text is there."""
    text = data.decode(codec, "replace")
    lost = text.count(_REPLACEMENT)
    enough = len(text) - lost >= _SHORT and lost <= max(_FEW_LOST, _LOST_SHARE * len(text))
    return text if enough else None


def _likelihood(text: str) -> float:
    return sum(n * _log_likelihood(char) for char, n in Counter(text).items() if char != _REPLACEMENT)


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
    western = sum(map(str.isascii, text)) >= 0.9 * len(text)
    return len(data) - len(text) >= 8 or (len(text) >= 16 and western and not _CONTROL.search(text))


def _by_likelihood(data: bytes) -> list[str]:
    """Order the codecs that the file may be in, the likeliest first; none where none gives believable text."""
    start = 0
    if len(data) > _SAMPLE_BYTES and (first := _NOT_ASCII.search(data)):
        start = first.start() & ~1  # Even, so that a sample of UTF-16 begins with a whole character.
    sample = data[start : start + _SAMPLE_BYTES]
    final = start + len(sample) == len(data)
    codecs_here = ["utf-8", "gb18030", "cp950", "big5hkscs", "cp1252"]
    if len(data) % 2 == 0:
        codecs_here += ["utf-16-le", "utf-16-be"]
    scored = []
    for codec in codecs_here:
        try:
            text = codecs.getincrementaldecoder(codec)("strict").decode(sample, final)
        except UnicodeDecodeError:
            continue
        score = sum(n * _log_likelihood(char) for char, n in Counter(text).items())
        # Any bytes are accented letters to Windows-1252; Western text is mostly plain ones.
        western = codec != "cp1252" or sum(map(str.isascii, text)) > 0.7 * len(text)
        if western and (len(text) < _SHORT or score >= _POOR * len(text)):
            scored.append((score + _PRIOR.get(codec, 0.0), codec))
    return [codec for _, codec in sorted(scored, key=lambda pair: -pair[0])]


@cache
def _log_likelihood(char: str) -> float:
    """Return the rough natural logarithm of a character's share in Chinese or Western text."""
    if char in _COMMON_MARKS:
        return -4.5
    if char.isascii() and char.isalnum():
        return -5.5
    if char.isascii():
        return -6.5 if char.isprintable() else -30.0
    if char in _frequent():
        return -6.2
    if char in _simplified_level_1():
        return -9.0
    if char in _traditional_level_1():
        return -9.7
    code = ord(char)
    for low, high, likelihood in _RANGES:
        if low <= code <= high:
            return likelihood
    return -20.0


_COMMON_MARKS = frozenset("，。、：；“”（）《》！？「」\u3000 \n\r\t")
_RANGES = (
    (0xA0, 0xBF, -11.0),  # signs of Western text
    (0xC0, 0x17F, -8.0),  # accented letters
    (0x180, 0x6FF, -10.0),  # Greek, Cyrillic, Hebrew, Arabic
    (0x2010, 0x203A, -6.5),  # dashes and quotes
    (0x2000, 0x2BFF, -11.0),
    (0x3000, 0x303F, -9.0),
    (0x3040, 0x30FF, -10.0),  # kana
    (0x4E00, 0x9FFF, -13.0),  # Chinese characters of neither first level
    (0xFF00, 0xFF5E, -8.5),  # full-width forms
    (0xAC00, 0xD7A3, -12.0),  # Korean
)


@cache
def _frequent() -> frozenset[str]:
    return frozenset("".join(_FREQUENT))


@cache
def _simplified_level_1() -> frozenset[str]:
    """Return the 3,755 characters of GB2312's first level."""
    last = (0xD7, 0xF9)
    return frozenset(
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) <= last
    )


@cache
def _traditional_level_1() -> frozenset[str]:
    """Return the 5,401 characters of Big5's first level."""
    last = (0xC6, 0x7E)
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    return frozenset(
        bytes((row, cell)).decode("cp950") for row in range(0xA4, 0xC7) for cell in cells if (row, cell) <= last
    )
