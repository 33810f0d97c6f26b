"""From paragraphs to sentences and to passages; every span counts code points of the document's text."""

import re
from collections.abc import Iterator, Sequence

from bot.language.folding import plain
from bot.types import Document, Passage

LONGEST_SENTENCE = 300
"""A sentence with no end within this many characters is cut at a comma, else at a space, else hard."""

_LONG = 200
"""A sentence longer than this ends at its semicolons too; a shorter one is left whole, for an answer often is."""

_CLOSERS = "”’」』）】》〉〕\"'）)\\]"
# A quotation or parenthesis that closes soon is one piece: ends inside it do not split. A western end counts only
# before white space, Chinese text or the paragraph's end, so that addresses, code and 3.14 stay whole.
_TOKEN = re.compile(
    rf"""
      (?:“[^“”]{{1,60}}”|「[^「」]{{1,60}}」|『[^『』]{{1,60}}』|（[^（）]{{1,60}}）|《[^《》]{{1,60}}》)
    | [。！？｡…]+[{_CLOSERS}]*
    | (?<![.!?])[.!?]+[{_CLOSERS}]*(?=\s|\Z|[\u2e80-\uffef])
    """,
    re.VERBOSE,
)
_CLAUSE = re.compile(rf"[^；;]*[；;]+[{_CLOSERS}]*|[^；;]+")
_QUOTED_END = re.compile(r"[。！？!?….][”」』]\Z")
# After a closing quote these carry the sentence on: “为什么？”的问题.
_CLOSED = re.compile(r"(?![，、,：:；;。的等之])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘'])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Inc|Ltd|Co|Corp|No|Nos|Art|Arts|Sec|Ch"
    r"|Fig|Figs|Eq|Vol|vol|pp|ed|eds|etc|vs|cf|al|approx|[Ee]xt|[Tt]el|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\Z"
)
_LIST_NUMBER = re.compile(r"[(（]?[\dA-Za-z]{1,3}(?:\.\d{1,3})*\Z")
_INLINE_NUMBER = re.compile(r"[：:；;]\s*[(（]?\d{1,2}\Z")
"""Numbers an item within a sentence: "应当提交：1. 审批单；2. 票据"."""
_NEXT_STARTS = re.compile(r"\s*(?:\Z|[\"'“‘(\[（]*[A-Z\d\u2e80-\uffef])")
_WORD = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s*")
_CUTS = ("，", ",", "、", "：", " ", "\u3000")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences of ``text[start:end]``, which lies within one paragraph.

    The spans are in order, trimmed, never empty, and cover all that is not white space. A closing quote or bracket
    stays with its sentence; a semicolon ends a part of a long one, because evidence should be short.
    """
    return _sentences(text, start, end, LONGEST_SENTENCE)


def split_passages(document: Document, limit: int = 300) -> list[Passage]:
    """Return what is searched of a document, headings included.

    A paragraph of up to ``limit`` characters is one passage; a longer one is cut at sentence ends into runs of at
    most ``limit``, of about the same length. Lines without a letter or digit (rules, fences) give none.
    """
    text = document.text
    passages: list[Passage] = []
    for paragraph in document.paragraphs:
        spans = [(paragraph.start, paragraph.end)]
        if paragraph.end - paragraph.start > limit:
            spans = _runs(_sentences(text, paragraph.start, paragraph.end, min(limit, LONGEST_SENTENCE)), limit)
        passages.extend(
            Passage(paragraph.index, start, end, paragraph.section, text[start:end])
            for start, end in spans
            if _WORD.search(text, start, end)
        )
    return passages


def indexed_text(title: str, section: Sequence[str], text: str) -> str:
    """Return what is indexed for a passage: its context, then its text as it is read, a line each."""
    return "\n".join((title, *section, plain(text)))


def _sentences(text: str, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    """Split at sentence ends; join pieces without a word to the one before; cut what is longer than ``longest``."""
    pieces: list[tuple[int, int]] = []
    for piece_start, piece_end in _pieces(text, start, end):
        if pieces and not _WORD.search(text, piece_start, piece_end):
            pieces[-1] = pieces[-1][0], piece_end
        else:
            pieces.append((piece_start, piece_end))
    spans: list[tuple[int, int]] = []
    for piece_start, piece_end in pieces:
        if piece_end - piece_start <= min(_LONG, longest):
            spans.append((piece_start, piece_end))
            continue
        for clause in _CLAUSE.finditer(text, piece_start, piece_end):
            if span := _trim(text, *clause.span()):
                spans.extend(_cut(text, *span, longest))
    return spans


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the trimmed, non-empty spans between sentence ends."""
    begin = start
    for token in _TOKEN.finditer(text, start, end):
        if _ends_sentence(text, begin, token, end):
            stop = token.end()
            if text[stop - 1] == '"' and text.count('"', begin, stop) % 2:
                stop -= 1  # A straight quote that opens the next sentence.
            if span := _trim(text, begin, stop):
                yield span
            begin = _after_space(text, stop, end)
    if span := _trim(text, begin, end):
        yield span


def _ends_sentence(text: str, begin: int, token: re.Match[str], end: int) -> bool:
    """Tell whether a token ends the sentence that began at ``begin``."""
    first, last = token[0][0], token.end()
    if first in "“「『（《":
        if first in "（《" or not _QUOTED_END.search(text, last - 2, last):
            return False
        return (_NEXT_STARTS if text[last - 2] == "." else _CLOSED).match(text, last, end) is not None
    if first == ".":
        head = text[max(begin, token.start() - 12) : token.start()]
        numbers = _LIST_NUMBER.match(text, begin, token.start()) or _INLINE_NUMBER.search(head)
        if len(token[0]) == 1 and (numbers or _ABBREVIATION.search(head)):
            return False
        return _NEXT_STARTS.match(text, last, end) is not None
    return token[0][-1] in "。！？｡….!?" or _CLOSED.match(text, last, end) is not None


def _after_space(text: str, start: int, end: int) -> int:
    blank = _SPACE.match(text, start, end)
    return blank.end() if blank else start


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Leave white space out at both ends; None where nothing else is there."""
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(bare)


def _cut(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """Cut a span into trimmed ones of at most ``longest`` characters, after the last comma or space that fits."""
    while end - start > longest:
        window = text[start : start + longest]
        at = next((k + 1 for mark in _CUTS if (k := window.rfind(mark)) >= longest // 3), longest)
        if span := _trim(text, start, start + at):
            yield span
        start = _after_space(text, start + at, end)
    if span := _trim(text, start, end):
        yield span


def _runs(sentences: list[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
    """Join consecutive sentences into runs of at most ``limit`` characters, aiming at parts of equal length."""
    runs: list[tuple[int, int]] = []
    last = sentences[-1][1]
    i = 0
    while i < len(sentences):
        start, end = sentences[i]
        target = (last - start) / -(-(last - start) // limit)
        i += 1
        while i < len(sentences):
            longer = sentences[i][1]
            if longer - start > limit or longer - start - target > target - (end - start):
                break
            end = longer
            i += 1
        runs.append((start, end))
    return runs
