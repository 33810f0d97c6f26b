"""The words that say what a question is about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.language.folding import fold, is_han
from bot.language.lexicon import ENGLISH_GENERAL
from bot.language.numerals import NUMBER
from bot.language.synonyms import bounded
from bot.question.light_words import EMPTY
from bot.question.query import Query

_MOST = 12
_WHOLE = 4
"""A run of Han characters up to this long is a term; a longer one is cut into words."""
_SPLIT = re.compile(
    r"什么|[的了吗呢是吧啊]|关于|根据|按照|通过|进行|以及|有关|相关|规定|提到|提出|指出|强调|说到|讲到|包括|分别|具体|主要"
    r"|属于|位于|需要|应当"
)
JOINING = frozenset("和与及或在对于从把被将为让使给向到由以就都也还要会能可应该其之有着么")
"""Words of one character that no document is about; as parts of longer words they stay."""
_TELLS_NOTHING = frozenset(
    (
        *("have", "has", "had", "been", "there", "any", "some", "than", "then", "into", "over", "their", "they", "we"),
        *("you", "he", "she", "or", "not", "no", "if", "so", "say", "said", "says", "mention", "mentions", "mentioned"),
    )
)
ORDINAL = re.compile(rf"第{NUMBER}(?:[编章节条款项](?:之{NUMBER})?|部分)")
"""A place in a law is one word, whatever stands around it: 港口法|第九条."""
_BOUND = "-/.·_&+"
"""Between two words of Latin script or numbers these make one name of them: ZX-17."""


class Vocabulary(Protocol):
    """Words that a text is cut into."""

    def tokenize(self, texts: Sequence[str]) -> list[npt.NDArray[np.int32]]:
        """Return the word ids of each text."""

    @property
    def words(self) -> Sequence[str]:
        """The vocabulary, by word id."""


def content_words(query: Query, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words that say what a question is about, as typed and in order, quoted or not.

    Long runs of Han characters are cut into words of ``vocabulary``. At most 12, none twice; a question of nothing but
    interrogatives has none.
    """
    spans = _with_terms(query, _spans(query, vocabulary))
    # One character ("多少年") says something only where nothing else does.
    longer = [span for span in spans if span[1] - span[0] > 1]
    return distinct(query.text[start:end] for start, end in longer or spans)


def distinct(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return at most 12 of the phrases, as first written, none of them again in another width, case or script.

    One that stands several times has the place of the last.
    """
    last = {fold(phrase): phrase for phrase in reversed(list(phrases))}
    return tuple(reversed(last.values()))[:_MOST]


def _spans(query: Query, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Return the words' spans in the question; its ``content`` was cut from ``folded`` from left to right."""
    folded = query.folded
    spans: list[tuple[int, int]] = []
    at = 0
    for run in query.content.split():
        start = folded.index(run, at)
        at = start + len(run)
        if is_han(run):
            for piece in _SPLIT.split(run):
                for word in _words(piece, vocabulary):
                    begin = folded.index(word, start)
                    start = begin + len(word)
                    spans.append((begin, start))
        elif spans and start == spans[-1][1] + 1 and folded[start - 1] in _BOUND:
            spans[-1] = spans[-1][0], at
        elif run not in _TELLS_NOTHING:
            spans.append((start, at))
    return spans


def _with_terms(query: Query, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the words' spans with amounts and terms that have synonyms as words of their own, however they are cut."""
    for synonym in query.synonyms + query.spellings:
        for match in re.finditer(bounded(fold(synonym.term)), query.folded):
            start, end = match.span()
            left = [(a, min(b, start)) for a, b in spans if a < start]
            right = [(max(a, end), b) for a, b in spans if b > end]
            spans = [*left, (start, end), *right]
    return spans


def _words(piece: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Cut a run of Han characters where a joining word stands, and what is still long into the vocabulary's words."""
    if ordinal := ORDINAL.search(piece):
        yield from _words(piece[: ordinal.start()], vocabulary)
        yield ordinal[0]
        yield from _words(piece[ordinal.end() :], vocabulary)
        return
    group: list[str] = []
    for token in (*tokens(piece, vocabulary), ""):
        if token and token not in JOINING:
            group.append(token)
            continue
        if len("".join(group)) <= _WHOLE:
            group = ["".join(group)]
        elif len(group[-1]) == 1:  # a suffix: 替代|率
            group[-2:] = ["".join(group[-2:])]
        yield from (word for word in group if word)
        group = []


def tells_nothing(word: str) -> bool:
    """Tell whether a folded word of Latin script says nothing of what a question is about."""
    return word in _TELLS_NOTHING or word in ENGLISH_GENERAL or EMPTY.fullmatch(word) is not None


def tokens(piece: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the words of the vocabulary in ``piece``, in order, and what stands between them."""
    if not piece:
        return
    at = 0
    for number in vocabulary.tokenize([piece])[0]:
        word = vocabulary.words[int(number)].lstrip("▁")
        start = piece.find(word, at) if word else -1
        if start < 0:
            continue
        if start > at:
            yield piece[at:start]
        yield word
        at = start + len(word)
    if at < len(piece):
        yield piece[at:]
