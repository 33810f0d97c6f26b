"""Numerals: reading "三十" and "30", writing 三十."""

NUMBER = r"(?:[〇零一二三四五六七八九十百千两]{1,9}|\d{1,4})"
"""A number in folded text, as a regular expression without groups."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


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
    for unit, size in ("千", 1000), ("百", 100), ("十", 10), ("", 1):
        digit, number = divmod(number, size)
        if digit:
            form += "零一二三四五六七八九"[digit] + unit
        elif form and number and not form.endswith("零"):
            form += "零"
    return (form.removeprefix("一") if form.startswith("一十") else form) or "零"
