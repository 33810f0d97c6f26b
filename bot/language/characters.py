"""What is so of each character, found out when it is first met, and then looked up for all of a long text at once."""

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from bot.language.folding import fold

Codes = npt.NDArray[np.uint32]
_CHARACTERS = 0x110000


class ByCharacter:
    """A number for each character, from 0 to 2**32 - 2, which ``tell`` says; it is asked once for each that is met."""

    def __init__(self, tell: Callable[[str], int]) -> None:
        self._tell = tell
        # One more than was told, 0 where nothing was. Of zeros only what is written to takes memory.
        self._told = np.zeros(_CHARACTERS, np.uint32)

    def of(self, codes: Codes) -> Codes:
        """Return the number of each of ``codes``, which are code points."""
        places = codes.astype(np.intp)
        found = self._told[places]
        if not found.min(initial=1):
            met = np.zeros(_CHARACTERS, bool)
            met[codes[found == 0]] = True
            for code in np.flatnonzero(met).tolist():
                self._told[code] = self._tell(chr(code)) + 1
            found = self._told[places]
        return found - np.uint32(1)


def codes_of(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(codes: Codes) -> str:
    """Return the text of code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def fold_codes(codes: Codes) -> Codes:
    """Return the code points of ``fold`` of the text that has these."""
    return _folded().of(codes)


@cache
def _folded() -> ByCharacter:
    return ByCharacter(lambda char: ord(fold(char)))
