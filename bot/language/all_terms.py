"""Search terms of many texts in one go, column by column: a tenth of the time of one text after the other."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from bot.language.folding import fold_plain, is_han, joined_terms

_APART = "\0"
"""Stands between two texts; no term holds it."""
_FEWEST = 8
_TABLE = 1 << 16
_NONE, _IS_HAN, _LETTER, _JOINS, _PARTS = range(5)
_JOINING = ".'’"
"""Between two letters these belong to the word, as in ``folding.runs``."""


def all_joined_terms(texts: Sequence[str]) -> list[str]:
    """Return of each text the terms of ``joined_terms(fold_plain(text))``, in some order, each as often."""
    if len(texts) >= _FEWEST:
        folded = fold_plain(_APART.join(texts))
        codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
        found = _terms(codes).split(_APART) if codes.max() < _TABLE else []
        if len(found) == len(texts):
            return found
    return [joined_terms(fold_plain(text)) for text in texts]


def _terms(codes: npt.NDArray[np.uint32]) -> str:
    """Return each Han character, each pair of them, and each word, with a space behind; what parts texts stays."""
    kinds = _kinds()[codes]
    before, behind = np.append(_NONE, kinds[:-1]), np.append(kinds[1:], _NONE)
    kinds = np.where((kinds == _JOINS) & (before == _LETTER) & (behind == _LETTER), _LETTER, kinds)
    behind = np.append(kinds[1:], _NONE)
    han, letter = kinds == _IS_HAN, kinds == _LETTER
    pair = han & (behind == _IS_HAN)
    columns = np.full((len(codes), 5), ord(" "), np.uint32)
    columns[:, 0] = columns[:, 2] = codes
    columns[:-1, 3] = codes[1:]
    alone, ends = han | letter | (kinds == _PARTS), han | (letter & (behind != _LETTER))
    written = np.column_stack((alone, ends, pair, pair, pair))
    joined: str = columns[written].tobytes().decode("utf-32-le", "surrogatepass")
    return joined


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return what each character is."""
    kinds = np.zeros(_TABLE, np.uint8)
    for code, char in enumerate(map(chr, range(_TABLE))):
        if is_han(char):
            kinds[code] = _IS_HAN
        elif char.isalnum():
            kinds[code] = _LETTER
    kinds[[ord(char) for char in _JOINING]] = _JOINS
    kinds[ord(_APART)] = _PARTS
    return kinds
