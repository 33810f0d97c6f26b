"""The terms of a question as a person would cut them: only of these may be said that they occur nowhere.

A run of Chinese is cut into words of a vocabulary; words that belong together make one term ("量子|计算"), verbs at its
edges and words of every question do not ("抢劫|罪|判"). Where the cut is not plain, there is no term.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.language.folding import is_han
from bot.language.lexicon import (
    COMPARED,
    COUNTED_UNITS,
    DIGITS,
    GENERAL,
    HALF_YEARS,
    HOW,
    HOW_FEW,
    HOW_IS_IT,
    HOW_MANY,
    MAY,
    MEASURES,
    MODIFIERS,
    MUST,
    MUST_NOT,
    PLACE_ENDS,
    SINGLE_VERBS,
    SUFFIXES,
    TENS,
    TIMES_OF_DAY,
    TWO,
    WEEKEND,
    WHAT,
    WHAT_COLLOQUIAL,
    WHAT_FORMAL,
    WHAT_TO_DO,
    WHEN,
    WHERE,
    WHETHER,
    WHICH,
    WHO,
    WHY,
    any_of,
)
from bot.question.content import JOINING, ORDINAL, Vocabulary, distinct, tells_nothing, tokens
from bot.question.light_words import EMPTY
from bot.question.query import Query

_NUMERAL = rf"[{DIGITS}{TENS}{TWO}半]+"
_BREAKS = re.compile(
    rf"(?P<how>{any_of(WHY, HOW, (HOW_IS_IT,), WHETHER, MUST, MAY, MUST_NOT)}|{WHAT_TO_DO}(?!理)|无法|能否|会不会|能够)"
    rf"|{any_of(WHEN, WHERE)}|{HOW_MANY}[钱元人名个家次天年倍]|几多|{HOW_FEW}点钟?|多[大长高久远重宽深厚快]"
    rf"|(?P<which>{any_of((WHAT, WHAT_COLLOQUIAL))}样?的?|(?P<choice>{WHICH}一?[个家位名只件本款座张栋])"
    rf"|{WHICH}(?:[些种类项条里儿年月天日]|几[个种项]?)?"
    rf"|{HOW_MANY}|{HOW_FEW}[{COUNTED_UNITS}楼层号点步期级页位项周届时分]?|{WHAT_FORMAL}[时地人种]?|{WHO})"
    rf"|(?<!第){_NUMERAL}(?:月{_NUMERAL}[日号]"
    r"|(?:个半?)?(?:小时|月|年(?![级代度])|天|日|岁|周(?!年)|分钟|元|次(?!性)|倍|米|公里))"
    r"|[这那该此本上下]一?[份个些种次条项篇部座台套届期]|吗|呢(?!绒)"
    r"|(?P<of>(?<!目)的(?![确士]))|[^\w\-./·&+'’]+"
)
"""What no term runs across; behind "how" stands a verb, before "which" with a noun behind it as well."""
_RUN = re.compile(
    rf"{ORDINAL.pattern}|(?:(?!{ORDINAL.pattern})[^\W\da-z_])+|(?:19|20)\d\d年(?!代)|[a-z\d]+(?:[-./·_&+'’][a-z\d]+)*"
)
_AFTER_A_NUMBER = re.compile(rf"(?:{any_of(MEASURES)}|[年月日号条第型版])(?:以上|以下|以内|内|起|上旬|中旬|下旬)?")
_DONE = frozenset("了过着")
_ALONE = frozenset("得不没未第我你您他她它这那该此各先被往按等均各共已自指跟") | JOINING
"""Words of one character at which a term ends."""
_BEHIND = frozenset("里中内外前后时")
"""These end a term that they stand behind."""
_LAST = frozenset("上下起再也更最年月日跟")
_ENDS_A_WORD = "和与及的了在是为也就都过"
"""A word of two characters that ends in these belongs to no term: 坏了, 版和."""
_GENERAL = frozenset((*GENERAL, WEEKEND, *TIMES_OF_DAY, *HALF_YEARS))
_COUNTED = re.compile(rf"[{DIGITS}{TWO}{TENS[0]}半][{COUNTED_UNITS}户]")
_EDGE = frozenset(COMPARED) | _LAST | frozenset((*DIGITS, *TENS, *TWO, "半"))
"""A term ends before these: a number counts what comes behind it ("酒店一|晚")."""
_FEW = 4
"""Words of a run that can be cut into terms by twos; of a longer one no cut is plain."""
_NAME = 3
"""Characters of a name that the vocabulary does not hold: 王小明."""
_SHORT = 5
"""Characters of more words that make one term."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def terms_of(query: Query, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the terms that a question is about, as typed and in order, at most 12, none twice."""
    spans: list[tuple[int, int]] = []
    for start, end in _spans(query.folded, vocabulary):
        # "World Cup" is one name.
        if spans and _names(query.text, *spans[-1], start):
            start = spans.pop()[0]
        spans.append((start, end))
    return distinct(query.text[start:end] for start, end in spans)


def _names(text: str, start: int, end: int, behind: int) -> bool:
    return text[end:behind] == " " and "A" <= text[start] <= "Z" and "A" <= text[behind] <= "Z"


