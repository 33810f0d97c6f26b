"""Numerals: reading "三十" and "30", writing 三十."""

from bot.language.lexicon import DIGITS, MYRIADS, TENS, TWO, ZEROS

NUMBER = rf"(?:[{ZEROS}{DIGITS}{TENS}{TWO}]{{1,9}}|\d{{1,4}})"
"""A number in folded text that ``numeral`` reads, as a regular expression without groups."""
AMOUNT = rf"(?:\d[\d,.]*|[{DIGITS}{TENS}{MYRIADS}{TWO}{ZEROS}]+)"
"""A number of any size, with decimals: "1,200.5", "三百万"; an expression without groups."""

_DIGITS = {char: value for value, char in enumerate(DIGITS, 1)} | dict.fromkeys(ZEROS, 0) | {TWO: 2}
_UNITS = {unit: 10**power for power, unit in enumerate(TENS, 1)}


def numeral(text: str) -> int:
    """Return the value of a folded number: "三十", "一百零二", "二〇二一", "30".

    Raises:
        ValueError: ``text`` is no number.
    """
    if text.isdecimal():
        return int(text)
    if not set(text) & set(_UNITS):
        if not text or set(text) - set(_DIGITS):
            raise ValueError(f"{text!r} is not a number such as 三十 or 30")
        return int("".join(str(_DIGITS[char]) for char in text))
    total = digit = 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            raise ValueError(f"{text!r} is not a number such as 三十 or 30")
    return total + digit


def han_numeral(number: int) -> str:
    """Return a number from 0 to 9999 in Chinese: 30 -> "三十", 102 -> "一百零二"; a larger one in digits."""
    if number > 9999:
        return str(number)
    form = ""
    for unit, size in (*reversed(_UNITS.items()), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            form += DIGITS[digit - 1] + unit
        elif form and number and not form.endswith("零"):
            form += "零"
    return (form.removeprefix("一") if form.startswith("一十") else form) or "零"
