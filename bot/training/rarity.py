"""The background table of ``bot/retrieval/rarity.py``: in how many paragraphs of the training text each term stands."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bot.language.folding import fold, terms


def write_table(paragraphs: Iterable[str], path: Path, minimum: int = 12) -> int:
    """Count terms, keep those in at least ``minimum`` paragraphs, write ``path`` (npz) and return their number."""
    frequencies: Counter[str] = Counter()
    total = 0
    for paragraph in paragraphs:
        frequencies.update(set(terms(fold(paragraph))))
        total += 1
    kept = sorted((term, count) for term, count in frequencies.items() if count >= minimum)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        terms=np.frombuffer("\n".join(term for term, _ in kept).encode("utf-8"), np.uint8),
        frequencies=np.array([count for _, count in kept], np.int32),
        paragraphs=np.int64(total),
    )
    return len(kept)
