"""Search terms of many texts in one go, column by column: a tenth of the time of one text after the other."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from bot.language.characters import ByCharacter, Codes, codes_of, fold_codes, text_of
from bot.language.folding import fold_plain, is_han, joined_terms, plain

_APART = "\0"
"""Stands between two texts; no term holds it."""
_FEWEST = 8
_NONE, _IS_HAN, _LETTER, _JOINS, _PARTS = range(5)
_JOINING = ".'’"
"""Between two letters these belong to the word, as in ``folding.runs``."""


def all_joined_terms(texts: Sequence[str]) -> list[str]:
    """Return of each text the terms of ``joined_terms(fold_plain(text))``, in some order, each as often."""
    if len(texts) >= _FEWEST:
        found = _terms(fold_codes(codes_of(plain(_APART.join(texts))))).split(_APART)
        if len(found) == len(texts):
            return found
    return [joined_terms(fold_plain(text)) for text in texts]


def _terms(codes: Codes) -> str:
    """Return each Han character, each pair of them, and each word, with a space behind; what parts texts stays."""
    kinds = _kinds().of(codes)
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
    return text_of(columns[written])


@cache
def _kinds() -> ByCharacter:
    return ByCharacter(_kind)


def _kind(char: str) -> int:
    """Return what a character is."""
    if char == _APART:
        return _PARTS
    if is_han(char):
        return _IS_HAN
    return _LETTER if char.isalnum() else _JOINS if char in _JOINING else _NONE