def _spans(folded: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    at, verb_first, chosen = 0, False, False
    for match in (*_BREAKS.finditer(folded), None):
        end = match.start() if match else len(folded)
        # "采取|什么措施": a noun follows, so that a verb stands before; and so it does in "哪家公司中标|的？".
        asks = match is not None and match["which"] is not None and not match["choice"]
        ends = match is not None and match["of"] is not None and not folded[match.end() :].strip("？?。 ")
        verb_last = ends or (match is not None and asks and _noun_follows(folded, match.end()))
        yield from _segment(folded, (at, end), vocabulary, verb_first=verb_first, verb_last=verb_last or chosen)
        if match:
            at, verb_first, chosen = match.end(), match["how"] is not None, match["choice"] is not None


def _noun_follows(folded: str, at: int) -> bool:
    return at < len(folded) and is_han(folded[at]) and folded[at] not in "是的了呢吗为有在能会要可应须需"


def _segment(
    folded: str, span: tuple[int, int], vocabulary: Vocabulary, *, verb_first: bool, verb_last: bool
) -> Iterator[tuple[int, int]]:
    """Yield the terms between two breaks."""
    runs = list(_RUN.finditer(folded, *span))
    for place, run in enumerate(runs):
        if ORDINAL.fullmatch(run[0]):
            yield run.span()
            continue
        if not is_han(run[0]):
            if not tells_nothing(run[0]) and not run[0].isdigit():
                yield run.span()
            continue
        start = run.start()
        if start and folded[start - 1].isdigit() and (unit := _AFTER_A_NUMBER.match(folded, start)):
            start = unit.end()
        words = list(_words(folded, start, run.end(), vocabulary))
        first, last = verb_first and place == 0, verb_last and place + 1 == len(runs)
        before = folded[start - 1 : start]
        starts = start == span[0] == run.start() and (before == "的" or not before.isalnum())
        for group in _groups(words, starts=starts, verb_first=first, verb_last=last):
            yield from _cut(group)


def _words(folded: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[_Word]:
    for token in tokens(folded[start:end], vocabulary):
        yield _Word(token, start)
        start += len(token)


def _groups(words: list[_Word], *, starts: bool, verb_first: bool, verb_last: bool) -> Iterator[list[_Word]]:
    """Yield the words that stand together, without verbs at their edges and words of every question."""
    group: list[_Word] = []
    opens = True
    for word in (*words, None):
        if word is not None and not _breaks(word, within=bool(group)):
            group.append(word)
            continue
        done = word is not None and word.text in _DONE  # "湖北支援了"
        last = done or (word is None and verb_last)
        if len(group) > 1 and last:
            group = group[:-1]
        if len(group) > 1 and opens and verb_first:
            group = group[1:]
        # Behind a verb or a preposition a single character belongs to nobody knows what: "在|家上班".
        if word is not None and word.text in SUFFIXES and word is words[-1]:
            group = []  # "亚运|会" or "样品|会|怎么样": who knows
        sure = starts and group[:1] == words[:1]
        yield from filter(None, [_trimmed(group, sure=sure)])
        opens = opens and not group
        group = []


def _breaks(word: _Word, *, within: bool) -> bool:
    text = word.text
    if len(text) == 1:
        return text in SINGLE_VERBS or text in _ALONE or (within and text in _BEHIND) or _says_nothing(text)
    if text in _GENERAL or text[0] in "每被" or _COUNTED.fullmatch(text):
        return True
    if len(text) == 2 and text[1] in _ENDS_A_WORD:
        return True
    return not within and _says_nothing(text)


def _says_nothing(text: str) -> bool:
    return EMPTY.fullmatch(text) is not None


def _trimmed(group: list[_Word], *, sure: bool) -> list[_Word]:
    """Return a group without qualities at its end; unless ``sure``, nothing where it begins with a character alone."""
    while len(group) > 1 and group[-1].text in _EDGE:
        group = group[:-1]
    single = [len(word.text) == 1 for word in group]
    unknown = single[:1] == [True] and (all(single) or group[0].text not in MODIFIERS)
    return [] if unknown and not sure else group


def _cut(group: list[_Word]) -> Iterator[tuple[int, int]]:
    """Yield the spans of a group's terms: one of one or two words, two of more, none where no cut is plain."""
    for number, (word, behind) in enumerate(pairwise(group), 1):
        ends = len(word.text) > 1 and word.text[-1] in PLACE_ENDS
        if ends or (len(behind.text) > 2 and behind.text[-1] in PLACE_ENDS[:2]):
            yield from _cut(group[:number])
            yield from _cut(group[number:])
            return
    length = group[-1].end - group[0].start
    single = sum(len(word.text) == 1 or word.text[0] == "第" for word in group)
    if single == len(group):
        if 1 < len(group) <= _NAME or length > len(group):
            yield group[0].start, group[-1].end
    elif len(group) < 3 or (len(group) == 3 and single) or length <= _SHORT:
        yield group[0].start, group[-1].end
    elif len(group) <= _FEW and not single:
        middle = len(group) // 2
        yield from _cut(group[:middle])
        yield from _cut(group[middle:])
