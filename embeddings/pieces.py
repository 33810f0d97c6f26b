"""Tokens of many texts at once: a piece of text that no token reaches out of is tokenised once, however often it comes.

A text is cut where the script changes, at marks, and between two Han characters that stand side by side in no word of
the vocabulary: no token lies across such a place, so the tokens of the pieces in a row are those of the text. Only
characters that the tokenizer folds by themselves, whatever stands beside them, are treated so; a text with any other
goes through the tokenizer as a whole.
"""

import unicodedata
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
TokenIds = npt.NDArray[np.int32]
Kinds = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.int64]

_OTHER, _HAN, _DIGIT, _LETTER, _MARK = range(5)
_TABLE = 1 << 16
_PLACES = 1 << 22
_SPREAD = np.uint32(0x9E3779B1)
_SHORT = 3
"""Characters of a piece that is looked for among the others by a number."""
_LONGEST = 16
"""Characters of the longest piece that is remembered."""
_MOST = 1 << 17
"""Pieces that are remembered; then all are forgotten."""
_HAN_CHARACTERS = range(0x4E00, 0x9FA6)
_MARKS = "\t\n \u3000·•–—‘’“”…、。〈〉《》「」『』【】〔〕￥"
_ASCII = range(0x21, 0x7F)
_FULL_WIDTH = range(0xFF01, 0xFF5F)


class PieceTokens:
    """Tokenises many texts as ``tokenize`` does them one by one; ``fold`` is the tokenizer's own normalisation."""

    def __init__(
        self,
        tokenize: Callable[[Sequence[str]], list[list[int]]],
        fold: Callable[[str], str],
        vocabulary: Sequence[str],
    ) -> None:
        self._tokenize = tokenize
        self._fold = fold
        self._vocabulary = vocabulary
        self._known: dict[str, list[int]] = {}

    @property
    def is_ready(self) -> bool:
        """Whether the table of characters is there, which takes 60 ms to make."""
        return "_characters" in self.__dict__

    def tokens(self, texts: Sequence[str]) -> tuple[TokenIds, Counts]:
        """Return the token ids of all texts in a row, and how many each text has.

        What stands above a text's last line, as its headings do, is tokenised once for all texts that have the same.
        """
        heads: dict[str, int] = {}
        parts = [text.rpartition("\n") for text in texts]
        above = np.array([heads.setdefault(head, len(heads)) for head, _, _ in parts], np.int64)
        flat, sizes = self._tokens([*heads, *(line for _, _, line in parts)])
        runs = np.column_stack((above, len(heads) + np.arange(len(texts)))).ravel()
        places = _places((np.cumsum(sizes) - sizes)[runs], sizes[runs])
        return flat[places], sizes[above] + sizes[len(heads) :]

    def _tokens(self, texts: Sequence[str]) -> tuple[TokenIds, Counts]:
        text = "".join(texts)
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
        starts = np.append(0, ends[:-1])
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = np.append(np.minimum(codes, np.uint32(_TABLE - 1)), np.zeros(2, np.uint32))
        kinds = self._kinds[codes[:-2]]
        # A text with characters of other kinds is one piece.
        whole = np.unique(np.searchsorted(ends, np.flatnonzero(kinds == _OTHER), side="right"))
        cuts = np.flatnonzero(self._cuts(codes[:-2], kinds, starts))
        stops = np.append(cuts[1:], len(text))[: len(cuts)]
        owners = np.searchsorted(ends, cuts, side="right")
        taken = (kinds[cuts] != _MARK) & ~np.isin(owners, whole)
        begins, stops = np.append(cuts[taken], starts[whole]), np.append(stops[taken], ends[whole])
        owners = np.append(owners[taken], whole)
        order = np.argsort(begins, kind="stable")
        begins, stops, owners = begins[order], stops[order], owners[order]
        first, same = _distinct(self._keys(codes, kinds, begins, stops))
        flat, sizes = self._look_up([text[a:b] for a, b in zip(begins[first], stops[first], strict=True)])
        offsets, sizes = (np.cumsum(sizes) - sizes)[same], sizes[same]
        return flat[_places(offsets, sizes)], np.bincount(owners, sizes, len(texts)).astype(np.int64)

    def _look_up(self, pieces: Sequence[str]) -> tuple[TokenIds, Counts]:
        """Return the token ids of pieces in a row, and how many each has."""
        known = self._known
        new = [piece for piece in pieces if piece not in known]
        fresh = dict(zip(new, self._tokenize(new), strict=True)) if new else {}
        found = [fresh[piece] if piece in fresh else known[piece] for piece in pieces]
        # Other threads may look into the same one meanwhile: it is left behind, never emptied.
        kept = known if len(known) < _MOST else {}
        kept.update((piece, tokens) for piece, tokens in fresh.items() if len(piece) <= _LONGEST)
        self._known = kept
        sizes = np.fromiter(map(len, found), np.int64, len(found))
        return np.fromiter(chain.from_iterable(found), np.int32, int(sizes.sum())), sizes

    def _cuts(self, codes: Codes, kinds: Kinds, starts: Counts) -> npt.NDArray[np.bool_]:
        """Return whether a piece begins at a character."""
        folded = self._folded[codes]
        cuts = np.ones(len(codes), bool)
        joined = self._inside[_place(folded[:-1], folded[1:])] | (kinds[1:] != _HAN)
        cuts[1:] = (kinds[1:] != kinds[:-1]) | ~joined
        cuts[starts[starts < len(codes)]] = True
        return cuts

    def _keys(self, codes: Codes, kinds: Kinds, begins: Counts, stops: Counts) -> Counts:
        """Return a number for each piece, the same for the same short piece; a long one has one of its own."""
        keys = np.zeros(len(begins), np.int64)
        lengths = stops - begins
        for place in range(_SHORT):
            keys |= np.where(lengths > place, codes[begins + place].astype(np.int64), 0) << (16 * place)
        long = (lengths > _SHORT) | (kinds[begins] != _HAN)
        keys[long] = -1 - np.flatnonzero(long)
        return keys

    @cached_property
    def _characters(self) -> tuple[Kinds, Codes]:
        """The kind of each character, and what it is folded to."""
        kinds, folded = np.zeros(_TABLE, np.uint8), np.zeros(_TABLE, np.uint32)
        simple = [*map(chr, (*_HAN_CHARACTERS, *_ASCII, *_FULL_WIDTH)), *_MARKS]
        for char in simple:
            whole = self._fold(char)
            kind = _kind(whole)
            if kind != _OTHER:
                kinds[ord(char)] = kind
                folded[ord(char)] = ord(whole) if len(whole) == 1 else 0
        return kinds, folded

    @cached_property
    def _kinds(self) -> Kinds:
        return self._characters[0]

    @cached_property
    def _folded(self) -> Codes:
        return self._characters[1]

    @cached_property
    def _inside(self) -> npt.NDArray[np.bool_]:
        """Whether two characters may stand side by side in a word: never wrong where it says no."""
        codes = np.frombuffer("\n".join(self._vocabulary).encode("utf-32-le", "surrogatepass"), np.uint32)
        inside = np.zeros(_PLACES, bool)
        inside[_place(codes[:-1], codes[1:])] = True
        return inside


