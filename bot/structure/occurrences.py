"""Every place where a term stands in the documents' text, counted exactly.

No index takes part: one regular expression, in which each character stands for all that fold to it, runs over the text
as it was written. That is a fifteenth of the time that folding the text would take, it is up to date with the store,
and it finds what no index holds: punctuation, part of a word, a term that runs over from one passage into the next.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise

from bot.documents.passages import split_sentences
from bot.language.folding import HIDDEN, fold, fold_plain, is_wide
from bot.storage.database import damaged
from bot.structure.places import Load
from bot.types import Citation, Document, FileCount, QuestionError, TermCount, Text

MOST_PLACES = 200
"""Places that are kept, and so shown, of those that are counted."""
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""Characters that few texts hold; classes with them in (𝐜 folds to c) take a dozen times as long to look for."""
_UNSEEN = f"[{HIDDEN}]*"
_WRAPPED_SPACE = r"[ \t]*\n\s*"
_WRAPPED = f"(?:{_WRAPPED_SPACE})?"
_LAST_FOLDED = 0x30000
"""No character from here on has another width, case or simplified form."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence, by its span in the document's text."""

    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Occurrences:
    """How often ``term`` stands in ``searched`` documents, in which of them, and the first of the places.

    ``total`` is the sum over the documents of ``fold(text).count(fold(term))``: width, case and traditional
    characters do not matter, places do not overlap, and a part of a longer word counts, as in any editor's search.
    What is not seen (a zero-width space, a soft hyphen) is not there, nor is a line's end within a paragraph.
    """

    term: str
    total: int
    searched: int
    documents: tuple[FileCount, ...]
    places: tuple[Occurrence, ...]


def occurrences(
    terms: Sequence[str], texts: Iterable[Text], limit: int = MOST_PLACES, load: Load | None = None
) -> list[Occurrences]:
    """Find each of ``terms`` in ``texts``, reading these once; at most ``limit`` places of each are kept, all counted.

    ``load`` gives a document by its id: it says whether a line's end is within a paragraph. Without it none is.

    Raises:
        QuestionError: a term is empty.
    """
    patterns = [(_pattern(fold(term)), _pattern(fold(term), plain=True)) for term in terms]
    counts: list[list[FileCount]] = [[] for _ in terms]
    places: list[list[Occurrence]] = [[] for _ in terms]
    searched = 0
    for given in texts:
        searched += 1
        plain = _BEYOND.search(given.text) is None
        for term, both, counted, kept in zip(terms, patterns, counts, places, strict=True):
            total = 0
            for match in both[plain].finditer(given.text):
                wrapped = "\n" in match[0] and "\n" not in term
                if wrapped and not (load and _is_in_one(load(given.document_id), *match.span())):
                    continue
                total += 1
                if len(kept) < limit:
                    kept.append(Occurrence(given.document_id, *match.span()))
            if total:
                counted.append(FileCount(given.document_id, given.source, total))
    return [
        Occurrences(term, sum(count.total for count in counted), searched, tuple(counted), tuple(kept))
        for term, counted, kept in zip(terms, counts, places, strict=True)
    ]


def term_count(found: Occurrences, named: int = 0) -> TermCount:
    """Return the numbers of a term's occurrences, for an answer that shows its places and names ``named`` files."""
    shown = len(found.places) if named else 0
    return TermCount(found.term, found.total, len(found.documents), found.searched, shown, found.documents[:named])


def cite_places(found: Occurrences, document: Callable[[str], Document]) -> tuple[Citation, ...]:
    """Number, from 1, the sentences that hold the kept places, each sentence once; order as in ``found``.

    A place that runs over a sentence's end is quoted with the sentences on both sides. ``document`` gives a document
    by its id.

    Raises:
        StoreError: a document no longer holds the term where it was found.
    """
    folded = fold(found.term)
    citations: list[Citation] = []
    for document_id, group in groupby(found.places, key=lambda place: place.document_id):
        whole = document(document_id)
        for start, end, paragraph in _sentences(whole, group):
            quote = whole.text[start:end]
            if folded not in fold_plain(quote):
                raise damaged(whole.source)
            place = whole.paragraphs[paragraph]
            number = len(citations) + 1
            citations.append(
                Citation(number, document_id, whole.source, whole.title, place.section, place.index, start, end, quote)
            )
    return tuple(citations)


def _sentences(document: Document, places: Iterable[Occurrence]) -> Iterator[tuple[int, int, int]]:
    """Yield the span and the paragraph of each piece of text that holds a place, in order, none twice."""
    starts = [paragraph.start for paragraph in document.paragraphs]
    split = lru_cache(maxsize=1)(split_sentences)  # places come in order, often several to a paragraph
    piece: tuple[int, int, int] | None = None
    for place in places:
        number = max(0, bisect_right(starts, place.start) - 1)
        paragraph = document.paragraphs[number]
        spans = split(document.text, paragraph.start, paragraph.end)
        held = [span for span in spans if span[0] < place.end and place.start < span[1]] or [(place.start, place.end)]
        start, end = min(place.start, held[0][0]), max(place.end, held[-1][1])
        if piece is not None and start < piece[1]:
            piece = piece[0], max(end, piece[1]), piece[2]
            continue
        if piece is not None:
            yield piece
        piece = start, end, number
    if piece is not None:
        yield piece


def _is_in_one(document: Document, start: int, end: int) -> bool:
    """Tell whether a span stands within one paragraph."""
    number = bisect_right(document.paragraphs, start, key=lambda paragraph: paragraph.start) - 1
    return number >= 0 and end <= document.paragraphs[number].end


def _pattern(folded: str, *, plain: bool = False) -> re.Pattern[str]:
    """Return an expression for all that folds to ``folded``; ``plain``: in a text without characters ``_BEYOND``."""
    if not folded:
        raise QuestionError("There is no term to look for: type one.", "没有要查找的词：请输入。")
    pieces = [_class(folded[0], plain)]
    for before, char in pairwise(folded):
        wrapped = is_wide(before) and is_wide(char)
        same = _class(char, plain)
        pieces += [_UNSEEN, _WRAPPED * wrapped, f"(?:{same}|{_WRAPPED_SPACE})" if char == " " else same]
    return re.compile("".join(pieces))


def _class(char: str, plain: bool) -> str:
    """Return an expression for every character that folds to ``char``."""
    same = _variants().get(char, "") + (char if fold(char) == char else "")
    if plain:
        same = _BEYOND.sub("", same)
    if not same:
        return "(?!)"
    return re.escape(same) if len(same) == 1 else f"[{re.escape(same)}]"


@cache
def _variants() -> dict[str, str]:
    """Map a folded character to the other characters that fold to it."""
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, _LAST_FOLDED))))
    variants: dict[str, str] = {}
    for char, folded in zip(every, fold(every), strict=True):
        if char != folded:
            variants[folded] = variants.get(folded, "") + char
    return variants
