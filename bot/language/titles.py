"""Titles and names of laws: how they are compared, and how they end."""

import re
from functools import lru_cache

from bot.language.folding import fold
from bot.language.lexicon import (
    CHARTER,
    CIRCULARS,
    CONTRACTS,
    ENGLISH_HOUSE_PAPERS,
    ENGLISH_LAWS,
    ENGLISH_PAPERS,
    HOUSE_RULES,
    LAWS,
    PAPERS,
    SPEECHES,
    any_of,
)

_MARKS = re.compile(r"[\s《》〈〉「」\"“”·'’‘]")
_STATE = re.compile(r"^中华人民共和国|(?:of(?:the)?)?peoplesrepublicofchina")
_ALL = any_of(
    LAWS, (CHARTER,), CONTRACTS, HOUSE_RULES, CIRCULARS, SPEECHES, PAPERS, ENGLISH_PAPERS, ENGLISH_HOUSE_PAPERS
)
_PAPER = re.compile(_ALL)
_ENDS_WITH_A_PAPER = re.compile(rf"(?P<kind>{_ALL})$")
_LAW = re.compile(rf"{any_of(LAWS, ('法典', '解释'), ENGLISH_LAWS)}$")


@lru_cache(maxsize=1 << 17)  # a name is compared with the titles of all documents
def title_key(title: str) -> str:
    """Return what of a title or a name is compared: folded, without marks, blanks and the state's name."""
    return _STATE.sub("", _MARKS.sub("", fold(title)))


def is_law(name: str) -> bool:
    """Tell whether a folded name ends as the names of laws and contracts do."""
    return _LAW.search(name) is not None


def names_a_paper(name: str) -> bool:
    """Tell whether a folded name ends with a kind of paper: a law, a contract, minutes, a manual."""
    return paper_kind(name) is not None


def paper_kind(name: str) -> str | None:
    """Return the kind of paper that a folded name ends with; None where it ends with none."""
    match = _ENDS_WITH_A_PAPER.search(name)
    return match["kind"] if match else None


def is_paper_kind(name: str) -> bool:
    """Tell whether a folded name is a kind of paper and nothing more."""
    return _PAPER.fullmatch(name) is not None
