"""Words that point at the question before: pronouns ("它", "其") and nouns with a demonstrative ("该部门")."""

import re
from collections.abc import Iterator
from functools import partial

from bot.language.folding import fold
from bot.language.lexicon import (
    ADVERBS,
    FUNCTION_CHARACTERS,
    HERE,
    HOW,
    HOW_FEW,
    IT,
    ITS,
    ITS_WORDS,
    RELATIVES,
    SELVES,
    SIDES,
    THEY,
    THIS,
    THIS_OR_THAT,
    TIMES_OF_LIFE,
    VERBS,
    WHAT,
    WHICH,
    WHY,
    any_of,
)
from bot.question.followup.rules import Turn
from bot.question.followup.subject import person, phrases, subject, topic
from bot.question.light_words import ASKING, EMPTY, TERM, says

_PHRASE = 12
"""Characters before its noun of a phrase that "this" may point at; a longer one is half a sentence."""
_ENOUGH = 200
"""Characters of an answer in which a noun is looked for."""

# "这" and "那" alone are pronouns before a predicate or an interrogative only.
_BEFORE_A_PREDICATE = rf"(?={any_of(HOW, WHY)}|[是由会能何吗？?]|要(?![求是])|有(?![效关限])|$)"
PRONOUN = re.compile(
    rf"""
      (?<![其吉利排]) (?: {any_of(THEY)} | (?P<open>[{IT}]) )   # not 其他, 吉他, 利他, 排他
    | (?<![尤极与]) (?P<owner>{ITS}) (?![{ITS_WORDS}])           # not 尤其, 其他
    | (?: [{THIS_OR_THAT}]个? | 此 ) {_BEFORE_A_PREDICATE}
    | [前后]者 (?=[的是由有])
    | {any_of(HERE)}
    """,
    re.VERBOSE,
)
_PERSON = re.compile(r"[他她]们?$")
# What begins behind 它, 他 or 她 where that is a word by itself: anything else makes a name of it (它山石公园).
_WORD_BEGINS = re.compile(
    rf"""
      $ | [^\u4e00-\u9fff] | 的 | {ASKING}
    | {any_of(SIDES, VERBS, ADVERBS, RELATIVES, TIMES_OF_LIFE, SELVES, ("星期",))} | [{FUNCTION_CHARACTERS}]
      # any verb: "经历过", "盛产什么", "支持3D", "安全吗"
    | [^是有为叫的之]{{1,2}} (?: [了过着] | {WHAT}(?![时地样]) | {WHICH}[些几种类] | [a-z\d] | 了?[吗么] )
    """,
    re.VERBOSE,
)
_COUNTER = r"(?:[个项种类些篇座张次一]|条(?![例款件文约])|份(?!额)|款(?!项)|部(?!门)|首(?!都)|家(?!庭)|所(?!有))"
DEMONSTRATIVE = re.compile(rf"(?:(?:[{THIS}]|上述){_COUNTER}?|那{_COUNTER})(?P<noun>[\u4e00-\u9fff]{{2,6}})")
_BEFORE_A_THING = re.compile(rf"(?<![所存正])在|[与由向给](?!于)|第{HOW_FEW}\w|形成|成为")
_POINTS = 4
"""Characters by which "这张专辑" is known again."""
_SHORT_NOUN = frozenset("局院校馆厅委所队厂社镇县市法")
_GENERIC = frozenset({"行为", "情况", "情形", "费用", "规定", "要求", "工作", "问题"})


def for_pronoun(_: re.Match[str], turn: Turn) -> str | None:
    """Put what the first pronoun of a question stands for in its place, where nothing before it can be meant."""
    pronoun = next(_pronouns(turn), None)
    if pronoun is None or TERM.search(turn.asked):
        return None
    before, after = turn.asked[: pronoun.start()], turn.asked[pronoun.end() :]
    if not _nothing_before(turn.folded[: pronoun.start()], after):
        return None
    who = person(turn.last, turn.answer) if _PERSON.match(pronoun.group()) else None
    return f"{before}{who or subject(turn.last)}{'的' if pronoun['owner'] else ''}{after}"


def _pronouns(turn: Turn) -> Iterator[re.Match[str]]:
    """Yield the pronouns: behind 它, 他 and 她 a word must begin, of a kind that may follow or one of the history."""
    folded, said = turn.folded, turn.said
    for match in PRONOUN.finditer(folded):
        word = folded[match.end() : match.end() + 2]
        known = len(word) > 1 and word in said and f"{match.group()}{word}" not in said
        if not match["open"] or known or _WORD_BEGINS.match(folded, match.end()):
            yield match


def _nothing_before(before: str, after: str) -> bool:
    """Tell whether nothing that a pronoun could stand for precedes it: "它…", "由谁负责它…", "怎么申请它？"."""
    verb = EMPTY.match(before) and not re.search(r"\w", after) and len(EMPTY.sub("", before)) < 4
    return not says(before) or bool(verb)


def for_noun(match: re.Match[str], turn: Turn) -> str | None:
    """Complete "该部门", "这个办法" by the phrase before that ends in the noun, which must stand there."""
    if len(EMPTY.sub("", turn.folded[: match.start()])) > 2:
        return None
    if turn.asked[slice(*match.span())][:_POINTS] in turn.last:
        return turn.asked  # the question before points in the same words, and says no more
    noun, start, last = match["noun"], match.start("noun"), turn.last
    terms = TERM.findall(last)
    before = (last, turn.answer[:_ENOUGH])
    for size in range(len(noun), 0 if noun[0] in _SHORT_NOUN else 1, -1):
        head, rest = noun[:size], turn.asked[start + size :]
        for phrase in _ending_in(head, before, terms):
            return f"{turn.asked[: match.start()]}{phrase}{rest}"
    known = noun[:2] in _GENERIC or any(noun[:2] in fold(text) for text in before)
    return f"{topic(last)} {turn.asked}" if known else None


def _thing(text: str, phrase: slice) -> slice:
    """Return a phrase without what stands before a preposition in it ("被告在|公司"), or asks there."""
    before = [match.end() for match in _BEFORE_A_THING.finditer(fold(text), phrase.start, phrase.stop)]
    return slice(max(before, default=phrase.start), phrase.stop)


def _ending_in(head: str, before: tuple[str, str], terms: list[str]) -> Iterator[str]:
    """Yield the terms with ``head`` in them, then the phrases that end in it, of the question first."""
    last, _ = before
    yield from (term for term in terms if head in fold(term))
    for text in before[:1] if terms or head in fold(last) else before:
        for phrase in map(partial(_thing, text), phrases(text)):
            at = fold(text).rfind(head, phrase.start, phrase.stop)
            # A short noun by itself ("处罚") says too little.
            if phrase.start < at < phrase.start + _PHRASE or (at == phrase.start and len(head) > 2 and text is last):
                yield text[phrase.start : at + len(head)]
