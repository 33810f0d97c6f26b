"""How much a term says: rare ones say more. A background table speaks where a collection is too small to."""

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np

_TABLE = Path(__file__).parents[1] / "models" / "rarity.npz"


@cache
def _background() -> tuple[Mapping[str, int], int]:
    with np.load(_TABLE) as table:
        names = bytes(table["terms"]).decode("utf-8").split("\n")
        return dict(zip(names, table["frequencies"].tolist(), strict=True)), int(table["paragraphs"])


def background(term: str) -> float:
    """Return the rarity (0..1) of a term in the text that the bot was trained on; 1 where it was never met."""
    frequencies, paragraphs = _background()
    return 1 - math.log(1 + frequencies.get(term, 0)) / math.log(1 + paragraphs)


def rarities(terms: Iterable[str], frequency: Callable[[str], int], passages: int) -> dict[str, float]:
    """Return a weight (0..1) for each term: the mean of its rarity here and in the background.

    Args:
        terms: search terms.
        frequency: number of passages of the collection that hold a term.
        passages: number of passages of the collection.
    """
    whole = math.log(2 + passages)
    weights: dict[str, float] = {}
    for term in terms:
        here = 1 - math.log(1 + min(frequency(term), passages)) / whole
        weights[term] = max(0.0, 0.5 * here + 0.5 * background(term))
    return weights
