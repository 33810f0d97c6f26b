"""Every place where a term stands in the documents' text, counted exactly.

No index takes part here (``counting`` has one): one regular expression, in which each character stands for all that
fold to it, runs over the text as it was written. That is a fifteenth of the time that folding the text would take.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise

from bot.documents.passages import split_sentences
from bot.language.folding import HIDDEN, fold, fold_each, fold_plain, is_wide
from bot.language.synonyms import bounded
from bot.storage.database import damaged
from bot.structure.places import Load
from bot.types import Citation, Document, FileCount, Language, QuestionError, TermCount, Text

MOST_PLACES = 200
"""Places that are kept, and so shown, of those that are counted."""
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""Characters that few texts hold; classes with them in (𝐜 folds to c) take a dozen times as long to look for."""
_Finder = tuple[re.Pattern[str], re.Pattern[str] | None]
"""A word's expression, and one that its places must match too."""
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
    Where other words for the term were looked for too, all are counted; ``same`` are those of them that stand there.
    What is not seen (a zero-width space, a soft hyphen) is not there, nor is a line's end within a paragraph.
    """

    term: str
    total: int
    searched: int
    documents: tuple[FileCount, ...]
    places: tuple[Occurrence, ...]
    same: tuple[str, ...] = ()


def occurrences(
    terms: Sequence[str],
    texts: Iterable[Text],
    limit: int = MOST_PLACES,
    also: Callable[[str], Sequence[str]] = lambda term: (),
    load: Load | None = None,
) -> list[Occurrences]:
    """Find each of ``terms`` in ``texts``, reading these once; at most ``limit`` places of each are kept, all counted.

    ``also`` gives other words for a term, which count where they are no part of a longer one.
    ``load`` gives a document by its id: it says whether a line's end is within a paragraph. Without it none is.

    Raises:
        QuestionError: a term is empty.
    """
    others = [{fold(other): other for other in also(term)} for term in terms]
    finders = [
        (_finders(term, same), _finders(term, same, plain=True)) for term, same in zip(terms, others, strict=True)
    ]
    said: list[set[str]] = [set() for _ in terms]
    counts: list[list[FileCount]] = [[] for _ in terms]
    places: list[list[Occurrence]] = [[] for _ in terms]
    searched = 0
    for given in texts:
        searched += 1
        plain = _BEYOND.search(given.text) is None
        for term, both, counted, kept, same, met in zip(terms, finders, counts, places, others, said, strict=True):
            total = 0
            for start, end in _spans(both[plain], given.text):
                wrapped = "\n" in given.text[start:end] and "\n" not in term
                if wrapped and not (load and _is_in_one(load(given.document_id), start, end)):
                    continue
                total += 1
                if same:
                    met.add(fold_plain(given.text[start:end]))
                if len(kept) < limit:
                    kept.append(Occurrence(given.document_id, start, end))
            if total:
                counted.append(FileCount(given.document_id, given.source, total))
    return [
        Occurrences(
            term,
            sum(count.total for count in counted),
            searched,
            tuple(counted),
            tuple(kept),
            tuple(other for folded, other in same.items() if folded in met),
        )
        for term, counted, kept, same, met in zip(terms, counts, places, others, said, strict=True)
    ]


def term_count(found: Occurrences, named: int = 0) -> TermCount:
    """Return the numbers of a term's occurrences, for an answer that shows its places and names ``named`` files."""
    shown = len(found.places) if named else 0
    return TermCount(
        found.term, found.total, len(found.documents), found.searched, shown, found.documents[:named], found.same
    )


def in_words(found: Occurrences, language: Language) -> str:
    """Return a term in quotation marks, with the other words for it that were counted."""
    if not found.same:
        return f"“{found.term}”"
    if language == "zh":
        return f"“{found.term}”（含{'、'.join(f'“{other}”' for other in found.same)}）"
    return f"“{found.term}” (with {', '.join(f'“{other}”' for other in found.same)})"


def cite_places(found: Occurrences, document: Callable[[str], Document]) -> tuple[Citation, ...]:
    """Number, from 1, the sentences that hold the kept places, each sentence once; order as in ``found``.

    A place that runs over a sentence's end is quoted with the sentences on both sides. ``document`` gives a document
    by its id.

    Raises:
        StoreError: a document no longer holds the term where it was found.
    """
    said = tuple(map(fold, (found.term, *found.same)))
    citations: list[Citation] = []
    for document_id, group in groupby(found.places, key=lambda place: place.document_id):
        whole = document(document_id)
        for start, end, paragraph in _sentences(whole, group):
            quote = whole.text[start:end]
            if not any(term in fold_plain(quote) for term in said):
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


def _finders(term: str, others: Iterable[str], *, plain: bool = False) -> list[_Finder]:
    """Return what finds a term, and other words for it where they are no part of a longer word.

    ``plain``: in a text without characters ``_BEYOND``. One expression for all would take several times as long, and so
    would one that looks at what stands before each place.
    """
    folded = fold(term)
    if not folded:
        raise QuestionError("There is no term to look for: type one.", "没有要查找的词：请输入。")
    written = {word: _form(word, plain) for word in (folded, *others)}
    return [
        (re.compile(form), None if word == folded else re.compile(bounded(word, form)))
        for word, form in written.items()
    ]


def _spans(finders: Sequence[_Finder], text: str) -> Iterator[tuple[int, int]]:
    """Yield the places in order, the longest of those that begin together; none overlaps the one before."""
    found = [
        match.span()
        for pattern, exact in finders
        for match in pattern.finditer(text)
        if exact is None or exact.match(text, match.start())
    ]
    if len(finders) > 1:
        found.sort(key=lambda span: (span[0], -span[1]))
    last = 0
    for start, end in found:
        if start >= last:
            last = end
            yield start, end


def _is_in_one(document: Document, start: int, end: int) -> bool:
    """Tell whether a span stands within one paragraph."""
    number = bisect_right(document.paragraphs, start, key=lambda paragraph: paragraph.start) - 1
    return number >= 0 and end <= document.paragraphs[number].end


def _form(folded: str, plain: bool) -> str:
    """Return an expression for all that folds to ``folded``; ``plain``: in a text without characters ``_BEYOND``."""
    pieces = [_class(folded[0], plain)]
    for before, char in pairwise(folded):
        wrapped = is_wide(before) and is_wide(char)
        same = _class(char, plain)
        pieces += [_UNSEEN, _WRAPPED * wrapped, f"(?:{same}|{_WRAPPED_SPACE})" if char == " " else same]
    return "".join(pieces)


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
    every = [chr(code) for code in (*range(0xD800), *range(0xE000, _LAST_FOLDED)) if code != ord("\n")]
    variants: dict[str, str] = {}
    for char, folded in zip(every, fold_each(every), strict=True):
        if char != folded:
            variants[folded] = variants.get(folded, "") + char
    return variants
