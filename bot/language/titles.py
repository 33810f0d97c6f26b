"""Titles and names of laws: how they are compared, and how they end."""

import re

from bot.language.folding import fold
from bot.language.lexicon import ENGLISH_LAWS, LAWS, any_of

_MARKS = re.compile(r"[\s《》〈〉「」\"“”·'’‘]")
_STATE = re.compile(r"^中华人民共和国|(?:of(?:the)?)?peoplesrepublicofchina")
_LAW = re.compile(rf"{any_of(LAWS, ('法典', '解释'), ENGLISH_LAWS)}$")


def title_key(title: str) -> str:
    """Return what of a title or a name is compared: folded, without marks, blanks and the state's name."""
    return _STATE.sub("", _MARKS.sub("", fold(title)))


def is_law(name: str) -> bool:
    """Tell whether a folded name ends as the names of laws and contracts do."""
    return _LAW.search(name) is not None
