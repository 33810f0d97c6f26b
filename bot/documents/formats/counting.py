"""How programs count: the labels that Word, Writer and RTF put before the items of their lists."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.language.numerals import han_numeral

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = ("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_LEGAL_TRADITIONAL = ("一二三四五六七八九十百千零", "壹貳參肆伍陸柒捌玖拾佰仟零")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ENGLISH = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
_LARGEST = 30_000
LEVELS = 10
"""Levels that a list may have; Word has 9, Writer 10."""
BULLET = "bullet"
NO_NUMBER = "none"


def _roman(number: int) -> str:
    form = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        form += letters * times
    return form


def _letters(number: int) -> str:
    """Return z for 26, aa for 27, bb for 28: Word repeats the letter."""
    turns, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (turns % 10 + 1)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


def _series(chars: str) -> Callable[[int], str]:
    return lambda number: chars[number - 1] if number <= len(chars) else str(number)


def _legal(plain: str, legal: str) -> Callable[[int], str]:
    def form(number: int) -> str:
        written = han_numeral(number)
        return (f"一{written}" if written.startswith("十") else written).translate(str.maketrans(plain, legal))

    return form


def _words(number: int) -> str:
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return _ENGLISH[number] if number < 20 else "-".join(filter(None, (_ENGLISH_TENS[tens], _ENGLISH[ones])))


def _ordinal(number: int) -> str:
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _ordinal_words(number: int) -> str:
    if number >= 100:
        return _ordinal(number)
    head, dash, last = _words(number).rpartition("-")
    last = _IRREGULAR.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last.removesuffix('e')}th")
    return (head + dash + last.replace("twelvth", "twelfth")).capitalize()


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal,
    "cardinalText": lambda number: _words(number).capitalize(),
    "ordinalText": _ordinal_words,
    "numberInDash": lambda number: f"- {number} -",
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
         "japaneseCounting", "koreanCounting"),
        han_numeral,
    ),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital"),
        lambda number: str(number).translate(_DIGITS),
    ),
    "ideographTraditional": _series(_STEMS),
    "ideographZodiac": _series(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    "chineseLegalSimplified": _legal(*_LEGAL),
    **dict.fromkeys(("ideographLegalTraditional", "japaneseLegal"), _legal(*_LEGAL_TRADITIONAL)),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "ideographEnclosedCircle": lambda number: chr(0x3280 + number - 1) if number <= 10 else han_numeral(number),
    "decimalEnclosedParen": lambda number: chr(0x2474 + number - 1) if number <= 20 else f"({number})",
    "decimalEnclosedFullstop": lambda number: chr(0x2488 + number - 1) if number <= 20 else f"{number}.",
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda number: str(number).translate(_WIDE)),
    BULLET: lambda _: "-",
    NO_NUMBER: lambda _: "",
}  # fmt: skip
"""By the names of ``ST_NumberFormat`` (ECMA-376, 17.18.59); what is not here counts in digits."""


def counted(number: int, form: str) -> str:
    """Return a number as a list of that ``form`` writes it: (3, "chineseCounting") -> "三"; 0 and below in digits."""
    if form in (BULLET, NO_NUMBER) or 0 < number <= _LARGEST:
        return _FORMS.get(form, str)(number)
    return str(number)


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts.

    ``text`` holds %1 to %9 for the numbers of the levels. ``restart`` is the level (from 1) that begins it anew, 0 for
    none, None for any above. ``legal``: all levels are said in digits. ``style`` is the style whose paragraphs stand
    on it; ``apart``: a space or tab follows the label.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before an item: its text ("-" for any bullet), and whether a space follows."""

    text: str
    apart: bool = True


NO_LABEL = Label("")


class Counters:
    """The numbers that a list has come to, one for each level."""

    def __init__(self) -> None:
        self._counts: list[int | None] = [None] * LEVELS

    def restart(self, at: int, number: int | None = None) -> None:
        """Let the next item at a level (from 0) be the first again, or have a ``number``."""
        self._counts[at] = None if number is None else number - 1

    def count(self, levels: Mapping[int, Level], at: int) -> Label:
        """Count an item at a level and return its label."""
        level = levels[at]
        before = self._counts[at]
        self._counts[at] = level.start if before is None else before + 1
        for outer in range(at):  # an item without one above it counts as if there were one
            if self._counts[outer] is None and outer in levels:
                self._counts[outer] = levels[outer].start
        for deeper in range(at + 1, LEVELS):
            restart = levels.get(deeper, _USUAL).restart
            if restart is None or at + 1 <= restart:
                self._counts[deeper] = None
        if level.form == BULLET:
            return Label("-")

        def number(match: re.Match[str]) -> str:
            of = levels.get(int(match[1]) - 1, _USUAL)
            count = self._counts[int(match[1]) - 1]
            form = "decimal" if level.legal and of.form != NO_NUMBER else of.form
            return counted(of.start if count is None else count, form)

        return Label(_PLACE.sub(number, level.text), level.apart)


_USUAL = Level()
_PLACE = re.compile(r"%([1-9])")
_CLOSED = re.compile(r"[、．，：）】」』〕。﹑\s-]$")


def labelled(label: Label, text: str) -> str:
    """Return an item with its label before it; a space stands between, but after a wide mark ("一、")."""
    mark, text = label.text.strip(), text.strip()
    if not mark or not text:
        return text
    if mark == "-":
        return f"- {text}"
    return f"{mark} {text}" if label.apart and not _CLOSED.search(mark) else f"{mark}{text}"
