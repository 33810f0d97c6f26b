"""What a refusal can prove: how often the documents say what the question is about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers.every_place import quoted_phrases
from bot.evidence.soft import WordVectors
from bot.language.folding import fold, is_han
from bot.language.languages import language_of
from bot.language.numerals import NUMBER
from bot.question.reading import Question
from bot.structure.occurrences import Occurrences, occurrences
from bot.types import Answer, Hit, Language, Text

_MOST_TERMS = 3
_MOST_LOOKED_FOR = 12
_WHOLE = 4
"""A run of Han characters up to this long is a term; a longer one is cut into words."""
_SPLIT = re.compile(
    r"什么|[的了吗呢是吧啊]|关于|根据|按照|通过|进行|以及|有关|相关|规定|提到|提出|指出|强调|说到|讲到|包括|分别|具体|主要"
    r"|属于|位于|需要|应当"
)
_JOINING = frozenset("和与及或在对于从把被将为让使给向到由以就都也还要会能可应该其之有着么")
"""Words of one character that no document is about; as parts of longer words they stay."""
_TELLS_NOTHING = frozenset(
    (
        *("have", "has", "had", "been", "there", "any", "some", "than", "then", "into", "over", "their", "they", "we"),
        *("you", "he", "she", "or", "not", "no", "if", "so", "say", "said", "says", "mention", "mentions", "mentioned"),
    )
)
_ORDINAL = re.compile(rf"第{NUMBER}(?:[编章节条款项](?:之{NUMBER})?|部分)")
"""A place in a law is one word, whatever stands around it: 港口法|第九条."""
_BOUND = "-/.·_&+"
"""Between two words of Latin script or numbers these make one name of them: ZX-17."""


def looked_for(question: Question, words: WordVectors) -> list[str]:
    """Return the terms that a question is about, as typed: its quoted phrases, else its content words in order.

    ``words`` gives the vocabulary that long runs of Han characters are cut by. At most 12, none twice; a question
    of nothing but interrogatives has none.
    """
    text = question.text
    phrases = [text[start:end] for start, end in quoted_phrases(text)]
    if not phrases:
        return content_words(question, words)
    return _distinct(phrases)


def content_words(question: Question, words: WordVectors) -> list[str]:
    """Return the words that say what a question is about, as typed and in order, quoted or not: ``looked_for``."""
    return _distinct(_content_words(question, words))


def prove_absence(
    refusal: Answer, asked: Question, texts: Iterable[Text], words: WordVectors, *, scoped: bool
) -> Answer:
    """Add the line of ``absence_line`` to a refusal's text; ``texts`` are the documents that it speaks of."""
    found = occurrences(looked_for(asked, words), texts)
    nearest = refusal.nearest[0] if refusal.nearest else None
    line = absence_line(found, nearest, language_of(refusal.question), scoped=scoped)
    return replace(refusal, text=f"{refusal.text}\n{line}") if line else refusal


def absence_line(found: Sequence[Occurrences], nearest: Hit | None, language: Language, *, scoped: bool) -> str:
    """Say how often the rarest of the terms occur, at most three of them, and what came closest.

    Args:
        found: the terms of ``looked_for``, searched in the same documents.
        nearest: the best passage, if any.
        language: to speak in.
        scoped: the documents were chosen by the asker, and are not all there are.

    Returns:
        The line, or "" where there was no term or no document to search.
    """
    if not found or not found[0].searched:
        return ""
    rarest = sorted(found, key=lambda f: (f.total, -len(f.term)))[:_MOST_TERMS]
    absent = [f for f in rarest if not f.total]
    present = [f for f in rarest if f.total]
    said = (_chinese if language == "zh" else _english)(absent, present, found[0].searched, scoped)
    if nearest is None:
        return f"{said}。" if language == "zh" else f"{said}."
    place = " › ".join((nearest.title, *nearest.section))
    return f"{said}；最接近的是《{place}》。" if language == "zh" else f"{said}; the closest is in “{place}”."


def _chinese(absent: Sequence[Occurrences], present: Sequence[Occurrences], searched: int, scoped: bool) -> str:
    where = f"{'所选' if scoped else '全部'} {searched} 个文件中"
    counts = "，".join(f"“{f.term}”出现 {f.total} 次" for f in present)
    if not present:
        return where + "，".join(f"“{f.term}”出现 0 次" for f in absent)
    if not absent:
        return f"{where}{counts}，但没有一处能回答这个问题"
    return f"{where}{counts}，但没有说到{'、'.join(f'“{f.term}”' for f in absent)}（0 次）"


def _english(absent: Sequence[Occurrences], present: Sequence[Occurrences], searched: int, scoped: bool) -> str:
    where = f"In {'the' if scoped else 'all'} {searched} {'chosen ' if scoped else ''}file{'s' * (searched != 1)}"
    counts = ", ".join(f"“{f.term}” occurs {f.total} time{'s' * (f.total != 1)}" for f in present)
    none = ", ".join(f"“{f.term}” occurs 0 times" for f in absent)
    if not present:
        return f"{where}, {none}"
    return f"{where}, {counts}, but {none or 'no place answers this question'}"


def _distinct(phrases: Sequence[str]) -> list[str]:
    distinct = {fold(phrase): phrase for phrase in reversed(phrases)}
    return list(reversed(distinct.values()))[:_MOST_LOOKED_FOR]


def _content_words(question: Question, words: WordVectors) -> list[str]:
    """Return the content words of a question as typed; its ``content`` was cut from ``folded`` from left to right."""
    folded = question.folded
    spans: list[tuple[int, int]] = []
    at = 0
    for run in question.content.split():
        start = folded.index(run, at)
        at = start + len(run)
        if is_han(run):
            for piece in _SPLIT.split(run):
                for word in _words(piece, words):
                    begin = folded.index(word, start)
                    start = begin + len(word)
                    spans.append((begin, start))
        elif spans and start == spans[-1][1] + 1 and folded[start - 1] in _BOUND:
            spans[-1] = spans[-1][0], at
        elif run not in _TELLS_NOTHING:
            spans.append((start, at))
    # One character ("多少年") says something only where nothing else does.
    longer = [span for span in spans if span[1] - span[0] > 1]
    return [question.text[start:end] for start, end in longer or spans]


def _words(piece: str, words: WordVectors) -> Iterator[str]:
    """Cut a run of Han characters where a joining word stands, and what is still long into the vocabulary's words."""
    if ordinal := _ORDINAL.search(piece):
        yield from _words(piece[: ordinal.start()], words)
        yield ordinal[0]
        yield from _words(piece[ordinal.end() :], words)
        return
    group: list[str] = []
    for token in (*_tokens(piece, words), ""):
        if token and token not in _JOINING:
            group.append(token)
            continue
        if len("".join(group)) <= _WHOLE:
            group = ["".join(group)]
        elif len(group[-1]) == 1:  # a suffix: 替代|率
            group[-2:] = ["".join(group[-2:])]
        yield from (word for word in group if word)
        group = []


def _tokens(piece: str, words: WordVectors) -> Iterator[str]:
    """Yield the words of the vocabulary in ``piece``, in order, and what stands between them."""
    at = 0
    for number in words.tokenize([piece])[0]:
        word = words.words[int(number)].lstrip("▁")
        found = piece.find(word, at) if word else -1
        if found < 0:
            continue
        if found > at:
            yield piece[at:found]
        yield word
        at = found + len(word)
    if at < len(piece):
        yield piece[at:]
