"""The check of a written sentence: verbatim, supported or unsupported by its quotes."""

import re
from collections.abc import Sequence

import numpy as np

from bot.language.folding import fold_plain, mostly_han
from bot.writing.attachment import attachment_lacks
from bot.writing.coverage import coverage
from bot.writing.entailment import Entailed, Entailment
from bot.writing.exact import Said, bare, exact_lacks
from bot.writing.names import name_lacks
from bot.writing.operators import left_out, operator_lacks
from bot.written import Checked, Lack
from embeddings.contextual import ContextReader
from embeddings.contract import EncoderLoadError
from embeddings.static import StaticEncoder

_MARKS = re.compile(r"^\s*(?:[-*•#>]+\s+|\d{1,2}[.)、]\s*(?=\D))|\*\*|`|\[\d{1,2}(?:[,，、]\s?\d{1,2})*\]|【\d{1,2}】")
"""What a model writes around a sentence: list marks, bold, the numbers of quotes."""
_DENIED = re.compile(r"[不未没無无非勿]$|\bnot?\s*$")
_CLAUSE_ENDS = '，,；;。.！!？?：:、\n（(《“"「'
_LEAST_SUPPORT = 0.5
_LEAST_COVERAGE = 0.6
"""Without a reader: so much of a sentence, its words weighed, must stand in its quotes."""
_CARRIES = 0.35
"""The share of a sentence's words from which on a quote is said to carry it, beside the best one."""
_SPOKEN = 0.4
"""The most that is said for a sentence of which something is lacking."""


class Checker:
    """Holds written sentences against their quotes. Usable from several threads."""

    def __init__(self, words: StaticEncoder, reader: ContextReader | None) -> None:
        self._words = words
        self._entailment: Entailment | None = None
        if reader is not None:
            try:
                self._entailment = Entailment.load(reader, reader.folder)
            except EncoderLoadError:
                # Another reader than the built-in one comes without them; its words are compared one by one.
                self._entailment = None

    def check(self, sentence: str, quotes: Sequence[str], titles: Sequence[str] = ()) -> Checked:
        """Return how a sentence stands to its quotes.

        Args:
            sentence: as it was written; list marks, bold and numbers of quotes are left out of account.
            quotes: the texts that it is said to be written from.
            titles: of each quote the title and headings of its document; names and years there count as said.
        """
        written = _MARKS.sub("", sentence).strip()
        said = bare(fold_plain(written))
        if not said:
            return Checked("supported", (), (), 1.0)
        if not quotes:
            return Checked("unsupported", (), (Lack("quote", written),), 0.0)
        folded = [fold_plain(quote) for quote in quotes]
        own = fold_plain(written)
        verbatim = [place for place, quote in enumerate(folded) if _stands(said, quote)]
        if verbatim and not list(left_out(own, [folded[place] for place in verbatim])):
            return Checked("verbatim", tuple(verbatim), (), 1.0)
        carrying = _carrying(said, folded)
        lacks = self._exact(written, own, quotes, folded, titles)
        support, doubtful = self._support(written, own, quotes, carrying)
        if lacks:
            return Checked("unsupported", carrying, tuple(lacks), min(support, _SPOKEN))
        if support < _LEAST_SUPPORT:
            return Checked("unsupported", carrying, (Lack("meaning", doubtful),), support)
        return Checked("supported", carrying, (), support)

    def _exact(
        self, written: str, own: str, quotes: Sequence[str], folded: Sequence[str], titles: Sequence[str]
    ) -> list[Lack]:
        """Return what is lacking by rule."""
        around = Said.read("\n".join(titles))
        said, given = Said.read(written), [Said.read(quote) for quote in quotes]
        lacks = exact_lacks(said, given, around)
        lacks += name_lacks(written, own, "\n".join(folded), around.folded)
        if not _crosses(own, "\n".join(folded)):
            lacks += attachment_lacks(said, given)
            lacks += operator_lacks(own, folded)
        return list(dict.fromkeys(lacks))

    def _support(self, written: str, own: str, quotes: Sequence[str], carrying: Sequence[int]) -> tuple[float, str]:
        """Return how sure it is that the quotes say it, and the words that they say least."""
        # Those that carry most are read first: a long text is cut at its end.
        ordered = [quotes[place] for place in dict.fromkeys((*carrying, *range(len(quotes))))]
        text = "\n".join(ordered)
        if self._entailment is not None:
            entailed = self._entailment(written, text)
            return entailed.support, _doubtful(written, entailed)
        return min(1.0, coverage(self._words, written, text) / _LEAST_COVERAGE * _LEAST_SUPPORT), written


def _crosses(own: str, quotes: str) -> bool:
    """Tell whether a sentence is in another language than its quotes."""
    return {mostly_han(own), mostly_han(quotes)} == {True, False}


def _stands(said: str, quote: str) -> bool:
    """Tell whether a sentence stands in a quote from one clause's beginning to another's end."""
    letters = [(char, place) for place, char in enumerate(quote) if char.isalnum()]
    at = "".join(char for char, _ in letters).find(said)
    if at < 0:
        return False
    start, end = letters[at][1], letters[at + len(said) - 1][1] + 1
    before, behind = quote[:start].rstrip(" ”」』)）"), quote[end:].lstrip(" ”」』)）")
    return (not before or before[-1] in _CLAUSE_ENDS) and (not behind or behind[0] in _CLAUSE_ENDS)


def _carrying(said: str, folded: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the quotes that say most of it, best first."""
    pairs = {said[at : at + 2] for at in range(len(said) - 1)} or {said}
    shares = np.array([sum(pair in bare(quote) for pair in pairs) / len(pairs) for quote in folded])
    order = np.argsort(-shares, kind="stable")
    least = min(_CARRIES, float(shares.max()))
    return tuple(int(place) for place in order if shares[place] >= least)


def _doubtful(written: str, entailed: Entailed) -> str:
    """Return the run of words around the token that is doubted most."""
    if not entailed.spans:
        return written
    worst = int(entailed.doubts.argmax())
    least = max(float(entailed.doubts[worst]) / 2, 0.3)
    first = last = worst
    while first > 0 and entailed.doubts[first - 1] >= least:
        first -= 1
    while last < len(entailed.spans) - 1 and entailed.doubts[last + 1] >= least:
        last += 1
    return written[entailed.spans[first][0] : entailed.spans[last][1]].strip(" ，。,.；;") or written
