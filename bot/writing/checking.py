"""The check of a written sentence: verbatim, supported or unsupported by its quotes."""

from collections.abc import Sequence

import numpy as np

from bot.language.folding import fold_plain
from bot.writing.exact import Said, bare, exact_lacks
from bot.written import Checked, Lack
from embeddings.contextual import ContextReader
from embeddings.static import StaticEncoder

_LEAST_SUPPORT = 0.5


class Checker:
    """Holds written sentences against their quotes. Usable from several threads."""

    def __init__(self, words: StaticEncoder, reader: ContextReader | None) -> None:
        self._words = words
        self._reader = reader

    def check(self, sentence: str, quotes: Sequence[str], titles: Sequence[str] = ()) -> Checked:
        """Return how a sentence stands to its quotes.

        Args:
            sentence: as it was written, without the marks of its quotes.
            quotes: the texts that it is said to be written from.
            titles: of each quote the title and headings of its document; names and years there count as said.
        """
        said = bare(fold_plain(sentence))
        if not quotes:
            return Checked("unsupported", (), (Lack("quote", sentence),), 0.0)
        plain = [bare(fold_plain(quote)) for quote in quotes]
        verbatim = [place for place, quote in enumerate(plain) if said and said in quote]
        if verbatim:
            return Checked("verbatim", tuple(verbatim), (), 1.0)
        lacks = exact_lacks(Said.read(sentence), [Said.read(quote) for quote in quotes], Said.read("\n".join(titles)))
        shares = np.array([_share(said, quote) for quote in plain])
        support = float(shares.max())
        carrying = tuple(int(place) for place in np.argsort(-shares, kind="stable") if shares[place] >= _LEAST_SUPPORT)
        if not lacks and support < _LEAST_SUPPORT:
            lacks = [Lack("meaning", sentence)]
        if lacks:
            return Checked("unsupported", carrying, tuple(lacks), min(support, 0.4))
        return Checked("supported", carrying or (int(shares.argmax()),), (), support)


def _share(said: str, quote: str) -> float:
    pairs = {said[at : at + 2] for at in range(len(said) - 1)}
    return sum(pair in quote for pair in pairs) / max(len(pairs), 1)