def _distinct(keys: Counts) -> tuple[Counts, Counts]:
    """Return where one of each distinct key stands, and of each key which of these is the same.

    ``numpy.unique`` would look for the first one, in three times the time.
    """
    order = np.argsort(keys)
    ordered = keys[order]
    news = np.append(True, ordered[1:] != ordered[:-1])[: len(keys)]
    same = np.empty(len(keys), np.int64)
    same[order] = np.cumsum(news) - 1
    return order[news], same


def _places(begins: Counts, sizes: Counts) -> Counts:
    """Return the places of runs that begin at ``begins``, one run after the other."""
    places: Counts = np.repeat(begins - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
    return places


def _place(one: Codes, other: Codes) -> npt.NDArray[np.uint32]:
    place: npt.NDArray[np.uint32] = (one * np.uint32(0x10001) + other) * _SPREAD >> np.uint32(10)
    return place


def _kind(folded: str) -> int:
    """Return what a folded character is; ``_OTHER`` where it is no single letter, nor marks alone."""
    if folded and all(unicodedata.category(char)[0] in "PSZC" for char in folded):
        return _MARK
    if len(folded) != 1:
        return _OTHER
    if ord(folded) in _HAN_CHARACTERS:
        return _HAN
    if folded.isascii() and folded.isdigit():
        return _DIGIT
    return _LETTER if folded.isascii() and folded.islower() else _OTHER
